"""Cut a text into pieces the tagger takes: sentences, and long ones at a comma."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 110
"""Characters of the longest piece; the tagger was trained on single sentences."""

_EARLIEST_CUT = 30
_SENTENCE = re.compile(r"[^\n。!?;]+[。!?;]*[”’)》\]]*")
_WORDY = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def cut(text: str) -> list[tuple[int, int]]:
    r"""Return the pieces of the folded ``text`` that hold any Chinese character, in order.

    >>> [("甲说:“好。”乙走了\nabc"[a:b]) for a, b in cut("甲说:“好。”乙走了\nabc")]
    ['甲说:“好。”', '乙走了']
    """
    return [
        piece
        for sentence in _SENTENCE.finditer(text)
        for piece in _shortened(text, *sentence.span())
        if _WORDY.search(text, *piece)
    ]


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        comma = max(
            text.rfind(mark, start + _EARLIEST_CUT, start + LONGEST) for mark in (",", "、", ":")
        )
        at = comma + 1 if comma >= 0 else start + LONGEST
        yield start, at
        start = at
    yield start, end
