"""One row laid out by Qt: its lines, and where each character stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextCharFormat, QTextLayout, QTextLine, QTextOption

from meipi.ui.fonts import reading_font, ui_font

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QFont

    from meipi.ui.reader.content import Row
    from meipi.ui.reader.page import RowStyle
    from meipi.ui.reader.shown import ShownRow

_MARKER = re.compile(
    r"(?:[-–—*•·●○■□◆▪‣]|\d{1,3}[.、．)）]|[(（][\d一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}、|[A-Za-z][.)、]|[①-⑳])\s*"
)
_LOOSEST = 0.88
"""A paragraph with a line filled less than this is not justified: its gaps would show."""
# Of a Chinese character's square, whatever the fallback font of a line claims.
ASCENT = 0.88
DESCENT = 0.12
CREDIT_HEIGHT = 1.3
"""The line under a title, in reading sizes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a row: UTF-16 range and place, relative to the row."""

    start: int
    stop: int
    top: float
    height: float
    baseline: float
    qt: QTextLine

    def x(self, unit: int) -> float:
        """Return where the character at ``unit`` begins."""
        at: tuple[float, int] = self.qt.cursorToX(unit)  # type: ignore[assignment]
        return at[0]


@dataclass(frozen=True, slots=True)
class RowLayout:
    """A row set in lines. ``top`` and ``height`` include the gaps above and below.

    ``em`` is the size of its face in pixels. ``credit`` is drawn in the gap below the lines.
    """

    row: Row
    shown: ShownRow
    style: RowStyle
    em: int
    qt: QTextLayout
    lines: tuple[Line, ...]
    height: float
    credit: str = ""

    def line_at(self, unit: int, *, upstream: bool = False) -> Line:
        """Return the line of ``unit``; ``upstream`` takes the earlier of two where they meet."""
        for line in self.lines:
            if unit < line.stop or (upstream and unit == line.stop):
                return line
        return self.lines[-1]

    def line_index(self, y: float) -> int:
        """Return the line at height ``y``, the nearest where there is none."""
        for index, line in enumerate(self.lines):
            if y < line.top + line.height:
                return index
        return len(self.lines) - 1

    def unit_at(self, line: Line, x: float) -> int:
        """Return the place between characters of ``line`` nearest to ``x``."""
        return min(line.stop, max(line.start, line.qt.xToCursor(x)))

    def character_at(self, line: Line, x: float) -> int:
        """Return the character of ``line`` under ``x``."""
        on = QTextLine.CursorPosition.CursorOnCharacter
        return min(line.stop, max(line.start, line.qt.xToCursor(x, on)))

    def stretches(self, start: int, stop: int) -> Iterator[tuple[Line, float, float]]:
        """Yield line, left and right of every part of the UTF-16 range, clear of line ends."""
        for line in self.lines:
            if line.start >= stop:
                return
            if line.stop > start:
                yield line, line.x(max(start, line.start)), line.x(min(stop, line.stop))

    def rects(self, start: int, stop: int) -> list[QRectF]:
        """Return the ground behind the UTF-16 range, a rectangle a line."""
        return [self.ground(line, x0, x1) for line, x0, x1 in self.stretches(start, stop)]

    def ground(self, line: Line, left: float, right: float) -> QRectF:
        """Return the rectangle behind the characters between two places of a line."""
        top = round(line.baseline - self.em * 0.98)
        return QRectF(left, top, right - left, round(self.em * 1.36))


def row_font(style: RowStyle, size: int) -> QFont:
    """Return the face of ``style`` where the reading size is ``size`` pixels."""
    make = reading_font if style.face == "reading" else ui_font
    return make(style_size(style, size), bold=style.bold)


def style_size(style: RowStyle, size: int) -> int:
    """Return the pixel size of ``style``; never too small to read."""
    return max(11, round(style.scale * size))


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Sets rows in lines ``width`` pixels long where the reading size is ``size`` pixels."""

    width: int
    size: int

    def set(
        self,
        row: Row,
        shown: ShownRow,
        style: RowStyle,
        font: QFont,
        *,
        above: int,
        credit: str = "",
    ) -> RowLayout:
        """Lay ``shown`` out; ``above`` is paper before the first line."""
        layout = QTextLayout(shown.text, font)
        layout.setCacheEnabled(True)
        if shown.lead:
            layout.setFormats([_bold_lead(shown)])
        top = above + style.above * self.size * row.begins
        indented = row.begins and not shown.text.startswith("　")
        indent = style.indent * self.size if indented else 0.0
        lines = self._break(layout, shown, style, (indent, top), justified=style.justified)
        if style.justified and _too_loose(lines):
            lines = self._break(layout, shown, style, (indent, top), justified=False)
        bottom = lines[-1].top + lines[-1].height
        below = style.below * self.size if row.ends or row.fold >= 0 else 0
        below += CREDIT_HEIGHT * self.size if credit else 0
        em = style_size(style, self.size)
        height = float(round(bottom + below))
        return RowLayout(row, shown, style, em, layout, lines, height, credit)

    def _break(
        self,
        layout: QTextLayout,
        shown: ShownRow,
        style: RowStyle,
        begin: tuple[float, float],
        *,
        justified: bool,
    ) -> tuple[Line, ...]:
        """Break into lines, the first at ``begin`` (x, y)."""
        layout.setTextOption(_option(justified=justified))
        em = style_size(style, self.size)
        height = style.leading * em
        lines: list[Line] = []
        x, top = begin
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width - x)
            baseline = round(top + (height - em) / 2 + ASCENT * em)
            line.setPosition(QPointF(x, baseline - line.ascent()))
            start, stop = line.textStart(), line.textStart() + line.textLength()
            lines.append(Line(start, stop, top, height, baseline, line))
            top += height
            x = _hang(lines[0], shown.text, begin[0]) if style.hanging else 0.0
        layout.endLayout()
        return tuple(lines)


def _option(*, justified: bool) -> QTextOption:
    sides = Qt.AlignmentFlag.AlignJustify if justified else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(sides)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _bold_lead(shown: ShownRow) -> QTextLayout.FormatRange:
    lead = QTextLayout.FormatRange()
    lead.start, lead.length = 0, shown.units.to_utf16(shown.lead)
    bold = QTextCharFormat()
    bold.setFontWeight(700)
    lead.format = bold
    return lead


def _hang(first: Line, text: str, indent: float) -> float:
    """Return where the lines after the first of a list item begin: behind its marker."""
    marker = _MARKER.match(text)
    if marker is None or marker.end() >= first.stop:
        return indent
    return first.x(marker.end())


def _too_loose(lines: tuple[Line, ...]) -> bool:
    return any(line.qt.naturalTextWidth() < _LOOSEST * line.qt.width() for line in lines[:-1])
