"""Join names that stand side by side: the parts of an address, a place and what is called by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.entity import EntityType as T
from meipi.entities.gazetteer import load_gazetteer
from meipi.entities.suffixes import (
    ends_facility,
    ends_organisation,
    ends_street,
    is_division,
    organisation_suffix,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meipi.entities.draft import Draft


def chain(text: str, drafts: Iterable[Draft]) -> list[Draft]:
    """Join divisions that follow one another without a break into one place.

    >>> from meipi.entities.draft import Draft
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
        # 浙江省温州市 is one place; 浙江温州 are two names side by side.
        return inside and (is_division(second) or is_division(first))
    return is_division(second) or (
        is_division(first) and not ends_facility(second) and not ends_street(second)
    )


def _last_part(name: str) -> str:
    """Return the last division of a chain: 海淀区 of 北京市海淀区."""
    above = load_gazetteer().above
    return next((name[at:] for at in range(len(name) - 1) if name[at:] in above), name)


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
