"""The margin: notes as cards at their lines, or small marks where there is no room for cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from meipi.ui.fonts import ui_font
from meipi.ui.reader.margin import Wish, place_cards

if TYPE_CHECKING:
    from meipi.ui.reader.layers import AnnotationMark
    from meipi.ui.reader.reading import Reading

_PAD = 11
_BAR = 3
_HEAD = 18
_LINE = 19
_RADIUS = 5
_FOLDED_LINES = 3
_MARK = 8
_NEAR = 2_000
_LOOK_BACK = 12
"""Annotations above the window whose cards may reach into it."""


@dataclass(frozen=True, slots=True)
class Card:
    """A note in the margin; ``line_y`` is the height of its words' line, ``rect`` its place."""

    mark: AnnotationMark
    line_y: float
    rect: QRectF
    note: tuple[str, ...]


class Margin:
    """Lays out and paints the cards (or marks) of the annotations in the window."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.focus: str | None = None
        self.cards: tuple[Card, ...] = ()

    @property
    def folded(self) -> bool:
        """Say whether there is room for marks only."""
        return self._reading.sheet.geometry.margin_width == 0

    def arrange(self) -> None:
        """Work out the cards for what the window shows now."""
        found = [(mark, y) for mark, y in self._lines() if mark.title or mark.note]
        geometry = self._reading.sheet.geometry
        if self.folded:
            self.cards = tuple(self._marks_beside(found))
            return
        notes = [self._note(mark) for mark, _ in found]
        wishes = [
            Wish(y - _HEAD, 2 * _PAD - 5 + _HEAD + _LINE * len(note))
            for (_, y), note in zip(found, notes, strict=True)
        ]
        focus = next((at for at, (mark, _) in enumerate(found) if mark.id == self.focus), None)
        tops = place_cards(wishes, focus=focus)
        self.cards = tuple(
            Card(
                mark, y, QRectF(geometry.margin_left, top, geometry.margin_width, wish.height), note
            )
            for (mark, y), note, top, wish in zip(found, notes, tops, wishes, strict=True)
        )

    def at(self, point: QPointF) -> Card | None:
        """Return the card or mark under ``point``."""
        grown = 3 if self.folded else 0
        for card in self.cards:
            if card.rect.adjusted(-grown, -grown, grown, grown).contains(point):
                return card
        return None

    def paint(self, painter: QPainter) -> None:
        """Paint the cards in the window with the lines to their words."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self._reading.scroller.height
        for card in self.cards:
            if card.rect.bottom() < 0 or card.rect.top() > height:
                continue
            if self.folded:
                self._paint_mark(painter, card)
            else:
                self._paint_line(painter, card)
                self._paint_card(painter, card)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _lines(self) -> list[tuple[AnnotationMark, float]]:
        """Return the annotations near the window with the heights of their first lines."""
        reading, layers = self._reading, self._reading.layers
        if "annotations" not in layers.shown or not layers.annotations.marks:
            return []
        found = []
        for placed in reading.scroller.visible(above=self._reach_above()):
            row = placed.row
            marks = layers.annotations.marks
            for at in layers.annotations.starting(row.row.span.start, row.row.span.end):
                if row.row.fold >= 0:
                    y = row.lines[0].baseline
                else:
                    y = row.line_at(row.shown.unit(marks[at].span.start)).baseline
                found.append((marks[at], placed.top + y))
        return found

    def _reach_above(self) -> float:
        """Return how far above the window to look: a window, if an annotation begins there."""
        reading = self._reading
        if self.folded or not len(reading.sheet):
            return 0.0
        top = reading.sheet.table.row(reading.scroller.index).span.start
        before = reading.layers.annotations.starting(0, top)
        near = [reading.layers.annotations.marks[at] for at in before[-_LOOK_BACK:]]
        return (
            float(reading.scroller.height) if any(top - m.span.start < 2_000 for m in near) else 0.0
        )

    def _note(self, mark: AnnotationMark) -> tuple[str, ...]:
        """Break a note into lines; only the one in focus shows all of it."""
        if not mark.note:
            return ()
        width = self._reading.sheet.geometry.margin_width - 2 * _PAD - _BAR
        layout = QTextLayout(" ".join(mark.note.split("\n")), ui_font(13))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines = []
        most = None if mark.id == self.focus else _FOLDED_LINES
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start = line.textStart()
            # UTF-16 on Qt's side, so the slice is taken in UTF-16 too.
            data = layout.text().encode("utf-16-le")[2 * start : 2 * (start + line.textLength())]
            lines.append(data.decode("utf-16-le"))
            if len(lines) == most and start + line.textLength() < len(layout.text()):
                rest = layout.text().encode("utf-16-le")[2 * start :].decode("utf-16-le")
                metrics = QFontMetricsF(layout.font())
                lines[-1] = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
                break
        layout.endLayout()
        return tuple(lines)

    def _marks_beside(self, found: list[tuple[AnnotationMark, float]]) -> list[Card]:
        left = self._reading.sheet.geometry.margin_left
        cards: list[Card] = []
        for mark, y in found:
            beside = [card for card in cards if card.line_y == y]
            top = y - _MARK + len(beside) * (_MARK + 2) - 2
            cards.append(Card(mark, y, QRectF(left, top, _MARK, _MARK), ()))
        return cards

    def _paint_mark(self, painter: QPainter, card: Card) -> None:
        theme = self._reading.theme
        focused = card.mark.id == self.focus
        painter.setBrush(theme.tag_color(card.mark.color))
        painter.setPen(
            QPen(theme.accent if focused or card.mark.needs_review else theme.line_strong)
        )
        painter.drawRoundedRect(card.rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)

    def _paint_line(self, painter: QPainter, card: Card) -> None:
        """Draw the thin line from the words' line to the head of the card."""
        color = QColor(self._reading.theme.accent)
        color.setAlphaF(1.0 if card.mark.id == self.focus else 0.55)
        painter.setPen(QPen(color, 1.0))
        right = self._reading.sheet.geometry.right
        y = round(card.line_y - 6) + 0.5
        end = round(card.rect.top() + _HEAD - 6) + 0.5
        bend = right + (card.rect.left() - right) * 0.4
        painter.drawLine(QLineF(right, y, bend, y))
        painter.drawLine(QLineF(bend, y, card.rect.left(), end))

    def _paint_card(self, painter: QPainter, card: Card) -> None:
        theme, rect = self._reading.theme, card.rect
        focused = card.mark.id == self.focus
        painter.setPen(QPen(theme.accent if focused else theme.line, 1.0))
        painter.setBrush(theme.panel_raised)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        bar = QRectF(rect.left() + 1, rect.top() + 1, _BAR, rect.height() - 2)
        painter.fillRect(bar, theme.tag_color(card.mark.color))
        inner = rect.adjusted(_BAR + _PAD, _PAD - 4, -_PAD, 0)
        self._paint_head(painter, card, QRectF(inner.left(), inner.top(), inner.width(), _HEAD))
        painter.setFont(ui_font(13))
        painter.setPen(theme.ink)
        for number, text in enumerate(card.note):
            y = inner.top() + _HEAD + number * _LINE
            painter.drawText(QRectF(inner.left(), y, inner.width() + 4, _LINE), 0, text)

    def _paint_head(self, painter: QPainter, card: Card, box: QRectF) -> None:
        theme, mark = self._reading.theme, card.mark
        painter.setFont(ui_font(12))
        painter.setPen(theme.accent if mark.needs_review else theme.ink_soft)
        side = self._reading.words.needs_review if mark.needs_review else mark.shortcut
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, side)
        metrics = QFontMetricsF(painter.font())
        room = box.width() - metrics.horizontalAdvance(side) - 8
        painter.setPen(theme.ink_soft)
        title = metrics.elidedText(mark.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, title)
