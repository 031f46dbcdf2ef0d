"""How a mention stands in a concordance, and an entity among those named beside another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from meipi.ui.models.rows import Index, row_of
from meipi.ui.panels.painting import (
    ThemedDelegate,
    bolder,
    draw_ground,
    draw_left,
    draw_mark,
    draw_right,
    smaller,
)
from meipi.ui.widgets.sizes import scale_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from meipi.ui.presenters.entity_page import CompanyRow, LineRow

_EDGE = 10
_SAMPLE = 16


class ConcordanceDelegate(ThemedDelegate):
    """Draws the keyword in the middle of every line, its context on both sides."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: LineRow = row_of(index)
        line = option.fontMetrics.height() + 11
        return QSize(200, line + option.fontMetrics.height() + 9 if row.first else line)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: LineRow = row_of(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = option.fontMetrics.height() + 11
        rect = QRect(option.rect)
        line = QRect(rect.left(), rect.bottom() - height + 1, rect.width(), height)
        option.rect = line
        draw_ground(painter, line.adjusted(0, 1, 0, -1), option, self.theme)
        if row.first:
            head = QRect(rect.left(), rect.top() + 5, rect.width(), rect.height() - height - 4)
            self._draw_title(painter, option, head.adjusted(_EDGE, 0, -_EDGE, 0), row)
        self._draw_line(painter, option, line.adjusted(_EDGE, 0, -_EDGE, 0), row)
        painter.restore()

    def _draw_title(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: LineRow
    ) -> None:
        painter.setFont(smaller(option.font))
        taken = draw_right(painter, rect, row.date, self.theme.ink_soft)
        title = rect.adjusted(0, 0, -taken - 10, 0)
        draw_left(painter, title, self.showing.text(row.line.title), self.theme.ink_soft)

    def _draw_line(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: LineRow
    ) -> None:
        theme, show, line = self.theme, self.showing.text, row.line
        painter.setFont(bolder(option.font))
        metrics = QFontMetrics(painter.font())
        match = metrics.elidedText(show(line.match), Qt.TextElideMode.ElideRight, rect.width() // 2)
        width = metrics.horizontalAdvance(match)
        left = rect.center().x() - width // 2
        draw_left(painter, QRect(left, rect.top(), width + 4, rect.height()), match, theme.accent)
        painter.setFont(option.font)
        beside = option.fontMetrics
        before = beside.elidedText(
            show(line.before), Qt.TextElideMode.ElideLeft, left - rect.left() - 6
        )
        room = QRect(rect.left(), rect.top(), left - rect.left() - 5, rect.height())
        draw_right(painter, room, before, theme.ink)
        after = rect.adjusted(left - rect.left() + width + 5, 0, 0, 0)
        draw_left(painter, after, show(line.after), theme.ink)


class CompanyDelegate(ThemedDelegate):
    """Draws mark, name and how often an entity is named beside another."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.row_height(option.fontMetrics) - 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CompanyRow = row_of(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        draw_ground(painter, rect.adjusted(0, 1, 0, -1), option, self.theme)
        sample = round(_SAMPLE * scale_of(option.font))
        middle = rect.center().y() + option.fontMetrics.height() * 0.28
        mark = self.theme.entities[row.entity.type]
        draw_mark(painter, mark, rect.left() + _EDGE, sample, middle)
        inner = rect.adjusted(_EDGE + sample + 8, 0, -_EDGE, 0)
        painter.setFont(option.font)
        taken = draw_right(painter, inner, str(row.count), self.theme.ink_soft)
        name = inner.adjusted(0, 0, -taken - 8, 0)
        draw_left(painter, name, self.showing.text(row.entity.name), self.theme.ink)
        painter.restore()
