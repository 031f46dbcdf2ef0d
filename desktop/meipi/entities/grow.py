"""Let names grow to what they are part of: 天津市 + 教育局, 扬州 + 博物馆, 浙江省 + 温州市."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType as T
from meipi.entities.departments import DEPARTMENT, ORGAN
from meipi.entities.draft import Draft
from meipi.entities.gazetteer import load_gazetteer
from meipi.entities.suffixes import (
    ends_facility,
    ends_organisation,
    ends_weakly,
    facility_suffix,
    is_division,
    organisation_suffix,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meipi.entities.draft import Token
    from meipi.entities.words import Words

_REACH = 16
"""Characters a name may grow by to the right."""

_NAME_TAGS = frozenset({"LOC", "ORG", "PER", "nz"})
_PASSABLE = frozenset({"n", "nz", "vn", "an", "nw", "s", "LOC", "ORG", "a"})
# Verbs that stand inside names of organisations; 建设 and 开发 also begin a predicate, so never
# on the way to a facility.
_NOUNISH = frozenset(
    [
        "管理",
        "服务",
        "教育",
        "运输",
        "交通运输",
        "检测",
        "监督",
        "监测",
        "检察",
        "研究",
        "设计",
        "投资",
        "控股",
        "制造",
        "咨询",
        "规划",
        "保障",
        "应急",
        "合作",
        "促进",
        "救助",
        "指挥",
        "防控",
        "信访",
        "统计",
        "审计",
        "会计",
        "出版",
        "发行",
        "保险",
        "保护",
        "改革",
        "行政",
        "审批",
        "执法",
        "招商",
        "治理",
        "物流",
        "创业",
        "孵化",
        "论坛",
        "展览",
        "会议",
        "商务",
    ]
)
_NOUNISH_ORGANISATION = _NOUNISH | frozenset(
    ["建设", "开发", "发展", "经营", "生产", "销售", "利用", "旅游", "体育"]
)
_COUNTING = re.compile(r"多个|首个|各|个|座|条|等|家|所有|该|本|全|两|这|那|其")
_BARE = re.compile(
    r"^(?:中|东|西|南|北)?(?:公司|集团|企业|学校|医院|中心|基地|广场|公园|社区|小区|园区|景区|政府|银行)$"
)
_LATIN_BREAK = re.compile(r"[^一-龥A-Za-z0-9()·]")


def chain(text: str, drafts: Iterable[Draft]) -> list[Draft]:
    """Join divisions that follow one another without a break into one place.

    >>> [d[:2] for d in chain("浙江温州市来客", [Draft(0, 2, T.LOC, ""), Draft(2, 5, T.LOC, "")])]
    [(0, 5)]
    """
    joined: list[Draft] = []
    for draft in sorted(drafts):
        before = joined[-1] if joined else None
        if before and before.end == draft.start and _link(text, before, draft):
            joined[-1] = before._replace(end=draft.end)
        else:
            joined.append(draft)
    return joined


def _link(text: str, before: Draft, draft: Draft) -> bool:
    if before.type is not T.LOC or draft.type is not T.LOC:
        return False
    first, second = text[before.start : before.end], text[draft.start : draft.end]
    inside = load_gazetteer().lies_in(second, _last_part(first))
    if inside is not None:
        # 天津市武清区 is one place; 天津武清 are two names side by side.
        return inside and (is_division(second) or is_division(first))
    return is_division(second) or (is_division(first) and not ends_facility(second))


def _last_part(name: str) -> str:
    """Return the last division of a chain: 海淀区 of 北京市海淀区."""
    above = load_gazetteer().above
    return next((name[at:] for at in range(len(name) - 1) if name[at:] in above), name)


def grow(text: str, words: Words, drafts: Iterable[Draft]) -> list[Draft]:
    """Extend places and organisations to the right over an organisation's or facility's suffix."""
    grown: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.length)):
        if grown and draft.start < grown[-1].end:
            continue
        grown.append(_grown(text, words, draft))
    return grown


def _grown(text: str, words: Words, draft: Draft) -> Draft:
    best = _with_organ(text, draft) or _trade(text, words, draft) or _typed(text, draft)
    # Inside a word (仁武变电|所) growth begins where that word ends.
    for token in _tail(text, words, draft):
        tail = text[draft.end : token.end]
        kind = _kind(text, draft, token)
        if kind is None or _COUNTING.match(tail):
            continue
        if kind is T.FAC and _stands_alone(text, draft, words, token):
            continue
        best = draft._replace(end=token.end, type=kind)
    return best


def _with_organ(text: str, draft: Draft) -> Draft | None:
    """Return a place grown over the organ or department right behind it."""
    if draft.type is not T.LOC:
        return None
    for pattern in (DEPARTMENT, ORGAN):
        match = pattern.match(text, draft.end)
        if match and (pattern is ORGAN or is_division(text[draft.start : draft.end])):
            return draft._replace(end=match.end(), type=T.ORG)
    return None


def _tail(text: str, words: Words, draft: Draft) -> Iterator[Token]:
    """Yield the words right of ``draft`` that could belong to its name."""
    conjunction = False
    for token in words.following(draft.end):
        word = text[token.start : token.end]
        if token.end - draft.end > _REACH or "\n" in word:
            return
        if token.tag in {"c", "p"} and word in {"和", "与", "暨"} and token.start > draft.end:
            conjunction = True
            continue
        if not _passable(token, word) and not _straddles(text, draft, token):
            return
        if conjunction and not ends_organisation(word):
            # 文化和旅游局 goes on; 北京大学和企业 does not.
            conjunction = False
            following = next(words.following(token.end), None)
            if following is None or not ends_organisation(text[following.start : following.end]):
                return
            continue
        conjunction = False
        yield token


_TRADE = frozenset(
    [
        "科技",
        "股份",
        "实业",
        "控股",
        "生物",
        "医药",
        "电子",
        "传媒",
        "药业",
        "重工",
        "能源",
        "智能",
        "精密",
        "半导体",
        "新材",
        "资本",
        "网络",
        "软件",
        "通信",
        "汽车",
        "地产",
        "置业",
        "物流",
        "航空",
        "旅游",
    ]
)
_LIST_END = re.compile(r"$|[,。、;:()”\s]|等|在|与|和|及|的|将|是|有")


def _trade(text: str, words: Words, draft: Draft) -> Draft | None:
    """Return a brand with the trade right behind it, where the pair stands like one name."""
    name = text[draft.start : draft.end]
    token = next(words.following(draft.end), None)
    if draft.type is not T.ORG or len(name) > 4 or organisation_suffix(name) or token is None:
        return None
    if text[token.start : token.end] in _TRADE and _LIST_END.match(text, token.end):
        return draft._replace(end=token.end)
    return None


def _straddles(text: str, draft: Draft, token: Token) -> bool:
    """Say whether one character right of the name completes its suffix: 仁武变电|所."""
    if token.start != draft.end or token.end - token.start > 1:
        return False
    whole = text[draft.start : token.end]
    return len(facility_suffix(whole)) > 1 or len(organisation_suffix(whole)) > 1


def _passable(token: Token, word: str) -> bool:
    if token.tag in _PASSABLE:
        return True
    if token.tag == "v":
        return word in _NOUNISH_ORGANISATION
    return token.tag in {"w", "m", "f", "PER"} and word in {
        "(",
        ")",
        "第一",
        "第二",
        "第三",
        "中央",
    }


def _kind(text: str, draft: Draft, token: Token) -> T | None:
    """Return what ``draft`` becomes by growing to the end of ``token``; none if nothing."""
    tail = text[draft.end : token.end]
    whole = text[draft.start : token.end]
    if "和" in tail and not ends_organisation(tail):
        return None
    if ends_organisation(tail) or (
        ends_organisation(whole) and len(organisation_suffix(whole)) > len(tail)
    ):
        return T.ORG if draft.type is not T.PER or tail == organisation_suffix(tail) else None
    if draft.type is T.ORG and not _may_house(text, draft):
        return None
    if any(verb in tail for verb in ("建设", "开发", "发展", "生产")):
        return None
    if ends_facility(tail) or (ends_facility(whole) and len(facility_suffix(whole)) > len(tail)):
        return T.FAC
    return T.FAC if draft.type is T.LOC and len(tail) == 1 and ends_weakly(tail) else None


def _may_house(text: str, draft: Draft) -> bool:
    """Say whether an organisation's name may become a facility's: 某大学体育馆."""
    name = text[draft.start : draft.end]
    return not ends_organisation(name) or name.endswith(("大学", "学院", "集团", "中学"))


def _stands_alone(text: str, draft: Draft, words: Words, token: Token) -> bool:
    """Say whether the facility right of a full division has a name of its own, so stays apart."""
    if draft.type is not T.LOC or not is_division(text[draft.start : draft.end]):
        return False
    first = next(words.following(draft.end), None)
    return first is not None and first.tag in _NAME_TAGS and first.end <= token.end


def _typed(text: str, draft: Draft) -> Draft:
    """Return ``draft`` as the facility its suffix says it is."""
    name = text[draft.start : draft.end]
    if draft.type is T.PER or not ends_facility(name):
        return draft
    if draft.type is T.ORG and ends_organisation(name):
        return draft
    return draft._replace(type=T.FAC)


def attach(text: str, drafts: Iterable[Draft]) -> list[Draft]:
    """Join a place to the organisation or facility right behind it."""
    joined: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.length)):
        before = joined[-1] if joined else None
        if before and before.end == draft.start and _belongs(text, before, draft):
            joined[-1] = draft._replace(start=before.start)
        elif before is None or draft.start >= before.end:
            joined.append(draft)
    return joined


def _belongs(text: str, before: Draft, draft: Draft) -> bool:
    first, second = text[before.start : before.end], text[draft.start : draft.end]
    if before.type is T.LOC and draft.type is T.ORG:
        return not second.startswith("中国") and (
            ends_organisation(second) or ends_facility(second) or not is_division(first)
        )
    if before.type is T.LOC and draft.type is T.FAC:
        return not is_division(first)
    if before.type is T.ORG and draft.type is T.ORG:
        return first.endswith(("附属", "直属", "下属")) or _is_organ(second)
    return before.type is T.ORG and first.endswith("附属")


def _is_organ(name: str) -> bool:
    """Say whether ``name`` is only the organ of a body: 党委, 组织部."""
    return organisation_suffix(name) == name


_NAMELESS = re.compile(
    r"(?:省|市|区|县|州|镇|乡|街道)(?:委(?!托|员|派|屈|以)|政府|人大常委会|人大|政协|纪委监委|纪委|监委|党委"
    r"|[一-龥]{2,8}(?<![格布结大全当困僵])局|[一-龥]{2,4}厅|[一-龥]{2,6}委员会|法院|检察院|发改委|卫健委|住建委|国资委|教委)(?!面)"
)


def nameless_organs(text: str, words: Words) -> Iterator[Draft]:
    """Yield organs named by their level alone: 县委, 区体育局."""
    for match in _NAMELESS.finditer(text):
        start, end = match.span()
        inside = list(words.inside(start, end))
        whole = bool(inside) and inside[-1].end == end
        if not words.starts(start) or not (whole or _OFFICE.match(text, end)):
            continue
        if all(token.tag in _PASSABLE or token.tag in {"vn", "f"} for token in inside):
            yield Draft(start, end, T.ORG, "pattern")


_OFFICE = re.compile(r"副?(?:书记|常委|主任|局长|主席|县长|区长|院长|检察长)")
_COMPANY = re.compile(r"(?:有限责任公司|股份有限公司|有限公司)")


def companies(text: str, words: Words) -> Iterator[Draft]:
    """Yield companies whose whole name the tagger did not see, back to the last word of grammar."""
    for match in _COMPANY.finditer(text):
        start = match.start()
        for token in words.preceding(match.end()):
            if match.end() - token.start > 2 * _REACH or not _in_company(text, token):
                break
            start = min(start, token.start)
        if match.start() - start > 1:
            yield Draft(start, match.end(), T.ORG, "pattern")


def _in_company(text: str, token: Token) -> bool:
    word = text[token.start : token.end]
    if token.tag in _NAME_TAGS or word in {"(", ")"}:
        return True
    return _passable(token, word) and not _LATIN_BREAK.search(word)


def is_bare(name: str) -> bool:
    """Say whether ``name`` is only a kind of organisation or facility."""
    return bool(_BARE.match(name)) or name in {facility_suffix(name), organisation_suffix(name)}
