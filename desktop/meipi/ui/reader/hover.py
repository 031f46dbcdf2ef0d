"""What lies under a place of the text: an entity, a repair, a lost character, an annotation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QPointF, QRect, QTimer

from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from meipi.ui.reader.layers import Layers
    from meipi.ui.reader.reading import Reading

TargetKind = Literal["entity", "repair", "lost", "annotation"]
HOVER_MS = 350


@dataclass(frozen=True, slots=True)
class HoverTarget:
    """Something on the text: its layer, its position there, its place.

    ``index`` counts in the sequence the view was given, for annotations in order of place; ``id``
    is the annotation's. ``rect`` is where it is painted, in viewport pixels.
    """

    kind: TargetKind
    index: int
    id: str
    span: Span
    rect: QRect


def targets_at(layers: Layers, offset: int) -> list[HoverTarget]:
    """Return what lies on the character at ``offset``, the shortest first; rects are empty."""
    at = Span(offset, offset + 1)
    return sorted(_targets(layers, at), key=lambda target: len(target.span))


def _targets(layers: Layers, at: Span) -> Iterator[HoverTarget]:
    nowhere = QRect()
    for index in layers.lost_in(at):
        yield HoverTarget("lost", index, "", layers.lost[index].span, nowhere)
    for index in layers.repairs_in(at):
        yield HoverTarget("repair", index, "", layers.repairs[index].span, nowhere)
    for index in layers.entities_in(at):
        yield HoverTarget("entity", index, "", layers.entities[index].span, nowhere)
    for index in layers.annotations_in(at):
        mark = layers.annotations.marks[index]
        yield HoverTarget("annotation", index, mark.id, mark.span, nowhere)


def target_under(reading: Reading, point: QPointF) -> HoverTarget | None:
    """Return the shortest thing under ``point`` of the viewport, with where it is painted."""
    offset = reading.character_at(point)
    found = targets_at(reading.layers, offset) if offset is not None else []
    return with_rect(reading, found[0], point) if found else None


def with_rect(reading: Reading, target: HoverTarget, point: QPointF) -> HoverTarget:
    """Return ``target`` with the rectangle of its line nearest to ``point``."""
    rects = reading.rects(target.span)
    if not rects:
        return target
    nearest = min(rects, key=lambda rect: abs(rect.center().y() - point.y()))
    return replace(target, rect=nearest.toAlignedRect())


class HoverWatch(QObject):
    """Reports what the pointer rests on, after a while, and when it no longer does."""

    def __init__(
        self, parent: QObject, reading: Reading, report: Callable[[HoverTarget | None], None]
    ) -> None:
        super().__init__(parent)
        self._reading = reading
        self._report = report
        self._next: HoverTarget | None = None
        self._shown: HoverTarget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HOVER_MS)
        self._timer.timeout.connect(self._rested)

    def move(self, point: QPointF) -> HoverTarget | None:
        """Take in where the pointer is; return what lies there."""
        found = target_under(self._reading, point)
        if found != self._next:
            self._next = found
            self._timer.stop()
            if found is not None and found != self._shown:
                self._timer.start()
            if self._shown is not None and found != self._shown:
                self._show(None)
        return found

    def leave(self) -> None:
        """Forget what was there: the pointer left, or the text moved under it."""
        self._timer.stop()
        self._next = None
        if self._shown is not None:
            self._show(None)

    def _rested(self) -> None:
        self._show(self._next)

    def _show(self, target: HoverTarget | None) -> None:
        self._shown = target
        self._report(target)
