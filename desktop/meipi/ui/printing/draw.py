"""Draws a page of paper: text and marks as in the window, notes beside their lines, the number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainterPath, QPen, QPolygonF

from meipi.core.spans import Span
from meipi.ui.fonts import for_paper, ui_font
from meipi.ui.reader.marks import Underlines
from meipi.ui.reader.paint import Marked, RowPainter
from meipi.ui.reader.scroll import Placed

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter

    from meipi.ui.printing.pages import Note, Page, Printed
    from meipi.ui.theme import Mark

_BAR = 2.5
_PAD = 7.0


class _Strokes(Underlines):
    """Underlines as lines: on paper nothing is a picture."""

    def draw(self, painter: QPainter, mark: Mark, left: float, right: float, y: float) -> None:
        if mark.shape != "wavy":
            super().draw(painter, mark, left, right, y)
            return
        path = QPainterPath(QPointF(left, y + 1))
        x, up = left, True
        while x < right:
            step = min(3.0, right - x)
            path.quadTo(QPointF(x + step / 2, y + (-2 if up else 4)), QPointF(x + step, y + 1))
            x, up = x + step, not up
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(mark.color, 1.1))
        painter.drawPath(path)


class _Lines(RowPainter):
    """Paints some lines of a row: each is on one page only, in what is read out of it too."""

    first, stop = 0, 0

    def paint_lines(self, placed: Placed, first: int, stop: int) -> None:
        """Paint lines ``first`` to ``stop`` with all that lies on them."""
        self.first, self.stop = first, stop
        lines, painter = placed.row.lines[first:stop], self._painter
        if len(lines) == len(placed.row.lines):
            self.paint(placed)
            return
        top = placed.top + lines[0].top
        height = lines[-1].top + lines[-1].height - lines[0].top
        em = placed.row.em
        painter.save()
        painter.setClipRect(QRectF(-em, top, self._sheet.geometry.width + 2 * em, height))
        self.paint(placed)
        painter.restore()

    def _text(self, placed: Placed) -> None:
        soft = placed.row.style.soft
        self._painter.setPen(self._theme.ink_soft if soft else self._theme.ink)
        for line in placed.row.lines[self.first : self.stop]:
            line.qt.draw(self._painter, QPointF(0, 0))

    def _credit(self, placed: Placed) -> None:
        if self.stop == len(placed.row.lines):
            super()._credit(placed)


def draw_page(painter: QPainter, printed: Printed, page: Page, title: str) -> None:
    """Draw ``page``; the painter's unit is that of the text, its corner that of the paper."""
    paper = printed.paper
    painter.save()
    painter.translate(paper.left, paper.top)
    rows = _Lines(painter, printed.reading, Marked(Span(0, 0)), _Strokes())
    for part in page.slices:
        printed.used.update(printed.row(part.row).shown.text)
        rows.paint_lines(Placed(part.row, printed.row(part.row), part.top), part.first, part.stop)
    for note in page.notes:
        printed.used.update(note.title, *note.lines)
        _draw_note(painter, printed, note)
    painter.restore()
    _draw_edges(painter, printed, page, title)


def _font(size: float) -> QFont:
    font = ui_font(size)
    for_paper(font)
    return font


def _draw_note(painter: QPainter, printed: Printed, note: Note) -> None:
    paper, theme, size = printed.paper, printed.reading.theme, printed.note_size
    left = paper.note_left - paper.left
    line = size * 1.5
    height = size * 2.4 + line * len(note.lines)
    painter.fillRect(QRectF(left, note.top, _BAR, height), theme.tag_color(note.mark.color))
    painter.setFont(_font(size * 0.92))
    painter.setPen(theme.ink_soft)
    room = paper.note_width - _PAD
    metrics = QFontMetricsF(painter.font())
    head = metrics.elidedText(f"{note.number}  {note.title}", Qt.TextElideMode.ElideRight, room)
    baseline = note.top + size * 1.3
    painter.drawText(QPointF(left + _PAD, baseline), head)
    painter.setFont(_font(size))
    painter.setPen(theme.ink)
    for at, text in enumerate(note.lines):
        painter.drawText(QPointF(left + _PAD, baseline + (at + 1) * line), text)
    if note.line_y is not None:
        _draw_connector(painter, printed, note, left)


def _draw_connector(painter: QPainter, printed: Printed, note: Note, left: float) -> None:
    """Draw the thin line from the words' line to the head of their note."""
    color = QColor(printed.reading.theme.accent)
    painter.setPen(QPen(color, 0.7))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    size = printed.note_size
    y = (note.line_y or 0.0) - size * 0.4
    end, turn = note.top + size * 0.95, left - 7
    right = printed.paper.width + 2
    points = [QPointF(right, y), QPointF(turn, y), QPointF(turn, end), QPointF(left, end)]
    painter.drawPolyline(QPolygonF(points))


def _draw_edges(painter: QPainter, printed: Printed, page: Page, title: str) -> None:
    """Draw the number below, and from the second page on the title above."""
    paper, theme = printed.paper, printed.reading.theme
    printed.used.update("0123456789", title)
    painter.setFont(_font(printed.note_size))
    painter.setPen(theme.ink_soft)
    metrics = QFontMetricsF(painter.font())
    number = str(page.number)
    middle = paper.left + (paper.width - metrics.horizontalAdvance(number)) / 2
    painter.drawText(QPointF(middle, paper.size.height() - 2.2 * paper.em), number)
    if page.number > 1 and title:
        right = paper.note_left + paper.note_width if paper.note_width else 0
        width = max(right, paper.left + paper.width) - paper.left
        words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, width)
        y = 2.9 * paper.em
        painter.drawText(QPointF(paper.left, y), words)
        painter.fillRect(QRectF(paper.left, y + 0.5 * paper.em, width, 0.6), theme.line)
