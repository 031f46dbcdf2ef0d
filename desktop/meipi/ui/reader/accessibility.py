"""Tells screen readers of the text: all of it by offset, caret, selection, places, what lies on it.

Offsets of this interface are UTF-16 units of the part of the reading text around the caret
(`meipi.ui.reader.spoken`); of most documents that is the whole. Events carry numbers, no text.
PySide exposes no method of Qt's text interface that returns through pointers: ``textAtOffset``,
``attributes``, ``selection``. So the units are Qt's own, what lies on a place is told as the
description of the view and its level, and what is selected is said.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAttributesInterface,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from meipi.core.offsets import Utf16Map
from meipi.core.spans import Span
from meipi.ui.i18n import Words
from meipi.ui.reader.spoken import Part, attributes_at, described, part_around
from meipi.ui.widgets.announcing import announce

if TYPE_CHECKING:
    from meipi.ui.reader.surface import ReaderSurface
    from meipi.ui.reader.view import ReaderView


_QUOTED = 60
"""Characters of a selection that are said."""


def told_part(view: ReaderView) -> Part:
    """Return the part of the text around the caret, kept until the caret is in another."""
    text, caret = view.reading.sheet.text, view.reading.caret.position
    span = part_around(text, caret)
    kept = view.told
    if (
        kept is None
        or kept[0] is not text
        or (kept[1].start, kept[1].end) != (span.start, span.end)
    ):
        part = span.slice(text)
        kept = view.told = text, Part(span.start, part, Utf16Map(part))
    return kept[1]


class ReaderText(QAccessibleTextInterface):
    """The text interface of a reader view."""

    def __init__(self, view: ReaderView) -> None:
        super().__init__()
        self._view = view

    def _offset(self, at: int) -> int:
        return told_part(self._view).offset(at)

    def _at(self, offset: int) -> int:
        return told_part(self._view).at(offset)

    def characterCount(self) -> int:
        """Count what is told."""
        return told_part(self._view).units.length

    def text(self, startOffset: int, endOffset: int) -> str:  # noqa: N803 - Qt's names
        """Return the text between two offsets."""
        part = told_part(self._view)
        start, end = part.offset(startOffset), part.offset(endOffset)
        return part.text[start - part.start : end - part.start]

    def cursorPosition(self) -> int:
        """Return where the caret is."""
        return self._at(self._view.reading.caret.position)

    def setCursorPosition(self, position: int) -> None:
        """Put the caret at ``position``."""
        offset = self._offset(position)
        self._view.set_selection(Span(offset, offset))
        self._view.scroll_to(offset)

    def selectionCount(self) -> int:
        """Say that there is none: PySide cannot be asked for its ends, and Qt would tell any."""
        return 0

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
        """Return where a character is on the monitor; nothing where it is not in the window."""
        at = self._offset(offset)
        rects = self._view.reading.rects(Span(at, at + 1))
        if not rects:
            return QRect()
        corner = self._view.viewport().mapToGlobal(rects[0].topLeft().toPoint())
        return QRect(corner, rects[0].size().toSize())

    def offsetAtPoint(self, point: QPoint) -> int:
        """Return the character at a point of the monitor."""
        local = QPointF(self._view.viewport().mapFromGlobal(point))
        found = self._view.reading.character_at(local)
        return -1 if found is None else self._at(found)

    def scrollToSubstring(self, startIndex: int, endIndex: int) -> None:  # noqa: N803 - Qt's names
        """Bring a range into the window."""
        self._view.scroll_to(self._offset(startIndex))


class ReaderAttributes(QAccessibleAttributesInterface):
    """The depth of the heading the caret is in."""

    def __init__(self, view: ReaderView) -> None:
        super().__init__()
        self._view = view

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        """Say that there is a depth where there is one."""
        return [QAccessible.Attribute.Level] if self._level() else []

    def attributeValue(self, key: QAccessible.Attribute) -> Any:
        """Return the depth."""
        return self._level() if key == QAccessible.Attribute.Level else None

    def _level(self) -> int:
        reading = self._view.reading
        return int(attributes_at(reading, reading.caret.position)[0].get("level", 0))


class AccessibleReader(QAccessibleWidget):
    """A reader view for assistive technology: a read-only text of several lines."""

    def __init__(self, view: ReaderView) -> None:
        super().__init__(view, QAccessible.Role.EditableText)
        self._view = view
        self._text = ReaderText(view)
        self._attributes = ReaderAttributes(view)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Offer text and attributes; Qt crashes on anything but an address for the others."""
        if kind == QAccessible.InterfaceType.TextInterface:
            return self._text
        if kind == QAccessible.InterfaceType.AttributesInterface:
            return self._attributes
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
            rows = self._view.reading.scroller.visible()
            return "\n".join(placed.row.shown.text for placed in rows)
        if kind == QAccessible.Text.Description:
            return describe_place(self._view)
        return super().text(kind)


def describe_place(view: ReaderView) -> str:
    """Word what lies on the character at the caret."""
    reading = view.reading
    found, span = attributes_at(reading, reading.caret.position)
    return described(found, span.slice(reading.sheet.text), Words(reading.words.language))


def announce_caret(view: ReaderView) -> None:
    """Tell a screen reader, if one listens, where caret and selection are now."""
    if not QAccessible.isActive():
        return
    place = describe_place(view)
    if place != view.described:
        view.described = place
        QAccessible.updateAccessibility(
            QAccessibleEvent(view, QAccessible.Event.DescriptionChanged)
        )
    span, part = view.selection(), told_part(view)
    at = part.at(view.reading.caret.position)
    if span:
        event = QAccessibleTextSelectionEvent(view, part.at(span.start), part.at(span.end))
        event.setCursorPosition(at)
        QAccessible.updateAccessibility(event)
        quote = Span(span.start, min(span.end, span.start + _QUOTED)).slice(view.reading.sheet.text)
        words = Words(view.reading.words.language)
        announce(view, words("spoken.selected", count=len(span), quote=quote))
    else:
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(view, at))


def announce_scrolling(view: ReaderSurface) -> None:
    """Tell a screen reader, if one listens, that other lines are in the window now."""
    _tell(view, QAccessible.Event.VisibleDataChanged)


def announce_marks(view: ReaderSurface) -> None:
    """Tell a screen reader, if one listens, that other things lie on the text now."""
    _tell(view, QAccessible.Event.TextAttributeChanged)


def _tell(view: ReaderSurface, event: QAccessible.Event) -> None:
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(view, event))


@cache
def install() -> None:
    """Answer for reader views from now on."""
    QAccessible.installFactory(_factory)


def _factory(_name: str, thing: Any) -> QAccessibleInterface | None:
    from meipi.ui.reader.view import ReaderView

    return AccessibleReader(thing) if isinstance(thing, ReaderView) else None
