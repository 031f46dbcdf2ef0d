"""What a report of a problem holds, word for word, before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit

from meipi.ui.dialogs.base import Dialog
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from meipi.ui.i18n import Words

_WIDTH, _HEIGHT = 680, 520


class ReportDialog(Dialog):
    """Shows the files of a report one below the other."""

    saving_asked = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, words("report.title"), parent)
        self._files: Mapping[str, str] = {}
        self.column.addWidget(self.soft_label(words("report.explain")))
        self.shown = QPlainTextEdit(self)
        self.shown.setReadOnly(True)
        self.shown.setAccessibleName(words("report.title"))
        self.shown.setTabChangesFocus(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self.font().pixelSize())
        self.shown.setFont(font)
        self.column.addWidget(self.shown, 1)
        self.save_button = self.add_buttons(words("report.save"), leave="dialog.close")
        self.save_button.setEnabled(False)
        self.keyed["dialog_keep"] = self.save_button
        self.save_button.clicked.connect(lambda: self.saving_asked.emit(self._files))
        self.fit(scaled(self, _WIDTH), scaled(self, _HEIGHT))

    def show_files(self, files: Mapping[str, str]) -> None:
        """Show ``files``; they can be saved from here on."""
        self._files = files
        self.shown.setPlainText("\n".join(f"── {name}\n{text}" for name, text in files.items()))
        self.save_button.setEnabled(True)
