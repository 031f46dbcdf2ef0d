"""Say which mentions are one thing: the canonical name is the fullest the document gives.

科技城 is the one longer name that ends so, 海淀 is 海淀区, 王先生 the one full name with
his surname.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType as T
from meipi.entities.gazetteer import load_gazetteer, shortened
from meipi.entities.people import SURNAMES
from meipi.entities.spread import aliases
from meipi.entities.suffixes import is_division, organisation_suffix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from meipi.entities.draft import Draft

_FAMILY = {T.FAC: T.LOC}
"""Types within which names are one thing: a zone is called a place as often."""


def canonical_names(text: str, drafts: Iterable[Draft]) -> dict[tuple[str, T], str]:
    """Return (name, type) → canonical name, both folded, for every name that has a fuller one."""
    found = list(drafts)
    names: defaultdict[T, dict[str, None]] = defaultdict(dict)
    for draft in found:
        names[_family(draft.type)].setdefault(text[draft.start : draft.end])
    told = aliases(text, found)
    canonical: dict[tuple[str, T], str] = {}
    for family, known in names.items():
        fuller = _FULLER.get(family)
        for name in known:
            full = told.get(name) or (fuller(name, known) if fuller else None)
            if full and full != name:
                canonical[name, family] = full
    return {key: _last(canonical, *key) for key in canonical}


def canonical_of(name: str, kind: T, canonical: Mapping[tuple[str, T], str]) -> str:
    """Return the canonical name of ``name``."""
    return canonical.get((name, _family(kind)), name)


def _family(kind: T) -> T:
    return _FAMILY.get(kind, kind)


def _last(canonical: Mapping[tuple[str, T], str], name: str, family: T) -> str:
    """Follow a short form of a short form to its end."""
    seen = {name}
    while (name, family) in canonical and canonical[name, family] not in seen:
        name = canonical[name, family]
        seen.add(name)
    return name


def _only(candidates: Iterable[str]) -> str | None:
    """Return the candidate all others are part of; none where they are different things."""
    longest = sorted(set(candidates), key=len, reverse=True)
    if longest and all(other in longest[0] for other in longest[1:]):
        return longest[0]
    return None


def _fuller_place(name: str, known: Iterable[str]) -> str | None:
    """Return 海淀区 for 海淀, the one zone that ends in 科技城 for 科技城."""
    others = [other for other in known if len(other) > len(name)]
    if is_division(name):
        return None
    fulls = [other for other in others if shortened(other) == name and is_division(other)]
    if fulls:
        return _only(fulls)
    if name in load_gazetteer().above or name in load_gazetteer().provinces:
        return None
    return _only(other for other in others if other.endswith(name) and not is_division(other))


def _fuller_person(name: str, known: Iterable[str]) -> str | None:
    """Return the full name for 王先生 or 王某, the whole for part of a transliterated name."""
    parts = [other for other in known if name in other.split("·") and other != name]
    if parts:
        return _only(parts)
    if name[0] in SURNAMES and name[1:] in _ADDRESSES:
        same = [k for k in known if k[0] == name[0] and k[1:] not in _ADDRESSES and len(k) < 4]
        return same[0] if len(same) == 1 else None
    return None


_ADDRESSES = frozenset(
    ["先生", "女士", "小姐", "太太", "老师", "教授", "师傅", "大爷", "大妈", "阿姨", "某", "某某"]
)


def _fuller_organisation(name: str, known: Iterable[str]) -> str | None:
    """Return the one longer name that begins or ends with ``name`` and adds place or kind to it."""
    return _only(other for other in known if len(other) > len(name) and _stands_for(name, other))


def _stands_for(name: str, other: str) -> bool:
    if other.endswith(name):
        # 区委 of which district? Only where the rest is a place.
        return _is_place(other[: -len(name)])
    if not other.startswith(name):
        at = other.find(name)
        return at > 0 and _is_place(other[:at]) and _is_company(other)
    # 清华大学 and 清华大学附属中学 are two.
    return _is_company(other) and not organisation_suffix(name)


def _is_place(name: str) -> bool:
    gazetteer = load_gazetteer()
    return name in gazetteer.above or name in gazetteer.provinces or is_division(name)


def _is_company(name: str) -> bool:
    return name.endswith(("公司", "集团", "股份", "控股", "银行"))


_FULLER: dict[T, Callable[[str, Iterable[str]], str | None]] = {
    T.LOC: _fuller_place,
    T.PER: _fuller_person,
    T.ORG: _fuller_organisation,
}
