"""The margin: notes as cards at their lines, or small marks where there is no room for cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from meipi.ui.fonts import ui_font
from meipi.ui.reader.margin import Wish, place_cards
from meipi.ui.reader.notes import Lines, note_of

if TYPE_CHECKING:
    from meipi.ui.reader.layers import AnnotationMark
    from meipi.ui.reader.notes import Note
    from meipi.ui.reader.reading import Reading

_PAD = 11
_BAR = 3
_RADIUS = 5
_FOLDED_LINES = 3
_MARK = 8
_NEAR = 2_000
_MOST_CARDS = 200
"""Beside one window; more would lie far below it, under each other."""
_LOOK_BACK = 12
"""Annotations above the window whose cards may reach into it, and how near they must be."""


@dataclass(frozen=True, slots=True)
class Card:
    """A note in the margin; ``line_y`` is the baseline of its words, ``rect`` its place."""

    mark: AnnotationMark
    line_y: float
    rect: QRectF
    notes: tuple[Note, ...] = ()


class Margin:
    """Lays out and paints the cards (or marks) of the annotations in the window."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._notes: dict[tuple[str, float, int, bool], Note] = {}
        self.focus: str | None = None
        self.cards: tuple[Card, ...] = ()

    @property
    def folded(self) -> bool:
        """Say whether there is room for marks only."""
        return self._reading.sheet.geometry.margin_width == 0

    def arrange(self) -> None:
        """Work out the cards for what the window shows now."""
        found = self._that_fit(self._lines())
        if self.folded:
            self.cards = tuple(self._marks_beside(found))
            return
        geometry, head = self._reading.sheet.geometry, self._head
        notes = [self._written(mark) for mark, _ in found]
        wishes = [
            Wish(y - head, head + sum(note.height for note in written) + 2 * _PAD - 6)
            for (_, y), written in zip(found, notes, strict=True)
        ]
        focus = next((at for at, (mark, _) in enumerate(found) if mark.id == self.focus), None)
        tops = place_cards(wishes, focus=focus)
        left, width = geometry.margin_left, geometry.margin_width
        self.cards = tuple(
            Card(mark, y, QRectF(left, round(top), width, wish.height), note)
            for (mark, y), note, top, wish in zip(found, notes, tops, wishes, strict=True)
        )

    def at(self, point: QPointF) -> Card | None:
        """Return the card or mark under ``point``."""
        grown = 4 if self.folded else 0
        for card in self.cards:
            if card.rect.adjusted(-grown, -grown, grown, grown).contains(point):
                return card
        return None

    def paint(self, painter: QPainter) -> None:
        """Paint the cards in the window with the lines to their words."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self._reading.scroller.height
        shown = [c for c in self.cards if c.rect.bottom() >= 0 and c.rect.top() <= height]
        for card in shown:
            if self.folded:
                self._paint_mark(painter, card)
            else:
                self._paint_line(painter, card)
        for card in shown if not self.folded else ():
            self._paint_card(painter, card)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    # Sizes grow a little with the text.

    @property
    def _size(self) -> int:
        """The size of a note's letters."""
        return max(13, min(17, round(self._reading.size * 0.68)))

    @property
    def _line(self) -> int:
        return round(self._size * 1.48)

    @property
    def _head(self) -> int:
        return round(self._size * 1.42)

    # What to show.

    def _lines(self) -> list[tuple[AnnotationMark, float]]:
        """Return the annotations near the window with the baselines of their first lines."""
        reading, layers = self._reading, self._reading.layers
        marks = layers.annotations.marks
        if "annotations" not in layers.shown or not marks:
            return []
        found = []
        for placed in reading.scroller.visible(above=self._reach_above()):
            row = placed.row
            for at in layers.annotations.starting(row.row.span.start, row.row.span.end):
                if marks[at].part:
                    continue
                line = row.lines[0]
                if row.row.fold < 0:
                    line = row.line_at(row.shown.unit(marks[at].span.start))
                found.append((marks[at], placed.top + line.baseline))
        return found

    def _that_fit(
        self, found: list[tuple[AnnotationMark, float]]
    ) -> list[tuple[AnnotationMark, float]]:
        """Leave out what there is no room for however it is placed, but never the one in focus."""
        return [
            (mark, y)
            for at, (mark, y) in enumerate(found)
            if at < _MOST_CARDS or mark.id == self.focus
        ]

    def _reach_above(self) -> float:
        """Return how far above the window to look: a window, if an annotation begins there."""
        reading = self._reading
        if self.folded or not len(reading.sheet):
            return 0.0
        top = reading.sheet.table.row(reading.scroller.index).span.start
        before = reading.layers.annotations.starting(0, top)
        near = [reading.layers.annotations.marks[at] for at in before[-_LOOK_BACK:]]
        reaches = any(top - mark.span.start < _NEAR for mark in near)
        return float(reading.scroller.height) if reaches else 0.0

    def _written(self, mark: AnnotationMark) -> tuple[Note, ...]:
        """Return a note and the links of its annotation; only the one in focus shows them all."""
        whole = mark.id == self.focus
        links = mark.beside if whole else mark.beside[:_FOLDED_LINES]
        soft = (Lines(links, self._size - 1, self._line, soft=True),) if links else ()
        return (self._note(mark.note, whole=whole), *soft) if mark.note else soft

    def _note(self, note: str, *, whole: bool) -> Note:
        width = self._reading.sheet.geometry.margin_width - 2 * _PAD - _BAR
        key = (note, width, self._size, whole)
        if key not in self._notes:
            if len(self._notes) > 500:
                self._notes.clear()
            most = None if whole else _FOLDED_LINES
            self._notes[key] = note_of(note, width, self._size, self._line, most=most)
        return self._notes[key]

    def _marks_beside(self, found: list[tuple[AnnotationMark, float]]) -> list[Card]:
        """Return small squares beside the lines, those of one line below each other."""
        left = self._reading.sheet.geometry.margin_left
        cards: list[Card] = []
        for mark, y in found:
            beside = sum(card.line_y == y for card in cards)
            top = round(y - _MARK - 3 + beside * (_MARK + 3))
            cards.append(Card(mark, y, QRectF(left, top, _MARK, _MARK)))
        return cards

    # Painting.

    def _paint_mark(self, painter: QPainter, card: Card) -> None:
        theme = self._reading.theme
        loud = card.mark.id == self.focus or card.mark.needs_review
        painter.setBrush(theme.tag_color(card.mark.color))
        painter.setPen(QPen(theme.accent if loud else theme.line_strong))
        painter.drawRoundedRect(card.rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)

    def _paint_line(self, painter: QPainter, card: Card) -> None:
        """Draw the thin line from the words' line to the head of the card."""
        color = QColor(self._reading.theme.accent)
        color.setAlphaF(1.0 if card.mark.id == self.focus else 0.5)
        painter.setPen(QPen(color, 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        right, left = self._reading.sheet.geometry.right, card.rect.left()
        y = round(card.line_y - self._size * 0.45) + 0.5
        end = round(card.rect.top() + self._head * 0.68) + 0.5
        turn = round(left - 6) + 0.5
        points = [QPointF(right + 1, y), QPointF(turn, y), QPointF(turn, end), QPointF(left, end)]
        painter.drawPolyline(QPolygonF(points))

    def _paint_card(self, painter: QPainter, card: Card) -> None:
        theme, rect = self._reading.theme, card.rect.adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(rect, _RADIUS, _RADIUS)
        painter.fillPath(shape, theme.panel_raised)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(
            QRectF(rect.left(), rect.top(), _BAR + 0.5, rect.height()),
            theme.tag_color(card.mark.color),
        )
        painter.restore()
        painter.setPen(QPen(theme.accent if card.mark.id == self.focus else theme.line, 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
        self._paint_words(painter, card)

    def _paint_words(self, painter: QPainter, card: Card) -> None:
        theme, mark = self._reading.theme, card.mark
        box = card.rect.adjusted(_BAR + _PAD, _PAD - 4, -_PAD, 0)
        head = QRectF(box.left(), box.top(), box.width(), self._head)
        painter.setFont(ui_font(self._size - 1))
        side = self._reading.words.needs_review if mark.needs_review else mark.shortcut
        painter.setPen(theme.accent if mark.needs_review else theme.ink_soft)
        painter.drawText(head, Qt.AlignmentFlag.AlignRight, side)
        metrics = QFontMetricsF(painter.font())
        room = head.width() - metrics.horizontalAdvance(side) - 8
        painter.setPen(theme.ink_soft)
        title = metrics.elidedText(mark.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft, title)
        y = box.top() + self._head
        for note in card.notes:
            note.draw(painter, QRectF(box.left(), y, box.width(), note.height), theme)
            y += note.height
