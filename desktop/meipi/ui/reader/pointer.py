"""The mouse on the text: selecting by unit, dragging past the edge, clicking folds and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from meipi.core.spans import Span
from meipi.ui.reader.caret import Target

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from meipi.ui.reader.view import ReaderView

_UNITS = {2: "word", 3: "sentence", 4: "row"}
_AUTO_SCROLL_MS = 30


class Pointer(QObject):
    """Turns presses, moves and releases into selections and clicks."""

    def __init__(self, view: ReaderView) -> None:
        super().__init__(view)
        self._view = view
        self._clicks = 0
        self._pressed: QPointF | None = None
        self._origin = Span(0, 0)
        self._unit = ""
        self._dragged = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._auto = QTimer(self)
        self._auto.setInterval(_AUTO_SCROLL_MS)
        self._auto.timeout.connect(self._scroll_on)
        self._at = QPointF()

    @property
    def is_down(self) -> bool:
        """Say whether a selection is being drawn."""
        return self._pressed is not None

    def press(self, event: QMouseEvent) -> None:
        """Begin a selection: a further click in place takes a larger unit."""
        point = event.position()
        self._clicks = self._clicks + 1 if self._is_again(point) else 1
        self._again.start(QGuiApplication.styleHints().mouseDoubleClickInterval())
        self._pressed, self._at, self._dragged = point, point, False
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._unit = _UNITS.get(min(self._clicks, 4), "")
        if self._unit == "word" and alt:
            self._unit = "character"
        target = self._view.reading.target_at(point)
        if target is None:
            return
        if self._unit:
            self._origin = self._unit_at(point)
            self._view.select(self._origin)
        else:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._view.move_caret(target, extend=extend)
            anchor = self._view.reading.caret.anchor
            self._origin = Span(anchor, anchor)

    def move(self, event: QMouseEvent) -> None:
        """Draw the selection on."""
        self._at = event.position()
        if self._pressed is None:
            return
        moved = (self._at - self._pressed).manhattanLength()
        if moved < QGuiApplication.styleHints().startDragDistance() // 2 and not self._dragged:
            return
        self._dragged = True
        self._extend()
        height = self._view.viewport().height()
        if 0 <= self._at.y() < height:
            self._auto.stop()
        elif not self._auto.isActive():
            self._auto.start()

    def release(self, event: QMouseEvent) -> None:
        """End the selection; a mere click is a click on what lies there."""
        point, dragged, clicks = event.position(), self._dragged, self._clicks
        self.cancel()
        if dragged or clicks > 1 or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._view.selection_finished.emit(self._view.selection())
        else:
            self._view.click(point)

    def cancel(self) -> None:
        """Forget the press."""
        self._pressed = None
        self._auto.stop()

    def _is_again(self, point: QPointF) -> bool:
        near = (point - self._at).manhattanLength() < 6
        return self._again.isActive() and near

    def _extend(self) -> None:
        reading = self._view.reading
        if not self._unit:
            target = reading.target_at(self._at)
            if target is not None:
                self._view.move_caret(target, extend=True, reveal=False)
            return
        here = self._unit_at(self._at)
        if here.start < self._origin.start:
            self._view.select(Span(here.start, self._origin.end), backwards=True)
        else:
            self._view.select(Span(self._origin.start, max(here.end, self._origin.end)))

    def _unit_at(self, point: QPointF) -> Span:
        """Return the unit under ``point``, or the nearest one in its line."""
        reading = self._view.reading
        offset = reading.character_at(point)
        if offset is None:
            target = reading.target_at(point) or Target(0)
            offset = target.position
        return reading.around(offset, self._unit)

    def _scroll_on(self) -> None:
        """Scroll while the mouse is held beyond an edge, faster further out."""
        height = self._view.viewport().height()
        beyond = self._at.y() if self._at.y() < 0 else self._at.y() - height
        self._view.scroll_pixels(max(-80.0, min(80.0, beyond / 2)))
        self._extend()
