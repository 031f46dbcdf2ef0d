"""What lies in the text besides annotations, and the others of its kind to walk to."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.core.spans import Span
    from meipi.ui.presenters.opened import OpenDocument

TargetKind = Literal["entity", "repair", "lost"]


@dataclass(frozen=True, slots=True)
class Target:
    """A mention, a repair or a lost character by its position among those of the document."""

    kind: TargetKind
    index: int

    def span(self, document: OpenDocument) -> Span:
        """Return where it stands."""
        return _SPANS[self.kind](document, self.index)

    def repair(self, document: OpenDocument) -> int | None:
        """Return the position of the repair that was proposed here."""
        if self.kind == "lost":
            return document.repairs.edit_of(self.index)
        return self.index if self.kind == "repair" else None

    def step(self, document: OpenDocument, by: int) -> Target:
        """Return the one ``by`` places on that is of one kind with this, round the ends."""
        at, count = self.place(document)
        return Target(self.kind, _KINDRED[self.kind](document, self.index)[(at - 1 + by) % count])

    def place(self, document: OpenDocument) -> tuple[int, int]:
        """Return the how manieth of its kind this is, from one, and how many there are."""
        kindred = _KINDRED[self.kind](document, self.index)
        return bisect_left(kindred, self.index) + 1, len(kindred)


def _span_of_mention(document: OpenDocument, index: int) -> Span:
    return (document.mentions or ())[index].span


def _span_of_repair(document: OpenDocument, index: int) -> Span:
    return document.repairs.edits[index].span


def _span_of_lost(document: OpenDocument, index: int) -> Span:
    return document.repairs.lost[index].span


def _same_entity(document: OpenDocument, index: int) -> Sequence[int]:
    entities = document.entities
    return entities.same(index) if entities is not None else ()


_SPANS: dict[TargetKind, Callable[[OpenDocument, int], Span]] = {
    "entity": _span_of_mention,
    "repair": _span_of_repair,
    "lost": _span_of_lost,
}
_KINDRED: dict[TargetKind, Callable[[OpenDocument, int], Sequence[int]]] = {
    "entity": _same_entity,
    "repair": lambda document, index: document.repairs.same_channel(index),
    "lost": lambda document, _: range(len(document.repairs.lost)),
}
"""The positions of all that are of one kind with the one at a position, in order."""
