"""The source text beside the reading text: a quiet head and a view like the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from meipi.ui.reader.view import ReaderView
from meipi.ui.widgets.buttons import IconButton

if TYPE_CHECKING:
    from meipi.ui.i18n import Words


class SourcePanel(QWidget):
    """Shows what stood in the file before repair."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.view = ReaderView()
        self.head = QLabel(self)
        self.head.setProperty("part", "soft")
        self.close_button = IconButton("close", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(28, 6, 10, 0)
        row.addWidget(self.head, 1)
        row.addWidget(self.close_button)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        self.head.setText(self._words("source.head"))
        self.view.setAccessibleName(self._words("source.head"))
        self.close_button.setToolTip(self._words("source.close"))
        self.close_button.setAccessibleName(self._words("source.close"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
