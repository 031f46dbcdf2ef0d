"""Dates as a reader writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meipi.ui.i18n import Words

_MONTH_DAY = re.compile(r"--(\d{2})-(\d{2})")


def word_date(date: str | None, words: Words) -> str:
    """Word an ISO date; one without a year as month and day.

    >>> from meipi.ui.i18n import Words
    >>> word_date("--08-17", Words("zh")), word_date("2025-03-01", Words("zh"))
    ('8月17日', '2025-03-01')
    """
    if not date:
        return ""
    found = _MONTH_DAY.fullmatch(date)
    if found is None:
        return date
    month, day = int(found[1]), int(found[2])
    return words.pick(f"{month}月{day}日", f"{day}/{month}")
