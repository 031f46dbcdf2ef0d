"""The outline: title and headings, the one the reader is under marked."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QFont, QPainter

from meipi.ui.models.rows import Index, row_of
from meipi.ui.panels.list_panel import ListPanel
from meipi.ui.panels.painting import ThemedDelegate, bolder, break_lines, draw_ground, draw_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.outline import OutlineRow
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

_INDENT = 14
_LEFT = 14


class OutlinePanel(ListPanel):
    """Lists headings; a click asks to go there."""

    place_chosen = Signal(object)
    """The span of the heading."""

    def __init__(
        self, words: Words, theme: Theme, showing: Showing, parent: QWidget | None = None
    ) -> None:
        self._headings = OutlineDelegate(theme, showing)
        self._starts: list[int] = []
        super().__init__("outline", words, self._headings, parent)
        self.rows.list.lay_out_in_batches()
        self.rows.row_activated.connect(lambda row: self.place_chosen.emit(row.span))

    def set_rows(self, rows: Sequence[OutlineRow] | None) -> None:
        """Show ``rows``; none where no document is open."""
        self._starts = [row.span.start for row in rows or ()]
        self._headings.current = -1
        self.set_all(rows)

    def set_place(self, offset: int) -> None:
        """Mark the heading that ``offset`` lies under."""
        at = bisect_right(self._starts, offset) - 1
        current = self._starts[at] if at >= 0 else -1
        if current != self._headings.current:
            self._headings.current = current
            self.rows.list.viewport().update()

    def refresh(self) -> None:
        """Draw names in the script now chosen."""
        self.rows.list.scheduleDelayedItemsLayout()
        super().refresh()


class OutlineDelegate(ThemedDelegate):
    """Draws a heading in its depth, in two lines at most."""

    current = -1
    """Where the heading begins that the reader is under."""

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
        here = row.span.start == self.current
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
