"""The shapes that lie under, behind and around words; each is drawn at a baseline, in a color."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

    from meipi.ui.theme import Mark

_THIN = 1.5
_WAVE = 6
"""The period of the wavy line, and the height it has."""


class Underlines:
    """Draws the underlines of entities; keeps one period of the wavy ones, slow to stroke."""

    def __init__(self) -> None:
        self._waves: dict[tuple[int, float], QPixmap] = {}

    def draw(self, painter: QPainter, mark: Mark, left: float, right: float, y: float) -> None:
        """Draw from ``left`` to ``right``; ``y`` is the upper edge."""
        if right <= left:
            return
        if mark.shape == "wavy":
            left = round(left)
            place = QRectF(left, y - 2, right - left, _WAVE)
            painter.drawTiledPixmap(place, self._wave(painter, mark.color), QPointF())
        else:
            _SHAPES[mark.shape](painter, left, right, y, mark.color)

    def _wave(self, painter: QPainter, color: QColor) -> QPixmap:
        ratio = painter.device().devicePixelRatio()
        key = (color.rgba(), ratio)
        if key not in self._waves:
            self._waves[key] = _wave(color, ratio)
        return self._waves[key]


def _wave(color: QColor, ratio: float) -> QPixmap:
    """Draw one period of a wavy line, and a little before and after so that tiles join."""
    size = round(_WAVE * ratio)
    tile = QPixmap(size, size)
    tile.setDevicePixelRatio(size / _WAVE)
    tile.fill(Qt.GlobalColor.transparent)
    half, middle = _WAVE / 2, _WAVE / 2
    path = QPainterPath(QPointF(-half, middle))
    for number in range(4):
        x, side = (number - 1) * half, -1 if number % 2 else 1
        path.quadTo(QPointF(x + half / 2, middle + side * half), QPointF(x + half, middle))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.3))
    painter.drawPath(path)
    painter.end()
    return tile


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


_SHAPES: dict[str, Callable[[QPainter, float, float, float, QColor], None]] = {
    "straight": _straight,
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
