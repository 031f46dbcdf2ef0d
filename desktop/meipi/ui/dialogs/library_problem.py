"""Why the library could not be opened, and what can be done: there is no other window then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from meipi.core.messages import word
from meipi.ui.dialogs.library_rescue import Rescue
from meipi.ui.fonts import reading_font
from meipi.ui.widgets.long_words import show_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.core.errors import LibraryError
    from meipi.ui.i18n import Words

_WIDTH = 520


class LibraryProblem(QDialog):
    """Says why the library could not be opened, and offers what can be done."""

    def __init__(
        self, error: LibraryError, words: Words, retry: Callable[[Path | None], None]
    ) -> None:
        super().__init__()
        self._words = words
        self._retry = retry
        self.setWindowTitle(words("error.library"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = QLabel(words("error.library"), self)
        title.setFont(reading_font(self.font().pixelSize() * 1.5))
        self.message = QLabel(self)
        show_words(self.message, word(error, words.language))
        self.message.setWordWrap(True)
        self.message.setMinimumWidth(_WIDTH)
        self.retry_button = QPushButton(words("error.retry"), self)
        self.choose_button = QPushButton(words("error.library_choose"), self)
        self.new_button = QPushButton(words("error.library_new"), self)
        self.quit_button = QPushButton(words("error.quit"), self)
        self.rescue = Rescue(error, words, self)
        self._lay_out(title)
        self.rescue.rescued.connect(self._take_rescued)
        self.rescue.failed.connect(lambda text: show_words(self.message, text))
        self.finished.connect(lambda _: self.rescue.stop())
        self.retry_button.clicked.connect(lambda: self._leave(None))
        self.choose_button.clicked.connect(self._choose)
        self.new_button.clicked.connect(self._create)
        self.quit_button.clicked.connect(self.reject)

    def _take_rescued(self, path: Path, said: str) -> None:
        """Say what was rescued; the library that can be opened is what is tried again."""
        show_words(self.message, said)
        self.rescue.hide()
        self.retry_button.setText(self._words("error.library_open"))
        self.retry_button.clicked.disconnect()
        self.retry_button.clicked.connect(lambda: self._leave(path))

    def _choose(self) -> None:
        self._ask(QFileDialog.AcceptMode.AcceptOpen, QFileDialog.FileMode.ExistingFile)

    def _create(self) -> None:
        self._ask(QFileDialog.AcceptMode.AcceptSave, QFileDialog.FileMode.AnyFile)

    def _ask(self, accept: QFileDialog.AcceptMode, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(accept)
        dialog.setFileMode(mode)
        dialog.setDefaultSuffix("meipi")
        dialog.setNameFilters([self._words("files.library"), self._words("files.all")])
        dialog.fileSelected.connect(lambda chosen: self._leave(Path(chosen)))
        dialog.open()

    def _leave(self, path: Path | None) -> None:
        # Another window first: the application ends with its last one.
        self._retry(path)
        self.accept()

    def _lay_out(self, title: QLabel) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(self.message)
        column.addSpacing(8)
        column.addWidget(self.rescue)
        row = QHBoxLayout()
        for button in (self.retry_button, self.choose_button, self.new_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.quit_button)
        column.addLayout(row)
