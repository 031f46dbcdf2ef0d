"""Find many words in one pass, the longest at each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

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
        self._automaton = AhoCorasick(
            self._words,
            matchkind=MatchKind.LeftmostLongest,
            store_patterns=False,
            implementation=Implementation.ContiguousNFA,
        )

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the places of the words in ``text``, from left to right without overlap."""
        for _, start, end in self._automaton.find_matches_as_indexes(text):
            yield start, end
