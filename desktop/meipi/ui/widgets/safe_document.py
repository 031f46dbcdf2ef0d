"""Markdown as Qt's own reader understands it, without HTML and without anything loaded for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QUrl

_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class SafeDocument(QTextDocument):
    """Asks neither the disk nor the network for what a text names."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMargin(0)
        self.setUndoRedoEnabled(False)

    def show_markdown(self, text: str) -> None:
        """Hold ``text``, read as Markdown."""
        self.setMarkdown(text, _FEATURES)

    # What is asked for by name is a picture or a style sheet: neither is loaded, wherever it lies.
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        del kind, name
        return None
