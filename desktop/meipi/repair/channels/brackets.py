"""Which mark belongs into a gap, by what is around it: partners of brackets, words that ask."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.repairs import LOST

if TYPE_CHECKING:
    from collections.abc import Mapping

GAP = "\0"
_PAIRS = (*zip("（(《“‘「『【〈[{<\"'", "）)》”’」』】〉]}>\"'", strict=True),)
_STOPS = "。！？；\n"
_ASKS = re.compile(
    "[吗嗎呢]$|什么|什麼|怎么|怎麼|怎样|怎樣|为何|為何|为什|為什|哪|谁|誰|难道|難道|是否|是不是|多少|[几幾][个個]|何[时時处處]|如何|还是"
)
_ASKED = -1.5
_ITEM = re.compile(
    "\n?(?:（一）|\\(一\\)|一、|①|（([二三四五六七八九十]+)）|\\(([二三四五六七八九十]+)\\))"
)
_LISTED = -4.0
"""Nats of a colon before the first item of a list, and of a semicolon before the next."""
_HANGING = 2.0
"""Nats of a comma at the end of a line, in a text that has no other."""
BOX = 9.0
"""Nats of a ``□`` that the text itself has; the model takes it for a digit that was lost."""
_SELDOM = {LOST: BOX, "\xa0": 5.0}
_REACH = 90
_ABSENT, _ALONE = -4.0, (4.0, 2.0)
"""Nats of a mark whose partner waits for it, and of a closing one that nothing opened.

A gap before it may have opened it.
"""


def costs_of_marks(text: str, gap: int) -> Mapping[str, float]:
    r"""Return what more or less a mark costs in a gap of ``text``, where `GAP` stands for each.

    >>> costs_of_marks("（中文\0", 3)["）"]
    -4.0
    """
    low = max(text.rfind("\n", 0, gap) + 1, gap - _REACH)
    end = text.find("\n", gap)
    high = min(len(text) if end < 0 else end, gap + _REACH)
    before, behind = text[low:gap], text[gap + 1 : high]
    costs = dict(_SELDOM)
    for opening, closing in _PAIRS:
        if opening == closing:
            waits = before.count(opening) % 2 == 1
            expected = behind.count(opening) % 2 == 1
        else:
            waits = before.count(opening) > before.count(closing)
            expected = behind.count(closing) > behind.count(opening)
        if waits and not expected:
            costs[closing] = _ABSENT
        elif expected and not waits:
            costs[opening] = _ABSENT
        elif not waits and opening != closing:
            costs[closing] = _ALONE[GAP in before]
    if item := _ITEM.match(text, gap + 1):
        costs["；" if item.lastindex else "："] = _LISTED
    if text[gap + 1 : gap + 2] == "\n" and "，\n" not in text:
        costs["，"] = _HANGING
    sentence = before[max(map(before.rfind, _STOPS)) + 1 :]
    if _ASKS.search(sentence):
        costs["？"] = _ASKED
    return costs
