"""Commands at work: their keys on the window, and the palette that finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from meipi.ui.command_table import BY_ID, COMMANDS
from meipi.ui.keys import shown_key
from meipi.ui.presenters.commands import Context, find_commands
from meipi.ui.widgets.picker import PickRow
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.keymap import Keymap
    from meipi.ui.widgets.picker import Picker

_WIDTH = 520
_ON_WINDOW = [info for info in COMMANDS if info.context is Context.WINDOW]


class Commands(QObject):
    """Runs what the table names. ``run`` has a function for every command that is not elsewhere.

    A widget with the property ``command`` has the name and the key of that command as its tool tip.
    """

    def __init__(
        self,
        window: QWidget,
        palette: Picker,
        words: Words,
        run: Mapping[str, Callable[[], object]],
        *,
        keymap: Keymap,
    ) -> None:
        super().__init__()
        self.keymap = keymap
        self._window = window
        self._palette = palette
        self._words = words
        self._run = {**run, "commands": self.open_palette}
        self._actions: dict[str, QAction] = {info.id: self._action(info.id) for info in _ON_WINDOW}
        palette.query_changed.connect(self._offer)
        palette.picked.connect(self._pick)
        palette.left.connect(self.close_palette)
        keymap.watch(self._show_keys)
        self._show_keys()
        self.retranslate()

    @property
    def known(self) -> frozenset[str]:
        """The commands that can be run from anywhere in the window."""
        return frozenset(self._run)

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
        for info in _ON_WINDOW:
            self._actions[info.id].setText(info.title(self._words))
        self.show_tips()

    def show_tips(self) -> None:
        """Say on every button of a command what it does and by which key."""
        for widget in self._window.findChildren(QWidget):
            command = widget.property("command")
            if command:
                title = BY_ID[command].title(self._words).rstrip("…")
                key = shown_key(self.keymap.key(command))
                widget.setToolTip(f"{title} ({key})" if key else title)

    def _show_keys(self) -> None:
        for info in _ON_WINDOW:
            keys = [QKeySequence(key) for key in self.keymap.keys(info.id)]
            self._actions[info.id].setShortcuts(keys)
        self.show_tips()

    def _action(self, command: str) -> QAction:
        action = QAction(self._window)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda: self.run(command))
        self._window.addAction(action)
        return action

    def _offer(self, query: str) -> None:
        listed = [info for info in COMMANDS if info.id in self._run and info.id != "commands"]
        found = find_commands(query, listed, self._shown_keys)
        rows = [
            PickRow(info.id, info.title(self._words), "  ".join(self._shown_keys(info.id)))
            for info in found
        ]
        self._palette.set_rows(rows)
        self._palette.list.set_empty_text(self._words("palette.none"))

    def _shown_keys(self, command: str) -> list[str]:
        """Return the first key of ``command``, and of the same at other places."""
        others = [info.id for info in COMMANDS if info.runs == command]
        keys = [self.keymap.key(one) for one in (command, *others)]
        return [shown_key(key) for key in keys if key]

    def _pick(self, command: str) -> None:
        self.close_palette()
        self.run(command)
