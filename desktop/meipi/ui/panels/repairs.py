"""The repairs of the document by channel: before, after, how often, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPolygon
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from meipi.ui.models.rows import Index, row_of
from meipi.ui.panels.painting import (
    ThemedDelegate,
    bolder,
    draw_ground,
    draw_left,
    draw_right,
    smaller,
)
from meipi.ui.presenters.entities import next_place
from meipi.ui.presenters.repairs import RepairGroup, RepairRow, repair_rows
from meipi.ui.widgets.filtered_list import FilteredList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.core.repairs import Repaired
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

_EDGE = 14


class RepairsPanel(QWidget):
    """Lists repairs; each click goes to the next place one was made at."""

    place_chosen = Signal(object)

    def __init__(
        self,
        words: Words,
        theme: Theme,
        showing: Showing,
        labels: Mapping[str, tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._labels = labels
        self._repaired: Repaired | None = None
        self._last: tuple[RepairRow, int] | None = None
        self._delegate = RepairDelegate(theme, showing)
        self.rows = FilteredList(self._delegate, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows)
        self.rows.query_changed.connect(self._filter)
        self.rows.row_activated.connect(self._walk)
        self.retranslate()

    def set_repaired(self, repaired: Repaired | None) -> None:
        """Show the repairs of the document."""
        self._repaired = repaired
        self._last = None
        self._filter(self.rows.query())

    def set_theme(self, theme: Theme) -> None:
        """Draw in ``theme``."""
        self._delegate.theme = theme
        self.refresh()

    def refresh(self) -> None:
        """Draw again; repairs are shown as they were made, in no other script."""
        self.rows.list.viewport().update()

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        self.rows.field.setPlaceholderText(self._words("side.filter_pinyin"))
        self.rows.field.setAccessibleName(self._words("side.filter_pinyin"))
        self.rows.list.setAccessibleName(self._words("side.repairs"))
        self._filter(self.rows.query())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _filter(self, query: str) -> None:
        rows = (
            repair_rows(self._repaired, self._labels, self._words, query) if self._repaired else []
        )
        self.rows.model.set_rows(rows)
        any_repair = self._repaired and (self._repaired.edits or self._repaired.lost)
        key = "side.no_match" if any_repair else "side.no_repairs"
        self.rows.list.set_empty_text(self._words(key if self._repaired else "side.no_document"))

    def _walk(self, row: RepairGroup | RepairRow) -> None:
        if isinstance(row, RepairGroup):
            return
        after = self._last[1] if self._last and self._last[0] == row else -1
        place = next_place(row.spans, after)
        self._last = (row, place.start)
        self.place_chosen.emit(place)


class RepairDelegate(ThemedDelegate):
    """Draws the head of a channel, or before → after with the count."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = self.row_height(option.fontMetrics)
        return QSize(120, height + 6 if isinstance(row_of(index), RepairGroup) else height)

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
