"""Fold a text one to one: one rule serves both scripts, both widths and all quotation marks.

Letters keep their case: the tagger knows both.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import cycle

from meipi.core.fold import fold_script

_STRAIGHT = re.compile(r'["\n]')


@cache
def _marks() -> dict[int, int]:
    width = {0xFEE0 + half: half for half in range(0x21, 0x7F)}
    blanks = dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x09), 0x20)
    quotes = str.maketrans("「」『』〝〞﹁﹂﹃﹄〈〉﹤﹥﹏", "“”“”“”“”“”《》《》_")
    # Dots that part a transliterated name, and the many dashes.
    strokes = str.maketrans("・‧•∙⋅─―‐‑‒−﹣", "·····—————--")
    # 〇 as people type it, and the currency and percent signs of small forms.
    digits = str.maketrans("○◯零﹪﹩￥¥", "〇〇〇%$¥¥")
    # Half a character, as broken JSON can hold, is none to those who read UTF-8.
    halves = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
    return width | blanks | quotes | strokes | digits | halves


def fold_text(text: str) -> str:
    """Return ``text`` simplified, half-width and with “ ” for all quotation marks; same length.

    >>> fold_text("臺北市「長青計畫」，約３％")
    '台北市“长青计画”,约3%'
    >>> fold_text('他说"走"就走')
    '他说“走”就走'
    """
    folded = fold_script(text).translate(_marks())
    return _pair_quotes(folded) if '"' in folded else folded


def _pair_quotes(text: str) -> str:
    """Turn straight marks into opening and closing ones by turns, afresh on every line."""
    turns = cycle("“”")

    def turn(match: re.Match[str]) -> str:
        nonlocal turns
        if match[0] == "\n":
            turns = cycle("“”")
            return "\n"
        return next(turns)

    return _STRAIGHT.sub(turn, text)
