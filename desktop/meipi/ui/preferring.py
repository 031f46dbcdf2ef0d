"""Preferences at work: what is chosen holds at once, in the window and for the next time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from meipi.core.script import Script
from meipi.services.preferences import sections
from meipi.ui.reader.layers import LAYER_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.services.settings import Settings
    from meipi.ui.appearance import Appearance
    from meipi.ui.dialogs.preferences import PreferencesDialog
    from meipi.ui.dialogs.stage import Stage

_LAYERS = {f"show_{layer}": layer for layer in LAYER_NAMES}


class Preferring(QObject):
    """Opens the dialog and does what it asks."""

    def __init__(self, appearance: Appearance, settings: Settings, stage: Stage) -> None:
        super().__init__()
        self._look = appearance
        self._settings = settings
        self._stage = stage
        self._setters: dict[str, Callable[[Any], object]] = {
            "theme": appearance.set_theme,
            "language": appearance.set_language,
            "script": lambda value: appearance.set_script(Script(value)),
            "reading_size": appearance.set_size,
            **{f"page_{name}": self._page_setter(name) for name in _PAGE},
            **{name: self._layer_setter(name) for name in _LAYERS},
        }

    def open(self) -> None:
        """Show what is chosen now."""
        from meipi.ui.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._stage.words, self.values(), self._stage.window)
        dialog.changed.connect(lambda name, value: self._choose(dialog, name, value))
        dialog.reset_asked.connect(lambda: self._reset(dialog))
        self._stage.open(dialog)

    def values(self) -> dict[str, Any]:
        """Return the value of each setting that is on show."""
        return {one.name: self._settings.get(one.name) for _, row in sections() for one in row}

    def choose(self, name: str, value: object) -> None:
        """Have ``value`` hold for the setting called ``name``."""
        setter = self._setters.get(name)
        if setter is None:
            self._look.keep({name: value})
        else:
            setter(value)

    def _choose(self, dialog: PreferencesDialog, name: str, value: object) -> None:
        language = self._stage.words.language
        self.choose(name, value)
        if self._stage.words.language != language:
            self.open()  # in the words it has now
        else:
            dialog.show_values(self.values())

    def _reset(self, dialog: PreferencesDialog) -> None:
        for _, row in sections():
            for setting in row:
                if self._settings.get(setting.name) != setting.default:
                    self._choose(dialog, setting.name, setting.default)

    def _page_setter(self, name: str) -> Callable[[Any], None]:
        return lambda value: self._look.set_page(replace(self._look.page, **{name: value}))

    def _layer_setter(self, name: str) -> Callable[[Any], None]:
        layer = _LAYERS[name]

        def show(on: object) -> None:
            if self._look.shows(layer) != on:
                self._look.toggle_layer(layer)

        return show


_PAGE = ("face", "measure", "leading", "paragraphs", "spaced")
