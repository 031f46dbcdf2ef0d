"""What lies over the text: entities, annotations, repairs, finds; found by place, not by search.

Entities, repairs and finds are flat and sorted, so two bisections find those of a row among
hundreds of thousands without any index. Annotations overlap and have one. No Qt.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from meipi.core.entity import EntityType, Mention
    from meipi.core.repairs import Lost, RepairEdit
    from meipi.core.spans import Span

LayerName = Literal["entities", "annotations", "repairs", "finds", "selection"]
LAYER_NAMES: tuple[LayerName, ...] = ("entities", "annotations", "repairs", "finds", "selection")
_LONG = 4_096
"""Annotations longer than this are few and looked at one by one."""


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


S = TypeVar("S", bound=_Spanned)


@dataclass(frozen=True, slots=True)
class AnnotationMark:
    """A passage of an annotation; ``color`` is an index into the theme's tag colours.

    Of an annotation in several pieces only the first, ``part`` 0, has a card in the margin; what
    stands ``beside`` its note there are its links.
    """

    id: str
    span: Span
    color: int
    title: str
    shortcut: str = ""
    note: str = ""
    needs_review: bool = False
    part: int = 0
    beside: tuple[str, ...] = ()


def flat_within(items: Sequence[S], span: Span) -> range:
    """Return the positions of ``items`` (sorted, disjoint) that share a character with ``span``.

    Empty items, such as a repair that only took something away, count where they touch.
    """
    first = bisect_right(items, span.start, key=_end)
    while first > 0 and _end(items[first - 1]) == span.start == _start(items[first - 1]):
        first -= 1
    return range(first, max(first, bisect_left(items, max(span.end, span.start + 1), key=_start)))


_start = attrgetter("span.start")
_end = attrgetter("span.end")


class AnnotationIndex:
    """Annotations in order of place; answers which of them touch a range."""

    def __init__(self, marks: Iterable[AnnotationMark] = ()) -> None:
        self.marks = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.id))
        self._positions = {mark.id: at for at, mark in enumerate(self.marks) if not mark.part}
        self._starts = [mark.span.start for mark in self.marks]
        self._long = [at for at, mark in enumerate(self.marks) if len(mark.span) > _LONG]
        self._reach = max((len(m.span) for m in self.marks if len(m.span) <= _LONG), default=0)

    def position(self, annotation: str) -> int | None:
        """Return the position of the annotation with that id."""
        return self._positions.get(annotation)

    def within(self, span: Span) -> list[int]:
        """Return the positions of the annotations that share a character with ``span``."""
        low = bisect_left(self._starts, span.start - self._reach)
        high = bisect_left(self._starts, span.end)
        near = [at for at in range(low, high) if self.marks[at].span.end > span.start]
        far = [at for at in self._long if at < low and self.marks[at].span.end > span.start]
        return far + near

    def starting(self, start: int, end: int) -> range:
        """Return the positions of the annotations that begin in ``[start, end)``."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))


@dataclass(slots=True)
class Layers:
    """All layers of one document, and which of them are shown."""

    entities: Sequence[Mention] = ()
    annotations: AnnotationIndex = field(default_factory=AnnotationIndex)
    pending: AnnotationIndex = field(default_factory=AnnotationIndex)
    """What is only suggested: drawn as an outline, with no card of its own."""
    current_pending: str = ""
    repairs: Sequence[RepairEdit] = ()
    lost: Sequence[Lost] = ()
    finds: Sequence[Span] = ()
    current_find: int = -1
    hidden_types: frozenset[EntityType] = frozenset()
    shown: set[LayerName] = field(default_factory=lambda: set(LAYER_NAMES))

    def entities_in(self, span: Span) -> Iterator[int]:
        """Yield the positions of the shown entities that touch ``span``."""
        if "entities" in self.shown:
            for at in flat_within(self.entities, span):
                if self.entities[at].type not in self.hidden_types:
                    yield at

    def annotations_in(self, span: Span) -> list[int]:
        """Return the positions of the shown annotations that touch ``span``."""
        return self.annotations.within(span) if "annotations" in self.shown else []

    def repairs_in(self, span: Span) -> range:
        """Return the positions of the shown repairs that touch ``span``."""
        return flat_within(self.repairs, span) if "repairs" in self.shown else range(0)

    def lost_in(self, span: Span) -> range:
        """Return the positions of the lost characters in ``span``; a loss is always shown."""
        return flat_within(self.lost, span)

    def finds_in(self, span: Span) -> range:
        """Return the positions of the shown search results that touch ``span``.

        Hidden ones leave the current one, which says where one has come to.
        """
        if "finds" not in self.shown:
            at = self.current_find
            there = 0 <= at < len(self.finds) and self.finds[at].overlaps(span)
            return range(at, at + 1) if there else range(0)
        first = bisect_right(self.finds, span.start, key=attrgetter("end"))
        return range(first, max(first, bisect_left(self.finds, span.end, key=attrgetter("start"))))


@dataclass(frozen=True, slots=True)
class Band:
    """A range that the same annotations cover, each with its band of the ground in this order."""

    start: int
    end: int
    keys: tuple[int, ...]


def stack_bands(ranges: Iterable[tuple[int, int, int]]) -> list[Band]:
    """Split overlapping ``ranges`` (start, end, key) into stretches with the same keys.

    >>> [(b.start, b.end, b.keys) for b in stack_bands([(0, 6, 1), (4, 9, 2)])]
    [(0, 4, (1,)), (4, 6, (1, 2)), (6, 9, (2,))]
    """
    parts = [part for part in ranges if part[1] > part[0]]
    begun, ended = defaultdict(list), defaultdict(list)
    for number, (start, end, _) in enumerate(parts):
        begun[start].append(number)
        ended[end].append(number)
    bands: list[Band] = []
    there: set[int] = set()
    for start, end in pairwise(sorted({*begun, *ended})):
        there.difference_update(ended[start])
        there.update(begun[start])
        if there:
            bands.append(Band(start, end, tuple(parts[number][2] for number in sorted(there))))
    return bands
