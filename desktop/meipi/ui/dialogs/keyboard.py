"""The keyboard: every command with its keys, to be found, changed, and carried to another place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton

from meipi.ui.command_table import BY_ID, COMMANDS
from meipi.ui.dialogs.base import Dialog
from meipi.ui.keys import key_of, shown_key
from meipi.ui.models.rows import RowsModel, row_of
from meipi.ui.presenters.commands import Context, find_commands
from meipi.ui.presenters.keymap import reserved
from meipi.ui.widgets.fields import FilterField
from meipi.ui.widgets.key_field import KeyField
from meipi.ui.widgets.picker import PickDelegate, PickRow
from meipi.ui.widgets.row_list import RowList
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QWidget

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.commands import CommandInfo
    from meipi.ui.presenters.keymap import Keymap

_WIDTH, _HEIGHT = 640, 560


class KeyboardDialog(Dialog):
    """Changes the keymap at once; writing files is asked for."""

    import_asked = Signal(str)
    export_asked = Signal(str)

    def __init__(self, words: Words, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(words, words("keys.title"), parent)
        self._keymap = keymap
        self._command = ""
        self.field = FilterField(self)
        self.list = RowList(self)
        self.model = RowsModel(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PickDelegate(self.list))
        self.chosen = QLabel(self)
        self.press = KeyField(lambda event: key_of(event).stroke, shown_key, self)
        self.said = self.soft_label()
        self.set_button, self.add_button, self.reset_button = (
            self._button(f"keys.{name}") for name in ("set", "add", "reset")
        )
        self.reset_all_button, self.import_button, self.export_button, self.close_button = (
            self._button(name)
            for name in ("keys.reset_all", "keys.import", "keys.export", "dialog.close")
        )
        self.keyed |= {
            "dialog_reset": self.reset_button,
            "dialog_reset_all": self.reset_all_button,
            "dialog_file": self.import_button,
            "dialog_keep": self.export_button,
        }
        self._name()
        self._lay_out()
        self._connect()
        self.show_keys()

    def show_keys(self) -> None:
        """Show every command that fits what is typed with its keys now."""
        before = self._command
        found = find_commands(self.field.text(), COMMANDS, self._keymap.keys)
        self.model.set_rows([self._row(info) for info in found])
        ids = [info.id for info in found]
        at = ids.index(before) if before in ids else 0
        self.list.setCurrentIndex(self.model.index(at) if ids else self.model.index(-1))
        self.list.set_empty_text(self.words("palette.none"))
        self.press.set_prefixes(_prefixes(self._keymap))
        self._say()

    def choose(self, command: str) -> None:
        """Go to ``command``."""
        for at, row in enumerate(self.model.rows):
            if isinstance(row, PickRow) and row.key == command:
                self.list.setCurrentIndex(self.model.index(at))

    def _row(self, info: CommandInfo) -> PickRow:
        title = info.title(self.words)
        if info.context is not Context.WINDOW:
            title = f"{title} · {self.words(f'keys.in_{info.context}')}"
        keys = "   ".join(shown_key(key) for key in self._keymap.keys(info.id))
        changed = "* " if self._keymap.is_changed(info.id) else ""
        return PickRow(info.id, title, f"{changed}{keys}")

    def _look(self, index: QModelIndex) -> None:
        row = row_of(index)
        self._command = row.key if isinstance(row, PickRow) else ""
        self.press.begin()
        self._say()

    def _say(self) -> None:
        """Say of what was pressed whether the command can have it."""
        info, key = BY_ID.get(self._command), self.press.keys
        self.chosen.setText(info.title(self.words) if info else "")
        fixed = info is None or info.fixed
        self.press.setEnabled(not fixed)
        problem = reserved(self._command, key) if info and key else ""
        other = self._keymap.clash(self._command, key) if info and key and not problem else None
        for button in (self.set_button, self.add_button):
            button.setEnabled(bool(key) and not problem and not fixed and not self._is_own(key))
        self.reset_button.setEnabled(bool(info) and self._keymap.is_changed(self._command))
        self.reset_all_button.setEnabled(bool(self._keymap.changes()))
        self.said.setText(self._words_on(key, problem, other, fixed=fixed and info is not None))

    def _words_on(self, key: str, problem: str, other: CommandInfo | None, *, fixed: bool) -> str:
        words = self.words
        if fixed:
            return words("keys.fixed")
        if not key:
            return words("keys.hint")
        if problem:
            return words(problem, keys=shown_key(key))
        if other is not None and other.fixed:
            return words("keys.fixed_other", keys=shown_key(key), command=other.title(words))
        if other is not None:
            return words("keys.taken", keys=shown_key(key), command=other.title(words))
        return words("keys.own" if self._is_own(key) else "keys.free", keys=shown_key(key))

    def _is_own(self, key: str) -> bool:
        """Say whether there is nothing to do: the command has the key, or cannot take it."""
        other = self._keymap.clash(self._command, key)
        return key in self._keymap.keys(self._command) or (other is not None and other.fixed)

    def _set(self) -> None:
        if self.set_button.isEnabled():
            self._keymap.bind(self._command, [self.press.keys])

    def _add(self) -> None:
        self._keymap.bind(self._command, [*self._keymap.keys(self._command), self.press.keys])

    def _connect(self) -> None:
        self.field.textChanged.connect(self.show_keys)
        self.field.down_pressed.connect(self.list.setFocus)
        self.field.escaped.connect(self.reject)
        self.list.selectionModel().currentChanged.connect(self._look)
        self.list.row_activated.connect(lambda _: self.press.setFocus())
        self.press.keys_changed.connect(lambda _: self._say())
        self.press.entered.connect(self._set)
        self.set_button.clicked.connect(self._set)
        self.add_button.clicked.connect(self._add)
        self.reset_button.clicked.connect(lambda: self._keymap.reset(self._command))
        self.reset_all_button.clicked.connect(self._keymap.reset_all)
        self.import_button.clicked.connect(lambda: self._ask(saving=False))
        self.export_button.clicked.connect(lambda: self._ask(saving=True))
        self.close_button.clicked.connect(self.accept)

    def _ask(self, *, saving: bool) -> None:
        dialog = QFileDialog(self)
        dialog.setNameFilters([self.words("files.keys"), self.words("files.all")])
        if saving:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("json")
            dialog.selectFile("meipi-keys.json")
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect((self.export_asked if saving else self.import_asked).emit)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _button(self, key: str) -> QPushButton:
        button = QPushButton(self.words(key), self)
        button.setAutoDefault(False)
        return button

    def _name(self) -> None:
        self.field.setPlaceholderText(self.words("keys.filter"))
        self.field.setAccessibleName(self.words("keys.filter"))
        self.list.setAccessibleName(self.words("keys.title"))
        self.press.setPlaceholderText(self.words("keys.press"))
        self.press.setAccessibleName(self.words("keys.press"))

    def _lay_out(self) -> None:
        self.column.addWidget(self.field)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.chosen)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.press, 1)
        for button in (self.set_button, self.add_button, self.reset_button):
            row.addWidget(button)
        self.column.addLayout(row)
        self.column.addWidget(self.said)
        self.column.addWidget(self.error)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.reset_all_button, self.import_button, self.export_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        self.column.addLayout(foot)
        self.resize(scaled(self, _WIDTH), scaled(self, _HEIGHT))


def _prefixes(keymap: Keymap) -> set[str]:
    """Return the keys after which another is waited for."""
    keys = (key for info in COMMANDS for key in keymap.keys(info.id))
    return {key.split(", ")[0] for key in keys if ", " in key}
