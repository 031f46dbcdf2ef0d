"""Meipi's own network: words from one head, names of people, places and bodies from another.

LAC's encoder, trained on; `packaging/train_tagger` makes the file, which holds all the tables.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from meipi.core.resources import resource_path
from meipi.entities.draft import Token
from meipi.entities.viterbi import best_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BATCH = 32
_NAMES = frozenset({"PER", "LOC", "ORG"})
_UNCONFIRMED = "nz"
"""The tag of a word that only the words' head calls a name: part of a name, maybe, but none."""


class NetworkTagger:
    """Both heads on onnxruntime, in batches of pieces of like length."""

    def __init__(self) -> None:
        import numpy as np
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # One worker process a document: more threads would fight the window for the processor.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(resource_path("entities", "tagger.onnx")), options, ["CPUExecutionProvider"]
        )
        stored = self._session.get_modelmeta().custom_metadata_map
        tables = {name: json.loads(table) for name, table in stored.items()}
        rows = enumerate(tables["characters"])
        self._rows = {character: row for row, characters in rows for character in characters}
        self._word_tags = [_split(tag) for tag in tables["word_tags"]]
        self._name_tags = [_split(tag) for tag in tables["name_tags"]]
        self._word_steps, self._name_steps, self._begins, self._ends = (
            np.array(tables[name], dtype=np.float32)
            for name in ("word_steps", "name_steps", "name_begins", "name_ends")
        )

    def tag(self, text: str, pieces: Sequence[tuple[int, int]]) -> list[Token]:
        """Return the words of all ``pieces`` of ``text`` in order, each name one word."""
        by_length = sorted(range(len(pieces)), key=lambda at: pieces[at][1] - pieces[at][0])
        tokens: list[list[Token]] = [[] for _ in pieces]
        for first in range(0, len(by_length), _BATCH):
            chosen = by_length[first : first + _BATCH]
            rows = self._paths([text[slice(*pieces[at])] for at in chosen])
            for at, words, names in zip(chosen, *rows, strict=True):
                start = pieces[at][0]
                found = _names(self._name_tags, names, start)
                tokens[at] = list(merged(_words(self._word_tags, words, start), found))
        return [token for piece in tokens for token in piece]

    def _paths(self, pieces: Sequence[str]) -> tuple[list[list[int]], list[list[int]]]:
        """Return the best tags of both heads for ``pieces``, which are sorted by length."""
        import numpy as np

        lengths = [len(piece) for piece in pieces]
        rows = np.zeros((len(pieces), lengths[-1]), dtype=np.int32)
        find = self._rows.get
        for at, piece in enumerate(pieces):
            rows[at, : len(piece)] = [find(character, 0) for character in piece]
        feed = {"rows": rows, "lengths": np.array(lengths, dtype=np.int32)}
        words, names = (scores.swapaxes(0, 1) for scores in self._session.run(None, feed))
        names[:, 0] += self._begins
        names[np.arange(len(pieces)), np.array(lengths) - 1] += self._ends
        return (
            _cut(best_paths(words, self._word_steps, lengths), lengths),
            _cut(best_paths(names, self._name_steps, lengths), lengths),
        )


def _cut(paths: list[list[int]], lengths: Sequence[int]) -> list[list[int]]:
    return [path[:length] for path, length in zip(paths, lengths, strict=True)]


def _split(tag: str) -> tuple[str, str]:
    """Return what a tag calls its word and the place in it: ("LOC", "B").

    The words' head writes `LOC-B`, the names' head `B-LOC`.
    """
    first, _, second = tag.partition("-")
    return (first, second) if len(second) < 2 else (second, first)


def _words(tags: Sequence[tuple[str, str]], path: Sequence[int], start: int) -> Iterator[Token]:
    began, name = start, ""
    for at, number in enumerate(path, start):
        tag, place = tags[number]
        if at > start and place != "I":
            yield Token(began, at, name)
            began = at
        if at == began:
            name = tag
    if path:
        yield Token(began, start + len(path), name)


def _names(tags: Sequence[tuple[str, str]], path: Sequence[int], start: int) -> list[Token]:
    found: list[Token] = []
    began = start
    for at, number in enumerate(path, start):
        if not number:
            continue
        tag, place = tags[number]
        if place in "BS":
            began = at
        if place in "ES":
            found.append(Token(began, at + 1, tag))
    return found


def merged(words: Iterable[Token], names: Iterable[Token]) -> Iterator[Token]:
    """Yield the names whole, and what they leave of the words.

    >>> list(merged([Token(0, 2, "LOC"), Token(2, 5, "n")], [Token(0, 4, "ORG")]))
    [Token(start=0, end=4, tag='ORG'), Token(start=4, end=5, tag='n')]
    """
    coming = iter(names)
    name = next(coming, None)
    reached = 0
    for word in words:
        start = max(word.start, reached)
        while name is not None and name.start < word.end:
            if start < name.start:
                yield _plain(start, name.start, word.tag)
            yield name
            start = reached = name.end
            name = next(coming, None)
        if start < word.end:
            yield _plain(start, word.end, word.tag)


def _plain(start: int, end: int, tag: str) -> Token:
    return Token(start, end, _UNCONFIRMED if tag in _NAMES else tag)
