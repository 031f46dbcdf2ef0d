"""A dialog around a table of rows: what is chosen in it is what its buttons act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
)

from meipi.ui.dialogs.base import Dialog
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QWidget

    from meipi.ui.i18n import Words

_KEY = Qt.ItemDataRole.UserRole


class ListingDialog(Dialog):
    """Has a heading, a line that explains, a row of fields, a table, and words beneath it."""

    def __init__(
        self,
        words: Words,
        section: str,
        columns: Sequence[str],
        parent: QWidget | None = None,
        *,
        size: tuple[int, int] = (760, 520),
    ) -> None:
        super().__init__(words, words(f"{section}.title"), parent)
        self.section = section
        self.column.addWidget(self.soft_label(words(f"{section}.explain")))
        self.fields = QHBoxLayout()
        self.fields.setSpacing(8)
        self.column.addLayout(self.fields)
        self.list = QTreeWidget(self)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setAccessibleName(words(f"{section}.title"))
        self.list.setHeaderLabels([self.say(name) for name in columns])
        self.list.header().setStretchLastSection(True)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.column.addWidget(self.list, 1)
        self.told = self.soft_label()
        self.column.addWidget(self.told)
        self.resize(scaled(self, size[0]), scaled(self, size[1]))

    def say(self, key: str, **fields: object) -> str:
        """Return a string of this dialog's section."""
        return self.words(f"{self.section}.{key}", **fields)

    def show_rows(self, rows: Iterable[tuple[object, Sequence[str]]]) -> None:
        """Show rows, each with what it stands for; what was chosen stays chosen."""
        kept = self.chosen()
        self.list.blockSignals(True)
        self.list.clear()
        for key, cells in rows:
            item = QTreeWidgetItem([*cells])
            item.setData(0, _KEY, key)
            for at, cell in enumerate(cells):
                item.setToolTip(at, cell)
            self.list.addTopLevelItem(item)
            if key == kept:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self.list.blockSignals(False)
        self.list.itemSelectionChanged.emit()

    def chosen(self) -> object | None:
        """Return what the chosen row stands for."""
        item = self.list.currentItem()
        return None if item is None else item.data(0, _KEY)

    def texts(self) -> list[list[str]]:
        """Return every cell on show."""
        found = (self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount()))
        return [
            [item.text(at) for at in range(self.list.columnCount())]
            for item in found
            if item is not None
        ]

    def add_button(self, row: QHBoxLayout, name: str, key: str = "") -> QPushButton:
        """Put a button for something beside into ``row``; ``key`` is a command of dialogs."""
        button = QPushButton(self.say(name), self)
        button.setAutoDefault(False)
        row.addWidget(button)
        if key:
            self.keyed[key] = button
        return button

    def add_label(self, row: QHBoxLayout, name: str, field: QWidget) -> None:
        """Put a field with its name before it into ``row``."""
        label = QLabel(self.say(name), self)
        label.setProperty("part", "soft")
        label.setBuddy(field)
        field.setAccessibleName(self.say(name))
        row.addWidget(label)
        row.addWidget(field)
