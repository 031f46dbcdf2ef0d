"""Which mark belongs into a gap, by what is around it: partners of brackets, lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.repairs import LOST
from meipi.repair.channels.punctuation import GAP, costs_of_stops

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAIRS = (*zip("（(《“‘「『【〈[{<\"'", "）)》”’」』】〉]}>\"'", strict=True),)
_ITEM = re.compile(
    "\n?(?:（一）|\\(一\\)|一、|①|（([二三四五六七八九十]+)）|\\(([二三四五六七八九十]+)\\))"
)
_LISTED = -4.0
"""Nats of a colon before the first item of a list, and of a semicolon before the next."""
BOX = 9.0
"""Nats of a ``□`` that the text itself has; the model takes it for a digit that was lost."""
_SELDOM = {LOST: BOX, "\xa0": 5.0}
_OTHERWISE = 4.0
"""Nats of a full-width full stop, which is the decimal point of some texts, in one without."""
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
    if "．" not in text:
        costs["．"] = _OTHERWISE
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
    return costs


def costs_of_gap(text: str, gap: int) -> Mapping[str, float]:
    """Return the same with what the words before the gap say about it."""
    marks = costs_of_marks(text, gap)
    (stops,) = costs_of_stops(text, gap)
    return {**marks, **{mark: cost + marks.get(mark, 0.0) for mark, cost in stops.items()}}
