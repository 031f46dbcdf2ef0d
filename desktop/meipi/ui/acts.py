"""What every command does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from meipi.core.script import Script
from meipi.ui.appearance import LAYERS
from meipi.ui.panes import Panes
from meipi.ui.presenters.finding import WAYS
from meipi.ui.theme import THEME_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.core.errors import MeipiError
    from meipi.services.workspace import Workspace
    from meipi.ui.appearance import Appearance
    from meipi.ui.beside import BesideController
    from meipi.ui.bridge import Bridge
    from meipi.ui.cards import Cards
    from meipi.ui.coding import Coding
    from meipi.ui.deciding import DecisionController
    from meipi.ui.dialogs import Dialogs
    from meipi.ui.entity_acts import EntityActs
    from meipi.ui.entity_pages import EntityPages
    from meipi.ui.feedback import Feedback
    from meipi.ui.finding import FindController
    from meipi.ui.i18n import Language
    from meipi.ui.jumping import JumpController
    from meipi.ui.library import LibraryController
    from meipi.ui.page_setup import PageSetter
    from meipi.ui.parts import Parts
    from meipi.ui.quoting import Quoting
    from meipi.ui.reading import ReadingController
    from meipi.ui.searching import SearchController
    from meipi.ui.seeking import EntitySeeker
    from meipi.ui.suggesting import SuggestController
    from meipi.ui.tabs import TabsController
    from meipi.ui.tagging import TaggingController


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True)
class Acts:
    """Carries out the commands of the window, each by the part whose work it is."""

    workspace: Workspace
    bridge: Bridge
    appearance: Appearance
    parts: Parts
    reading: ReadingController
    library: LibraryController
    tagging: TaggingController
    deciding: DecisionController
    beside: BesideController
    cards: Cards
    finding: FindController
    jumping: JumpController
    quoting: Quoting
    searching: SearchController
    seeking: EntitySeeker
    dialogs: Dialogs
    entities: EntityActs
    entity_pages: EntityPages
    suggesting: SuggestController
    feedback: Feedback
    page_setter: PageSetter
    tabs: TabsController
    coding: Coding

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what every command does."""
        window, reader, dialogs = self.parts.window, self.parts.reader, self.dialogs
        panes = Panes(self.parts)
        return {
            "open": dialogs.open_files,
            "search": self.searching.open,
            "find": self.finding.open,
            "find_next": partial(self.finding.step, 1),
            "find_previous": partial(self.finding.step, -1),
            **{f"find_{way}": partial(self.finding.switch, way) for way in WAYS},
            "grow": reader.growth.grow,
            "shrink": reader.growth.shrink,
            "copy_quoted": self.quoting.copy,
            "entities_stop": self.seeking.toggle,
            "tag": self.tagging.pick_tag,
            "note": self.tagging.write_note,
            "next_repair": partial(self.deciding.step, 1),
            "previous_repair": partial(self.deciding.step, -1),
            **{
                f"{act}_repair": partial(self.deciding.act_at_caret, act)
                for act in ("accept", "reject", "edit")
            },
            "source": self.beside.toggle,
            "origin": self.cards.open_origin,
            "back": self.back,
            "forward": self.jumping.forward,
            "suggest": self.suggesting.ask,
            **self.entities.table(),
            "undo": self.undo,
            "redo": self.redo,
            "codebook": dialogs.open_codebook,
            "entity_rules": dialogs.open_name_rules,
            "encoding": partial(
                self._on_chosen, dialogs.change_encoding_of, dialogs.change_encoding
            ),
            "export": partial(self._on_chosen, dialogs.export_document, dialogs.export),
            "import": dialogs.import_set,
            "print": dialogs.print_document,
            "remove": partial(self._on_chosen, self.library.remove, self._remove_open),
            "next_document": partial(self.library.step, 1),
            "previous_document": partial(self.library.step, -1),
            "fold_left": partial(window.fold, "left"),
            "fold_right": partial(window.fold, "right"),
            "reading_mode": window.toggle_reading_mode,
            "close": window.close,
            **{f"panel_{key}": partial(panes.to_panel, key) for key in self.parts.panels},
            "text": panes.to_text,
            "library": panes.to_library,
            "next_pane": partial(panes.step, 1),
            "previous_pane": partial(panes.step, -1),
            "menu": panes.open_menu,
            "keyboard": dialogs.open_keyboard,
            **self.page_setter.table(),
            **self.tabs.table(),
            **self._looks(),
        }

    def _looks(self) -> dict[str, Callable[[], object]]:
        """Return what the commands do that change how the window looks."""
        look = self.appearance
        languages: tuple[Language, ...] = ("zh", "en")
        return {
            **{f"script_{script}": partial(look.set_script, script) for script in Script},
            **{f"layer_{name}": partial(look.toggle_layer, name) for name in LAYERS},
            **{f"theme_{name}": partial(look.set_theme, name) for name in THEME_NAMES},
            **{f"language_{name}": partial(look.set_language, name) for name in languages},
            "theme_next": look.next_theme,
            "zoom_in": partial(look.zoom, 1),
            "zoom_out": partial(look.zoom, -1),
            "zoom_reset": look.reset_zoom,
        }

    def _on_chosen(self, act: Callable[[str], object], otherwise: Callable[[], object]) -> None:
        """Do ``act`` on the document chosen in the library while that has the keyboard."""
        rows = self.parts.library.rows
        chosen = self.parts.library.chosen() if rows.list.hasFocus() else ""
        if chosen:
            act(chosen)
        else:
            otherwise()

    def _remove_open(self) -> None:
        if self.reading.document is not None:
            self.library.remove(self.reading.document.id)

    def back(self) -> None:
        """Go back through the pages of entities, else to where the last jump in the text began."""
        if self.entity_pages.leads_back:
            self.entity_pages.back()
        else:
            self.jumping.back()

    def undo(self) -> None:
        """Take the last act back."""
        self._take_back(self.workspace.history.undo())

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._take_back(self.workspace.history.redo())

    def _take_back(self, future: Future[Changes]) -> None:
        self.feedback.taking_back(on=True)

        def done(_: object) -> None:
            self.feedback.taking_back(on=False)

        def failed(error: MeipiError) -> None:
            self.feedback.taking_back(on=False)
            self.feedback.show_error(error)

        self.bridge.write(future, done, failed)
