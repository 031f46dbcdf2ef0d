"""Coders: who codes now, whose annotations are shown, new ones and other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from meipi.ui.dialogs.listing import ListingDialog
from meipi.ui.i18n import number

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QTreeWidgetItem, QWidget

    from meipi.services.coders import Coder
    from meipi.ui.i18n import Words

_SHOWN = 1
"""The column with the box that shows or hides."""


class CodersDialog(ListingDialog):
    """Lists coders; a box before each shows or hides what is theirs."""

    switching_asked = Signal(str)
    adding_asked = Signal(str)
    renaming_asked = Signal(str, str)
    hiding_asked = Signal(object)
    """The names that are hidden, a set."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        columns = ("name", "shown", "annotations", "role")
        super().__init__(words, "coders", columns, parent, size=(600, 440))
        row = QHBoxLayout()
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.say("new_name"))
        self.name.setAccessibleName(self.say("new_name"))
        row.addWidget(self.name, 1)
        self.add_coder = self.add_button(row, "add", "dialog_add")
        self.rename_button = self.add_button(row, "rename", "dialog_keep")
        self.column.addLayout(row)
        self.switch_button = self.add_buttons(words("coders.switch"), leave="dialog.close")
        self.switch_button.setAutoDefault(False)
        self.add_coder.clicked.connect(lambda: self.adding_asked.emit(self.name.text().strip()))
        self.rename_button.clicked.connect(
            lambda: self.renaming_asked.emit(self._chosen_name(), self.name.text().strip())
        )
        self.switch_button.clicked.connect(lambda: self.switching_asked.emit(self._chosen_name()))
        self.list.itemChanged.connect(self._hide)

    def show_coders(
        self, coders: Sequence[Coder], *, current: str, hidden: Collection[str]
    ) -> None:
        """Show the coders there are."""
        self.show_rows((one.name, self._cells(one, current)) for one in coders)
        self.list.blockSignals(True)
        for at, one in enumerate(coders):
            item = self.list.topLevelItem(at)
            if item is not None:
                state = Qt.CheckState
                shown = state.Unchecked if one.name in hidden else state.Checked
                item.setCheckState(_SHOWN, shown)
        self.list.blockSignals(False)
        self.told.setText(self.say("now", name=current or self.say("nobody")))

    def _cells(self, one: Coder, current: str) -> list[str]:
        name = one.name or self.say("nobody")
        role = self.say("adjudicates") if one.role else ""
        mark = self.say("current") if one.name == current else ""
        return [name, "", number(one.annotations), "  ".join(filter(None, (mark, role)))]

    def _chosen_name(self) -> str:
        return str(self.chosen() or "")

    def _hide(self, _: QTreeWidgetItem) -> None:
        hidden = set()
        for at in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(at)
            if item is not None and item.checkState(_SHOWN) is Qt.CheckState.Unchecked:
                hidden.add(str(item.data(0, Qt.ItemDataRole.UserRole)))
        self.hiding_asked.emit(hidden)
