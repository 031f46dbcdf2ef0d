"""Splitting a tag: its passages with what stands around them, those chosen go to a new tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton

from meipi.core.fold import fold
from meipi.ui.dialogs.base import Dialog
from meipi.ui.i18n import number
from meipi.ui.widgets.fields import FilterField
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from meipi.services.codebook import Passage
    from meipi.ui.i18n import Words

_WIDTH, _HEIGHT = 720, 560
_ID = Qt.ItemDataRole.UserRole
_AROUND = 18
"""Characters of the text on either side of a passage."""


class SplitDialog(Dialog):
    """Lists the passages of a tag; asks for a new one for those that are ticked."""

    split_asked = Signal(str, object)
    """The name of the new tag, and the annotations that go to it."""

    def __init__(
        self, words: Words, name: str, passages: Sequence[Passage], parent: QWidget | None = None
    ) -> None:
        super().__init__(words, words("codebook.split_title", name=name), parent)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(words("codebook.split_name"))
        self.name.setAccessibleName(words("codebook.split_name"))
        self.filter = FilterField(self)
        self.filter.setPlaceholderText(words("codebook.split_filter"))
        self.filter.setAccessibleName(words("codebook.split_filter"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(words("codebook.split_list"))
        self.list.setWordWrap(True)
        self.all_button = QPushButton(words("codebook.split_all"), self)
        self.all_button.setAutoDefault(False)
        self._lay_out()
        self.apply_button = self.add_buttons("")
        self.keyed["dialog_apply"] = self.apply_button
        for one in passages:
            self._add(one)
        self._connect()
        self._look()
        self.fit(scaled(self, _WIDTH), scaled(self, _HEIGHT))

    def ticked(self) -> list[str]:
        """Return the annotations that are to go to the new tag."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return [str(one.data(_ID)) for one in items if one.checkState() is Qt.CheckState.Checked]

    def _add(self, passage: Passage) -> None:
        anchor = passage.annotation.anchor
        before = " ".join(anchor.prefix[-_AROUND:].split())
        after = " ".join(anchor.suffix[:_AROUND].split())
        words = f"{passage.title}\n…{before}【{' '.join(anchor.quote.split())}】{after}…"
        note = " ".join(passage.annotation.note.split())
        item = QListWidgetItem(f"{words}\n{note}" if note else words)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setData(_ID, passage.annotation.id)
        item.setCheckState(Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _lay_out(self) -> None:
        self.column.addWidget(self.name)
        row = QHBoxLayout()
        row.addWidget(self.filter, 1)
        row.addWidget(self.all_button)
        self.column.addLayout(row)
        self.column.addWidget(self.list, 1)

    def _connect(self) -> None:
        self.name.textChanged.connect(lambda _: self._look())
        self.filter.textChanged.connect(self._sift)
        self.filter.down_pressed.connect(self.list.setFocus)
        self.list.itemChanged.connect(lambda _: self._look())
        self.list.itemActivated.connect(self._toggle)
        self.all_button.clicked.connect(self._tick_shown)
        self.apply_button.clicked.connect(
            lambda: self.split_asked.emit(self.name.text().strip(), self.ticked())
        )

    def _sift(self, query: str) -> None:
        wanted = fold(query)
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(wanted not in fold(item.text()))

    def _toggle(self, item: QListWidgetItem) -> None:
        on = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _tick_shown(self) -> None:
        """Tick all that are shown, or take their ticks away where all have one."""
        items = [self.list.item(at) for at in range(self.list.count())]
        shown = [one for one in items if not one.isHidden()]
        on = all(one.checkState() is Qt.CheckState.Checked for one in shown)
        for one in shown:
            one.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _look(self) -> None:
        count = len(self.ticked())
        self.apply_button.setText(self.words("codebook.split_apply", count=number(count)))
        self.apply_button.setEnabled(bool(count) and bool(self.name.text().strip()))
