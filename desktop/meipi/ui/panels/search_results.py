"""The hits of a search, under the search field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget

from meipi.ui.models.rows import Index, RowsModel, row_of
from meipi.ui.panels.painting import ThemedDelegate, draw_left, smaller
from meipi.ui.widgets.overlay import Overlay
from meipi.ui.widgets.row_list import RowList
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex

    from meipi.ui.presenters.searching import HitRow
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

_WIDTH = 640
_TALLEST = 420
_EDGE = 10


class SearchResults(Overlay):
    """Lists hits; a click or Enter goes to one."""

    hit_chosen = Signal(object)

    def __init__(self, host: QWidget, theme: Theme, showing: Showing) -> None:
        super().__init__(host)
        self.list = RowList(self)
        self.list.setProperty("part", "picks")
        self.model = RowsModel(self)
        self.list.setModel(self.model)
        self._delegate = HitDelegate(theme, showing)
        self._delegate.setParent(self.list)
        self.list.setItemDelegate(self._delegate)
        self.summary = QLabel(self)
        self.summary.setProperty("part", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 8)
        column.setSpacing(6)
        self.summary.setContentsMargins(_EDGE - 2, 0, _EDGE, 0)
        column.addWidget(self.summary)
        column.addWidget(self.list)
        self.list.row_activated.connect(self._choose)

    def show_hits(self, rows: Sequence[HitRow], summary: str, near: QRect) -> None:
        """List ``rows`` under ``near``."""
        self.model.set_rows(rows)
        self.summary.setText(summary)
        self.list.setVisible(bool(rows))
        metrics = self.fontMetrics()
        self.setFixedWidth(min(scaled(self, _WIDTH), self.host.width() - 24))
        height = sum(self._delegate.height_of(row, metrics) for row in rows[:20]) + 2
        self.list.setFixedHeight(min(height, _TALLEST, self.host.height() - 160))
        self.show_near(near)

    def choose_first(self) -> None:
        """Go to the current hit, or to the first."""
        index = self.list.currentIndex()
        self._choose(index if index.isValid() else self.model.index(0))

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))

    def set_theme(self, theme: Theme) -> None:
        """Draw in ``theme``."""
        self._delegate.theme = theme

    def _choose(self, index: QModelIndex) -> None:
        row = row_of(index)
        if row is not None:
            self.hit_chosen.emit(row)


class HitDelegate(ThemedDelegate):
    """Draws the title over the first hit of a document, and each hit in its context."""

    def height_of(self, row: HitRow, metrics: QFontMetrics) -> int:
        """Return the height of ``row``."""
        line = metrics.height() + 10
        return line + metrics.height() + 6 if row.first else line

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self.height_of(row_of(index), option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: HitRow = row_of(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = option.fontMetrics.height() + 10
        rect = option.rect
        hit = QRect(rect.left(), rect.bottom() - line + 1, rect.width(), line)
        lit = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus
        if option.state & lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.panel)
            painter.drawRoundedRect(hit.adjusted(0, 1, 0, -1), 4, 4)
        inner = rect.adjusted(_EDGE, 0, -_EDGE, 0)
        if row.first:
            painter.setFont(smaller(option.font))
            title = QRect(inner.left(), inner.top() + 6, inner.width(), inner.height() - line - 4)
            draw_left(painter, title, self.showing.text(row.title), self.theme.ink_soft)
        painter.setFont(option.font)
        self._draw_hit(painter, option.fontMetrics, hit.adjusted(_EDGE, 0, -_EDGE, 0), row)
        painter.restore()

    def _draw_hit(self, painter: QPainter, metrics: QFontMetrics, rect: QRect, row: HitRow) -> None:
        """Draw the context so that the match always shows: what is before it is shortened."""
        theme, show = self.theme, self.showing.text
        match = show(row.match)
        width = metrics.horizontalAdvance(match)
        room = max(0, min((rect.width() - width) // 2, rect.width() * 2 // 5))
        before = metrics.elidedText(show(row.before), Qt.TextElideMode.ElideLeft, room)
        left = rect.adjusted(draw_left(painter, rect, before, theme.ink), 0, 0, 0)
        ground = QRect(
            left.left(), left.center().y() - metrics.height() // 2, width, metrics.height() + 1
        )
        painter.fillRect(ground.intersected(rect), theme.find)
        draw_left(painter, left, match, theme.ink)
        draw_left(painter, left.adjusted(width, 0, 0, 0), show(row.after), theme.ink)
