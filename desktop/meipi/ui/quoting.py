"""Copying a passage with its source and place, as it is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from meipi.ui.presenters.quoting import quoted

if TYPE_CHECKING:
    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController


class Quoting:
    """Puts the selected words with their source on the clipboard."""

    def __init__(
        self, reading: ReadingController, reader: ReaderView, *, feedback: Feedback, words: Words
    ) -> None:
        self._reading = reading
        self._reader = reader
        self._feedback = feedback
        self._words = words

    def copy(self) -> None:
        """Copy the selection and say whence it is."""
        document, text = self._reading.document, self._reader.copy_text()
        if document is None or not text:
            self._feedback.say(self._words("notice.nothing_selected"))
            return
        quote = quoted(text, document, self._reader.selection(), self._words)
        QGuiApplication.clipboard().setText(quote)
        self._feedback.say(self._words("notice.copied_quoted"))
