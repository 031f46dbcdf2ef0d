"""Choosing a tag: one that others are merged into, or that documents are to bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from meipi.ui.dialogs.base import Dialog
from meipi.ui.dialogs.codebook_form import swatch
from meipi.ui.presenters.matching import fits
from meipi.ui.widgets.fields import FilterField
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from meipi.core.annotation import Tag
    from meipi.ui.i18n import Words
    from meipi.ui.theme import Theme

_WIDTH, _HEIGHT = 420, 440
_ID = Qt.ItemDataRole.UserRole


class TagChoice(Dialog):
    """Lists tags by their path; Enter or a double click takes one."""

    tag_chosen = Signal(str)

    def __init__(
        self,
        words: Words,
        theme: Theme,
        tags: Sequence[tuple[Tag, str]],
        parent: QWidget | None = None,
        *,
        title: str,
        explain: str,
        apply: str,
    ) -> None:
        super().__init__(words, title, parent)
        self.column.addWidget(self.soft_label(explain))
        self.filter = FilterField(self)
        self.filter.setPlaceholderText(words("codebook.filter"))
        self.filter.setAccessibleName(words("codebook.filter"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(title)
        self.column.addWidget(self.filter)
        self.column.addWidget(self.list, 1)
        self.apply_button = self.add_buttons(apply)
        for tag, path in tags:
            item = QListWidgetItem(swatch(theme.tag_color(tag.color)), path)
            item.setData(_ID, tag.id)
            self.list.addItem(item)
        self.filter.textChanged.connect(self._sift)
        self.filter.down_pressed.connect(self.list.setFocus)
        self.filter.escaped.connect(self.reject)
        self.list.itemDoubleClicked.connect(lambda _: self._take())
        self.apply_button.clicked.connect(self._take)
        self.list.setCurrentRow(0)
        self.fit(scaled(self, _WIDTH), scaled(self, _HEIGHT))
        self.filter.setFocus()

    def _sift(self, query: str) -> None:
        shown = []
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(not fits(query, item.text()))
            if not item.isHidden():
                shown.append(at)
        if shown and self.list.currentRow() not in shown:
            self.list.setCurrentRow(shown[0])
        self.apply_button.setEnabled(bool(shown))

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None and not item.isHidden():
            self.tag_chosen.emit(str(item.data(_ID)))
            self.accept()
