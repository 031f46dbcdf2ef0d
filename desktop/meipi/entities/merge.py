"""Decide between drafts that overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType as T

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meipi.entities.draft import Draft

FIGURES = frozenset({T.TIME, T.MONEY, T.PERCENT, T.QUANTITY})
TITLES = frozenset({T.EVENT, T.POLICY})
NAMES = frozenset({T.PER, T.ORG, T.LOC, T.FAC})

_TRUST = {"pattern": 0, "document": 0, "model": 1}

_RANK = {T.WORK: 0, T.MONEY: 2, T.PERCENT: 2, T.TIME: 2, T.QUANTITY: 3}
"""What wins before length is asked; all others are 4, titles see `_title_rank`."""


class Taken:
    """Ranges already given away, disjoint, kept in order."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._drafts: list[Draft] = []

    def overlapping(self, draft: Draft) -> list[Draft]:
        """Return what shares a character with ``draft``."""
        first = max(0, bisect_right(self._starts, draft.start) - 1)
        last = bisect_left(self._starts, draft.end)
        return [taken for taken in self._drafts[first:last] if taken.end > draft.start]

    def add(self, draft: Draft) -> bool:
        """Take ``draft`` unless something stands in its way."""
        if self.overlapping(draft):
            return False
        at = bisect_left(self._starts, draft.start)
        self._starts.insert(at, draft.start)
        self._drafts.insert(at, draft)
        return True

    def all(self) -> list[Draft]:
        """Return everything taken, in order."""
        return list(self._drafts)


def knots(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    """Yield the drafts from left to right, those together that hang together by overlaps.

    Only they are in each other's way, and nearly all stand alone.

    >>> from meipi.entities.draft import Draft
    >>> drafts = [Draft(6, 9, T.LOC, ""), Draft(0, 3, T.LOC, ""), Draft(8, 10, T.ORG, "")]
    >>> [[d.start for d in knot] for knot in knots(drafts)]
    [[0], [6, 8]]
    """
    knot: list[Draft] = []
    reached = 0
    for draft in sorted(drafts, key=itemgetter(0)):
        if knot and draft.start >= reached:
            yield knot
            knot = []
        knot.append(draft)
        reached = max(reached, draft.end) if len(knot) > 1 else draft.end
    if knot:
        yield knot


def settle(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts that hold: flat, sorted, without overlap.

    A work beats all. An event or policy beats what it wholly contains and loses to what crosses
    it. A figure beats a name unless it lies inside a longer one. Else the longest, then the first.
    """
    return [d for knot in knots(drafts) for d in (knot if len(knot) == 1 else _settled(knot))]


def _settled(drafts: list[Draft]) -> list[Draft]:
    proposed = sorted(set(drafts), key=lambda d: (d.start, -d.length))
    works = Taken()
    for draft in sorted((d for d in proposed if d.type is T.WORK), key=lambda d: -d.length):
        works.add(draft)
    rest = [d for d in proposed if d.type is not T.WORK and not works.overlapping(d)]
    figures = _figures([d for d in rest if d.type in FIGURES])
    names = _longest([d for d in rest if d.type in NAMES])
    figures, names = _figures_against_names(figures, names)
    taken = _titles([d for d in rest if d.type in TITLES], [*figures, *names])
    for draft in works.all():
        taken.add(draft)
    for draft in sorted([*figures, *names], key=lambda d: (d.start, d.end)):
        taken.add(draft)
    return taken.all()


def _figures(drafts: list[Draft]) -> list[Draft]:
    """Settle figures among themselves: the longer, then the surer kind."""
    taken = Taken()
    for draft in sorted(drafts, key=lambda d: (-d.length, _RANK[d.type], d.start)):
        taken.add(draft)
    return taken.all()


def longest(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the longest of ``drafts`` that overlap, in order; the earlier of equal ones.

    Equal ranges go to the pattern, then the model: it has read what stands around.
    """
    return [d for knot in knots(drafts) for d in (knot if len(knot) == 1 else _longest(knot))]


def _longest(drafts: list[Draft]) -> list[Draft]:
    taken = Taken()
    for draft in sorted(drafts, key=lambda d: (-d.length, d.start, _TRUST.get(d.by, 2))):
        taken.add(draft)
    return taken.all()


def _figures_against_names(
    figures: list[Draft], names: list[Draft]
) -> tuple[list[Draft], list[Draft]]:
    """Drop the figures inside longer names, and the names that other figures touch."""
    placed = Taken()
    for name in names:
        placed.add(name)
    kept = [
        figure
        for figure in figures
        if not any(
            figure.inside(name) and name.length > figure.length
            for name in placed.overlapping(figure)
        )
    ]
    blocked = Taken()
    for figure in kept:
        blocked.add(figure)
    return kept, [name for name in names if not blocked.overlapping(name)]


def _titles(titles: list[Draft], others: list[Draft]) -> Taken:
    """Take the titles nothing crosses, the longest first."""
    placed, taken = Taken(), Taken()
    for other in others:
        placed.add(other)
    for title in sorted(titles, key=lambda d: (-d.length, d.start)):
        around = placed.overlapping(title)
        if all(other.inside(title) and other.length < title.length for other in around):
            taken.add(title)
    return taken
