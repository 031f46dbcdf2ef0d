"""Carries how the window is to look and speak to everything that shows something."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from meipi.core.script import Script
from meipi.ui.appearance import LAYERS
from meipi.ui.qt_words import speak
from meipi.ui.startup import dress

if TYPE_CHECKING:
    from meipi.ui.appearance import Appearance
    from meipi.ui.i18n import Words
    from meipi.ui.parts import Parts
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.reader.view import ReaderView


class Look(QObject):
    """Keeps the widgets in the theme, size, script, layers and language chosen."""

    reworded = Signal()
    """The window speaks another language."""

    def __init__(
        self, appearance: Appearance, parts: Parts, *, words: Words, showing: Showing
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._parts = parts
        self._words = words
        self._showing = showing
        self._pages = [parts.reader]
        self._connect()

    def show_all(self) -> None:
        """Show everything as it was left."""
        self._show_size()
        self._show_page()
        speak(self._appearance.language)
        self._parts.set_language(self._words)
        self._show_theme()
        self._show_script()
        self._show_layers()

    def take_in(self, view: ReaderView) -> None:
        """Keep one more page of reading text in the look chosen."""
        self._pages.append(view)
        view.zoom_requested.connect(self._appearance.zoom)
        view.set_reading_size(self._appearance.size)
        view.set_page(self._appearance.page)
        view.set_language(self._words.language)
        view.set_theme(self._appearance.theme)
        view.set_script(self._appearance.script)
        self._show_layers()

    def _connect(self) -> None:
        look, parts = self._appearance, self._parts
        look.theme_changed.connect(self._show_theme)
        look.size_changed.connect(self._show_size)
        look.page_changed.connect(self._show_page)
        look.script_changed.connect(self._show_script)
        look.layers_changed.connect(self._show_layers)
        look.language_changed.connect(self._show_language)
        parts.toolbar.script_chosen.connect(lambda name: look.set_script(Script(name)))
        parts.toolbar.layer_toggled.connect(look.toggle_layer)
        parts.toolbar.theme_asked.connect(look.next_theme)
        for view in (parts.reader, parts.source.view):
            view.zoom_requested.connect(look.zoom)
        parts.entities.hidden_types_changed.connect(look.set_hidden_types)
        parts.side.tab_chosen.connect(lambda key: look.keep({"right_panel": key}))

    def _show_size(self) -> None:
        for view in (*self._pages, self._parts.source.view):
            view.set_reading_size(self._appearance.size)

    def _show_page(self) -> None:
        for view in (*self._pages, self._parts.source.view):
            view.set_page(self._appearance.page)

    def _show_theme(self) -> None:
        theme = self._appearance.theme
        dress(cast(QApplication, QApplication.instance()), theme)
        self._parts.set_theme(theme)
        for view in self._pages:
            view.set_theme(theme)

    def _show_script(self) -> None:
        script = self._appearance.script
        self._parts.toolbar.set_script(script)
        for view in self._pages:
            view.set_script(script)
        self._showing.script = script
        self._parts.refresh()

    def _show_layers(self) -> None:
        for layer in LAYERS:
            visible = self._appearance.shows(layer)
            self._parts.toolbar.set_layer(layer, visible=visible)
            for view in self._pages:
                view.set_layer_visible(layer, visible)
        for view in self._pages:
            view.set_hidden_types(self._appearance.hidden_types)
        self._parts.entities.set_hidden_types(self._appearance.hidden_types)

    def _show_language(self) -> None:
        self._words.language = self._appearance.language
        speak(self._appearance.language)
        self._parts.window.send_language_change()
        self._parts.set_language(self._words)
        for view in self._pages:
            view.set_language(self._words.language)
        self.reworded.emit()
