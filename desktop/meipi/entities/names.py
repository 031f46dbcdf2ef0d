"""Names as the tagger saw them, with their edges cleaned."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.entities.draft import Draft
from meipi.entities.gazetteer import is_region, load_countries, load_gazetteer
from meipi.entities.lexicon import is_common, is_ordinary
from meipi.entities.suffixes import ends_facility, ends_organisation, facility_suffix, is_division

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from meipi.entities.draft import Token

_KEPT = 16_384
"""Names whose answer is kept: a text holds the same ones again and again."""

_TYPES = {"PER": EntityType.PER, "ORG": EntityType.ORG, "LOC": EntityType.LOC}

_TRAILING = {
    EntityType.PER: re.compile(
        r"(?:总书记|总统|总理|主席|书记|部长|省长|市长|区长|县长|局长|主任|院长|校长|教授|先生|女士|老师|同志|记者|(?<=...)[摄文说称])$"
    ),
    EntityType.ORG: re.compile(r"(?:日?讯|日电|报道|展台|展区|展位)$"),
    EntityType.LOC: re.compile(
        r"(?:境内|境外|沿海|沿岸|畔|(?<=..)(?:市区|城区|主城区|郊区|县城)|等地|各地|一带|南部|北部|东部|西部|中部|东南部|西北部|周边|附近|讯|展台|展区|展位"
        r"|(?<=..)[两三四五六七八九十]+个?(?:城市|省市?|市|县|国|地区?))$"
    ),
}
# 东南部 of a continent is part of the name, as is the last character of these.
_WHOLE = re.compile(r"^(?:东南亚|南部非洲|西部|东部|中部|北部|南部|中西部)$|广电$|中电$")


def tagged_names(text: str, tokens: Sequence[Token]) -> list[Draft]:
    """Return the words the tagger calls people, organisations and places."""
    found = (
        Draft(token.start, token.end, _type(text[token.start : token.end], token.tag), "model")
        for token in tokens
        if token.tag in _TYPES
    )
    return [part for draft in _trimmed(text, found) for part in _parted(text, draft)]


_TWO_ORGANS = re.compile(r"[一-龥]+[省市区县州旗]委(?=[、和]?(?:省|市|区|县|州|旗)(?:人民)?政府$)")


def _parted(text: str, draft: Draft) -> list[Draft]:
    """Part what the tagger ran together: 某市委|市政府, 北京|上海, an organisation and more."""
    name = text[draft.start : draft.end]
    if draft.type is EntityType.ORG:
        return _parted_body(draft, name)
    if draft.type is not EntityType.LOC:
        return [draft]
    if section := _SECTION.match(name) or _STATION.match(name) or _STREETS.match(name):
        first, last = section.end(1), section.end(2)
        return _halves(draft._replace(end=draft.start + last), first)
    if first := _address_length(name) or _first_of_two(name):
        return _halves(draft, first)
    return [draft._replace(end=draft.start + _known_length(name))]


def _first_of_two(name: str) -> int:
    """Return the length of the first of two short places that stand side by side, else 0."""
    if _PAIR.fullmatch(name) and not _is_place(name):
        return 1
    return 2 if len(name) == 4 and _is_division(name[:2]) and _is_division(name[2:]) else 0


# 中美 are two countries; provinces named so (京津) are a region.
_PAIR = re.compile(r"[中美英法德俄日韩印欧澳加越朝葡意]{2}")


def _parted_body(draft: Draft, name: str) -> list[Draft]:
    if match := _TWO_ORGANS.match(name):
        return _halves(draft, match.end())
    if counted := _COUNTED.search(name):
        place = counted.start() > 1 and _is_place(name[: counted.start()])
        end = draft.start + counted.start()
        return [draft._replace(end=end, type=EntityType.LOC)] if place else []
    return [draft._replace(end=draft.start + _own_length(name))]


def _halves(draft: Draft, first: int) -> list[Draft]:
    middle = draft.start + first
    return [draft._replace(end=middle), draft._replace(start=middle)]


# 杭州三家医院 counts hospitals, it names none.
_COUNTED = re.compile(
    r"(?:[两三四五六七八九十几数多]|\d+)(?:余|多)?(?:家|所|个|名|位|座|间)(?!庄|港|村)"
)
_SECTION = re.compile(
    r"(.{2,}?(?:高速公路|高速|铁路|高铁|国道|省道|大道|公路|长江|黄河))([一-龥]{2,4})段$"
)
_STATION = re.compile(
    r"(.{0,4}?[A-Z\d一二三四五六七八九十]{1,3}号线|.{2,}?(?:高铁|城际铁路|城际|铁路))([一-龥]{2,}站)$"
)

_STREETS = re.compile(r"([一-龥]{2,}(?:街道|[镇乡区县市]))([一-龥]{2,}(?:大道|[路街巷]))$")


def _is_place(name: str) -> bool:
    return _is_division(name) or name in load_gazetteer().world


def _is_division(name: str) -> bool:
    return name in load_gazetteer().above or name in load_gazetteer().provinces


@lru_cache(_KEPT)
def _address_length(name: str) -> int:
    """Return how much of a place's name is the address of a facility with a name of its own."""
    end = _country_length(name)
    for first, last in load_gazetteer().full.find(name):
        end = last if first <= end else end
    rest = name[end:]
    if rest[-1:] in _STREET and len(rest) > 2 and end:
        return end
    return end if ends_facility(rest) and len(rest) - len(facility_suffix(rest)) > 1 else 0


