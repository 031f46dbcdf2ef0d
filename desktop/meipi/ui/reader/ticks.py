"""Ticks beside the scroll bar: where in the whole text notes, finds and doubtful repairs lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRectF

from meipi.core.repairs import Proof, positions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QColor, QPainter

    from meipi.ui.reader.reading import Reading

T = TypeVar("T")

WIDTH = 5
_HEIGHT = 2
_MOST = 2_000
"""More marks of a kind than this are sampled: a window has fewer pixels."""


class Ticks:
    """Works out the ticks once for each change of layers or rows, then only paints them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found: list[tuple[float, str, int]] | None = None

    def reset(self) -> None:
        """Take in that layers or rows changed."""
        self._found = None

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        """Paint the ticks at the right edge of a viewport of that size."""
        if self._found is None:
            if not self._reading.sheet.table.complete:
                return
            self._found = list(self._ticks())
        drawn: set[tuple[int, str]] = set()
        for part, kind, color in self._found:
            y = round(part * (height - _HEIGHT))
            if (y, kind) not in drawn:
                drawn.add((y, kind))
                box = QRectF(width - WIDTH, y, WIDTH - 1, _HEIGHT)
                painter.fillRect(box, self._color(kind, color))

    def _ticks(self) -> Iterator[tuple[float, str, int]]:
        """Yield the place of each tick as a part of the text, its kind and its tag colour."""
        layers = self._reading.layers
        if "annotations" in layers.shown:
            for mark in sample(layers.annotations.marks):
                yield self._part(mark.span.start), "annotation", mark.color
        if "repairs" in layers.shown:
            for at in sample(positions(layers.repairs, Proof.INFERRED)):
                edit = layers.repairs[at]
                if edit.after != edit.before:
                    yield self._part(edit.start), "repair", 0
        for lost in sample(layers.lost):
            yield self._part(lost.span.start), "repair", 0
        for find in sample(layers.finds) if "finds" in layers.shown else ():
            yield self._part(find.start), "find", 0

    def _part(self, offset: int) -> float:
        table = self._reading.sheet.table
        index = table.at(offset)
        row = table.row(index)
        within = (offset - row.span.start) / max(1, len(row.span)) * table.weight(index)
        return min(1.0, (table.weight_before(index) + within) / max(1, table.total_weight))

    def _color(self, kind: str, color: int) -> QColor:
        theme = self._reading.theme
        if kind == "annotation":
            ground = theme.tag_color(color)
            return ground.lighter(190) if theme.is_dark else ground.darker(135)
        return theme.accent if kind == "find" else theme.repairs["inferred"].color


def sample(items: Sequence[T]) -> Sequence[T]:
    """Return ``items``, or evenly spread ones of them where they are very many."""
    return items[:: max(1, len(items) // _MOST)]
