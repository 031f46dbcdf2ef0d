"""The outline: title and headings, the one the reader is under marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from meipi.ui.models.rows import Index, row_of
from meipi.ui.panels.painting import ThemedDelegate, bolder, break_lines, draw_ground, draw_left
from meipi.ui.presenters.matching import fitting
from meipi.ui.presenters.outline import OutlineRow, row_at
from meipi.ui.widgets.filtered_list import FilteredList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

_INDENT = 14
_LEFT = 14


class OutlinePanel(QWidget):
    """Lists headings; a click asks to go there."""

    place_chosen = Signal(object)
    """The span of the heading."""

    def __init__(
        self, words: Words, theme: Theme, showing: Showing, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._open = False
        self._all: list[OutlineRow] = []
        self._delegate = OutlineDelegate(theme, showing)
        self.rows = FilteredList(self._delegate, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows)
        self.rows.query_changed.connect(self._filter)
        self.rows.row_activated.connect(lambda row: self.place_chosen.emit(row.span))
        self.retranslate()

    def set_rows(self, rows: Sequence[OutlineRow] | None) -> None:
        """Show ``rows`` as far as they fit what is typed; none where no document is open."""
        self._open = rows is not None
        self._all = list(rows or ())
        self._delegate.current = None
        self._filter(self.rows.query())

    def set_place(self, offset: int) -> None:
        """Mark the heading that ``offset`` lies under."""
        at = row_at(self._all, offset)
        current = None if at is None else self._all[at].span
        if current != self._delegate.current:
            self._delegate.current = current
            self.rows.list.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in ``theme``."""
        self._delegate.theme = theme
        self.refresh()

    def refresh(self) -> None:
        """Draw names in the script now chosen."""
        self.rows.list.scheduleDelayedItemsLayout()
        self.rows.list.viewport().update()

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        self.rows.field.setPlaceholderText(self._words("side.filter_pinyin"))
        self.rows.field.setAccessibleName(self._words("side.filter_pinyin"))
        self.rows.list.setAccessibleName(self._words("side.outline"))
        self._filter(self.rows.query())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _filter(self, query: str) -> None:
        self.rows.model.set_rows(fitting(query, self._all, lambda row: row.text))
        key = "side.no_match" if self._all else "side.no_outline"
        self.rows.list.set_empty_text(self._words(key if self._open else "side.no_document"))


class OutlineDelegate(ThemedDelegate):
    """Draws a heading in its depth, in two lines at most."""

    current: object = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.widget.viewport().width()  # type: ignore[attr-defined]  # it is the list
        lines = len(self._lines(row_of(index), option, width))
        return QSize(
            width, self.row_height(option.fontMetrics) + (lines - 1) * self._leading(option)
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: OutlineRow = row_of(index)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, rect.adjusted(6, 1, -6, -1), option, self.theme)
        here = row.span == self.current
        if here:
            painter.fillRect(
                QRect(rect.left() + 6, rect.top() + 6, 3, rect.height() - 12), self.theme.accent
            )
        painter.setFont(self._font(row, option))
        lines = self._lines(row, option, rect.width())
        leading = self._leading(option)
        top = rect.top() + (rect.height() - len(lines) * leading) // 2
        color = self.theme.ink if here or row.depth <= 1 else self.theme.ink_soft
        for at, line in enumerate(lines):
            box = QRect(rect.left() + self._left(row), top + at * leading, rect.width(), leading)
            draw_left(painter, box, line, color)
        painter.restore()

    def _font(self, row: OutlineRow, option: QStyleOptionViewItem) -> QFont:
        return bolder(option.font) if row.depth == 0 else option.font

    def _left(self, row: OutlineRow) -> int:
        return _LEFT + 4 + _INDENT * max(0, row.depth - 1)

    def _leading(self, option: QStyleOptionViewItem) -> int:
        return option.fontMetrics.height() + 1

    def _lines(self, row: OutlineRow, option: QStyleOptionViewItem, width: int) -> list[str]:
        room = width - self._left(row) - _LEFT
        return break_lines(self.showing.text(row.text), self._font(row, option), room, 2) or [""]
