"""Organisations nobody tagged: organs named by their level alone, companies by their legal form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType as T
from meipi.entities.draft import Draft
from meipi.entities.gazetteer import load_gazetteer
from meipi.entities.grow import NAME_TAGS, PASSABLE, passable
from meipi.entities.lexicon import is_ordinary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meipi.entities.draft import Token
    from meipi.entities.words import Words

_LONGEST = 32
_LATIN_BREAK = re.compile(r"[^一-龥A-Za-z0-9()·]")

_NAMELESS = re.compile(
    r"(?:省|市|区|县|州|镇|乡|街道)(?:委(?!托|员|派|屈|以)|政府|人大常委会|人大|政协|纪委监委|纪委|监委|党委"
    r"|[一-龥]{2,8}(?<![格布结大全当困僵])局|[一-龥]{2,4}厅|[一-龥]{2,6}委员会|法院|检察院|发改委|卫健委|住建委|国资委|教委|疾控中心|人民医院|中医院|妇幼保健院|融媒体中心|总工会|妇联|团委|军区|红十字会|慈善总会)(?!面)"
)


def nameless_organs(text: str, words: Words) -> Iterator[Draft]:
    """Yield organs named by their level alone: 县委, 区体育局."""
    for match in _NAMELESS.finditer(text):
        start, end = match.span()
        inside = list(words.inside(start, end))
        whole = bool(inside) and inside[-1].end == end
        if not words.starts(start) or not (whole or _OFFICE.match(text, end)):
            continue
        if all(token.tag in PASSABLE or token.tag in {"vn", "f"} for token in inside):
            yield Draft(_named(text, words, start), end, T.ORG, "pattern")


def _named(text: str, words: Words, start: int) -> int:
    """Return where the places before an organ begin: 吉林|省委, 中共|永嘉|县委."""
    for token in words.preceding(start):
        word = text[token.start : token.end]
        if token.tag != "LOC" and word != "中共" and word not in load_gazetteer().shorts:
            break
        start = token.start
    return start


_FREE_TRADE = re.compile(
    r"中国\([一-龥]{2,4}\)自由贸易(?:试验区|港)(?:(?!管)[一-龥]{2,6}?(?:片区|联动创新区))?"
)


def free_trade_zones(text: str) -> Iterator[Draft]:
    """Yield the zones whose names hold a bracket: 中国(上海)自由贸易试验区."""
    for match in _FREE_TRADE.finditer(text):
        yield Draft(*match.span(), T.FAC, "pattern")


_OFFICE = re.compile(r"副?(?:书记|常委|主任|局长|主席|县长|区长|院长|检察长)")
_COMPANY = re.compile(r"(?:有限责任公司|股份有限公司|有限公司)")


def companies(text: str, words: Words) -> Iterator[Draft]:
    """Yield companies whose whole name the tagger did not see, back to the last word of grammar."""
    for match in _COMPANY.finditer(text):
        start = match.start()
        for token in words.preceding(match.end()):
            if match.end() - token.start > _LONGEST or not _in_company(text, token):
                break
            start = min(start, token.start)
        while start < match.start() and not text[start].isalnum():
            start += 1
        if match.start() - start > 1:
            yield Draft(start, match.end(), T.ORG, "pattern")


_ROLES = (
    "子公司",
    "上市公司",
    "控股股东",
    "运营方",
    "主办方",
    "承办方",
    "品牌方",
    "开发商",
    "单位",
    "企业",
)


def _in_company(text: str, token: Token) -> bool:
    word = text[token.start : token.end]
    if word == "方" or word.endswith(_ROLES):
        return False
    if token.tag in NAME_TAGS or word in {"(", ")"}:
        return True
    return passable(token, word) and not _LATIN_BREAK.search(word)


_TITLE = re.compile(
    r"(?:联合|副)?(?:总经理|董事长|总裁|创始人|首席执行官|首席技术官|CEO|CTO|厂长|总工程师|理事长"
    r"|(?:营销|技术|市场|运营|生产|品牌)总监|合伙人|会长|秘书长)(?:兼[一-龥]{2,5})?"
)
_BODY = re.compile(r"(?:^|[,。;:!?、“”》\n ])(?P<body>[一-龥A-Za-z][一-龥A-Za-z0-9·]{1,11})$")
_NO_BODY = re.compile(
    r"(?:公司|企业|集团|园区|项目|工厂|车间|单位|部门|协会|商会|基地|中心|团队|品牌|平台|联盟|基金会|合作社"
    r"|区域|[地大]区|[原前任为的和与由名位其该本兼副])$|^[该本其这那一两多各据由让对]"
)
_BODILY = NAME_TAGS | PASSABLE | {"m", "vn", "f"}


def headed(text: str, words: Words, people: Iterable[Draft]) -> Iterator[Draft]:
    """Yield what stands before the title of a firm's head and a name: 智源动力|总经理|葛振华."""
    named = {draft.start for draft in people if draft.type is T.PER}
    for title in _TITLE.finditer(text):
        if title.end() not in named:
            continue
        before = text[max(0, title.start() - _REACH) : title.start()]
        body = _BODY.search(before)
        if body is None or _NO_BODY.search(body["body"]) or is_ordinary(body["body"]):
            continue
        start = title.start() - len(body["body"])
        inside = list(words.inside(start, title.start()))
        whole = bool(inside) and inside[-1].end == title.start()
        if whole and all(token.tag in _BODILY for token in inside):
            yield Draft(start, title.start(), T.ORG, "pattern")


_REACH = 14
"""Characters before a title in which the body it belongs to is looked for."""
