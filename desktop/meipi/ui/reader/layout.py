"""One row laid out by Qt: its lines, and where each character stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from meipi.ui.fonts import reading_font, ui_font
from meipi.ui.reader.spacing import CLOSED, HAIR, MARKS, OPENING, spaces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.ui.reader.content import Row
    from meipi.ui.reader.page import RowStyle
    from meipi.ui.reader.setup import ReadingFace
    from meipi.ui.reader.shown import ShownRow

_MARKER = re.compile(
    r"(?:[-–—*•·●○■□◆▪‣]|\d{1,3}[.、．)）]|[(（][\d一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}、|[A-Za-z][.)、]|[①-⑳])\s*"
)
_OPENING = re.compile(f"[{OPENING}]")
_LOOSEST = 0.88
"""A paragraph with a line filled less than this is not justified: its gaps would show."""
# Of a Chinese character's square, whatever the fallback font of a line claims.
ASCENT = 0.88
DESCENT = 0.12
CREDIT_HEIGHT = 1.3
"""The line under a title, in reading sizes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a row: UTF-16 range and place, relative to the row.

    ``hang`` is how far the blank half of an opening mark stands out before it.
    """

    start: int
    stop: int
    top: float
    height: float
    baseline: float
    qt: QTextLine
    hang: float = 0.0

    def x(self, unit: int) -> float:
        """Return where the character at ``unit`` begins."""
        at: tuple[float, int] = self.qt.cursorToX(unit)  # type: ignore[assignment]
        return self.qt.x() + self.hang if self.hang and unit == self.start else at[0]


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


def row_font(style: RowStyle, size: int, face: ReadingFace = "song") -> QFont:
    """Return the face of ``style`` where the reading size is ``size`` pixels."""
    make = reading_font if style.face == "reading" and face == "song" else ui_font
    return make(style_size(style, size), bold=style.bold)


def style_size(style: RowStyle, size: int) -> int:
    """Return the pixel size of ``style``; never too small to read."""
    return max(11, round(style.scale * size))


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Sets rows in lines ``width`` pixels long where the reading size is ``size`` pixels.

    ``spaced`` puts a hair between Chinese and Latin, and marks that meet closer together.
    """

    width: int
    size: int
    spaced: bool = True

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
        em = style_size(style, self.size)
        formats, hairs, hanging = self._spaces(shown, font, em)
        if shown.lead:
            formats.append(_bold_lead(shown))
        if formats:
            layout.setFormats(formats)
        top = above + style.above * self.size * row.begins
        indented = row.begins and not shown.text.startswith("　")
        indent = style.indent * self.size if indented else 0.0
        setting = _Setting(shown, style, (indent, top), hairs, hanging)
        lines = self._break(layout, setting, justified=style.justified)
        if style.justified and _too_loose(lines):
            lines = self._break(layout, setting, justified=False)
        bottom = lines[-1].top + lines[-1].height
        below = style.below * self.size if row.ends or row.fold >= 0 else 0
        below += CREDIT_HEIGHT * self.size if credit else 0
        height = float(round(bottom + below))
        return RowLayout(row, shown, style, em, layout, lines, height, credit)

    def _spaces(
        self, shown: ShownRow, font: QFont, em: int
    ) -> tuple[list[QTextLayout.FormatRange], frozenset[int], frozenset[int]]:
        """Return the formats that move letters apart or together, where hairs end, what may hang.

        Nothing hangs at the very beginning, where an indent or a neighbour above shows it.
        """
        formats: list[QTextLayout.FormatRange] = []
        hairs: list[int] = []
        if not self.spaced:
            return formats, frozenset(), frozenset()
        closable = _closable(font.toString())
        for at, amount in spaces(shown.text):
            if amount == CLOSED and shown.text[at] not in closable:
                continue
            found = QTextLayout.FormatRange()
            found.start = shown.units.to_utf16(at)
            found.length = 1 + (ord(shown.text[at]) > 0xFFFF)
            found.format = _apart(em * amount)
            formats.append(found)
            if amount == HAIR:
                hairs.append(found.start + found.length)
        hanging = frozenset(
            shown.units.to_utf16(match.start())
            for match in _OPENING.finditer(shown.text, 1)
            if match[0] in closable
        )
        return formats, frozenset(hairs), hanging

    def _break(
        self, layout: QTextLayout, setting: _Setting, *, justified: bool
    ) -> tuple[Line, ...]:
        """Break into lines, the first where ``setting`` begins."""
        layout.setTextOption(_option(justified=justified))
        shown, style, begin = setting.shown, setting.style, setting.begin
        em = style_size(style, self.size)
        height = style.leading * em
        lines: list[Line] = []
        (x, top), stop = begin, 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            hang = em / 2 if stop in setting.hanging else 0.0
            line.setLineWidth(self.width - x + hang)
            if line.textStart() + line.textLength() in setting.hairs:
                _drop_hair(line, em * HAIR)
            baseline = round(top + (height - em) / 2 + ASCENT * em)
            line.setPosition(QPointF(x - hang, baseline - line.ascent()))
            start, stop = line.textStart(), line.textStart() + line.textLength()
            lines.append(Line(start, stop, top, height, baseline, line, hang))
            top += height
            x = _hang(lines[0], shown.text, begin[0]) if style.hanging else 0.0
        layout.endLayout()
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is to be broken into lines, and where it begins (x, y).

    A hair stands before the places in ``hairs``; marks whose first half is blank at ``hanging``.
    """

    shown: ShownRow
    style: RowStyle
    begin: tuple[float, float]
    hairs: frozenset[int]
    hanging: frozenset[int]


@cache
def _apart(pixels: float) -> QTextCharFormat:
    """Return the format that puts so much after a letter."""
    result = QTextCharFormat()
    result.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    result.setFontLetterSpacing(pixels)
    return result


@cache
def _closable(description: str) -> frozenset[str]:
    """Return the marks that a face has on a whole square: those with half of it blank."""
    font = QFont()
    font.fromString(description)
    metrics = QFontMetricsF(font)
    square = font.pixelSize() * 0.9
    return frozenset(mark for mark in MARKS if metrics.horizontalAdvance(mark) >= square)


def _drop_hair(line: QTextLine, hair: float) -> None:
    """Let the hair after the last letter of ``line`` stand outside, so that its edge is true."""
    width, length = line.width(), line.textLength()
    line.setLineWidth(width + hair)
    if line.textLength() != length:  # another letter came in
        line.setLineWidth(width)


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
