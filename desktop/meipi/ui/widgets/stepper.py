"""A number between two buttons that make it smaller and larger."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from meipi.ui.widgets.sizes import scaled

_VALUE_WIDTH = 64


class Stepper(QFrame):
    """Shows a value and asks for the next or the one before; holds none itself."""

    stepped = Signal(int)
    """1 for more, -1 for less."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "segmented")
        self.less = self._button("−", -1, "first")
        self.value = QLabel(self)
        self.value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.value.setMinimumWidth(scaled(self, _VALUE_WIDTH))
        self.more = self._button("+", 1, "last")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.less)
        row.addWidget(self.value, 1)
        row.addWidget(self.more)

    def set_value(self, text: str, *, at_least: bool = False, at_most: bool = False) -> None:
        """Show ``text``, and which way it goes no further."""
        self.value.setText(text)
        self.less.setEnabled(not at_least)
        self.more.setEnabled(not at_most)

    def set_names(self, name: str, less: str, more: str) -> None:
        """Name the value and its buttons for those who hear them."""
        self.value.setAccessibleName(name)
        for button, words in ((self.less, less), (self.more, more)):
            button.setAccessibleName(words)
            button.setToolTip(words)

    def _button(self, text: str, by: int, place: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setProperty("part", "segment")
        button.setProperty("place", place)
        button.setAutoRepeat(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.stepped.emit(by))
        return button
