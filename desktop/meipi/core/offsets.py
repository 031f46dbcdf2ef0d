"""Code points to UTF-16 units and back: only Qt and a few exchange formats count in UTF-16."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Utf16Map:
    """Offsets of one text in code points and in UTF-16 code units.

    Costs memory only for characters outside the Basic Multilingual Plane.

    >>> units = Utf16Map("在𠮷野家")
    >>> units.to_utf16(2), units.to_code_point(3), units.length
    (3, 2, 5)
    """

    def __init__(self, text: str) -> None:
        self._astral: list[int] = []
        if not text.isascii() and max(text, default="") > "\uffff":
            self._astral = [i for i, character in enumerate(text) if character > "\uffff"]
        self._astral_utf16 = [at + before for before, at in enumerate(self._astral)]
        self.length = len(text) + len(self._astral)

    def to_utf16(self, offset: int) -> int:
        """Return the UTF-16 offset of code point ``offset``."""
        return offset + bisect_left(self._astral, offset)

    def to_code_point(self, offset: int) -> int:
        """Return the code point offset of UTF-16 ``offset``; inside a pair, that of the pair."""
        return offset - bisect_right(self._astral_utf16, offset - 1) if self._astral else offset
