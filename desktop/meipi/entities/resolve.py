"""Say which mentions are one thing: the canonical name is the fullest the document gives.

科技城 is the one longer name that ends so, 海淀 is 海淀区, 王先生 the one full name with
his surname.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType as T
from meipi.entities.folding import fold_text
from meipi.entities.gazetteer import load_gazetteer, shortened
from meipi.entities.people import SURNAMES
from meipi.entities.spread import aliases
from meipi.entities.suffixes import is_division, organisation_suffix

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

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
        index = _INDEXES.get(family)
        fuller = index(known) if index else None
        for name in known:
            full = told.get(name) or (fuller(name) if fuller else None)
            if full and full != name:
                canonical[name, family] = full
    return {key: _last(canonical, *key) for key in canonical}


def united_names(names: Iterable[tuple[T, str]]) -> dict[tuple[T, str], str]:
    """Return the fuller name of each of ``names`` that has one among the others.

    So the parts of a long document, resolved one by one, come to call one thing the same.

    >>> united_names([(T.LOC, "海淀"), (T.LOC, "海淀區"), (T.PER, "海淀")])
    {(<EntityType.LOC: 'LOC'>, '海淀'): '海淀區'}
    """
    written: dict[tuple[T, str], str] = {}
    known: defaultdict[T, dict[str, None]] = defaultdict(dict)
    asked = list(names)
    for kind, name in asked:
        folded = fold_text(name)
        written.setdefault((_family(kind), folded), name)
        known[_family(kind)].setdefault(folded)
    fuller = {family: _INDEXES[family](known[family]) for family in known if family in _INDEXES}
    united: dict[tuple[T, str], str] = {}
    for kind, name in asked:
        family, folded = _family(kind), fold_text(name)
        full = fuller[family](folded) if family in fuller else None
        whole = written[family, full or folded]
        if whole != name:
            united[kind, name] = whole
    return united


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


def _places(known: Collection[str]) -> Callable[[str], str | None]:
    """Return what finds 海淀区 for 海淀, the one zone that ends in 科技城 for 科技城."""
    fulls: defaultdict[str, list[str]] = defaultdict(list)
    ending: defaultdict[str, list[str]] = defaultdict(list)
    for name in known:
        if is_division(name):
            fulls[shortened(name)].append(name)
            continue
        for end in _proper_ends(name):
            if end in known:
                ending[end].append(name)

    def fuller(name: str) -> str | None:
        if is_division(name):
            return None
        if name in fulls:
            return _only(fulls[name])
        if name in load_gazetteer().above or name in load_gazetteer().provinces:
            return None
        return _only(ending.get(name, ()))

    return fuller


def _proper_ends(name: str) -> Iterator[str]:
    return (name[at:] for at in range(1, len(name)))


def _people(known: Collection[str]) -> Callable[[str], str | None]:
    """Return what finds the full name for 王先生 or 王某, the whole for part of a foreign name."""
    wholes: defaultdict[str, list[str]] = defaultdict(list)
    families: defaultdict[str, list[str]] = defaultdict(list)
    for name in known:
        if "·" in name:
            for part in {*name.split("·")}:
                wholes[part].append(name)
        if name[1:] not in _ADDRESSES and len(name) <= _LONGEST_HAN:
            families[name[0]].append(name)

    def fuller(name: str) -> str | None:
        if name in wholes:
            return _only(wholes[name])
        if name[0] in SURNAMES and name[1:] in _ADDRESSES:
            same = families.get(name[0], [])
            return same[0] if len(same) == 1 else None
        return None

    return fuller


_LONGEST_HAN = 3
_ADDRESSES = frozenset(
    ["先生", "女士", "小姐", "太太", "老师", "教授", "师傅", "大爷", "大妈", "阿姨", "某", "某某"]
)


def _organisations(known: Collection[str]) -> Callable[[str], str | None]:
    """Return what finds the one longer name that adds place or kind to a name."""
    longer: defaultdict[str, list[str]] = defaultdict(list)
    for whole in known:
        for name in _short_forms(whole, known):
            longer[name].append(whole)
    return lambda name: _only(longer.get(name, ()))


def _short_forms(whole: str, known: Collection[str]) -> set[str]:
    """Return the names of ``known`` that stand for ``whole``."""
    # 区委 of which district? Only where the rest is a place.
    found = {end for end in _proper_ends(whole) if end in known and _is_place(whole[: -len(end)])}
    if not _is_company(whole):
        return found
    for end in range(1, len(whole)):
        name = whole[:end]
        # 清华大学 and 清华大学附属中学 are two.
        if name in known and not whole.endswith(name) and not organisation_suffix(name):
            found.add(name)
    for start in range(1, len(whole) - 1):
        if not _is_place(whole[:start]):
            continue
        inner = (whole[start:end] for end in range(start + 1, len(whole)))
        found.update(n for n in inner if n in known and _begins_inside(n, whole, start))
    return found


def _begins_inside(name: str, whole: str, start: int) -> bool:
    return whole.find(name) == start and not whole.endswith(name)


def _is_place(name: str) -> bool:
    gazetteer = load_gazetteer()
    return name in gazetteer.above or name in gazetteer.provinces or is_division(name)


def _is_company(name: str) -> bool:
    return name.endswith(("公司", "集团", "股份", "控股", "银行"))


_INDEXES: dict[T, Callable[[Collection[str]], Callable[[str], str | None]]] = {
    T.LOC: _places,
    T.PER: _people,
    T.ORG: _organisations,
}
