"""A note in Markdown, as high as its words up to a limit; more of it scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from meipi.ui.widgets.safe_document import SafeDocument

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl

_HIGHEST = 12
"""Lines."""


class MarkdownLabel(QTextBrowser):
    """Shows text; its links lead nowhere, nothing is loaded for it."""

    def __init__(self, parent: QWidget, *, highest: int = _HIGHEST) -> None:
        super().__init__(parent)
        self._highest = highest
        self._text = ""
        self._document = SafeDocument(self)
        self.setDocument(self._document)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setProperty("part", "markdown")

    def text(self) -> str:
        """Return what is shown, as it was written."""
        return self._text

    def set_markdown(self, text: str, width: int) -> None:
        """Show ``text`` in ``width`` pixels."""
        self._text = text
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self._document.setDefaultFont(self.font())
        self._document.show_markdown(text)
        self._document.setTextWidth(width)
        high = round(self._document.size().height()) + 2
        self.setFixedHeight(min(high, self._highest * self.fontMetrics().lineSpacing()))
        self.setAccessibleName(self._document.toPlainText())

    # Nothing a text names is asked for, neither of the disk nor of the network.
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        del kind, name
        return None
