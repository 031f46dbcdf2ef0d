"""Periods in ISO 8601: lengths, five-year plans, centuries and decades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.entities.numerals import number_value
from meipi.entities.published import small

if TYPE_CHECKING:
    import re

    from meipi.entities.published import PublishedOn

_LAPSES = {"年": "Y", "月": "M", "周": "W", "天": "D", "日": "D"}


def lapse(match: re.Match[str], published: PublishedOn) -> str | None:
    """Return the length of 近五年 and 十年间: P5Y, P10Y."""
    count = small(match[1])
    if count is None:
        return None
    unit = match[2]
    return f"PT{count}H" if unit.endswith("小时") else f"P{count}{_LAPSES[unit[-1]]}"


def plan(match: re.Match[str], published: PublishedOn) -> str | None:
    """Return the years of a five-year plan: the tenth ran from 2001 to 2005."""
    first = 2001 + 5 * (int(number_value(match[1]) or 10) - 10)
    return f"{first}/{first + 4}" if match[2] in {"时期", "期间"} else None


def years(match: re.Match[str], published: PublishedOn) -> str | None:
    """Return the years of 2021—2024年度."""
    return f"{match[1]}/{match[2]}"


def century(match: re.Match[str], published: PublishedOn) -> str | None:
    """Return the first and last year of a century or of its decade."""
    last = published.year
    spoken = {"上": -1, "上个": -1, "本": 0}.get(match[1])
    if spoken is not None:
        number = None if last is None else (last - 1) // 100 + 1 + spoken
    else:
        number = small(match[1])
    if not number:
        return None
    decade = small(match[2])
    if decade is None:
        return f"{(number - 1) * 100 + 1:04d}/{number * 100:04d}"
    first = (number - 1) * 100 + decade
    return f"{first:04d}/{first + 9:04d}"
