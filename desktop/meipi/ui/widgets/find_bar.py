"""The bar that finds words in what is shown: a field, a count, next, previous, close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from meipi.ui.widgets.buttons import IconButton
from meipi.ui.widgets.fields import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class FindBar(QFrame):
    """Says what to find and where to go; finds nothing itself."""

    query_changed = Signal(str)
    stepped = Signal(int)
    """Go on by one place, or back by one (-1)."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "bar")
        self.field = SearchField(self, escape_empties=False)
        self.count = QLabel(self)
        self.count.setProperty("part", "soft")
        self.previous = IconButton("up", self)
        self.next = IconButton("down", self)
        self.close_button = IconButton("close", self)
        self._lay_out()
        self._connect()
        self.hide()

    def set_texts(self, *, placeholder: str, following: str, previous: str, close: str) -> None:
        """Set the placeholder and the buttons' tool tips."""
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        for button, text in (
            (self.next, following),
            (self.previous, previous),
            (self.close_button, close),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)

    def open(self, query: str = "") -> None:
        """Show the bar with the keyboard in its field, its words selected."""
        if query:
            self.field.setText(query)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def set_count(self, text: str, *, found: bool) -> None:
        """Show which of how many places is current."""
        self.count.setText(text)
        self.previous.setEnabled(found)
        self.next.setEnabled(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(6)
        self.field.setMaximumWidth(420)
        row.addWidget(self.field, 1)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addSpacing(6)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.close_button)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.query_changed)
        self.field.escaped.connect(self.closed)
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.close_button.clicked.connect(self.closed)
