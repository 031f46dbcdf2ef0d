"""Where a line of Chinese wants a hair more or half a character less than its letters have. No Qt.

Latin letters and figures stand off from Chinese by an eighth; where two full-width marks meet, the
blank halves between them are one too many (CLREQ 3.1.6). The text itself stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HAIR = 0.125
"""Between Chinese and Latin, in em."""
CLOSED = -0.5
"""Taken from a mark that another follows, in em."""

_HAN = r"\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LATIN = r"0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
_CLOSING = "，。、；：）》〉】」』〕〗”’"
OPENING = "（《〈【「『〔〖“‘"
_SPACE = re.compile(
    rf"(?P<hair>[{_HAN}](?=[{_LATIN}])|[{_LATIN}%‰°](?=[{_HAN}]))"
    rf"|[{_CLOSING}](?=[{_CLOSING}{OPENING}])|[{OPENING}](?=[{OPENING}])"
)
MARKS = _CLOSING + OPENING


def spaces(text: str) -> Iterator[tuple[int, float]]:
    """Yield each character after which there is to be more or less, and how much in em.

    >>> list(spaces("增长8%，达到“5G”（含税）。”"))
    [(1, 0.125), (10, -0.5), (14, -0.5), (15, -0.5)]
    """
    for match in _SPACE.finditer(text):
        yield match.start(), HAIR if match["hair"] else CLOSED
