"""Let names grow to what they are part of: 天津市 + 教育局, 扬州 + 博物馆, 浙江省 + 温州市."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType as T
from meipi.entities.departments import DEPARTMENT, ORGAN
from meipi.entities.parts import LAND, PARTS, POSTED
from meipi.entities.suffixes import (
    CORPORATE,
    TRADES,
    ends_facility,
    ends_organisation,
    ends_shop,
    ends_street,
    ends_weakly,
    facility_suffix,
    is_division,
    organisation_suffix,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meipi.entities.draft import Draft, Token
    from meipi.entities.words import Words

_KEPT = 16_384
"""Names whose answer is kept."""

_REACH = 16
"""Characters a name may grow by to the right."""

NAME_TAGS = frozenset({"LOC", "ORG", "PER", "nz"})
PASSABLE = frozenset({"n", "nz", "vn", "an", "nw", "s", "LOC", "ORG", "a"})
# Verbs that stand inside names of organisations; 建设 and 开发 also begin a predicate, so never
# on the way to a facility.
_NOUNISH = frozenset(
    [
        "展示 展销 会展 管理",
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


def grow(text: str, words: Words, drafts: Iterable[Draft]) -> list[Draft]:
    """Extend places and organisations to the right over an organisation's or facility's suffix."""
    grown: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.length)):
        if grown and draft.start < grown[-1].end:
            continue
        grown.append(_grown(text, words, draft))
    return grown


def _grown(text: str, words: Words, draft: Draft) -> Draft:
    best = (
        _with_organ(text, draft)
        or _with_part(text, draft)
        or _trade(text, words, draft)
        or _typed(text, draft)
    )
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
    if match := POSTED.match(text, draft.end):
        return draft._replace(end=match.end(), type=T.ORG)
    for pattern in (DEPARTMENT, ORGAN):
        match = pattern.match(text, draft.end)
        if match and (pattern is ORGAN or is_division(text[draft.start : draft.end])):
            return draft._replace(end=match.end(), type=T.ORG)
    return None


def _with_part(text: str, draft: Draft) -> Draft | None:
    """Return a body grown over its part, or a place over the land called by it."""
    if draft.type is T.LOC:
        match = LAND.match(text, draft.end)
        return draft._replace(end=match.end()) if match else None
    if draft.type is T.ORG:
        for whole, part in PARTS:
            if whole.search(text, draft.start, draft.end) and (
                match := part.match(text, draft.end)
            ):
                return draft._replace(end=match.end())
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
        if not passable(token, word) and not _straddles(text, draft, token):
            return
        if token.tag == "v" and ends_organisation(text[draft.start : draft.end]):
            return
        if token.tag == "ORG" and token.start > draft.end:
            return
        if conjunction and (draft.type is not T.LOC or token.tag in NAME_TAGS):
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


_LIST_END = re.compile(r"$|[,。、;:()”\s]|等|在|与|和|及|的|将|是|有")


def _trade(text: str, words: Words, draft: Draft) -> Draft | None:
    """Return a brand with the trade right behind it, where the pair stands like one name."""
    name = text[draft.start : draft.end]
    if draft.type is T.LOC and len(name) < 4 and (match := CORPORATE.match(text, draft.end)):
        return draft._replace(end=match.end(), type=T.ORG, by="pattern")
    token = next(words.following(draft.end), None)
    if draft.type is not T.ORG or len(name) > 4 or organisation_suffix(name) or token is None:
        return None
    if text[token.start : token.end] in TRADES and _LIST_END.match(text, token.end):
        return draft._replace(end=token.end)
    return None


def _straddles(text: str, draft: Draft, token: Token) -> bool:
    """Say whether one character right of the name completes its suffix: 仁武变电|所."""
    if token.start != draft.end or token.end - token.start > 1:
        return False
    whole = text[draft.start : token.end]
    return len(facility_suffix(whole)) > 1 or len(organisation_suffix(whole)) > 1


def passable(token: Token, word: str) -> bool:
    """Say whether a word can stand inside the name of an organisation or facility."""
    if token.tag in PASSABLE:
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
    if ("和" in tail and not ends_organisation(tail)) or tail.count("(") != tail.count(")"):
        return None
    if ends_organisation(tail) or (
        ends_organisation(whole) and len(organisation_suffix(whole)) > len(tail)
    ):
        return T.ORG if draft.type is not T.PER else None
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
    return first is not None and first.tag in NAME_TAGS and first.end <= token.end


def _typed(text: str, draft: Draft) -> Draft:
    """Return ``draft`` as the facility its suffix says it is."""
    name = text[draft.start : draft.end]
    if draft.type is T.LOC and ends_shop(name):
        return draft._replace(type=T.ORG)
    if draft.type is T.LOC and ends_street(name):
        return draft._replace(type=T.FAC)
    if draft.type is T.PER or not ends_facility(name):
        return draft
    if draft.type is T.ORG and ends_organisation(name):
        return draft
    return draft._replace(type=T.FAC)


@lru_cache(_KEPT)
def is_bare(name: str) -> bool:
    """Say whether ``name`` is only a kind of organisation or facility."""
    return bool(_BARE.match(name)) or name in {facility_suffix(name), organisation_suffix(name)}
