"""Dates as ISO 8601, reckoned from the day an article was published; nothing is invented.

Where the year is not known a date is ``--03-05``, and words like 今年 have no normal form.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from meipi.entities.numerals import number_value
from meipi.entities.periods import century, lapse, plan, years
from meipi.entities.published import calendar_day, small

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.entities.published import PublishedOn


def normal_time(written: str, published: PublishedOn) -> str | None:
    """Return a folded date or period in ISO 8601; none where it names no certain time.

    >>> from meipi.entities.published import published_on
    >>> at = published_on("2025-03-01")
    >>> [normal_time(t, at) for t in ("2月28日", "去年12月", "近五年", "2021—2024年度")]
    ['2025-02-28', '2024-12', 'P5Y', '2021/2024']
    """
    for pattern, maker in _FORMS:
        match = pattern.fullmatch(written)
        value = maker(match, published) if match else None
        if value is not None:
            return value
    return _range(written, published)


_N = r"[\d〇零一二两三四五六七八九十廿卅百]+"
_DATE_PARTS = re.compile(
    rf"(?P<bc>公元前|西元前)?(?:公元|西元)?(?P<roc>民国)?(?:(?P<year>{_N})年"
    rf"|(?P<this>今年|去年|前年|明年|后年|上年|本年))?\s*"
    rf"(?:(?P<month>{_N})月(?:份)?)?(?:(?P<day>{_N})[日号])?\s*(?P<rest>.*)"
)
_LEAP_YEAR = 2000
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
_DAYS = {"今": 0, "昨": -1, "明": 1, "前": -2}
_PARTS_OF_DAY = (
    r"凌晨|清晨|早晨|早上|早间|上午|中午|正午|下午|午后|午间|傍晚|晚上|晚间|深夜|午夜"
    r"|夜间|夜里|晚|夜|早"
)
_CLOCK = re.compile(
    rf"(?P<part>{_PARTS_OF_DAY})?\s?(?:(?P<hour>{_N})(?::|时"
    rf"|点钟?)(?:(?P<minute>{_N})(?:分)?|(?P<half>半))?(?::\d+|{_N}秒)?(?:许|整"
    rf"|左右)?)?"
)
_AFTERNOON = re.compile(r"下午|傍晚|晚|夜")
_QUARTERS = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "前三季度": (1, 9),
    "前两季度": (1, 6),
    "首季": (1, 3),
    "首季度": (1, 3),
}
_QUARTER = re.compile(r"第?([一二三四1-4])季度?")
_FIRST_MONTHS = re.compile(rf"前({_N})个?月(?:份)?")
_VAGUE_TAIL = re.compile(
    r"^(?:年?[初底末中]|上旬|中旬|下旬|中下旬|度|间|前后|[春夏秋冬].*|期间|同期)?$"
)


def _point(match: re.Match[str], published: PublishedOn) -> str | None:
    year = _year(match, published)
    month, day = small(match["month"]), small(match["day"])
    rest = match["rest"]
    if month is None and day is None:
        return _in_year(year, rest, published)
    if rest == "以来" or (month and month > 12) or (day and day > 31):
        return None
    clock = _CLOCK.fullmatch(rest) if day else _VAGUE_TAIL.match(rest)
    if clock is None:
        return None
    written = _calendar(year, month, day, published, dated=bool(match["year"] or match["this"]))
    return written and written + (_hour(clock) if day else "")


def _year(match: re.Match[str], published: PublishedOn) -> int | None:
    if match["this"]:
        return None if published.year is None else published.year + _YEARS[match["this"]]
    value = number_value(match["year"]) if match["year"] else None
    if value is None:
        return None
    year = int(value)
    if match["roc"]:
        return year + 1911
    if match["bc"]:
        return 1 - year
    # 24年3月 in an article of 2024.
    return year + 2000 if year < 100 and len(match["year"]) == 2 else year


def _in_year(year: int | None, rest: str, published: PublishedOn) -> str | None:
    """Return a year, or the part of it that ``rest`` names."""
    if year is None:
        year = _current(rest, published)
    if year is None:
        return None
    if year <= 0:
        return f"{year:05d}"
    if rest == "以来":
        until = published.date
        return f"{year:04d}-01-01/{until.isoformat() if until else '..'}"
    months = _months(rest)
    if months:
        return f"{year:04d}-{months[0]:02d}/{year:04d}-{months[1]:02d}"
    return f"{year:04d}" if _VAGUE_TAIL.match(rest) else None


def _current(rest: str, published: PublishedOn) -> int | None:
    """Return the year of publication for 上半年 and 一季度, once they have begun by then."""
    months = _months(rest)
    if months is None or published.year is None or published.month is None:
        return None
    return published.year if months[0] <= published.month else None


def _months(rest: str) -> tuple[int, int] | None:
    if rest in _QUARTERS:
        return _QUARTERS[rest]
    if match := _QUARTER.fullmatch(rest):
        last = int(number_value(match[1]) or 0) * 3
        return last - 2, last
    match = _FIRST_MONTHS.fullmatch(rest)
    count = small(match[1]) if match else None
    return (1, count) if count and count <= 12 else None


def _calendar(
    year: int | None, month: int | None, day: int | None, published: PublishedOn, *, dated: bool
) -> str | None:
    """Write the date, its year and month taken from the day of publication where it leaves them."""
    if year is None and not dated:
        year, month = _nearest(month, day, published)
    if month is None:
        return f"---{day:02d}" if day else None
    if year is None:
        if day and calendar_day(_LEAP_YEAR, month, day) is None:
            return None
        return f"--{month:02d}-{day:02d}" if day else f"--{month:02d}"
    if day is None:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if calendar_day(year, month, day) else None


def _nearest(
    month: int | None, day: int | None, published: PublishedOn
) -> tuple[int | None, int | None]:
    """Return year and month of the day nearest to the day of publication."""
    today = published.date
    if today is None:
        known = month == published.month or month is None
        return (published.year if known else None), month or (
            published.month if published.year else None
        )
    if month is not None:
        nearby = [
            calendar_day(today.year + by, month, day or min(today.day, 28)) for by in (-1, 0, 1)
        ]
    else:
        months = [today.year * 12 + today.month - 1 + by for by in (-1, 0, 1)]
        nearby = [calendar_day(number // 12, number % 12 + 1, day or 1) for number in months]
    found = min((d for d in nearby if d), key=lambda d: abs(d - today), default=None)
    return (found.year, found.month) if found else (None, month)


def _hour(match: re.Match[str]) -> str:
    if match["hour"] is None:
        return ""
    hour, minute = small(match["hour"]), 30 if match["half"] else small(match["minute"])
    if hour is None or hour > 24:
        return ""
    if match["part"] and _AFTERNOON.match(match["part"]) and hour < 12:
        hour += 12
    written = f"T{hour:02d}"
    return written if minute is None else f"{written}:{minute:02d}"


_STAMP = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")


def _stamp(match: re.Match[str], published: PublishedOn) -> str | None:
    year, month, day = (int(match[part]) for part in (1, 2, 3))
    if calendar_day(year, month, day) is None:
        return None
    clock = ":".join(f"{int(part):02d}" for part in match.groups()[3:] if part)
    return f"{year:04d}-{month:02d}-{day:02d}" + (f"T{clock}" if clock else "")


def _relative_day(match: re.Match[str], published: PublishedOn) -> str | None:
    today = published.date
    if today is None:
        return None
    day = today + timedelta(days=_DAYS[match["day"]])
    clock = _CLOCK.fullmatch(match["rest"])
    return day.isoformat() + (_hour(clock) if clock else "")


def _relative_month(match: re.Match[str], published: PublishedOn) -> str | None:
    if published.year is None or published.month is None:
        return None
    number = published.year * 12 + published.month - 1 + {"本": 0, "上": -1, "下": 1}[match[1]]
    day = small(match[2])
    year, month = number // 12, number % 12 + 1
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], PublishedOn], str | None]], ...] = (
    (_STAMP, _stamp),
    (re.compile(r"(\d{4})(?:至|到|—+|-+|~)(\d{4})(?:年|年度|年间|学年|财年|赛季)"), years),
    (re.compile(r"“?(十[一二三四五六七]?)五”?(时期|期间|.*)"), plan),
    (re.compile(rf"(?:公元)?({_N}|上个?|本)世纪(?:({_N})年代)?.*"), century),
    (re.compile(r"(?P<day>[今昨明前])(?:\(\d+\))?[天日](?P<rest>.*)"), _relative_day),
    (re.compile(r"(?P<day>[今昨明])(?P<rest>晚.*|晨|早|夜.*)"), _relative_day),
    (re.compile(rf"(本|上|下)个?月(?:({_N})[日号])?(?:[初底末]|[上中下]旬)?"), _relative_month),
    (
        re.compile(
            rf"(?:近|过去|未来|最近|今后|此前|此后|过往)?的?({_N})(个?月|年|周|天|日"
            rf"|个?小时)(?:来|间|以来|里|内)?"
        ),
        lambda match, published: (
            lapse(match, published) if _is_lapse(match) else _point_or_none(match[0], published)
        ),
    ),
    (_DATE_PARTS, _point),
)


_YEAR_DIGITS = 4


def _is_lapse(match: re.Match[str]) -> bool:
    """Say whether a number of years or days is a length: 十年来 and 近5天, not 2021年以来."""
    if len(match[1]) == _YEAR_DIGITS and match[1].isdigit():
        return False
    return match[0][-1] not in "年月日" or not match[0][0].isdigit()


def _point_or_none(written: str, published: PublishedOn) -> str | None:
    match = _DATE_PARTS.fullmatch(written)
    return _point(match, published) if match else None


_RANGE = re.compile(r"\s?(?:至|到|—+|-+|~)\s?")


def _range(written: str, published: PublishedOn) -> str | None:
    """Return both ends of a range of dates; what the second leaves out it has from the first."""
    ends = _RANGE.split(written)
    if len(ends) != 2:
        return None
    first_text, second_text = ends
    if first_text.isdigit():
        unit = next((unit for unit in "年月日时" if unit in second_text), "")
        first_text += unit
    first, second = normal_time(first_text, published), normal_time(second_text, published)
    clock = _CLOCK.fullmatch(second_text)
    if first and second is None and "T" in first and clock:
        second = _hour(clock)[1:] or None
    if first is None or second is None or "/" in first + second:
        return None
    return f"{first}/{_completed(first, second)}"


def _completed(first: str, second: str) -> str:
    """Give ``second`` the year and month of ``first`` where it has none of its own."""
    if second.startswith("---"):
        return first[: -len(second) + 2] + second[2:] if len(first) >= len(second) else second
    if second.startswith("--") and not first.startswith("-"):
        return first[:4] + second[1:]
    return second
