"""What the first paint needs: the window with its frame, the list, the page and the panel in front.

The program starts in two parts. This module and what it imports are the first: true widgets, in
the theme, size and script chosen, filled with what was seen last. Everything else comes behind the
first paint, in `meipi.ui.start`: the library file, the other panels, cards, pickers, dialogs,
controllers and commands. So nothing here may import `meipi.library`, `meipi.repair` or another
package that reads models or tables; a test holds that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QWidget

from meipi.ui.appearance import LAYERS, Appearance
from meipi.ui.i18n import Words
from meipi.ui.main_window import MainWindow
from meipi.ui.panels.centre import Centre
from meipi.ui.panels.foot import Foot
from meipi.ui.panels.library import LibraryPanel
from meipi.ui.panels.outline import OutlinePanel
from meipi.ui.panels.side import SidePanel
from meipi.ui.panels.toolbar import Toolbar
from meipi.ui.presenters.keymap import Keymap
from meipi.ui.presenters.showing import Showing
from meipi.ui.reader.view import ReaderView
from meipi.ui.startup import dress

if TYPE_CHECKING:
    from meipi.services.settings import Settings
    from meipi.ui.presenters.glimpse import Glimpse, Page

PANELS = ("outline", "entities", "annotations", "repairs")
_KEPT = ("window_geometry", "left_shown", "right_shown", "left_width", "right_width")


class Front:
    """The window as it is painted first, and how it is to look and speak."""

    def __init__(self, settings: Settings, window: MainWindow | None = None) -> None:
        self.settings = settings
        self.window = window or MainWindow()
        self.appearance = Appearance(settings)
        self.words = Words(self.appearance.language)
        self.showing = Showing(self.appearance.script)
        self.keymap = Keymap(settings.get("keys"))
        # Before there are widgets: to dress them afterwards takes as long as to make them.
        dress(cast(QApplication, QApplication.instance()), self.appearance.theme)
        self._build()
        self._show_appearance()
        self.window.restore_layout({name: settings.get(name) for name in _KEPT})
        self.side.show_tab(settings.get("right_panel"))

    def show_last(self, glimpse: Glimpse) -> None:
        """Fill the window with what was seen last; the library confirms it a moment later."""
        self.library.set_cards(glimpse.cards, count=glimpse.documents)
        if glimpse.page is not None:
            self._show_page(glimpse.page)
        self.show_around(glimpse)

    def show_around(self, glimpse: Glimpse) -> None:
        """Show what the frame says of the page."""
        self.outline.set_rows(glimpse.outline)
        self.outline.set_place(glimpse.top)
        if glimpse.title:
            self.window.setWindowTitle(glimpse.title)
        if glimpse.foot:
            self.foot.set_facts(**glimpse.foot)
        self.foot.set_zoom(self.words("foot.zoom", **self.appearance.zoom_fields()))

    def _show_page(self, page: Page) -> None:
        self.reader.set_document(page.content)
        self.reader.set_repairs(page.edits, page.lost)
        self.reader.set_entities(page.mentions)
        self.reader.set_annotations(page.marks)

    def _build(self) -> None:
        words, theme, showing = self.words, self.appearance.theme, self.showing
        self.toolbar = Toolbar(words, self.keymap)
        self.library = LibraryPanel(words, theme, showing)
        self.reader = ReaderView()
        self.outline = OutlinePanel(words, theme, showing)
        self.side = SidePanel(
            words, {key: self.outline if key == "outline" else QWidget() for key in PANELS}
        )
        self.foot = Foot(words)
        self.centre = Centre(self.reader)
        self.window.fill(
            self.toolbar, self.library, self.centre, self.side, self.foot, space=theme.space
        )

    def _show_appearance(self) -> None:
        """Show what is here as it was left; `Look` does so for all, from then on."""
        look, reader = self.appearance, self.reader
        reader.set_reading_size(look.size)
        reader.set_page(look.page)
        reader.set_language(look.language)
        reader.set_theme(look.theme)
        reader.set_script(look.script)
        reader.set_hidden_types(look.hidden_types)
        self.toolbar.set_script(look.script)
        for layer in LAYERS:
            self.toolbar.set_layer(layer, visible=look.shows(layer))
            reader.set_layer_visible(layer, look.shows(layer))
        self.window.setWindowTitle(self.words("app.name"))
