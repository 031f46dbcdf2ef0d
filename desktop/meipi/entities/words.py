"""The tagger's words, found by where they begin and end."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meipi.entities.draft import Token

_NONE = ""
_NAME_TAGS = frozenset({"PER", "LOC", "ORG", "nz"})


class Words:
    """Tokens in order, with the places where words meet."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._starting = {token.start: at for at, token in enumerate(tokens)}
        self._starts = [token.start for token in tokens]
        self._ending = {token.end: at for at, token in enumerate(tokens)}

    def aligned(self, start: int, end: int) -> bool:
        """Say whether no word is cut at ``start`` or ``end``."""
        return start in self._starting and end in self._ending

    def starts(self, offset: int) -> bool:
        """Say whether a word begins at ``offset``."""
        return offset in self._starting

    def cuts_word(self, start: int, end: int) -> bool:
        """Say whether an end of the range lies inside a word that is no name."""
        for first, last, tag in self._around(start):
            # A known place may lie inside a longer name, not begin in one and end outside it.
            if first < start < last and (tag not in _NAME_TAGS or last < end):
                return True
        return any(
            tag not in _NAME_TAGS and first < end < last for first, last, tag in self._around(end)
        )

    def _around(self, offset: int) -> list[Token]:
        at = bisect_right(self._starts, offset) - 1
        return [self.tokens[at]] if at >= 0 else []

    def following(self, offset: int) -> Iterator[Token]:
        """Yield the words from ``offset`` on without a gap, none where it lies inside one."""
        at = self._starting.get(offset, len(self.tokens))
        while at < len(self.tokens) and self.tokens[at].start == offset:
            token = self.tokens[at]
            yield token
            at, offset = at + 1, token.end

    def preceding(self, offset: int) -> Iterator[Token]:
        """Yield the words that end at ``offset`` and before, from the last to the first."""
        at = self._ending.get(offset, -1)
        while at >= 0 and self.tokens[at].end == offset:
            token = self.tokens[at]
            yield token
            at, offset = at - 1, token.start

    def inside(self, start: int, end: int) -> Iterator[Token]:
        """Yield the words from ``start`` that end by ``end``."""
        for token in self.following(start):
            if token.end > end:
                return
            yield token

    def tag_around(self, offset: int) -> str:
        """Return the tag of the word that begins at ``offset`` or holds it."""
        return next((token.tag for token in self._around(offset)), _NONE)

    def tag_before(self, offset: int) -> str:
        """Return the tag of the word that ends at ``offset``; empty where none does."""
        at = self._ending.get(offset)
        return _NONE if at is None else self.tokens[at].tag

    def tag_at(self, offset: int) -> str:
        """Return the tag of the word that begins at ``offset``; empty where none does."""
        at = self._starting.get(offset)
        return _NONE if at is None else self.tokens[at].tag
