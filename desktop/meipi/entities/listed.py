"""Lists of bodies: 甲、乙、丙等企业 says of each of its items that it is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType as T
from meipi.entities.draft import Draft
from meipi.entities.gazetteer import load_gazetteer
from meipi.entities.lexicon import is_ordinary
from meipi.entities.merge import longest
from meipi.entities.suffixes import TRADES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meipi.entities.words import Words

_KINDS = (
    "企业|公司|车企|药企|茶企|酒企|央企|国企|民企|品牌|厂商|厂家|商家|机构|高校|院校|大学"
    "|媒体|银行|单位|巨头|商超|电商|平台|券商|航司|院所"
)
_TAIL = re.compile(
    r"等(?:一批|多)?(?:\d{1,4}|[一二三四五六七八九十两几数百]{1,3})?(?:余|多)?(?:家|个|所)?"
    rf"(?:[一-龥]{{0,8}}?)(?:{_KINDS})"
)
_ITEMS = re.compile(r"[^,。;:!?、“”《》()\n]+(?:、[^,。;:!?、“”《》()\n]+)+$")
_REACH = 120
"""Characters before 等 in which the items are looked for."""
_SHORTEST = 2
_LONGEST = 8
_NAMING = frozenset({"n", "nz", "nw", "vn", "an", "a", "PER", "LOC", "ORG", "m", "q", "f", "s"})


def listed(text: str, words: Words, drafts: Iterable[Draft]) -> list[Draft]:
    """Return ``drafts`` with the items of lists of bodies as organisations."""
    found = list(drafts)
    standing = {(draft.start, draft.end): draft for draft in found}
    for tail in _TAIL.finditer(text):
        items = list(_items(text, words, tail.start()))
        known = [standing[item].type for item in items if item in standing]
        if not items or known.count(T.ORG) * 2 < len(items) - 1:
            continue
        for item in items:
            draft = standing.get(item)
            if draft is not None and draft.type is not T.ORG and _mistaken(text, draft):
                standing[item] = draft._replace(type=T.ORG)
            elif draft is None and _nameable(text, words, item, found):
                standing[item] = Draft(*item, T.ORG, "pattern")
    return longest(standing.values())


def _items(text: str, words: Words, end: int) -> Iterator[tuple[int, int]]:
    """Yield the items of the list that ends at ``end``."""
    begin = max(0, end - _REACH)
    match = _ITEMS.search(text[begin:end])
    at = begin + match.start() if match else end
    for number, item in enumerate(match[0].split("、") if match else ()):
        last = at + len(item)
        yield (at if number else _first(words, at, last)), last
        at = last + 1


def _first(words: Words, start: int, end: int) -> int:
    """Return where the first item begins: behind the verb that governs the list."""
    first = end
    for token in words.preceding(end):
        if token.start < start or token.tag not in _NAMING:
            break
        first = token.start
    return first


def _mistaken(text: str, draft: Draft) -> bool:
    """Say whether a name of another type may be a body's: no place everybody knows."""
    name = text[draft.start : draft.end]
    return draft.type is not T.FAC and not load_gazetteer().everybody_knows(name)


def _nameable(text: str, words: Words, item: tuple[int, int], drafts: Iterable[Draft]) -> bool:
    """Say whether an item nobody tagged as a whole reads like a name.

    It is short and no ordinary word, and holds no verb; a place in it begins a firm's name.
    """
    name = text[item[0] : item[1]]
    if not _SHORTEST <= len(name) <= _LONGEST or is_ordinary(name):
        return False
    if any(draft.start < item[1] and item[0] < draft.end for draft in drafts):
        return name.endswith(tuple(TRADES))
    inside = list(words.inside(*item))
    whole = bool(inside) and inside[-1].end == item[1]
    return whole and all(token.tag in _NAMING for token in inside)
