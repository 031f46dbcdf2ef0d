"""The parts of the window one after the other: leading the keyboard from each to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from meipi.ui.parts import Parts

_REASON = Qt.FocusReason.ShortcutFocusReason


class Panes:
    """Knows which parts can have the keyboard now."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def to_text(self) -> None:
        """Give the keyboard to what is read."""
        self._middle().setFocus(_REASON)

    def to_library(self) -> None:
        """Give the keyboard to the library, unfolded."""
        if self._parts.library.isHidden():
            self._parts.window.fold("left")
        _enter(self._parts.library.rows.list)

    def to_panel(self, key: str) -> None:
        """Bring a panel to the front and give it the keyboard."""
        self._parts.show_panel(key)
        _enter(self._parts.panels[key].rows.list)

    def step(self, by: int) -> None:
        """Go to the next or the previous part that is shown."""
        shown = [pane for pane in self._panes() if pane.isVisible()]
        here = QApplication.focusWidget()
        within = [at for at, pane in enumerate(shown) if _holds(self._frame_of(pane), here)]
        at = within[-1] + by if within else 0
        _enter(shown[at % len(shown)])

    def open_menu(self) -> None:
        """Open the menu of what has the keyboard, where its caret or its current row is."""
        widget = QApplication.focusWidget()
        if widget is None:
            return
        at = _menu_place(widget)
        reason = QContextMenuEvent.Reason.Keyboard
        event = QContextMenuEvent(reason, at, widget.mapToGlobal(at))
        QApplication.sendEvent(widget, event)

    def _middle(self) -> QWidget:
        for widget in (self._parts.entity_page.lines, self._parts.empty.open_button):
            if widget.isVisible():
                return widget
        return self._parts.reader

    def _panes(self) -> list[QWidget]:
        """Return what takes the keyboard in each part, in the order they stand."""
        parts = self._parts
        return [
            parts.toolbar.search,
            parts.library.rows.list,
            self._middle(),
            parts.panels[parts.side.current()].rows.list,
            parts.foot.path,
        ]

    def _frame_of(self, pane: QWidget) -> QWidget:
        parts = self._parts
        frames = (parts.toolbar, parts.library, parts.centre, parts.side, parts.foot)
        return next((frame for frame in frames if frame.isAncestorOf(pane)), pane)


def _holds(frame: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (frame is widget or frame.isAncestorOf(widget))


def _enter(widget: QWidget) -> None:
    if isinstance(widget, QAbstractItemView) and not widget.currentIndex().isValid():
        model = widget.model()
        if model is not None and model.rowCount():
            widget.setCurrentIndex(model.index(0, 0))
    widget.setFocus(_REASON)


def _menu_place(widget: QWidget) -> QPoint:
    if isinstance(widget, QAbstractItemView):
        return widget.visualRect(widget.currentIndex()).center()
    rect = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    return rect.center() if isinstance(rect, QRect) else widget.rect().center()
