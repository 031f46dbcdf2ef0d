"""The shapes that lie under, behind and around words; each is drawn at a baseline, in a color."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QPolygonF

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

    from meipi.ui.theme import Mark

_THIN = 1.5
_WAVE = 3.0
"""Half a period of the wavy line."""


def underline(painter: QPainter, mark: Mark, left: float, right: float, y: float) -> None:
    """Draw the underline of an entity from ``left`` to ``right``; ``y`` is its upper edge."""
    if right > left:
        _SHAPES[mark.shape](painter, left, right, y, mark.color)


def _straight(painter: QPainter, left: float, right: float, y: float, color: QColor) -> None:
    painter.fillRect(QRectF(left, y, right - left, _THIN), color)


def _double(painter: QPainter, left: float, right: float, y: float, color: QColor) -> None:
    painter.fillRect(QRectF(left, y - 1, right - left, 1), color)
    painter.fillRect(QRectF(left, y + 2, right - left, 1), color)


def _dotted(painter: QPainter, left: float, right: float, y: float, color: QColor) -> None:
    pen = QPen(color, 2.0)
    pen.setDashPattern([1.0, 1.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QLineF(left, y + 1, right, y + 1))


def _wavy(painter: QPainter, left: float, right: float, y: float, color: QColor) -> None:
    path = QPainterPath(QPointF(left, y + 1))
    x, side = left, -1.0
    while x < right:
        step = min(_WAVE, right - x)
        path.quadTo(QPointF(x + step / 2, y + 1 + side * 3), QPointF(x + step, y + 1))
        x, side = x + step, -side
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


_SHAPES: dict[str, Callable[[QPainter, float, float, float, QColor], None]] = {
    "straight": _straight,
    "wavy": _wavy,
    "dotted": _dotted,
    "double": _double,
}


def fine_dots(painter: QPainter, left: float, right: float, y: float, color: QColor) -> None:
    """Draw the row of fine dots under a repair."""
    pen = QPen(color, 1.0)
    pen.setDashPattern([1.0, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QLineF(left, y + 0.5, right, y + 0.5))


def corner(painter: QPainter, right: float, top: float, color: QColor) -> None:
    """Draw the small corner that says a repair was inferred."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(
        QPolygonF([QPointF(right - 5, top), QPointF(right, top), QPointF(right, top + 5)])
    )


def gap_mark(painter: QPainter, x: float, y: float, color: QColor) -> None:
    """Draw the small wedge where a repair took something out and left nothing."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(
        QPolygonF([QPointF(x, y - 4), QPointF(x + 2.5, y + 1), QPointF(x - 2.5, y + 1)])
    )


def hatched_box(painter: QPainter, box: QRectF, color: QColor, paper: QColor) -> None:
    """Draw the box that stands for a character that is lost."""
    inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.fillRect(inner, paper)
    painter.fillRect(inner, QBrush(color, Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(color, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(inner)


def outline(painter: QPainter, box: QRectF, color: QColor) -> None:
    """Draw a thin frame around words: the search result one stands on."""
    painter.setPen(QPen(color, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0.75, 0.75, -0.75, -0.75))
