"""Dates as Chinese and English documents write them, in ISO 8601 as precise as the text says."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_HAN = "[〇○零一二三四五六七八九十]"


def _number(written: str) -> int:
    """Return the value of digits or of a Chinese number below a hundred, or of spelled digits.

    >>> [_number(n) for n in ("08", "十七", "二十", "三十一", "二〇二五")]
    [8, 17, 20, 31, 2025]
    """
    if written.isdigit() and written.isascii():
        return int(written)
    written = written.replace("○", "〇").replace("零", "〇")
    if "十" not in written:
        return int("".join(str(_DIGITS.index(char)) for char in written))
    tens, _, ones = written.partition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def _ymd(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _full(found: re.Match[str]) -> str | None:
    return _ymd(_number(found[1]), _number(found[2]), _number(found[3]))


def _of_the_republic(found: re.Match[str]) -> str | None:
    return _ymd(_number(found[1]) + 1911, _number(found[2]), _number(found[3]))


def _month(found: re.Match[str]) -> str | None:
    full = _ymd(_number(found[1]), _number(found[2]), 1)
    return full and full[:7]


def _day(found: re.Match[str]) -> str | None:
    # 2000 has a 29 February.
    full = _ymd(2000, _number(found[1]), _number(found[2]))
    return full and "-" + full[4:]


def _english_month_first(found: re.Match[str]) -> str | None:
    return _ymd(int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2]))


def _english_day_first(found: re.Match[str]) -> str | None:
    return _ymd(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (
            rf"民国 ?(\d{{2,3}}|{_HAN}{{1,3}}) ?年 ?(\d{{1,2}}) ?月 ?(\d{{1,2}}) ?[日号]",
            _of_the_republic,
        ),
        (r"(?<!\d)((?:19|20)\d\d) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]", _full),
        (
            r"(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)",
            lambda m: _ymd(int(m[1]), int(m[3]), int(m[4])),
        ),
        (r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)", _full),
        (rf"({_HAN}{{4}})年({_HAN}{{1,2}})月({_HAN}{{1,3}})[日号]", _full),
        (rf"{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", _english_month_first),
        (rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)? {_MONTH},? (\d{{4}})", _english_day_first),
        (r"(?<!\d)((?:19|20)\d\d) ?年 ?(\d{1,2}) ?月", _month),
        (r"(?<!\d)((?:19|20)\d\d)[-/](\d{1,2})(?![-/\d])", _month),
        (rf"({_HAN}{{4}})年({_HAN}{{1,2}})月", _month),
        (r"(?<!\d)(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]", _day),
    )
)


def find_date(key: str) -> tuple[str, int, int] | None:
    """Return the most precise date in the folded text ``key``, and where it stands.

    >>> find_date("发布日期:2025年09月03日"), find_date("人民网天津8月17日电")
    (('2025-09-03', 5, 16), ('--08-17', 5, 10))
    >>> find_date("二〇二四年五月六日")[0], find_date("2025年13月1日")
    ('2024-05-06', None)
    """
    for pattern, read in _FORMS:
        for found in pattern.finditer(key):
            iso = read(found)
            if iso is not None:
                return iso, found.start(), found.end()
    return None
