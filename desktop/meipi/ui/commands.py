"""Commands at work: their keys on the window, and the palette that finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from meipi.ui.command_table import COMMANDS
from meipi.ui.presenters.commands import find_commands
from meipi.ui.widgets.picker import PickRow
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from meipi.ui.i18n import Words
    from meipi.ui.widgets.picker import Picker

_WIDTH = 520


class Commands(QObject):
    """Runs what the table names. ``run`` has a function for every command."""

    def __init__(
        self,
        window: QWidget,
        palette: Picker,
        words: Words,
        run: Mapping[str, Callable[[], object]],
    ) -> None:
        super().__init__()
        self._window = window
        self._palette = palette
        self._words = words
        self._run = {**run, "commands": self.open_palette}
        self._actions: dict[str, QAction] = {info.id: self._action(info.id) for info in COMMANDS}
        for info in COMMANDS:
            self._actions[info.id].setShortcuts([QKeySequence(key) for key in info.keys])
        palette.query_changed.connect(self._offer)
        palette.picked.connect(self._pick)
        palette.left.connect(self.close_palette)
        self.retranslate()

    def action(self, command: str) -> QAction:
        """Return the action of ``command``, for menus."""
        return self._actions[command]

    def run(self, command: str) -> None:
        """Run ``command``."""
        self._run[command]()

    def open_palette(self) -> None:
        """Show the palette with the keyboard in its field; a second time hides it."""
        if not self._palette.isHidden():
            self.close_palette()
            return
        self._palette.field.clear()
        prompt = self._words("palette.placeholder")
        self._palette.field.setPlaceholderText(prompt)
        self._palette.field.setAccessibleName(prompt)
        self._offer("")
        self._palette.show_at_top(scaled(self._palette, _WIDTH))
        self._palette.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        """Hide the palette and give the keyboard back to the text."""
        if not self._palette.isHidden():
            self._palette.dismiss()
            self._window.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Name the actions in the window's language."""
        for info in COMMANDS:
            self._actions[info.id].setText(info.title(self._words))

    def _action(self, command: str) -> QAction:
        action = QAction(self._window)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda: self.run(command))
        self._window.addAction(action)
        return action

    def _offer(self, query: str) -> None:
        found = [info for info in find_commands(query, COMMANDS) if info.id != "commands"]
        rows = [PickRow(info.id, info.title(self._words), info.key) for info in found]
        self._palette.set_rows(rows)
        self._palette.list.set_empty_text(self._words("palette.none"))

    def _pick(self, command: str) -> None:
        self.close_palette()
        self.run(command)
