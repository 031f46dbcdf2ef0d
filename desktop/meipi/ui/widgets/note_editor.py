"""A small page to write a note on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from meipi.ui.widgets.overlay import Overlay
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QKeyEvent

_LINES = 5
_WIDTH = 340


class _NoteField(QPlainTextEdit):
    """Text that Ctrl+Enter saves and Esc leaves."""

    saved = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.saved.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class NoteEditor(Overlay):
    """Takes a note; what was typed is handed over once, by ``saved`` or by nothing at all."""

    saved = Signal(str)
    cancelled = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.title = QLabel(self)
        self.title.setProperty("part", "soft")
        self.field = _NoteField(self)
        self.field.setTabChangesFocus(True)
        self.keys = QLabel(self)
        self.keys.setProperty("part", "soft")
        self.save_button = QPushButton(self)
        self.save_button.setProperty("part", "primary")
        self._lay_out()
        self.field.saved.connect(self._save)
        self.field.left.connect(self._cancel)
        self.save_button.clicked.connect(self._save)

    def set_texts(self, *, placeholder: str, save: str, keys: str) -> None:
        """Set the words around the field."""
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self.save_button.setText(save)
        self.keys.setText(keys)

    def open_near(self, near: QRect, *, title: str, note: str) -> None:
        """Begin with ``note``, the caret behind it."""
        self.title.setText(title)
        self.field.setPlainText(note)
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * _LINES + 16)
        self.setFixedWidth(scaled(self, _WIDTH))
        self.show_near(near)
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def text(self) -> str:
        """Return what has been typed, without blank ends."""
        return self.field.toPlainText().strip()

    def _save(self) -> None:
        text = self.text()
        self.dismiss()
        self.saved.emit(text)

    def _cancel(self) -> None:
        self.dismiss()
        self.cancelled.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        self.title.setWordWrap(True)
        column.addWidget(self.title)
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.addWidget(self.keys, 1)
        row.addWidget(self.save_button)
        column.addLayout(row)
