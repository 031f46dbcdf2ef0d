"""Find many words in one pass, the longest at each place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


class Matcher:
    """A fixed list of words of two characters or more.

    >>> m = Matcher(["海淀", "海淀区", "北京"])
    >>> list(m.find("北京海淀区"))
    [(0, 2), (2, 5)]
    """

    def __init__(self, words: Collection[str]) -> None:
        self._words = frozenset(word for word in words if len(word) > 1)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for word in self._words:
            lengths[word[:2]].add(len(word))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the places of the words in ``text``, from left to right without overlap."""
        at, last = 0, len(text) - 1
        lengths, words = self._lengths, self._words
        while at < last:
            for length in lengths.get(text[at : at + 2], ()):
                if at + length <= last + 1 and text[at : at + length] in words:
                    yield at, at + length
                    at += length - 1
                    break
            at += 1
