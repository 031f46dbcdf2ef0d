"""The caret and the moves of it: by character, word, line, row, to the ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.spans import Span
from meipi.ui.reader.selection import (
    character_at,
    clause_at,
    next_word,
    previous_word,
    sentence_at,
    word_at,
)
from meipi.ui.reader.sheet import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.ui.reader.layout import Line, RowLayout
    from meipi.ui.reader.selection import Cut
    from meipi.ui.reader.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Caret:
    """Two reading offsets: where the selection began and where the caret is.

    ``upstream`` shows it at the end of a full line rather than at the start of the next; ``x`` is
    the column that moves up and down keep to.
    """

    anchor: int = 0
    position: int = 0
    upstream: bool = False
    x: float | None = None

    @property
    def span(self) -> Span:
        """The selection; empty for a mere caret."""
        return Span(min(self.anchor, self.position), max(self.anchor, self.position))


@dataclass(frozen=True, slots=True)
class Target:
    """Where a move leads."""

    position: int
    upstream: bool = False
    x: float | None = None


class Moves:
    """Computes where the caret goes on a sheet."""

    def __init__(self, sheet: Sheet, cut: Cut) -> None:
        self._sheet = sheet
        self._cut = cut

    def to(self, name: str, caret: Caret) -> Target:
        """Return where the move called ``name`` leads from ``caret``."""
        return _MOVES[name](self, caret)

    def right(self, caret: Caret) -> Target:
        """Go to the next character; over what is shown as one, as one."""
        place = self._sheet.place(caret.position)
        row = self._sheet.row(place.row)
        unit = place.unit
        while row.row.fold < 0 and unit < row.lines[-1].stop:
            unit = row.qt.nextCursorPosition(unit)
            offset = self._sheet.offset(Place(place.row, unit))
            if offset > caret.position:
                return Target(offset)
        return Target(self._row_start(place.row + 1, caret.position))

    def left(self, caret: Caret) -> Target:
        """Go to the character before."""
        place = self._sheet.place(caret.position)
        index, unit = place.row, place.unit
        if unit == 0 or self._sheet.row(index).row.fold >= 0:
            if index == 0:
                return Target(caret.position)
            index -= 1
            row = self._sheet.row(index)
            if row.row.fold >= 0:
                return Target(row.row.span.start)
            if row.row.span.end < caret.position:
                return Target(row.row.span.end)
            unit = row.lines[-1].stop
        row = self._sheet.row(index)
        while unit > 0:
            unit = row.qt.previousCursorPosition(unit)
            offset = self._sheet.offset(Place(index, unit))
            if offset < caret.position:
                return Target(offset)
        return Target(row.row.span.start)

    def word_right(self, caret: Caret) -> Target:
        """Go to the beginning of the next word."""
        place = self._sheet.place(caret.position)
        row = self._sheet.row(place.row)
        at = row.shown.units.to_code_point(place.unit)
        if row.row.fold >= 0 or at >= len(row.shown.text):
            return Target(self._row_start(place.row + 1, caret.position))
        unit = row.shown.units.to_utf16(next_word(row.shown.text, at, self._cut))
        return Target(self._sheet.offset(Place(place.row, unit)))

    def word_left(self, caret: Caret) -> Target:
        """Go to the beginning of the word before."""
        place = self._sheet.place(caret.position)
        row = self._sheet.row(place.row)
        at = row.shown.units.to_code_point(place.unit)
        if row.row.fold >= 0 or at == 0:
            return self.left(caret)
        unit = row.shown.units.to_utf16(previous_word(row.shown.text, at, self._cut))
        return Target(self._sheet.offset(Place(place.row, unit)))

    def line_start(self, caret: Caret) -> Target:
        """Go to the beginning of the line."""
        index, row, line = self._line(caret)
        return Target(
            self._sheet.offset(Place(index, line.start)) if row.row.fold < 0 else row.row.span.start
        )

    def line_end(self, caret: Caret) -> Target:
        """Go to the end of the line and stay in it."""
        index, row, line = self._line(caret)
        if row.row.fold >= 0:
            return Target(row.row.span.start)
        return Target(self._sheet.offset(Place(index, line.stop)), upstream=True)

    def text_start(self, _caret: Caret) -> Target:
        """Go to the beginning of the text."""
        return Target(self._row_start(0, 0))

    def text_end(self, _caret: Caret) -> Target:
        """Go to the end of the text."""
        self._sheet.table.build()
        last = self._sheet.row(len(self._sheet) - 1).row
        return Target(last.span.start if last.fold >= 0 else last.span.end)

    def up(self, caret: Caret) -> Target:
        """Go to the line above."""
        return self._vertical(caret, -1)

    def down(self, caret: Caret) -> Target:
        """Go to the line below."""
        return self._vertical(caret, 1)

    def paragraph_up(self, caret: Caret) -> Target:
        """Go to the beginning of this row, or of the one before where one is there already."""
        place = self._sheet.place(caret.position)
        return Target(self._row_start(place.row - (place.unit == 0), 0))

    def paragraph_down(self, caret: Caret) -> Target:
        """Go to the beginning of the next row."""
        place = self._sheet.place(caret.position)
        return Target(self._row_start(place.row + 1, self.text_end(caret).position))

    def x(self, caret: Caret) -> float:
        """Return the column of the caret in the text column."""
        _, row, line = self._line(caret)
        return line.x(self._sheet.place(caret.position).unit if row.row.fold < 0 else 0)

    def in_line(self, index: int, line: Line, x: float) -> Target:
        """Return the place in ``line`` of row ``index`` nearest to column ``x``."""
        row = self._sheet.row(index)
        unit = row.unit_at(line, x) if row.row.fold < 0 else 0
        wraps = unit == line.stop and line is not row.lines[-1]
        return Target(self._sheet.offset(Place(index, unit)), wraps, x)

    def _vertical(self, caret: Caret, step: int) -> Target:
        x = self.x(caret) if caret.x is None else caret.x
        index, row, line = self._line(caret)
        number = row.lines.index(line) + step
        if 0 <= number < len(row.lines):
            return self.in_line(index, row.lines[number], x)
        index += step
        if index < 0 or not self._sheet.table.has_row(index):
            return Target(caret.position, caret.upstream, x)
        return self.in_line(index, self._sheet.row(index).lines[0 if step > 0 else -1], x)

    def _line(self, caret: Caret) -> tuple[int, RowLayout, Line]:
        place = self._sheet.place(caret.position)
        row = self._sheet.row(place.row)
        return place.row, row, row.line_at(place.unit, upstream=caret.upstream)

    def _row_start(self, index: int, otherwise: int) -> int:
        if not self._sheet.table.has_row(max(0, index)):
            return otherwise
        return self._sheet.offset(Place(max(0, index), 0))


_MOVES: dict[str, Callable[[Moves, Caret], Target]] = {
    name: getattr(Moves, name)
    for name in (
        "left", "right", "word_left", "word_right", "line_start", "line_end", "up", "down",
        "text_start", "text_end", "paragraph_up", "paragraph_down",
    )
}  # fmt: skip


UNITS = ("character", "word", "clause", "sentence", "row")
"""What a reader selects, from small to large."""


def unit_around(sheet: Sheet, offset: int, unit: str, cut: Cut) -> Span:
    """Return the unit of `UNITS` that holds reading ``offset``."""
    place = sheet.place(offset)
    row = sheet.row(place.row)
    if row.row.fold >= 0 or not row.shown.text:
        return Span(offset, offset)
    text = row.shown.text
    at = min(row.shown.units.to_code_point(place.unit), len(text) - 1)
    found = {
        "character": lambda: character_at(text, at),
        "word": lambda: word_at(text, at, cut),
        "clause": lambda: clause_at(text, at),
        "sentence": lambda: sentence_at(text, at),
        "row": lambda: Span(0, len(text)),
    }[unit]()
    return row.shown.map.to_source_span(found).shift(row.shown.start)


def grown(sheet: Sheet, span: Span, cut: Cut) -> Span:
    """Return the smallest run of whole units that holds ``span`` and more; the text at last."""
    last = max(span.start, span.end - 1)
    for unit in UNITS:
        first, end = (unit_around(sheet, at, unit, cut) for at in (span.start, last))
        around = Span(min(first.start, span.start), max(end.end, span.end))
        if len(around) > len(span):
            return around
    return Span(0, len(sheet.text))
