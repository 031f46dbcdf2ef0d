"""The few icons of the window, drawn as strokes in the colour of the text around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen, QPixmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

_GRID = 16.0
"""Icons are drawn on a grid of this many units."""


def icon(name: str, color: QColor, size: int = 16) -> QIcon:
    """Return the icon called ``name`` in ``color``, sharp on screens of double density too."""
    result = QIcon()
    for ratio in (1, 2):
        pixmap = QPixmap(size * ratio, size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        draw_icon(painter, name, color, QRectF(0, 0, size, size))
        painter.end()
        result.addPixmap(pixmap)
    return result


def draw_icon(painter: QPainter, name: str, color: QColor, rect: QRectF) -> None:
    """Draw the icon called ``name`` into ``rect``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / _GRID, rect.height() / _GRID)
    pen = QPen(color, 1.4)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    _DRAWN[name](painter)
    painter.restore()


def _strokes(*lines: tuple[tuple[float, float], ...]) -> Callable[[QPainter], None]:
    def draw(painter: QPainter) -> None:
        for line in lines:
            painter.drawPolyline([QPointF(x, y) for x, y in line])

    return draw


def _search(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(6.8, 6.8), 4.3, 4.3)
    painter.drawLine(QPointF(10.1, 10.1), QPointF(13.6, 13.6))


def _theme(painter: QPainter) -> None:
    circle = QRectF(2.5, 2.5, 11, 11)
    painter.drawEllipse(circle)
    half = QPainterPath(QPointF(8, 2.5))
    half.arcTo(circle, 90, -180)
    half.closeSubpath()
    painter.fillPath(half, painter.pen().color())


def _palette(painter: QPainter) -> None:
    for x in (3.0, 9.4):
        for y in (3.0, 9.4):
            painter.drawRoundedRect(QRectF(x, y, 3.8, 3.8), 1, 1)


_DRAWN: dict[str, Callable[[QPainter], None]] = {
    "search": _search,
    "theme": _theme,
    "commands": _palette,
    "page": _strokes(((6, 3.6), (13.4, 3.6)), ((2.6, 8), (13.4, 8)), ((2.6, 12.4), (9.6, 12.4))),
    "close": _strokes(((4.2, 4.2), (11.8, 11.8)), ((11.8, 4.2), (4.2, 11.8))),
    "up": _strokes(((4, 10), (8, 6), (12, 10))),
    "down": _strokes(((4, 6), (8, 10), (12, 6))),
    "left": _strokes(((10, 4), (6, 8), (10, 12))),
    "right": _strokes(((6, 4), (10, 8), (6, 12))),
    "check": _strokes(((3.5, 8.5), (6.5, 11.5), (12.5, 4.5))),
    "more": _strokes(((3.6, 8), (3.7, 8)), ((8, 8), (8.1, 8)), ((12.4, 8), (12.5, 8))),
    "warn": _strokes(((8, 3.5), (8, 9.5)), ((8, 12.4), (8, 12.5))),
}
