"""One line across the page that says what happened and offers what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from meipi.ui.widgets.announcing import announce
from meipi.ui.widgets.buttons import IconButton
from meipi.ui.widgets.long_words import show_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class MessageBar(QFrame):
    """Shows the latest message until it is closed; errors are edged in the accent colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "message")
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.close_button = IconButton("close", self)
        self.close_button.clicked.connect(self.hide)
        self._actions: list[QPushButton] = []
        self._text = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 12, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self.label, 1)
        self._row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_message(
        self,
        text: str,
        *,
        error: bool = False,
        actions: Sequence[tuple[str, Callable[[], None]]] = (),
        quiet: bool = False,
    ) -> None:
        """Show ``text`` with a button for each of ``actions``; ``quiet``, it is not read aloud."""
        self._clear_actions()
        self.setProperty("kind", "error" if error else "notice")
        self.style().unpolish(self)
        self.style().polish(self)
        self._text = text
        show_words(self.label, text)
        for title, callback in actions:
            self._add_action(title, callback)
        self.show()
        if not quiet:
            announce(self, text)

    def act(self) -> None:
        """Do the first thing the message offers."""
        if not self.isHidden() and self._actions:
            self._actions[0].click()

    def text(self) -> str:
        """Return the message shown; empty where none is."""
        return "" if self.isHidden() else self._text

    def _add_action(self, title: str, callback: Callable[[], None]) -> None:
        button = QPushButton(title, self)
        button.clicked.connect(self.hide)
        button.clicked.connect(callback)
        self._row.insertWidget(self._row.count() - 1, button)
        self._actions.append(button)

    def _clear_actions(self) -> None:
        for button in self._actions:
            self._row.removeWidget(button)
            button.deleteLater()
        self._actions.clear()
