"""MONEY, PERCENT and QUANTITY: a number and what it counts, as one regular expression a type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.entities.draft import Draft
from meipi.entities.measures import MEASURES, UNITS, alternation
from meipi.entities.numerals import CHARACTERS, DIGITS, HANZI, NOT_INSIDE, NUMBER
from meipi.entities.scanning import matches, places

if TYPE_CHECKING:
    from collections.abc import Iterator

RANGE = r"(?:至|到|—{1,2}|-{1,2}|~)"


CURRENCIES = {
    "元": "CNY", "元人民币": "CNY", "人民币": "CNY", "块钱": "CNY", "圆": "CNY",
    "美元": "USD", "美金": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "日圆": "JPY",
    "韩元": "KRW", "韩圆": "KRW", "港元": "HKD", "港币": "HKD", "澳门元": "MOP", "澳元": "AUD",
    "加元": "CAD", "新台币": "TWD", "台币": "TWD", "元新台币": "TWD", "新元": "SGD",
    "新加坡元": "SGD",
    "卢布": "RUB", "卢比": "INR", "泰铢": "THB", "瑞士法郎": "CHF", "瑞郎": "CHF", "法郎": "FRF",
    "越南盾": "VND", "比索": "MXN", "雷亚尔": "BRL", "兰特": "ZAR", "林吉特": "MYR", "令吉": "MYR",
    "里亚尔": "SAR", "迪拉姆": "AED", "里拉": "TRY", "格里夫纳": "UAH",
}  # fmt: skip
"""Currency words after a number, with the code of the normal form."""

SIGNS = {
    "人民币": "CNY", "RMB": "CNY", "CNY": "CNY", "¥": "CNY", "US$": "USD", "USD": "USD", "$": "USD",
    "美元": "USD", "HK$": "HKD", "HKD": "HKD", "港币": "HKD", "NT$": "TWD", "新台币": "TWD",
    "EUR": "EUR", "€": "EUR", "£": "GBP", "GBP": "GBP",
}  # fmt: skip
"""Currency words and signs before a number."""

_CURRENCY = rf"(?:{alternation(' '.join(CURRENCIES))})(?![素旦宵月年件老首帅勋化]|大都|宇宙)"
_SIGN = alternation(" ".join(SIGNS))
# 三元 and 五元 are as often something else (二元论, 三元里); so a lone character needs an end.
_LONE = r"[一二两三四五六七八九]元(?=[,。、;)/]|钱|以[上下]|左右)"
# 三块 are as often pieces; so more than one digit, and nothing behind that comes in pieces.
_PIECES = (
    rf"(?:{DIGITS}(?<!\d\d\d\d)(?<=\d\d)|{HANZI}(?<=[十百千万多])|\d+[余多])块"
    r"(?=[,。、;!?)/\s]|$|起|左右|以[上下内]|一[个只份斤碗张次件]|每|的|了|就|卖|买)"
)
# 九块九, 两块一毛五.
_SPOKEN = (
    rf"{NUMBER}块[一二三四五六七八九\d](?:[毛角](?:[一二三四五六七八九\d]分?)?)?"
    r"(?=[,。、;!?)”\s的]|$)"
)
_AMOUNT = rf"(?:{NUMBER}(?:{_CURRENCY})?{RANGE})?{NUMBER}\s?{_CURRENCY}(?:\d角)?(?:\d分)?"

MONEY = re.compile(
    rf"(?:{_SIGN})\s?(?:{DIGITS}[余多]?[十百千万亿兆]*|{HANZI}(?={_CURRENCY}))(?:{_CURRENCY})?"
    rf"|{NOT_INSIDE}(?:{_SPOKEN}|{_PIECES}|(?![一二两三四五六七八九]元){_AMOUNT}|{_LONE})"
)

_PER = rf"(?:[-+]?{DIGITS}(?:%|‰)?{RANGE})?[-+]?{DIGITS}[%‰]"
# 成 also begins 成为, 成功, 成立 …; after a number only these end the thought.
_NOT_TENTHS = r"(?![为功立果员就长熟效套本品都交绩因形教语色分年人])"
PERCENT = re.compile(
    rf"(?<![A-Za-z\d.]){_PER}"
    rf"|[百千万]分之(?:{NUMBER})(?:{RANGE}[百千万]分之(?:{NUMBER}))?"
    rf"|{NOT_INSIDE}(?:"
    rf"(?:{NUMBER}{RANGE})?{NUMBER}个(?:百分点|基点)"
    rf"|(?:[一二两三四五六七八九\d]成?{RANGE}?)?[一二两三四五六七八九\d]成(?:多|半"
    rf"|[一二三四五六七八九\d])?{_NOT_TENTHS}"
    rf"|[一二两三四五六七八九十]+分之[一二两三四五六七八九十]+(?!点)|\d+个基点)"
)

_UNIT = alternation(UNITS)
_RATE = rf"(?:{_UNIT})/(?:{_UNIT}|[人天日年次])"
_ANY_UNIT = rf"{_RATE}|{alternation(UNITS + MEASURES)}"
_DURATION = (
    r"[一二两三四五六七八九十\d]+个(?:半|多)(?:小时|月)"
    r"|\d+(?:个)?小时\d+分(?:钟)?(?:\d+(?:\.\d+)?秒)?|\d+分\d+秒\d*|\d+秒\d{2}"
    r"|\d米\d{2}|[一二两三四五六七八九十\d]{1,3}年零?[一二两三四五六七八九十\d]{1,3}个月"
    rf"|(?<=拘留|连续|历时|为期|工期|用时){NUMBER}日|{NUMBER}日(?=游)"
    rf"|{NUMBER}(?:年|岁|亩|斤|公里|里地|小时)半(?![年天夜价数程途球])"
)
_LEVEL = (
    rf"{DIGITS}(?:{RANGE}{DIGITS})?级"
    r"(?=[,。、;()]|地震|以上|以下|左右|大风|阵风|风|偏|强震|余震|台风|西|东|南|北)"
)
_POINTS = r"\d{3,}(?:,\d{3})*(?:\.\d+)?点(?![钟半多\d])"
_NOT_ONE = rf"(?![一半零〇](?![{CHARACTERS}\d余多]))"

QUANTITY = re.compile(
    rf"{NOT_INSIDE}(?!二[次度])(?:{_DURATION}|{_LEVEL}|{_POINTS}"
    rf"|-?{NUMBER}\s?(?:{_ANY_UNIT})?{RANGE}{NUMBER}\s?(?:{_ANY_UNIT})"
    rf"|{_NOT_ONE}(?![百千万亿](?:{_ANY_UNIT}))-?{NUMBER}\s?(?:{_ANY_UNIT})"
    rf"|(?<=[近逾超约过达足])[百千万亿](?:{_ANY_UNIT})"
    rf"|一(?:{_UNIT})|半(?:(?:个)?(?:小时|月|公里|斤|米)(?![球轮])|[年天](?!报|级|线)))"
)

_PATTERNS = {
    EntityType.MONEY: MONEY,
    EntityType.PERCENT: PERCENT,
    EntityType.QUANTITY: QUANTITY,
}
_BEGINNING = re.compile(
    rf"[-+\d数几上半{CHARACTERS}{''.join(sorted({sign[0] for sign in SIGNS}))}]"
)
"""What any figure begins with."""

_SLOGAN = re.compile(r"“[^“”,。;\n]{1,9}”")


def find_figures(text: str) -> Iterator[Draft]:
    """Yield money, shares and quantities of the folded ``text``; they may overlap.

    >>> text = "完成投资81.7亿元,同比增长5.8%,约三成;新增1800余家,面积4.19平方公里"
    >>> [text[d.start : d.end] for d in find_figures(text)]
    ['81.7亿元', '5.8%', '三成', '1800余家', '4.19平方公里']
    """
    slogans = {match.start() + 1 for match in _SLOGAN.finditer(text)}
    beginnings = places(_BEGINNING, text)
    for kind, pattern in _PATTERNS.items():
        for match in matches(pattern, beginnings, text):
            # “两个一百年”: the number inside a slogan counts nothing.
            if kind is EntityType.QUANTITY and match.start() in slogans:
                continue
            yield Draft(match.start(), match.end(), kind, "pattern")
