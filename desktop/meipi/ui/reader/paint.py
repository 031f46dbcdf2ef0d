"""Paints the rows of a page: grounds, text, marks, caret. Holds no state but the theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from meipi.core.document import Role
from meipi.core.repairs import LOST, Proof
from meipi.core.spans import Span
from meipi.ui.reader import marks
from meipi.ui.reader.layers import stack_bands

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect

    from meipi.core.repairs import RepairEdit
    from meipi.ui.reader.reading import Reading
    from meipi.ui.reader.scroll import Placed
    from meipi.ui.theme import Theme

_UNDER = 0.27
"""Below the baseline, in em: clear of the strokes of Chinese characters."""
_UNDER_REPAIR = 0.42
_FOOT = 0.22
"""What is left of a tag's ground under the selection, in em."""
_MOST_BANDS = 12
"""More tags on one word would make bands thinner than two pixels."""
_SELECTED = -1
NOTHING = Span(0, 0)
_SUGGESTED = 0.35
"""How much of a tag's ground words have that it is only suggested for."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What of the reader's own to show: selection, annotations in focus, the fold pointed at."""

    selection: Span
    focus: frozenset[str] = frozenset()
    """The annotation at the caret and the one pointed at."""
    hover_fold: int = -1


class RowPainter:
    """Paints one row after another with the same painter."""

    def __init__(
        self, painter: QPainter, reading: Reading, marked: Marked, underlines: marks.Underlines
    ) -> None:
        self._painter = painter
        self._sheet = reading.sheet
        self._layers = reading.layers
        self._theme = reading.theme
        self._marked = marked
        shown = reading.layers.shown
        self._selected = marked.selection if "selection" in shown else NOTHING
        self._underlines = underlines
        # From the ground up: what is behind the words, the words, what is under and around them.
        self._steps: tuple[Callable[[Placed], None], ...] = (
            self._selection,
            self._tags,
            self._pending,
            self._finds,
            self._text,
            self._credit,
            self._entities,
            self._repairs,
            self._lost,
            self._current_find,
            self._focus,
        )

    def paint(self, placed: Placed) -> None:
        """Paint a row with everything that lies on it."""
        painter = self._painter
        painter.translate(self._sheet.geometry.left, placed.top)
        if placed.row.row.fold >= 0:
            self._fold(placed)
        else:
            for step in self._steps:
                step(placed)
        painter.translate(-self._sheet.geometry.left, -placed.top)

    def _fold(self, placed: Placed) -> None:
        row, theme = placed.row, self._theme
        if row.row.span and self._selected.overlaps(row.row.span):
            line = row.lines[0]
            self._painter.fillRect(row.ground(line, 0, line.x(line.stop)), theme.selection)
        hovered = row.row.fold == self._marked.hover_fold
        color = theme.ink if hovered else theme.ink_soft
        self._painter.setPen(color)
        row.qt.draw(self._painter, QPointF(0, 0))
        self._triangle(row.lines[0].baseline, row.em, row.row.fold)

    def _triangle(self, baseline: float, em: int, fold: int) -> None:
        """Draw ▸ or ▾; few faces have them in the same size."""
        middle, half = baseline - em * 0.36, em * 0.27
        points = [(-0.7, -1.0), (-0.7, 1.0), (0.7, 0.0)]
        if self._sheet.table.is_open(fold):
            points = [(-1.0, -0.6), (1.0, -0.6), (0.0, 0.8)]
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(painter.pen().color())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(
            QPolygonF([QPointF(half + x * half, middle + y * half) for x, y in points])
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _tags(self, placed: Placed) -> None:
        """Colour the ground of tagged words, in bands where tags overlap.

        Under the selection a foot of it stays to be seen.
        """
        row, everything = placed.row, self._layers.annotations.marks
        found = self._layers.annotations_in(row.row.span)
        if not found:
            return
        selected = row.shown.unit_span(self._selected)
        ranges = [(*row.shown.unit_span(everything[at].span), at) for at in found]
        for band in stack_bands([*ranges, (*selected, _SELECTED)]):
            tags = [key for key in band.keys if key != _SELECTED]
            colors = [self._theme.tag_color(everything[at].color) for at in tags[:_MOST_BANDS]]
            foot = row.em * _FOOT if len(tags) < len(band.keys) else 0.0
            for box in row.rects(band.start, band.end) if colors else []:
                self._bands(box, colors, foot)

    def _bands(self, box: QRectF, colors: list[QColor], foot: float) -> None:
        if foot:
            self._painter.fillRect(box, self._theme.selection)
            box = QRectF(box.left(), box.bottom() - foot, box.width(), foot)
        height = box.height() / len(colors)
        for number, color in enumerate(colors):
            part = QRectF(box.left(), box.top() + number * height, box.width(), height)
            self._painter.fillRect(part, color)

    def _pending(self, placed: Placed) -> None:
        """Outline words that a tag is suggested for, in dashes of its colour."""
        layers = self._layers
        for at in layers.pending.within(placed.row.row.span):
            mark = layers.pending.marks[at]
            current = mark.id == layers.current_pending
            color = self._theme.accent if current else self._theme.line_strong
            for box in self._boxes(placed, mark.span):
                if current:
                    self._painter.fillRect(box, self._theme.accent_soft)
                else:
                    ground = QColor(self._theme.tag_color(mark.color))
                    ground.setAlphaF(_SUGGESTED)
                    self._painter.fillRect(box, ground)
                self._painter.setPen(QPen(color, 1, Qt.PenStyle.DashLine))
                self._painter.setBrush(Qt.BrushStyle.NoBrush)
                self._painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def _finds(self, placed: Placed) -> None:
        if "finds" not in self._layers.shown:
            return
        for at in self._layers.finds_in(placed.row.row.span):
            for box in self._boxes(placed, self._layers.finds[at]):
                self._painter.fillRect(box, self._theme.find)

    def _selection(self, placed: Placed) -> None:
        row, selection = placed.row, self._selected
        for box in self._boxes(placed, selection):
            self._painter.fillRect(box, self._theme.selection)
        line = row.lines[-1]
        if selection and selection.start <= row.row.span.end < selection.end and row.row.ends:
            x = line.x(line.stop)
            self._painter.fillRect(row.ground(line, x, x + row.em * 0.3), self._theme.selection)

    def _boxes(self, placed: Placed, span: Span) -> list[QRectF]:
        start, stop = placed.row.shown.unit_span(span)
        return placed.row.rects(start, stop) if stop > start else []

    def _text(self, placed: Placed) -> None:
        soft = placed.row.style.soft
        self._painter.setPen(self._theme.ink_soft if soft else self._theme.ink)
        placed.row.qt.draw(self._painter, QPointF(0, 0))

    def _credit(self, placed: Placed) -> None:
        """Say under the title whence the text comes."""
        row = placed.row
        if row.credit:
            font = self._sheet.credit_font
            self._painter.setFont(font)
            self._painter.setPen(self._theme.ink_soft)
            last = row.lines[-1]
            baseline = round(last.top + last.height + font.pixelSize() * 1.35)
            self._painter.drawText(QPointF(0, baseline), row.credit)

    def _entities(self, placed: Placed) -> None:
        row = placed.row
        if self._is_boilerplate(placed):
            return
        for at in self._layers.entities_in(row.row.span):
            mention = self._layers.entities[at]
            mark = self._theme.entities[mention.type]
            for line, left, right in row.stretches(*row.shown.unit_span(mention.span)):
                y = round(line.baseline + row.em * _UNDER)
                self._underlines.draw(self._painter, mark, left + 0.5, right - 1, y)

    def _is_boilerplate(self, placed: Placed) -> bool:
        return self._sheet.table.blocks[placed.row.row.first_block].role is Role.BOILERPLATE

    def _repairs(self, placed: Placed) -> None:
        row = placed.row
        for at in self._layers.repairs_in(row.row.span):
            edit = self._layers.repairs[at]
            rejected = edit.after == edit.before
            inferred = edit.proof is Proof.INFERRED and not rejected
            color = self._repair_color(edit)
            start, stop = row.shown.unit_span(edit.span)
            if start == stop:
                self._gap(placed, row.shown.unit(edit.start))
                continue
            box = QRectF()
            for line, left, right in row.stretches(start, stop):
                y = round(line.baseline + row.em * _UNDER_REPAIR)
                marks.fine_dots(self._painter, left, right - 1, y, color)
                box = row.ground(line, left, right)
            if inferred:
                marks.corner(self._painter, box.right(), box.top(), color)

    def _repair_color(self, edit: RepairEdit) -> QColor:
        """Tell what stands as it was, what the reader wrote, and what is only likely."""
        if edit.after == edit.before:
            return self._theme.line_strong
        if edit.proof is Proof.READER:
            return self._theme.accent
        name = "inferred" if edit.proof is Proof.INFERRED else "proved"
        return self._theme.repairs[name].color

    def _gap(self, placed: Placed, unit: int) -> None:
        line = placed.row.line_at(unit)
        y = line.baseline + placed.row.em * _UNDER_REPAIR
        marks.gap_mark(self._painter, line.x(unit), y, self._theme.repairs["proved"].color)

    def _lost(self, placed: Placed) -> None:
        row, color = placed.row, self._theme.repairs["lost"].color
        for at in self._layers.lost_in(row.row.span):
            start, stop = row.shown.unit_span(self._layers.lost[at].span)
            gone = row.shown.text.startswith(LOST, row.shown.units.to_code_point(start))
            for line, left, right in row.stretches(start, stop):
                box = QRectF(left, line.baseline - row.em * 0.86, right - left, row.em)
                if gone:
                    marks.hatched_box(self._painter, box, color, self._theme.paper)
                else:  # what took the text stays to be seen
                    marks.outline(self._painter, box, color)

    def _current_find(self, placed: Placed) -> None:
        at = self._layers.current_find
        if at in self._layers.finds_in(placed.row.row.span):
            for box in self._boxes(placed, self._layers.finds[at]):
                marks.outline(self._painter, box, self._theme.accent)

    def _focus(self, placed: Placed) -> None:
        """Underline all pieces of an annotation in focus, in the colour of the reader's acts."""
        if not self._marked.focus:
            return
        everything = self._layers.annotations.marks
        for at in self._layers.annotations_in(placed.row.row.span):
            if everything[at].id in self._marked.focus:
                for box in self._boxes(placed, everything[at].span):
                    edge = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
                    self._painter.fillRect(edge, self._theme.accent)


def paint_page(
    painter: QPainter,
    reading: Reading,
    marked: Marked,
    clip: QRectF,
    underlines: marks.Underlines,
) -> None:
    """Paint the rows of the page that touch ``clip``."""
    painter.fillRect(clip, reading.theme.paper)
    rows = RowPainter(painter, reading, marked, underlines)
    for placed in reading.scroller.visible():
        if placed.top <= clip.bottom() and placed.top + placed.row.height >= clip.top():
            rows.paint(placed)


def paint_hairline(painter: QPainter, width: int, theme: Theme) -> None:
    """Paint the hairline that says more of the document is on its way."""
    painter.fillRect(QRectF(0, 0, width, 2), theme.accent_soft)
    painter.fillRect(QRectF(0, 0, width * 0.38, 2), theme.accent)


def paint_caret(painter: QPainter, rect: QRectF | None, theme: Theme) -> None:
    """Paint the caret, if it is in the window."""
    if rect is not None:
        painter.fillRect(rect, theme.accent)


def paint_focus_ring(painter: QPainter, edge: QRect, theme: Theme) -> None:
    """Paint the frame that says the keyboard came to the text."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(theme.accent, 2.0)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.drawRect(edge.adjusted(1, 1, -1, -1))
