"""What is in the clipboard becomes a document: files, a part of a page, or plain text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QObject
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words
    from meipi.ui.library import LibraryController

_MOMENT = "yyyy-MM-dd HH.mm.ss"
_LONGEST = 256 << 20


class Paster(QObject):
    """Makes documents of what was copied elsewhere."""

    def __init__(self, library: LibraryController, *, feedback: Feedback, words: Words) -> None:
        super().__init__()
        self._library = library
        self._feedback = feedback
        self._words = words

    def paste(self) -> None:
        """Take in what the clipboard holds; say so where that is nothing to read."""
        mime = QGuiApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if paths:
            self._library.add(paths)
            return
        data, suffix = content_of(mime)
        if not data.strip() or len(data) > _LONGEST:
            self._feedback.say(self._words("paste.nothing"))
            return
        moment = QDateTime.currentDateTime().toString(_MOMENT)
        self._library.add_bytes(data, name=self._words("paste.name", moment=moment) + suffix)


def content_of(mime: QMimeData) -> tuple[bytes, str]:
    """Return the text copied, and the suffix of its format.

    A page is taken as a page where it says more than its words: headings, lists, tables.
    """
    if mime.hasHtml() and _has_structure(page := mime.html()):
        whole = page if "<html" in page.lower() else f"<html><body>{page}</body></html>"
        return _with_charset(whole).encode("utf-8"), ".html"
    return mime.text().encode("utf-8", "replace"), ".txt"


def _has_structure(page: str) -> bool:
    low = page.lower()
    return any(f"<{tag}" in low for tag in ("h1", "h2", "h3", "li", "table", "article"))


def _with_charset(page: str) -> str:
    """Say that the page is UTF-8 now, whatever it was when it was copied."""
    return f'<?xml version="1.0" encoding="utf-8"?>{page}'
