"""The bar that finds words in what is shown: a field, a count, next, previous, close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from meipi.ui.widgets.announcing import announce
from meipi.ui.widgets.buttons import IconButton, UnderlinedToggle
from meipi.ui.widgets.fields import SearchField

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from PySide6.QtGui import QKeyEvent


class FindBar(QFrame):
    """Says what to find, how, and where to go; finds nothing itself.

    ``ways`` are keys of ways to find that can be on or off.
    """

    query_changed = Signal(str)
    """Also when a way to find was switched."""
    stepped = Signal(int)
    """Go on by one place, or back by one (-1)."""
    closed = Signal()

    def __init__(self, ways: Collection[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "bar")
        self.field = SearchField(self, escape_empties=False)
        self.ways = {way: UnderlinedToggle(self) for way in ways}
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

    def set_way_texts(self, texts: Mapping[str, tuple[str, str]]) -> None:
        """Set text and tool tip of the ways to find."""
        for way, (text, tip) in texts.items():
            self.ways[way].setText(text)
            self.ways[way].setToolTip(tip)
            self.ways[way].setAccessibleName(tip)

    def chosen(self) -> list[str]:
        """Return the ways that are on."""
        return [way for way, toggle in self.ways.items() if toggle.isChecked()]

    def choose(self, ways: Collection[str]) -> None:
        """Put on ``ways`` and no others, without saying so."""
        for way, toggle in self.ways.items():
            toggle.setChecked(way in ways)

    def open(self, query: str = "") -> None:
        """Show the bar with the keyboard in its field, its words selected."""
        if query:
            self.field.setText(query)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def set_count(self, text: str, *, found: bool) -> None:
        """Show which of how many places is current."""
        if text != self.count.text():
            announce(self, text)
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
        row.addSpacing(6)
        for toggle in self.ways.values():
            row.addWidget(toggle)
        row.addSpacing(6)
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addSpacing(6)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.close_button)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.query_changed)
        for toggle in self.ways.values():
            toggle.clicked.connect(lambda _: self.query_changed.emit(self.field.text()))
        self.field.escaped.connect(self.closed)
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.close_button.clicked.connect(self.closed)
