"""What is being read: document, place, caret and layers, and the geometry that ties them together.

No widget: the view, the mouse, the margin and the screen reader all ask and change this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from meipi.core.document import Structure
from meipi.core.script import Script
from meipi.ui.reader.caret import Caret, Moves, Target, unit_around
from meipi.ui.reader.content import FIRST_SCREEN, ReaderContent
from meipi.ui.reader.layers import Layers
from meipi.ui.reader.page import PAGE_TOP
from meipi.ui.reader.scroll import Placed, Scroller
from meipi.ui.reader.setup import PageSetup
from meipi.ui.reader.sheet import Sheet
from meipi.ui.reader.shown import Convert, identity
from meipi.ui.reader.words import WORDS, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.core.document import ShownText
    from meipi.core.spans import Span
    from meipi.ui.reader.layout import Line
    from meipi.ui.reader.selection import Cut
    from meipi.ui.theme import Theme

EMPTY = ReaderContent("", Structure(()))
"""No document."""


def convert_script(text: str, script: Script) -> ShownText:
    """Show ``text`` in ``script``; the dictionaries load with the first text that needs them."""
    if script is Script.ORIGINAL:
        return identity(text, script)
    from meipi.script import convert

    return convert(text, script)


class Reading:
    """The state of a text view."""

    def __init__(self, theme: Theme, *, convert: Convert, cut: Cut) -> None:
        self.theme = theme
        self.size = theme.type.reading_size_px
        self.setup = PageSetup()
        self.script = Script.ORIGINAL
        self.words: Words = WORDS["zh"]
        self.width = 0
        self.caret = Caret()
        self.layers = Layers()
        self._convert = convert
        self._cut = cut
        self._anchor: tuple[int, float] | None = None
        self._height = 0
        self.load(EMPTY)

    # The document and how it is set.

    def load(self, content: ReaderContent) -> None:
        """Show another text, at its position; what lay over the one before goes."""
        self.sheet = Sheet(content, theme=self.theme, words=self.words)
        self.sheet.set_script(self.script, self._convert)
        self.scroller = Scroller(self.sheet)
        self.scroller.height = self._height
        self.moves = Moves(self.sheet, self._cut)
        layers = self.layers
        self.layers = Layers(hidden_types=layers.hidden_types, shown=layers.shown)
        self.sheet.table.build(FIRST_SCREEN)
        position = min(max(0, content.position), len(content.text))
        self.caret = Caret(position, position)
        self._anchor = None
        self._fit_sheet()
        if position:
            self.put_line(position, 0.0)

    def fit(self, width: int, height: int) -> None:
        """Fit into a viewport of that size, keeping the line at the top."""
        top = self.top()
        self.width = width
        self._height = self.scroller.height = height
        if self._fit_sheet():
            self._restore(top)
        else:
            self.scroller.scroll(0)

    def resize(self, size: int) -> None:
        """Set the text in ``size`` pixels, keeping the line at the top."""
        top = self.top()
        self.size = size
        self._fit_sheet()
        self._restore(top)

    def set_up(self, setup: PageSetup) -> None:
        """Set the page as ``setup`` has it, keeping the line at the top."""
        top = self.top()
        self.setup = setup
        self._fit_sheet()
        self._restore(top)

    def _fit_sheet(self) -> bool:
        return self.sheet.fit(self.width, size=self.size, setup=self.setup)

    def set_script(self, script: Script) -> None:
        """Show the text in ``script``, keeping the line at the top and the selection."""
        top = self.top()
        self.script = script
        self.sheet.set_script(script, self._convert)
        self._restore(top)

    def set_words(self, words: Words) -> None:
        """Word the fold lines in another language."""
        top = self.top()
        self.words = words
        self.sheet.set_words(words)
        self._restore(top)

    def toggle_fold(self, fold: int) -> None:
        """Unfold boilerplate where it stands, or fold it again; the page stays where it is."""
        head = self.sheet.table.fold_row(fold)
        placed = self.scroller.placed(head)
        first = self.scroller.index, self.scroller.y
        self.sheet.toggle(fold)
        if placed is None or first[0] > head:
            self.scroller.go_to(head, 0)
        else:
            self.scroller.go_to(*first)
        self._anchor = None

    # The place.

    def top(self) -> tuple[int, float]:
        """Return the offset of the first whole line in the window and its height there."""
        if self._anchor is not None:
            return self._anchor
        for placed in self.scroller.visible():
            for line in placed.row.lines:
                if placed.top + line.top >= 0:
                    self._anchor = self._line_offset(placed, line), placed.top + line.top
                    return self._anchor
        return 0, float(PAGE_TOP)

    def _line_offset(self, placed: Placed, line: Line) -> int:
        if placed.row.row.fold >= 0:
            return placed.row.row.span.start
        return placed.row.shown.offset(line.start)

    def _restore(self, top: tuple[int, float]) -> None:
        if len(self.sheet.text):
            self.put_line(*top)
            self._anchor = top

    def put_line(self, offset: int, y: float) -> None:
        """Put the line of ``offset`` at viewport height ``y``."""
        if not self.sheet.table.has_row(0):
            return
        place = self.sheet.place(min(offset, len(self.sheet.text)))
        line = self.sheet.row(place.row).line_at(place.unit)
        self.scroller.go_to(place.row, line.top - y)
        self._anchor = None

    def scroll(self, pixels: float) -> bool:
        """Move the text up by ``pixels``; say whether it moved."""
        self._anchor = None
        return self.scroller.scroll(pixels)

    def go_to_value(self, value: int) -> None:
        """Go to a position of the scroll bar."""
        self._anchor = None
        self.scroller.go_to_value(value)

    def show(self, offset: int, *, centre: bool = False) -> bool:
        """Scroll until the line of ``offset`` is in the window; say whether that took a move."""
        if not self.sheet.table.has_row(0):
            return False
        self._anchor = None
        place = self.sheet.place(min(offset, len(self.sheet.text)))
        line = self.sheet.row(place.row).line_at(place.unit, upstream=self.caret.upstream)
        if centre and not self._is_visible(place.row, line):
            return self.scroller.centre(place.row, line.top)
        bottom = line.top + line.height
        return self.scroller.reveal(place.row, line.top, bottom, padding=self.size * 0.5)

    def _is_visible(self, index: int, line: Line) -> bool:
        placed = self.scroller.placed(index)
        if placed is None:
            return False
        top = placed.top + line.top
        return top >= 0 and top + line.height <= self.scroller.height

    def turn_page(self, direction: int) -> Target:
        """Scroll by a window less a line; return where the caret keeps its place in the window."""
        if self.caret_rect() is None:
            self.show(self.caret.position)
        rect, height = self.caret_rect(), self.scroller.height
        x = self.moves.x(self.caret) if self.caret.x is None else self.caret.x
        moved = self.scroll(direction * (height - self.size * 2))
        y = rect.center().y() if rect is not None else height / 2
        if not moved:
            y = height if direction > 0 else 0
        found = self.target_at(QPointF(self.sheet.geometry.left + x, y))
        if found is None:
            return Target(self.caret.position)
        return Target(found.position, found.upstream, x)

    # The caret.

    def move(self, target: Target, *, extend: bool) -> None:
        """Put the caret at ``target``; ``extend`` keeps the other end of the selection."""
        anchor = self.caret.anchor if extend else target.position
        self.caret = Caret(anchor, target.position, target.upstream, target.x)

    def selection(self) -> Span:
        """Return the selection without hidden characters at its ends."""
        span = self.caret.span
        return self.sheet.tight(span) if span and len(self.sheet) else span

    def around(self, offset: int, unit: str) -> Span:
        """Return the ``character``, ``word``, ``sentence`` or ``row`` at ``offset``."""
        return unit_around(self.sheet, offset, unit, self._cut)

    # Between offsets and pixels.

    def caret_rect(self) -> QRectF | None:
        """Return where the caret stands in the viewport, if it is in the window."""
        if not len(self.sheet):
            return None
        place = self.sheet.place(self.caret.position)
        placed = self.scroller.placed(place.row)
        if placed is None:
            return None
        row = placed.row
        line = row.line_at(place.unit, upstream=self.caret.upstream)
        x = self.sheet.geometry.left + (line.x(place.unit) if row.row.fold < 0 else line.x(0))
        box = row.ground(line, 0, 0)
        return QRectF(round(x) - 0.5, placed.top + box.top(), 1.6, box.height())

    def rects(self, span: Span) -> list[QRectF]:
        """Return where ``span`` is painted in the viewport, a rectangle a line."""
        return [
            rect for placed in self.scroller.visible() for rect in self._row_rects(placed, span)
        ]

    def _row_rects(self, placed: Placed, span: Span) -> Iterator[QRectF]:
        if placed.row.row.fold >= 0:
            return
        start, stop = placed.row.shown.unit_span(span)
        for rect in placed.row.rects(start, stop) if stop > start else []:
            yield rect.translated(self.sheet.geometry.left, placed.top)

    def target_at(self, point: QPointF) -> Target | None:
        """Return the place between characters nearest to ``point``."""
        placed = self.scroller.at(point.y())
        if placed is None:
            return None
        line = placed.row.lines[placed.row.line_index(point.y() - placed.top)]
        found = self.moves.in_line(placed.index, line, point.x() - self.sheet.geometry.left)
        return Target(found.position, found.upstream)

    def character_at(self, point: QPointF) -> int | None:
        """Return the offset of the character under ``point``; nothing beside the text."""
        placed = self.scroller.at(point.y())
        if placed is None or placed.row.row.fold >= 0:
            return None
        row, y = placed.row, point.y() - placed.top
        x = point.x() - self.sheet.geometry.left
        line = row.lines[row.line_index(y)]
        inside = line.top <= y < line.top + line.height and line.x(line.start) <= x
        if not inside or x >= line.x(line.stop):
            return None
        return row.shown.offset(row.character_at(line, x))

    def fold_at(self, point: QPointF) -> int:
        """Return the number of the fold whose line is under ``point``; -1 where there is none."""
        placed = self.scroller.at(point.y())
        if placed is None or placed.row.row.fold < 0 or point.y() < placed.top:
            return -1
        x = point.x() - self.sheet.geometry.left
        return placed.row.row.fold if 0 <= x <= self.sheet.geometry.width else -1

    def folded_around(self, offset: int) -> int:
        """Return the number of the fold that hides ``offset``; -1 where it is shown."""
        if not self.sheet.table.has_row(0):
            return -1
        row = self.sheet.table.row(self.sheet.table.at(offset))
        return row.fold if row.fold >= 0 and row.span.start <= offset < row.span.end else -1
