"""What is there before any window: the application, its dress, and the choice of a library."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from meipi.core.messages import word
from meipi.core.resources import resource_path
from meipi.ui.fonts import reading_font, ui_font
from meipi.ui.theme import Theme, palette, stylesheet
from meipi.ui.widgets.long_words import show_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.core.errors import LibraryError
    from meipi.ui.i18n import Words

_WIDTH = 520


def make_application(arguments: Sequence[str] = (), *, font_px: int | None = None) -> QApplication:
    """Return the application, its name, style and font set."""
    existing = QApplication.instance()
    application = (
        existing
        if isinstance(existing, QApplication)
        else QApplication([*(arguments or sys.argv[:1])])
    )
    application.setApplicationName("meipi")
    application.setApplicationDisplayName("")
    application.setDesktopFileName("meipi")
    application.setWindowIcon(QIcon(str(resource_path("icons", "meipi.svg"))))
    application.setStyle("Fusion")
    application.setFont(ui_font(font_px or Theme.load("light").type.ui_size_px))
    return application


def dress(application: QApplication, theme: Theme) -> None:
    """Give every window the colours of ``theme``."""
    application.setPalette(palette(theme))
    application.setStyleSheet(stylesheet(theme))


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
        self._lay_out(title)
        self.retry_button.clicked.connect(lambda: self._leave(None))
        self.choose_button.clicked.connect(self._choose)
        self.new_button.clicked.connect(self._create)
        self.quit_button.clicked.connect(self.reject)

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
        row = QHBoxLayout()
        for button in (self.retry_button, self.choose_button, self.new_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.quit_button)
        column.addLayout(row)
