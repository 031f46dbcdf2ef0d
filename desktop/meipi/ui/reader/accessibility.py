"""Tells screen readers what the text view shows: its visible text, caret, selection and places.

Offsets of this interface are UTF-16 units of the text on screen, a row a line.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from meipi.core.offsets import Utf16Map
from meipi.core.spans import Span
from meipi.ui.reader.sheet import Place

if TYPE_CHECKING:
    from meipi.ui.reader.scroll import Placed
    from meipi.ui.reader.view import ReaderView

_Type = QAccessible.TextBoundaryType
_UNITS = {
    _Type.CharBoundary: "character",
    _Type.WordBoundary: "word",
    _Type.SentenceBoundary: "sentence",
    _Type.ParagraphBoundary: "row",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """The rows on screen as one text; ``starts`` are where each begins in UTF-16."""

    rows: tuple[Placed, ...]
    starts: tuple[int, ...]
    text: str

    @classmethod
    def of(cls, view: ReaderView) -> Screen:
        """Take in what ``view`` shows now."""
        rows = tuple(view.reading.scroller.visible())
        starts, at = [], 0
        for placed in rows:
            starts.append(at)
            at += Utf16Map(placed.row.shown.text).length + 1
        return cls(rows, tuple(starts), "\n".join(p.row.shown.text for p in rows))

    def place(self, at: int) -> tuple[Placed, int] | None:
        """Return the row of UTF-16 ``at`` and the unit in it."""
        if not self.rows:
            return None
        number = max(0, bisect_right(self.starts, at) - 1)
        placed = self.rows[number]
        return placed, max(0, min(at - self.starts[number], placed.row.lines[-1].stop))

    def at(self, place: Place) -> int:
        """Return the UTF-16 offset of ``place``; before and after the screen its ends."""
        for placed, start in zip(self.rows, self.starts, strict=True):
            if placed.index == place.row:
                return start + place.unit
            if placed.index > place.row:
                return start
        return Utf16Map(self.text).length


class ReaderText(QAccessibleTextInterface):
    """The text interface of a reader view."""

    def __init__(self, view: ReaderView) -> None:
        super().__init__()
        self._view = view

    def _offset(self, at: int) -> int:
        found = Screen.of(self._view).place(at)
        if found is None:
            return 0
        return self._view.reading.sheet.offset(Place(found[0].index, found[1]))

    def _at(self, offset: int) -> int:
        return Screen.of(self._view).at(self._view.reading.sheet.place(offset))

    def characterCount(self) -> int:
        """Count what is on screen."""
        return Utf16Map(Screen.of(self._view).text).length

    def text(self, startOffset: int, endOffset: int) -> str:  # noqa: N803 - Qt's names
        """Return what is shown between two offsets."""
        text = Screen.of(self._view).text
        units = Utf16Map(text)
        end = units.length if endOffset < 0 else endOffset
        return text[units.to_code_point(startOffset) : units.to_code_point(end)]

    def cursorPosition(self) -> int:
        """Return where the caret is."""
        if not len(self._view.reading.sheet):
            return 0
        return self._at(self._view.reading.caret.position)

    def setCursorPosition(self, position: int) -> None:
        """Put the caret at ``position``."""
        offset = self._offset(position)
        self._view.set_selection(Span(offset, offset))

    def selectionCount(self) -> int:
        """Count selections: one or none."""
        return int(bool(self._view.selection()))

    def selection(self, selectionIndex: int) -> Any:  # noqa: N803 - Qt's names
        """Return the ends of the selection."""
        span = self._view.selection()
        return (self._at(span.start), self._at(span.end)) if span else (0, 0)

    def setSelection(self, selectionIndex: int, startOffset: int, endOffset: int) -> None:  # noqa: N803 - Qt's names
        """Select between two offsets."""
        ends = sorted((self._offset(startOffset), self._offset(endOffset)))
        self._view.set_selection(Span(*ends))

    def addSelection(self, startOffset: int, endOffset: int) -> None:  # noqa: N803 - Qt's names
        """Select between two offsets; there is only ever one selection."""
        self.setSelection(0, startOffset, endOffset)

    def removeSelection(self, selectionIndex: int) -> None:  # noqa: N803 - Qt's names
        """Leave only the caret."""
        position = self._view.reading.caret.position
        self._view.set_selection(Span(position, position))

    def characterRect(self, offset: int) -> QRect:
        """Return where a character is on the monitor."""
        found = Screen.of(self._view).place(offset)
        if found is None:
            return QRect()
        placed, unit = found
        line = placed.row.line_at(unit)
        left, right = line.x(unit), line.x(min(unit + 1, line.stop))
        box = placed.row.ground(line, left, max(right, left + 1)).translated(
            self._view.reading.sheet.geometry.left, placed.top
        )
        at = self._view.viewport().mapToGlobal(box.topLeft().toPoint())
        return QRect(at, box.size().toSize())

    def offsetAtPoint(self, point: QPoint) -> int:
        """Return the character at a point of the monitor."""
        local = QPointF(self._view.viewport().mapFromGlobal(point))
        target = self._view.reading.target_at(local)
        return -1 if target is None else self._at(target.position)

    def scrollToSubstring(self, startIndex: int, endIndex: int) -> None:  # noqa: N803 - Qt's names
        """Bring a range into the window."""
        self._view.scroll_to(self._offset(startIndex))

    def attributes(self, offset: int) -> Any:
        """Return that a character has no attributes, and the range this holds for."""
        return "", offset, offset + 1

    def textAtOffset(self, offset: int, boundaryType: QAccessible.TextBoundaryType) -> Any:  # noqa: N803 - Qt's names
        """Return the unit around a character and its ends."""
        start, end = self._unit(offset, boundaryType)
        return self.text(start, end), start, end

    def textBeforeOffset(self, offset: int, boundaryType: QAccessible.TextBoundaryType) -> Any:  # noqa: N803 - Qt's names
        """Return the unit before the one around a character."""
        start, _ = self._unit(offset, boundaryType)
        if start <= 0:
            return "", 0, 0
        return self.textAtOffset(start - 1, boundaryType)

    def textAfterOffset(self, offset: int, boundaryType: QAccessible.TextBoundaryType) -> Any:  # noqa: N803 - Qt's names
        """Return the unit after the one around a character."""
        _, end = self._unit(offset, boundaryType)
        if end >= self.characterCount():
            return "", end, end
        return self.textAtOffset(end, boundaryType)

    def _unit(self, offset: int, boundary: QAccessible.TextBoundaryType) -> tuple[int, int]:
        screen = Screen.of(self._view)
        found = screen.place(offset)
        if found is None or boundary == _Type.NoBoundary:
            return 0, self.characterCount()
        placed, unit = found
        row = screen.starts[screen.rows.index(placed)]
        if boundary == _Type.LineBoundary:
            line = placed.row.line_at(unit)
            return row + line.start, row + line.stop
        if unit >= placed.row.lines[-1].stop:
            return row + unit, min(row + unit + 1, self.characterCount())
        sheet = self._view.reading.sheet
        at = sheet.offset(Place(placed.index, unit))
        start, stop = placed.row.shown.unit_span(
            self._view.reading.around(at, _UNITS.get(boundary, "row"))
        )
        return row + start, row + max(stop, start)


class AccessibleReader(QAccessibleWidget):
    """A reader view for assistive technology: a read-only text of several lines."""

    def __init__(self, view: ReaderView) -> None:
        super().__init__(view, QAccessible.Role.EditableText)
        self._view = view
        self._text = ReaderText(view)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Offer the text interface; Qt crashes on anything but an address for the others."""
        if kind == QAccessible.InterfaceType.TextInterface:
            return self._text
        return Shiboken.VoidPtr(0)

    def state(self) -> QAccessible.State:
        """Say that the text can be selected, and not changed."""
        state = super().state()
        state.readOnly = True
        state.multiLine = True
        state.selectableText = True
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Return the name, or the text on screen."""
        if kind == QAccessible.Text.Name:
            return self._view.accessibleName() or self._view.reading.words.name
        if kind == QAccessible.Text.Value:
            return Screen.of(self._view).text
        return super().text(kind)


def announce_caret(view: ReaderView) -> None:
    """Tell a screen reader, if one listens, where caret and selection are now."""
    if not QAccessible.isActive() or not len(view.reading.sheet):
        return
    span, text = view.selection(), ReaderText(view)
    if span:
        start, end = text.selection(0)
        event = QAccessibleTextSelectionEvent(view, start, end)
        event.setCursorPosition(text.cursorPosition())
        QAccessible.updateAccessibility(event)
    else:
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(view, text.cursorPosition()))


@cache
def install() -> None:
    """Answer for reader views from now on."""
    QAccessible.installFactory(_factory)


def _factory(_name: str, thing: Any) -> QAccessibleInterface | None:
    from meipi.ui.reader.view import ReaderView

    return AccessibleReader(thing) if isinstance(thing, ReaderView) else None
