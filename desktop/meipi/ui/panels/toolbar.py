"""The toolbar: the name, search, script, layers, commands and the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from meipi.core.script import Script
from meipi.ui.fonts import reading_font
from meipi.ui.keys import shown_key
from meipi.ui.presenters.keymap import Keymap
from meipi.ui.reader.layers import LAYER_NAMES, LayerName
from meipi.ui.widgets.buttons import IconButton, Segmented, UnderlinedToggle
from meipi.ui.widgets.fields import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from meipi.ui.i18n import Words

LAYERS = LAYER_NAMES
_NARROW = 900
_PASSING: tuple[LayerName, ...] = ("finds", "selection")
"""Layers of a moment: a narrow toolbar leaves them to menu and keys."""


class Toolbar(QFrame):
    """Says what was chosen; changes nothing itself."""

    script_chosen = Signal(str)
    layer_toggled = Signal(str)
    commands_asked = Signal()
    theme_asked = Signal()
    page_asked = Signal()
    """The card that sets the page is to open."""

    def __init__(
        self, words: Words, keymap: Keymap | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._keymap = keymap or Keymap()
        self.setProperty("part", "toolbar")
        self.wordmark = QLabel(self)
        self.wordmark.setProperty("part", "wordmark")
        self.search = SearchField(self)
        self.script = Segmented([str(script) for script in Script], self)
        self.layers_label = QLabel(self)
        self.layers_label.setProperty("part", "soft")
        self.layers = {layer: UnderlinedToggle(self) for layer in LAYERS}
        self.commands = IconButton("commands", self)
        self.page_button = IconButton("page", self)
        self.theme_button = IconButton("theme", self)
        self.theme_button.setProperty("command", "theme_next")
        self.page_button.setProperty("command", "page_setup")
        self.commands.setProperty("command", "commands")
        self._lay_out()
        self._connect()
        self.retranslate()
        self._keymap.watch(self._show_keys)

    def set_script(self, script: Script) -> None:
        """Show which script is chosen."""
        self.script.set_current(str(script))

    def set_layer(self, layer: LayerName, *, visible: bool) -> None:
        """Show whether ``layer`` is on."""
        self.layers[layer].setChecked(visible)

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        words = self._words
        self.wordmark.setText("眉批")
        self.wordmark.setFont(reading_font(self.font().pixelSize() * 1.42, bold=True))
        self.search.setPlaceholderText(words("toolbar.search"))
        self.search.setAccessibleName(words("toolbar.search"))
        self.script.set_texts(
            [(words(f"toolbar.{s}"), words(f"toolbar.script_{s}_tip")) for s in Script]
        )
        self.layers_label.setText(words("toolbar.layers"))
        self.script.setAccessibleName(words("toolbar.script"))
        for layer, toggle in self.layers.items():
            toggle.setText(words(f"toolbar.{layer}"))
        self.commands.setAccessibleName(words("toolbar.commands"))
        self.page_button.setAccessibleName(words("page.name"))
        self.theme_button.setAccessibleName(words("toolbar.theme"))
        self._show_keys()

    def _show_keys(self) -> None:
        self.search.set_key(shown_key(self._keymap.key("search")))
        wide = self.width() > _NARROW * self.font().pixelSize() / 13
        key = shown_key(self._keymap.key("commands"))
        text = f"{self._words('toolbar.commands')} {key}".rstrip()
        self.commands.setText(text if wide else "")
        self.commands.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > _NARROW * self.font().pixelSize() / 13
        for widget in (self.layers_label, *(self.layers[layer] for layer in _PASSING)):
            widget.setVisible(wide)
        self._show_keys()

    def _connect(self) -> None:
        self.script.chosen.connect(self.script_chosen)
        for layer, toggle in self.layers.items():
            toggle.clicked.connect(lambda _=False, layer=layer: self.layer_toggled.emit(layer))
        self.commands.clicked.connect(self.commands_asked)
        self.page_button.clicked.connect(self.page_asked)
        self.theme_button.clicked.connect(self.theme_asked)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        row.addWidget(self.wordmark)
        row.addSpacing(12)
        self.search.setMinimumWidth(130)
        self.search.setMaximumWidth(round(230 * self.font().pixelSize() / 13))
        row.addWidget(self.search, 3)
        row.addSpacing(12)
        row.addWidget(self.script, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(12)
        row.addWidget(self.layers_label)
        for toggle in self.layers.values():
            row.addWidget(toggle)
        row.addStretch(1)
        row.addWidget(self.commands)
        row.addWidget(self.page_button)
        row.addWidget(self.theme_button)