_STREET = frozenset("路街巷宫")


def _country_length(name: str) -> int:
    """Return how much of a name is the country it begins with: 俄罗斯|克里姆林宫."""
    countries = load_countries()
    return next((at for at in range(min(len(name) - 3, 8), 1, -1) if name[:at] in countries), 0)


_LANDS = frozenset({"大陆", "半岛", "群岛", "高原", "盆地", "平原", "海峡", "海域", "战区", "军区"})
"""Common words that make a place's name another's: 朝鲜半岛."""


@lru_cache(_KEPT)
def _known_length(name: str) -> int:
    """Return how much of a place's name is a known place with an ordinary word glued on."""
    known = load_gazetteer()
    for at in range(len(name) - 2, 1, -1):
        head, rest = name[:at], name[at:]
        if (is_region(head) or head in known.world or head in known.provinces) and (
            is_common(rest) or rest[0].isascii()
        ):
            if rest in _LANDS:
                continue
            return len(name) if ends_facility(name) or is_division(name) else at
    return len(name)


_COMPLETE = re.compile(
    r".{2,}(?:联合会|协会|学会|有限公司|大学|学院|研究院|研究所|委员会|基金会|医院|法院|检察院|出版社|总局|人民政府)"
)


@lru_cache(_KEPT)
def _own_length(name: str) -> int:
    """Return how much of an organisation's name is its own: 机械工业联合会|科技."""
    match = _COMPLETE.match(name)
    if match is None or match.end() == len(name):
        return len(name)
    rest = name[match.end() :]
    if rest[-1] in "系科" and match[0].endswith(("大学", "学院", "医院")):
        return match.end()
    more = ends_organisation(name) or ends_facility(name) or not is_ordinary(rest)
    return len(name) if more else match.end()


_LATIN_BODY = re.compile(
    r"[A-Za-z] ?(?:Resources|Inc|Ltd|Corp|Group|Bank|University|Institute|Labs?|Holdings"
    r"|Capital)\.?$"
)


@lru_cache(_KEPT)
def _type(name: str, tag: str) -> EntityType:
    """Return the type of a tagged word; a body called by a mere place's name is that place."""
    known = load_gazetteer()
    if is_region(name):
        return EntityType.LOC
    if tag == "PER" and (name in known.provinces or name in known.prefectures):
        return EntityType.LOC
    if tag == "PER" and _LATIN_BODY.search(name):
        return EntityType.ORG
    if tag == "ORG" and (name in known.provinces or name.endswith("特区")):
        return EntityType.LOC
    return _TYPES[tag]


_DATELINE = ("日电", "日讯")
"""5月19日电 is no part of the name behind it, though the tagger may begin it there."""


def _trimmed(text: str, drafts: Iterable[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        start, end = draft.start, draft.end
        if text.startswith(_DATELINE, start - 1) and end - start > 1:
            start += 1
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not text[end - 1].isalnum() and not _closes(text, start, end):
            end -= 1
        name = text[start:end]
        if _WHOLE.search(name):
            yield draft._replace(start=start, end=end)
            continue
        trail = _TRAILING[draft.type].search(name, 2 if len(name) > 2 else len(name))
        end = start + trail.start() if trail else end
        if start < end:
            yield draft._replace(start=start, end=end)


def _closes(text: str, start: int, end: int) -> bool:
    """Say whether the last character closes a bracket inside the name: 某某(集团)."""
    return text[end - 1] == ")" and "(" in text[start:end]
