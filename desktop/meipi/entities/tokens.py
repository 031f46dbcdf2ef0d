"""From the tags of every character to words and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meipi.entities.draft import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

Tag = tuple[str, str]
"""What a tag calls its word, and the place in it: ("LOC", "B")."""

_NAMES = frozenset({"PER", "LOC", "ORG"})
_UNCONFIRMED = "nz"
"""The tag of a word that only the words' head calls a name: part of a name, maybe, but none."""


class TokenCutter:
    """Cuts a text by the tags of two heads; the first tag of the names' head stands for no name."""

    def __init__(self, words: Sequence[Tag], names: Sequence[Tag]) -> None:
        import numpy as np

        self._word_begins = np.array([place != "I" for _, place in words])
        self._name_begins = np.array([place in {"B", "S"} for _, place in names])
        # Both heads' tags in one row: a token's label is a number in it.
        self._labels = [*(name for name, _ in names), *(_plain(tag) for tag, _ in words)]

    def cut(self, words: Any, names: Any, pieces: Sequence[tuple[int, int]]) -> list[Token]:
        """Return the words of ``pieces``, each name one word, in order.

        ``words`` and ``names`` hold the number of every character's tag, and one number more. A
        name takes its share of a word away; what it leaves keeps the word's tag.
        """
        import numpy as np

        spans = np.array(pieces)
        first, last = spans[:, 0], spans[:, 1]
        named = names > 0
        begins = self._word_begins[words]
        begins[first] = begins[last] = True
        begun = np.maximum.accumulate(np.where(begins, np.arange(len(begins)), 0))
        begins[1:] |= named[:-1] & ~named[1:]
        begins = np.where(named, self._name_begins[names], begins)
        begins[last] = True
        labels = np.where(named, names, words[begun] + len(self._name_begins))
        return self._tokens(begins, labels, _inside(len(begins), first, last))

    def _tokens(self, begins: Any, labels: Any, inside: Any) -> list[Token]:
        import numpy as np

        starts = np.flatnonzero(begins)
        ends = np.append(starts[1:], len(begins))
        kept = inside[starts]
        starts, ends = starts[kept], ends[kept]
        tags = map(self._labels.__getitem__, labels[starts].tolist())
        return list(map(Token._make, zip(starts.tolist(), ends.tolist(), tags, strict=True)))


def _inside(size: int, first: Any, last: Any) -> Any:
    """Say of every place whether it lies in a piece."""
    import numpy as np

    steps = np.zeros(size, dtype=np.int8)
    np.add.at(steps, first, 1)
    np.add.at(steps, last, -1)
    return np.cumsum(steps) > 0


def _plain(tag: str) -> str:
    return _UNCONFIRMED if tag in _NAMES else tag
