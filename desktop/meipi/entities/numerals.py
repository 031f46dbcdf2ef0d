"""Numbers as Chinese texts write them: digits, characters, and both with 万 and 亿."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
"""Digits, grouped in thousands or not: a comma counts only before exactly three."""

_ONES = dict(
    zip(
        "〇零一二两三四五六七八九壹贰叁肆伍陆柒捌玖",
        (0, 0, 1, 2, 2, *range(3, 10), *range(1, 10)),
        strict=True,
    )
)
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}

CHARACTERS = "".join(_ONES) + "".join(_SMALL) + "".join(_LARGE)
"""Every character of a number written in characters."""

HANZI = (
    rf"(?:[数几上][十百千万亿]{{1,4}}"
    rf"|[{CHARACTERS}]{{1,16}}几?(?:点[〇零一二三四五六七八九]{{1,8}})?[万亿]{{0,2}})"
)
NUMBER = rf"(?:{DIGITS}|{HANZI})[余多来]?[十百千万亿兆]{{0,4}}[余多]?"
"""A number with what may stand in and after it; 约, 超 and the like are not part of it."""

NOT_INSIDE = rf"(?<![第·A-Za-z\d{CHARACTERS}])(?<!\d\.)(?!(?<=\d,)\d{{3}}(?!\d))"
"""What must not stand before a number: an ordinal's 第, a model name's letters, more of it."""

_VAGUE = str.maketrans("", "", "余多来,+")
_PARTS = re.compile(rf"(\d+(?:\.\d+)?|[{''.join(_ONES)}])|([{''.join(_SMALL)}])|([万亿兆])")


def number_value(written: str) -> Decimal | None:
    """Return the value of a number; none where it has none, as 数十.

    >>> [str(number_value(n)) for n in ("1,800余", "81.7亿", "三千二百万", "二〇二五", "十几")]
    ['1800', '8170000000.0', '32000000', '2025', 'None']
    """
    plain = written.translate(_VAGUE)
    if not plain or any(vague in plain for vague in "数几上"):
        return None
    try:
        if all(c in _ONES for c in plain):
            return Decimal("".join(str(_ONES[c]) for c in plain))
        whole, _, fraction = plain.partition("点")
        if fraction or "点" in plain:
            return _with_fraction(whole, fraction)
        return _composed(plain)
    except (InvalidOperation, ValueError):
        return None


def _with_fraction(whole: str, fraction: str) -> Decimal | None:
    """Return the value of 三点五 and 三点五亿."""
    scale = 1
    while fraction and fraction[-1] in _LARGE:
        scale *= _LARGE[fraction[-1]]
        fraction = fraction[:-1]
    digits = "".join(str(_ONES[c]) for c in fraction if c in _ONES)
    before = number_value(whole)
    return None if before is None or not digits else Decimal(f"{before}.{digits}") * scale


def _composed(plain: str) -> Decimal:
    """Add up ones, tens and hundreds, and multiply what stands before 万 and 亿."""
    if not _PARTS.search(plain):
        raise ValueError(plain)
    total = section = Decimal(0)
    digit: Decimal | None = None
    for match in _PARTS.finditer(plain):
        one, small, large = match.groups()
        if one:
            digit = Decimal(_ONES[one]) if one in _ONES else Decimal(one)
        elif small:
            section += (1 if digit is None else digit) * _SMALL[small]
            digit = None
        else:
            section += digit or 0
            scale = _LARGE[large]
            if section == 0 and total == 0:
                section = Decimal(1)
            # 亿 takes everything before it, also a 万 (三万亿).
            total = (total + section) * scale if total < scale else total + section * scale
            section, digit = Decimal(0), None
    return total + section + (digit or 0)


def plain(value: Decimal) -> str:
    """Write ``value`` without exponent and without idle zeros.

    >>> plain(Decimal("81.70") * 10**8)
    '8170000000'
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
