"""The repairs of the document by channel: before, after, how often, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPolygon

from meipi.ui.models.rows import Index, row_of
from meipi.ui.panels.list_panel import ListPanel
from meipi.ui.panels.painting import (
    ThemedDelegate,
    bolder,
    draw_ground,
    draw_left,
    draw_right,
    smaller,
)
from meipi.ui.presenters.places import Walk
from meipi.ui.presenters.repairs import RepairGroup, RepairRow, without_empty

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from meipi.ui.i18n import Words
    from meipi.ui.models.rows import Row
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

_EDGE = 14


class RepairsPanel(ListPanel):
    """Lists repairs; each click goes to the next place one was made at."""

    place_chosen = Signal(object)

    def __init__(
        self, words: Words, theme: Theme, showing: Showing, parent: QWidget | None = None
    ) -> None:
        super().__init__("repairs", words, RepairDelegate(theme, showing), parent)
        self._walk = Walk()
        self.rows.list.setUniformItemSizes(True)
        self.rows.row_activated.connect(self._go)

    def set_rows(self, rows: Sequence[RepairGroup | RepairRow] | None) -> None:
        """Show ``rows``; none where no document is open."""
        self._walk.begin()
        self.set_all(rows)

    def fits_now(self) -> Callable[[RepairGroup | RepairRow], bool]:
        """Return what says whether a repair fits; the heads of groups stay for now."""
        fits = super().fits_now()
        return lambda row: isinstance(row, RepairGroup) or fits(row)

    def finished(self, found: list[RepairGroup | RepairRow]) -> Sequence[Row]:
        """Leave out groups of which nothing fits."""
        return without_empty(found)

    def _go(self, row: RepairGroup | RepairRow) -> None:
        if isinstance(row, RepairRow):
            self.place_chosen.emit(self._walk.to(row))


class RepairDelegate(ThemedDelegate):
    """Draws the head of a channel, or before → after with the count."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.row_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: RepairGroup | RepairRow = row_of(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, RepairGroup):
            self._draw_group(painter, option, row)
        else:
            draw_ground(painter, option.rect.adjusted(6, 1, -6, -1), option, self.theme)
            self._draw_repair(painter, option, row)
        painter.restore()

    def _draw_group(
        self, painter: QPainter, option: QStyleOptionViewItem, row: RepairGroup
    ) -> None:
        inner = option.rect.adjusted(_EDGE, 4, -_EDGE, 0)
        painter.setFont(smaller(option.font))
        taken = draw_right(painter, inner, row.detail, self.theme.ink_soft)
        painter.setFont(bolder(option.font))
        draw_left(painter, inner.adjusted(0, 0, -taken - 8, 0), row.title, self.theme.ink)
        painter.setPen(QPen(self.theme.line, 1))
        painter.drawLine(inner.bottomLeft(), inner.bottomRight())

    def _draw_repair(self, painter: QPainter, option: QStyleOptionViewItem, row: RepairRow) -> None:
        theme = self.theme
        inner = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        if row.inferred:
            self._draw_corner(painter, inner)
        inner.setLeft(inner.left() + 12)
        painter.setFont(smaller(option.font))
        beside = "  ".join(filter(None, (row.confidence, str(row.count) if row.count > 1 else "")))
        taken = draw_right(painter, inner, beside, theme.accent if row.inferred else theme.ink_soft)
        inner.setRight(inner.right() - taken - 8)
        painter.setFont(option.font)
        # The words before and after share the room; the arrow always shows.
        half = QRect(inner)
        half.setWidth(max(0, inner.width() // 2 - 4) if row.before else 0)
        used = draw_left(painter, half, row.before, theme.ink_soft)
        rest = inner.adjusted(used + 6 if used else 0, 0, 0, 0)
        if row.before:
            rest.setLeft(rest.left() + draw_left(painter, rest, "→", theme.line_strong) + 6)
        draw_left(painter, rest, row.after, theme.ink)

    def _draw_corner(self, painter: QPainter, inner: QRect) -> None:
        """Draw the small corner that marks what was inferred, as it stands in the text."""
        left, middle = inner.left(), inner.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.accent)
        corner = [QPoint(left + x, middle + y) for x, y in ((0, -4), (7, -4), (0, 3))]
        painter.drawPolygon(QPolygon(corner))
