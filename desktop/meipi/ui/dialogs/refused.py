"""The files that did not come in, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton

from meipi.core.messages import word
from meipi.ui.dialogs.base import Dialog
from meipi.ui.i18n import number
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from meipi.services.arriving import Refused
    from meipi.ui.i18n import Words

_WIDTH, _HEIGHT, _GAP = 680, 480, 4
_SHOWN = 2_000


class RefusedDialog(Dialog):
    """Lists them; all can be tried again, copied or forgotten."""

    retry_asked = Signal()
    forget_asked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, words("arriving.title"), parent)
        self._lines: list[str] = []
        self.explained = self.soft_label(words("arriving.none"))
        self.column.addWidget(self.explained)
        self.list = QListWidget(self)
        self.list.setAccessibleName(words("arriving.title"))
        self.list.setWordWrap(True)
        self.list.setUniformItemSizes(False)
        self.list.setSpacing(scaled(self, _GAP))
        self.column.addWidget(self.list, 1)
        beside = QHBoxLayout()
        self.copy_button = QPushButton(words("arriving.copy"), self)
        self.forget_button = QPushButton(words("arriving.forget"), self)
        for button in (self.copy_button, self.forget_button):
            button.setAutoDefault(False)
            beside.addWidget(button)
        beside.addStretch(1)
        self.column.addLayout(beside)
        self.retry_button = self.add_buttons(words("arriving.retry"), leave="dialog.close")
        self.keyed["dialog_keep"] = self.copy_button
        self.keyed["dialog_delete"] = self.forget_button
        self.copy_button.clicked.connect(self._copy)
        self.forget_button.clicked.connect(self._forget)
        self.retry_button.clicked.connect(self._retry)
        self.show_refused([])
        self.fit(scaled(self, _WIDTH), scaled(self, _HEIGHT))

    def show_refused(self, refused: Sequence[Refused]) -> None:
        """List ``refused``; of very many the first, while a copy has them all."""
        self._lines = [word(one.error, self.words.language) for one in refused]
        self.list.clear()
        self.list.addItems(self._lines[:_SHOWN])
        more = len(self._lines) - _SHOWN
        if more > 0:
            self.list.addItem(self.words("error.more", count=number(more)))
        key = "arriving.explain" if refused else "arriving.none"
        self.explained.setText(self.words(key, count=number(len(refused))))
        for button in (self.copy_button, self.forget_button, self.retry_button):
            button.setEnabled(bool(refused))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._lines))

    def _forget(self) -> None:
        self.forget_asked.emit()
        self.accept()

    def _retry(self) -> None:
        self.retry_asked.emit()
        self.accept()
