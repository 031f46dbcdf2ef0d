"""What every dialog has: a heading in the reading face, a column, a row of buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from meipi.ui.fonts import reading_font
from meipi.ui.widgets.long_words import show_words

if TYPE_CHECKING:
    from meipi.ui.i18n import Words

_SHARE = 0.96
"""Of the window's size, what a dialog takes at most."""


class Dialog(QDialog):
    """A sheet over the window; it is opened, never executed, and deletes itself once closed."""

    def __init__(self, words: Words, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.keyed: dict[str, QAbstractButton] = {}
        """The button that each command of dialogs presses here."""
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 18, 24, 18)
        self.column.setSpacing(10)
        self.heading = QLabel(title, self)
        self.heading.setFont(reading_font(self.font().pixelSize() * 1.5, bold=True))
        self.heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.column.addWidget(self.heading)
        self.error = QLabel(self)
        self.error.setProperty("part", "problem")
        self.error.setWordWrap(True)
        self.error.hide()

    def show_problem(self, text: str) -> None:
        """Say what went wrong, above the buttons; empty text says nothing."""
        show_words(self.error, text)
        self.error.setVisible(bool(text))

    def add_buttons(
        self, apply_text: str, *, leave: str = "dialog.cancel", only: bool = False
    ) -> QPushButton:
        """End the column with the buttons; return the one that applies, if need be the only one."""
        row = QHBoxLayout()
        row.setSpacing(8)
        cancel = QPushButton(self.words(leave), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        cancel.setHidden(only)
        apply = QPushButton(apply_text, self)
        apply.setProperty("part", "primary")
        apply.setDefault(True)
        self.keyed["dialog_apply"] = apply
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(apply)
        self.column.addWidget(self.error)
        self.column.addLayout(row)
        return apply

    def fit(self, width: int, height: int) -> None:
        """Take this size, as far as the window has room for it."""
        over = self.parentWidget()
        if over is not None:
            window = over.window().size()
            width = min(width, int(window.width() * _SHARE))
            height = min(height, int(window.height() * _SHARE))
        self.resize(width, height)

    def soft_label(self, text: str = "") -> QLabel:
        """Return a label for what is said beside."""
        label = QLabel(text, self)
        label.setProperty("part", "soft")
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return label
