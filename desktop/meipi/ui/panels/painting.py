"""What the delegates of the lists share: lines of text, grounds, sample marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Mark, Theme

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class ThemedDelegate(QStyledItemDelegate):
    """A delegate that knows the theme and the script its names are shown in."""

    def __init__(self, theme: Theme, showing: Showing) -> None:
        super().__init__()
        self.theme = theme
        self.showing = showing

    def row_height(self, metrics: QFontMetrics) -> int:
        """Return the height of a row of one line."""
        return max(self.theme.space.row_height, metrics.height() + 12)


def smaller(font: QFont) -> QFont:
    """Return ``font`` as it is set for what is said beside: one pixel smaller in twelve."""
    result = QFont(font)
    result.setPixelSize(max(10, round(font.pixelSize() * 0.92)))
    return result


def bolder(font: QFont) -> QFont:
    """Return ``font`` in the weight of a heading."""
    result = QFont(font)
    result.setWeight(QFont.Weight.Bold)
    return result


def struck(font: QFont) -> QFont:
    """Return ``font`` struck through, for what does not hold."""
    result = QFont(font)
    result.setStrikeOut(True)
    return result


def draw_left(painter: QPainter, rect: QRect, text: str, color: QColor) -> int:
    """Draw ``text`` at the left of ``rect``, shortened to fit; return the width it took."""
    metrics = QFontMetrics(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, rect.width()))
    painter.setPen(color)
    painter.drawText(rect, int(_LEFT), shown)
    return metrics.horizontalAdvance(shown)


def draw_right(painter: QPainter, rect: QRect, text: str, color: QColor) -> int:
    """Draw ``text`` at the right of ``rect``; return the width it took."""
    painter.setPen(color)
    painter.drawText(rect, int(_RIGHT), text)
    return QFontMetrics(painter.font()).horizontalAdvance(text)


_broken: dict[tuple[str, str, int, int], list[str]] = {}
_MOST_BROKEN = 2_000
"""Titles kept as they were broken: a list asks again for each paint and each measuring."""


def break_lines(text: str, font: QFont, width: int, most: int) -> list[str]:
    """Break ``text`` into at most ``most`` lines, the last one shortened."""
    key = text, font.key(), width, most
    if key not in _broken:
        if len(_broken) >= _MOST_BROKEN:
            _broken.clear()
        _broken[key] = _break(text, font, width, most)
    return _broken[key]


def _break(text: str, font: QFont, width: int, most: int) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    starts: list[int] = []
    layout.beginLayout()
    while len(starts) <= most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        starts.append(line.textStart())
    layout.endLayout()
    # Qt counts UTF-16 units; slicing there keeps astral characters whole.
    units = text.encode("utf-16-le")
    ends = [*starts[1:], len(units) // 2]
    lines = [
        units[2 * start : 2 * end].decode("utf-16-le").rstrip()
        for start, end in zip(starts, ends, strict=True)
    ]
    if len(lines) <= most:
        return lines
    rest = units[2 * starts[most - 1] :].decode("utf-16-le")
    metrics = QFontMetrics(font)
    return [*lines[: most - 1], metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]


def draw_ground(painter: QPainter, rect: QRect, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Draw the ground of a row that the mouse or the keyboard is on."""
    focused = option.state & QStyle.StateFlag.State_HasFocus
    hovered = option.state & QStyle.StateFlag.State_MouseOver
    selected = _is_one_of_several(option)
    if not (focused or hovered or selected):
        return
    painter.setPen(QPen(theme.accent, 1) if focused else Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent_soft if selected else theme.panel_raised)
    inner = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(inner, theme.space.radius, theme.space.radius)


def _is_one_of_several(option: QStyleOptionViewItem) -> bool:
    """Say whether the row is selected in a list where several can be."""
    view = option.widget
    several = QAbstractItemView.SelectionMode.ExtendedSelection
    return bool(
        option.state & QStyle.StateFlag.State_Selected
        and isinstance(view, QAbstractItemView)
        and view.selectionMode() is several
        and len(view.selectedIndexes()) > 1
    )


def draw_mark(painter: QPainter, mark: Mark, left: float, width: float, y: float) -> None:
    """Draw the sample of an underline from ``left`` at height ``y``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _SAMPLES[mark.shape](painter, mark.color, left, width, y)
    painter.restore()


def _straight(painter: QPainter, color: QColor, left: float, width: float, y: float) -> None:
    painter.setPen(QPen(color, 2))
    painter.drawLine(QPointF(left, y), QPointF(left + width, y))


def _double(painter: QPainter, color: QColor, left: float, width: float, y: float) -> None:
    painter.setPen(QPen(color, 1.2))
    for at in (y - 1.6, y + 1.6):
        painter.drawLine(QPointF(left, at), QPointF(left + width, at))


def _dotted(painter: QPainter, color: QColor, left: float, width: float, y: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for step in range(4):
        painter.drawEllipse(QPointF(left + 1.2 + step * (width - 2.4) / 3, y), 1.2, 1.2)


def _wavy(painter: QPainter, color: QColor, left: float, width: float, y: float) -> None:
    painter.setPen(QPen(color, 1.5))
    path = QPainterPath(QPointF(left, y))
    half = width / 4
    for step in range(4):
        sign = -1 if step % 2 == 0 else 1
        x = left + step * half
        path.quadTo(QPointF(x + half / 2, y + sign * 4), QPointF(x + half, y))
    painter.drawPath(path)


_SAMPLES = {"straight": _straight, "double": _double, "dotted": _dotted, "wavy": _wavy}
