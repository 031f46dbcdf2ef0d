"""What a text itself tells about its gaps: its words come again where they are whole."""

from __future__ import annotations

from itertools import pairwise

from meipi.repair.channels.punctuation import GAP

_DIGITS = str.maketrans("123456789", "000000000")
_TWO, _THREE = 0.8, 2.0
"""Bonus in nats of a character that makes two or three with its neighbours that stand elsewhere."""


class Told:
    """The pairs and threes of characters that can be read in a text with gaps."""

    def __init__(self, text: str) -> None:
        text = text.translate(_DIGITS)
        threes = zip(text, text[1:], text[2:], strict=False)
        self._found = {a + b for a, b in pairwise(text) if GAP not in (a, b)}
        self._found |= {a + b + c for a, b, c in threes if GAP not in (a, b, c)}

    def bonus(self, before: str, character: str, behind: str = "") -> float:
        """Return what speaks for a character between ``before`` and ``behind``.

        >>> Told("布雷西亚队").bonus("，布雷", "西") > 0
        True
        """
        found = self._found
        if behind and (before[-1:] + character + behind[0]).translate(_DIGITS) in found:
            return _THREE
        if character < "\u3400":
            return 0.0
        bonus = 0.0
        if before[-1:] + character in found:
            bonus = _THREE if before[-2:] + character in found else _TWO
        if behind and character + behind[0] in found:
            bonus += _THREE if character + behind in found else _TWO
        return bonus
