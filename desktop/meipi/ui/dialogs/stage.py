"""Where dialogs stand: one at a time over the window, each left before the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from meipi.core.messages import word
from meipi.services.presets import Presets
from meipi.ui.keys import shown_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

    from meipi.core.errors import MeipiError
    from meipi.services.settings import Settings
    from meipi.ui.appearance import Appearance
    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.keymap import Keymap


class SaysProblems(Protocol):
    """A dialog that can say what went wrong."""

    def show_problem(self, text: str) -> None:
        """Say ``text`` above the buttons."""


class Stage(QObject):
    """Opens a dialog and knows which one is there when an answer comes."""

    def __init__(
        self,
        window: QWidget,
        *,
        feedback: Feedback,
        settings: Settings,
        words: Words,
        appearance: Appearance,
        keymap: Keymap,
    ) -> None:
        super().__init__()
        self.window = window
        self.words = words
        self.appearance = appearance
        self.current: QDialog | None = None
        """The dialog that is open."""
        self._feedback = feedback
        self.settings = settings
        self.keymap = keymap

    def open(self, dialog: QDialog) -> None:
        """Open ``dialog`` in the place of any other."""
        self.close()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _: self._closed(dialog))
        self.current = dialog
        self._bind_keys(dialog)
        dialog.open()

    def close(self) -> None:
        """Leave the dialog that is open."""
        if self.current is not None:
            self.current.reject()

    def while_open(self, dialog: QDialog, act: Callable[[], object]) -> None:
        """Do ``act`` if ``dialog`` is still there: answers can come after it was closed."""
        if self.is_open(dialog):
            act()

    def is_open(self, dialog: object) -> bool:
        """Say whether ``dialog`` is the one that is there."""
        return self.current is dialog

    def say(self, text: str) -> None:
        """Say at the foot of the window what was done."""
        self._feedback.say(text)

    def say_problem(self, dialog: SaysProblems, error: MeipiError) -> None:
        """Say what went wrong in the dialog, or over the page where that was closed."""
        if self.is_open(dialog):
            dialog.show_problem(self.word(error))
        else:
            self._feedback.show_error(error)

    def word(self, error: MeipiError) -> str:
        """Return ``error`` in the window's language."""
        return word(error, self.words.language)

    def presets(self) -> Presets:
        """Return the ways of exporting that were kept."""
        return Presets(self.settings)

    def folder(self, setting: str) -> Path:
        """Return the folder used last for something, or the home folder."""
        kept = self.settings.get(setting)
        return Path(kept) if kept and Path(kept).is_dir() else Path.home()

    def setting(self, name: str) -> str:
        """Return what was chosen last."""
        return str(self.settings.get(name))

    def keep(self, values: dict[str, object]) -> None:
        """Keep what was chosen for the next time."""
        self.appearance.keep(values)

    def _bind_keys(self, dialog: QDialog) -> None:
        """Let the keys of dialogs press the buttons that ``dialog`` has for them."""
        keyed: Mapping[str, QAbstractButton] = getattr(dialog, "keyed", {})
        for command, button in keyed.items():
            keys = self.keymap.keys(command)
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), dialog)
                shortcut.activated.connect(button.click)
            if keys:
                button.setToolTip(shown_key(keys[0]))

    def _closed(self, dialog: QDialog) -> None:
        if self.current is dialog:
            self.current = None
