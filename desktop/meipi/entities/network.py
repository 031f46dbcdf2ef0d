"""Meipi's own networks: one reads all, a second reads again the clauses where the first is unsure.

The first is made of gated convolutions in eight bits, taught by the second, LAC's encoder trained
on. What the first is sure of the second sees the same way, so asking it of half a text gives its
names at two thirds of its cost. `packaging/train_tagger` makes both files. Every piece is read by
itself: what stands around it, or beside it in a batch, is not seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from meipi.entities.onnx_file import NetworkFile, batches, padded
from meipi.entities.tokens import TokenCutter
from meipi.entities.viterbi import best_paths, likely_paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meipi.entities.draft import Token
    from meipi.entities.onnx_file import Piece

_QUICK_CELLS = 700
"""Characters of a batch: what passes between two layers stays in the processor's cache."""
_CAREFUL_CELLS = 2_800
"""A recurrent network wants many pieces side by side."""

_LIKELY = 8
"""Tags of words at every place that may be part of the best row: with so many it is the same."""

_SURE = 0.6
"""How sure the first reading must be of every character to stand; the file says what counts."""


class NetworkTagger:
    """Both networks and what their tags mean."""

    def __init__(self) -> None:
        self._quick = QuickReader()
        self._careful = CarefulReader()
        self._cutter = TokenCutter(self._quick.word_tags, self._quick.name_tags)

    def tag(self, text: str, pieces: Sequence[Piece]) -> list[Token]:
        """Return the words of all ``pieces`` of ``text`` in order, each name one word."""
        import numpy as np

        if not pieces:
            return []
        # One place more than the text has, so that the end of the last piece can be marked.
        words = np.zeros(len(text) + 1, dtype=np.int64)
        names = np.zeros(len(text) + 1, dtype=np.int64)
        again: list[Piece] = []
        for (start, end), word_row, name_row, unsure in self._quick.read(text, pieces):
            words[start:end] = word_row
            names[start:end] = name_row
            again += clauses(text, (start, end), unsure)
        for (start, end), word_row, name_row in self._careful.read(text, again):
            words[start:end] = word_row
            names[start:end] = name_row
        return self._cutter.cut(words, names, pieces)


class QuickReader:
    """The first network: the likeliest tag of every character, and whether names are sure."""

    def __init__(self) -> None:
        self._file = NetworkFile("quick.onnx")
        self.word_tags = self._file.tags("word_tags")
        self.name_tags = self._file.tags("name_tags")
        self._follows, self._begins, self._ends = _legal(self.name_tags)

    def read(
        self, text: str, pieces: Sequence[Piece]
    ) -> Iterator[tuple[Piece, Any, Any, list[int]]]:
        """Yield every piece, in any order, with its tags of words and names and its doubts."""
        import numpy as np

        rows = self._file.rows(text)
        for batch in batches(pieces, _QUICK_CELLS):
            lines, lengths = padded(rows, batch)
            live = np.arange(lines.shape[1]) < lengths[:, None]
            feed = {"rows": lines, "mask": live[:, :, None].astype(np.float32)}
            words, names, sure = self._file.session.run(None, feed)
            unsure = ((sure < _SURE) | self._broken(names, lengths)) & live
            doubtful = unsure.any(axis=1).tolist()
            for at, (piece, size) in enumerate(zip(batch, lengths.tolist(), strict=True)):
                places = np.flatnonzero(unsure[at]).tolist() if doubtful[at] else []
                yield piece, words[at, :size], names[at, :size], places

    def _broken(self, names: Any, lengths: Any) -> Any:
        """Say where the likeliest tags one by one make no whole names."""
        import numpy as np

        broken = np.zeros(names.shape, dtype=bool)
        broken[:, 1:] = ~self._follows[names[:, :-1], names[:, 1:]]
        broken[:, 0] |= ~self._begins[names[:, 0]]
        every, last = np.arange(len(names)), lengths - 1
        broken[every, last] |= ~self._ends[names[every, last]]
        return broken


class CarefulReader:
    """The second network: words and names as the best rows of tags."""

    def __init__(self) -> None:
        import numpy as np

        self._file = NetworkFile("tagger.onnx")
        self._word_steps, self._name_steps, self._begins, self._ends = (
            np.array(self._file.table(name), dtype=np.float32)
            for name in ("word_steps", "name_steps", "name_begins", "name_ends")
        )

    def read(self, text: str, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Any, Any]]:
        """Yield every piece, in any order, with its tags of words and names."""
        import numpy as np

        rows = self._file.rows(text)
        for batch in batches(pieces, _CAREFUL_CELLS):
            lines, lengths = padded(rows, batch)
            scores = self._file.session.run(None, {"rows": lines, "lengths": lengths})
            words, names = (score.swapaxes(0, 1) for score in scores)
            names[:, 0] += self._begins
            names[np.arange(len(batch)), lengths - 1] += self._ends
            sizes = lengths.tolist()
            word_rows = likely_paths(words, self._word_steps, sizes, kept=_LIKELY)
            name_rows = best_paths(names, self._name_steps, sizes)
            for at, piece in enumerate(batch):
                yield piece, word_rows[at, : sizes[at]], name_rows[at][: sizes[at]]


_CLAUSE = re.compile(r"[^,;:]*[,;:]?")


def clauses(text: str, piece: Piece, unsure: Sequence[int]) -> list[Piece]:
    """Return the parts of a piece to read again: the clauses unsure of, and those beside them.

    >>> text = "甲地开会,乙说好,丙也说好,丁不说,散了"
    >>> [text[a:b] for a, b in clauses(text, (0, len(text)), [0])]
    ['甲地开会,乙说好,']
    """
    if not unsure:
        return []
    start, end = piece
    parts = [match.span() for match in _CLAUSE.finditer(text, start, end) if match[0]]
    places = [start + at for at in unsure]
    doubted = [any(a <= place < b for place in places) for a, b in parts]
    wanted = [any(doubted[max(0, at - 1) : at + 2]) for at in range(len(parts))]
    joined: list[Piece] = []
    for (a, b), again in zip(parts, wanted, strict=True):
        if again and joined and joined[-1][1] == a:
            joined[-1] = joined[-1][0], b
        elif again:
            joined.append((a, b))
    return joined


def _legal(names: Sequence[tuple[str, str]]) -> tuple[Any, Any, Any]:
    """Return which tag may follow which, which may begin a piece, and which may end it."""
    import numpy as np

    follows = np.array([[_follows(before, after) for after in names] for before in names])
    begins = np.array([place not in {"I", "E"} for _, place in names])
    ends = np.array([place not in {"B", "I"} for _, place in names])
    return follows, begins, ends


def _follows(before: tuple[str, str], after: tuple[str, str]) -> bool:
    opened, goes_on = before[1] in {"B", "I"}, after[1] in {"I", "E"}
    return opened == goes_on and (not opened or before[0] == after[0])
