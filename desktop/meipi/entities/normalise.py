"""The value of a figure or date in one form: ISO dates, whole sums, numbers with units."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType as T
from meipi.entities.dates import normal_time
from meipi.entities.figures import CURRENCIES, SIGNS
from meipi.entities.measures import MEASURES, UNITS
from meipi.entities.numerals import NUMBER, number_value, plain
from meipi.entities.published import small

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.entities.published import PublishedOn

_KEPT = 16_384
"""Figures whose answer is kept."""

_NUMBER = re.compile(NUMBER)
_RANGE = re.compile(r"至|到|—+|-+|~")
_SMALL_CHANGE = re.compile(r"块[\d一二三四五六七八九].*")
_WORDS = {"块": "CNY"} | SIGNS | CURRENCIES
_BY_LENGTH = sorted(_WORDS, key=len, reverse=True)
_SCALES = re.compile(r"[十百千万亿兆]+$")


@lru_cache(_KEPT)
def normal_form(kind: T, written: str, published: PublishedOn) -> str | None:
    """Return the normal form of a folded figure or date; none where it has no value.

    >>> from meipi.entities.published import PublishedOn
    >>> unknown = PublishedOn()
    >>> normal_form(T.MONEY, "81.7亿元", unknown), normal_form(T.PERCENT, "四成", unknown)
    ('8170000000 CNY', '40 %')
    >>> normal_form(T.QUANTITY, "1800余家", unknown), normal_form(T.TIME, "3月5日", unknown)
    ('1800 家', '--03-05')
    """
    if kind is T.TIME:
        return normal_time(written, published)
    maker = _MAKERS.get(kind)
    return maker(written) if maker else None


def _numbers(written: str) -> str | None:
    """Return the value, or the ends of the range joined by a stroke; a scale counts for both."""
    found = [match[0] for match in _NUMBER.finditer(written)]
    if not found:
        return None
    values = [number_value(number) for number in found[:2]]
    if len(values) == 2 and None not in values and _RANGE.search(written):
        return _range(found, written)
    return None if values[0] is None else plain(values[0])


def _range(found: list[str], written: str) -> str | None:
    """Return both ends; 3至5万 means 三万 at the lower end, 3万至5万 says so itself."""
    scale = _SCALES.search(found[1])
    borrowed = scale and not _SCALES.search(found[0]) and number_value(found[0]) is not None
    first = number_value(found[0] + scale[0]) if borrowed and scale else number_value(found[0])
    second = number_value(found[1])
    if first is None or second is None or first > second:
        first = number_value(found[0])
    return None if first is None or second is None else f"{plain(first)}/{plain(second)}"


_CENTS = re.compile(
    r"(?:(?<=元)|(?<=块))(?:([\d一二三四五六七八九])(?:角|毛|$))?(?:([\d一二三四五六七八九])分?)?$"
)


def _money(written: str) -> str | None:
    word = next((word for word in _BY_LENGTH if word in written), None)
    value = _numbers(_SMALL_CHANGE.sub("块", written))
    if word is None or value is None:
        return None
    cents = _CENTS.search(written)
    if cents and any(cents.groups()):
        tenths, hundredths = (small(part) or 0 for part in cents.groups())
        value = plain(Decimal(value.partition("/")[0]) + Decimal(f"0.{tenths}{hundredths}"))
    return f"{value} {_WORDS[word]}"


_PARTS = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_FRACTION = re.compile(r"^([一二两三四五六七八九十]+)分之([一二两三四五六七八九十]+)$")
_TENTHS = re.compile(r"([一二两三四五六七八九\d])成([一二三四五六七八九\d半])?")


def _percent(written: str) -> str | None:
    for word, sign in _PARTS.items():
        if written.startswith(word):
            value = _numbers(written.replace(word, ""))
            return value and f"{value} {sign}"
    if match := _FRACTION.match(written):
        below, above = number_value(match[1]), number_value(match[2])
        return f"{above}/{below}" if below and above else None
    if "成" in written:
        return _tenths(written)
    unit = "pp" if "百分点" in written else "bp" if "基点" in written else written[-1]
    negative = "-" if written.startswith("-") else ""
    value = _numbers(written.lstrip("+-"))
    return value and f"{negative}{value} {unit}"


def _tenths(written: str) -> str | None:
    """Return 40 for 四成, 45 for 四成半, 30/50 for 三至五成."""
    parts = [part if "成" in part else part + "成" for part in _RANGE.split(written) if part]
    values = []
    for part in parts:
        match = _TENTHS.search(part)
        tenth = number_value(match[1]) if match else None
        if match is None or tenth is None:
            return None
        rest = 5 if match[2] == "半" else int(number_value(match[2]) or 0) if match[2] else 0
        values.append(str(int(tenth) * 10 + rest))
    return f"{'/'.join(values)} %"


_UNITS = frozenset({*UNITS.split(), *MEASURES.split(), "级", "点", "日"})
_LENGTHS = sorted({len(unit) for unit in _UNITS}, reverse=True)


_AND_A_HALF = re.compile(r"(.+)个(半|多)(小时|月)")
_HALF = re.compile(r"半(个月|年|天|公里|斤|米)|半个?(小时)")
_HALF_BEHIND = re.compile(r"(.+?)(年|岁|亩|斤|公里|里地|小时)半")
_RATE = re.compile(r"(?P<number>.*[\d十百千万亿余多])(?P<unit>[^\d/]+/[^/]+)")


def _quantity(written: str) -> str | None:
    if value := _and_a_half(written):
        return value
    if match := _RATE.fullmatch(written):
        value = _numbers(match["number"])
        return value and f"{value} {match['unit']}"
    tails = (written[-length:] for length in _LENGTHS)
    unit = next((tail for tail in tails if tail in _UNITS), None)
    if unit is None:
        return None
    number = written[: len(written) - len(unit)]
    if len(_NUMBER.findall(number)) > 1 and not _RANGE.search(number):
        # 九年六个月 has two units.
        return None
    negative = "-" if number.startswith("-") else ""
    value = _numbers(number.lstrip("-"))
    return value and f"{negative}{value} {unit}"


def _and_a_half(written: str) -> str | None:
    """Return 3.5 for 三个半小时 and 三年半, 0.5 for 半小时."""
    if match := _AND_A_HALF.fullmatch(written):
        whole = number_value(match[1])
        half = Decimal("0.5") if match[2] == "半" else Decimal(0)
        unit = "个月" if match[3] == "月" else match[3]
        return None if whole is None else f"{plain(whole + half)} {unit}"
    if match := _HALF_BEHIND.fullmatch(written):
        whole = number_value(match[1])
        return None if whole is None else f"{plain(whole + Decimal('0.5'))} {match[2]}"
    if match := _HALF.fullmatch(written):
        return f"0.5 {match[1] or match[2]}"
    return None


_MAKERS: dict[T, Callable[[str], str | None]] = {
    T.MONEY: _money,
    T.PERCENT: _percent,
    T.QUANTITY: _quantity,
}
