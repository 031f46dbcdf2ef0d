"""Builds the window's objects and wires them: the one place that does."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from meipi.ui.acts import Acts
from meipi.ui.acts_nearby import near_acts
from meipi.ui.annotation_cards import AnnotationCards
from meipi.ui.beside import BesideController
from meipi.ui.bridge import Bridge
from meipi.ui.cards import Cards
from meipi.ui.choosing import Chooser
from meipi.ui.coding import Coding
from meipi.ui.commands import Commands
from meipi.ui.common_acts import CommonActs
from meipi.ui.deciding import DecisionController
from meipi.ui.describing import Describer
from meipi.ui.dialogs import Dialogs
from meipi.ui.dialogs.stage import Stage
from meipi.ui.elsewhere import NamedElsewhere
from meipi.ui.entity_acts import EntityActs
from meipi.ui.entity_pages import EntityPages
from meipi.ui.feedback import Feedback
from meipi.ui.finding import FindController
from meipi.ui.front import Front
from meipi.ui.hovering import HoverController
from meipi.ui.jumping import JumpController
from meipi.ui.keeping import SettingsKeeper
from meipi.ui.library import LibraryController
from meipi.ui.linking import LinkController
from meipi.ui.look import Look
from meipi.ui.marking import Marking
from meipi.ui.menus import Menus
from meipi.ui.noting import NoteController
from meipi.ui.origins import OriginCards
from meipi.ui.page import Page
from meipi.ui.page_setup import PageSetter
from meipi.ui.parts import Parts, channel_labels, encoding_labels
from meipi.ui.picking import TagPicker
from meipi.ui.places import Places
from meipi.ui.program_acts import ProgramActs
from meipi.ui.properties import PropertiesController
from meipi.ui.quoting import Quoting
from meipi.ui.reading import ReadingController
from meipi.ui.retrieving import RetrievalController
from meipi.ui.samples import Samples
from meipi.ui.searching import SearchController
from meipi.ui.seeking import EntitySeeker
from meipi.ui.startup import set_icon
from meipi.ui.suggesting import SuggestController
from meipi.ui.sweeping import Sweeper
from meipi.ui.tabs import TabsController
from meipi.ui.tagging import TaggingController
from meipi.ui.target_cards import TargetCards
from meipi.ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from meipi.services.settings import Settings
    from meipi.services.workspace import Workspace
    from meipi.ui.presenters.glimpse import Glimpse

_WARM_UP_MS = 600
"""After the first page: what typing and switching scripts need is read in then."""


def build(workspace: Workspace, settings: Settings) -> App:
    """Build the whole window over ``workspace``; it reads nothing before ``begin``."""
    return App(workspace, Front(settings))


class App(QObject):
    """The window and the objects behind it."""

    settled = Signal()
    """What was to be shown at first is there, or nothing is to come."""

    def __init__(self, workspace: Workspace, front: Front, *, seen: Glimpse | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self.settings, self.appearance = front.settings, front.appearance
        self.words, self.showing, self.window = front.words, front.showing, front.window
        set_icon(cast(QApplication, QApplication.instance()))
        self.bridge = Bridge(workspace)
        self.keymap = front.keymap
        self.keeper = SettingsKeeper(self.settings, self.bridge, self.appearance)
        self.parts = Parts(front)
        self.focus_ring = FocusRing()
        self._closed = False
        self._warm_up = QTimer(self)
        self._warm_up.setSingleShot(True)
        self._warm_up.setInterval(_WARM_UP_MS)
        self._warm_up.timeout.connect(
            lambda: self.bridge.read("warm up", self._load_tables, lambda _: None, lambda _: None)
        )
        self._build_controllers()
        self._build_commands()
        self._connect()
        self.look.show_all()
        self.page.show_nothing()
        if seen is not None:  # until the library was read
            front.show_around(seen)

    def begin(self, paths: Sequence[Path] = ()) -> None:
        """Read the library, open ``paths`` or what was read last, then load what is heavy."""
        for signal in (self.reading.opened, self.reading.failed, self.bridge.failed):
            signal.connect(self.settled)
        self.library.filled.connect(self._settle_if_empty)
        if paths:
            self.library.filled.connect(self.settled)
            self.library.refresh()
            self.library.add(paths)
        else:
            self.library.open_last(self.settings.get("last_document"))
        self._warm_up.start()
        self.sweeper.begin()
        self.common.begin()

    def _settle_if_empty(self, documents: int) -> None:
        if not documents:
            self.settled.emit()

    def close(self) -> None:
        """Keep what is to be kept and end every thread."""
        if self._closed:
            return
        self._closed = True
        self._warm_up.stop()
        self.focus_ring.stop()
        self.entity_pages.stop()
        self.retrieving.stop()
        self.sweeper.stop()
        self.common.stop()
        self.dialogs.close()
        self.notes.keep()
        self.reading.keep_position()
        self.tabs.stop()
        self.keeper.close(self.window.layout_values())
        self.bridge.close()
        self.workspace.close()

    def _load_tables(self) -> None:
        from meipi.ui.presenters import matching

        matching.warm_up()
        self.showing.warm_up()

    def _build_controllers(self) -> None:
        parts, words, bridge = self.parts, self.words, self.bridge
        labels = channel_labels()
        self.reading = ReadingController(
            self.workspace, bridge, parts.reader, labels=labels, words=words
        )
        self.seeking = EntitySeeker(self.workspace, bridge, self.reading, parts.reader, parts.foot)
        self.feedback = Feedback(
            bridge,
            self.reading,
            parts.foot,
            parts.messages,
            appearance=self.appearance,
            words=words,
            channels=labels,
            encodings=encoding_labels(),
        )
        self.library = LibraryController(
            self.workspace,
            bridge,
            self.reading,
            parts.library,
            feedback=self.feedback,
            words=words,
        )
        self.finding = FindController(
            bridge,
            self.reading,
            parts.reader,
            parts.find_bar,
            settings=self.settings,
            appearance=self.appearance,
            words=words,
        )
        self.jumping = JumpController(self.reading, parts.reader)
        self.quoting = Quoting(self.reading, parts.reader, feedback=self.feedback, words=words)
        self.searching = SearchController(
            self.workspace, bridge, parts.toolbar.search, parts.search_results, words
        )
        self._build_marking()
        self.samples = Samples(bridge, parts.empty, self.library)
        self.page_setter = PageSetter(self.appearance, parts, words)
        self.look = Look(self.appearance, parts, words=words, showing=self.showing)
        self.page = Page(
            parts,
            reading=self.reading,
            library=self.library,
            samples=self.samples,
            feedback=self.feedback,
            appearance=self.appearance,
            words=words,
        )
        self.tabs = TabsController(
            self.workspace,
            bridge,
            self.reading,
            parts,
            self.library,
            settings=self.settings,
            appearance=self.appearance,
            look=self.look,
            words=words,
            showing=self.showing,
        )
        self._build_dialogs()

    def _build_dialogs(self) -> None:
        stage = Stage(
            self.window,
            feedback=self.feedback,
            settings=self.settings,
            words=self.words,
            appearance=self.appearance,
            keymap=self.keymap,
        )
        self.common = CommonActs(
            self.workspace, self.bridge, stage, self.reading, self.parts.foot, self.tabs
        )
        self.program = ProgramActs(
            self.workspace,
            self.bridge,
            self.parts,
            reading=self.reading,
            library=self.library,
            stage=stage,
            feedback=self.feedback,
            settings=self.settings,
        )
        self.suggesting = SuggestController(
            self.workspace,
            self.bridge,
            self.reading,
            self.parts.reader,
            bar=self.parts.judge_bar,
            stage=stage,
            keymap=self.keymap,
        )
        self.coding = Coding(
            self.workspace,
            self.bridge,
            stage,
            self.parts,
            reading=self.reading,
            marking=self.marking,
            finding=self.finding,
            picker=self.picker,
            chooser=self.chooser,
            entities=self.entities,
            showing=self.showing,
        )
        self.dialogs = Dialogs(
            self.workspace,
            self.bridge,
            stage,
            reading=self.reading,
            library=self.library,
            showing=self.showing,
            reader=self.parts.reader,
        )
        self.properties = PropertiesController(
            self.workspace, self.bridge, stage, reading=self.reading, parts=self.parts
        )
        self.appearance.theme_changed.connect(self.properties.retranslate)

    def _build_marking(self) -> None:
        """Build what is done to words: tags, notes, the cards of what lies in the text."""
        parts, reading = self.parts, self.reading
        places = Places(parts.reader, self.window.page)
        marking = Marking(
            self.workspace, self.bridge, reading, parts.reader, places=places, showing=self.showing
        )
        self.describer = Describer(
            labels=channel_labels(),
            words=self.words,
            appearance=self.appearance,
            elsewhere=NamedElsewhere(self.workspace, self.bridge),
        )
        self._build_cards(places, marking)
        self.notes = NoteController(marking, parts.note_editor)
        self.picker = TagPicker(
            parts.tag_picker, self.words, self.settings, self.appearance, keymap=self.keymap
        )
        self.chooser = Chooser(parts.chooser)
        self.marking = marking
        self.tagging = TaggingController(
            reading,
            parts.reader,
            marking,
            picker=self.picker,
            notes=self.notes,
            feedback=self.feedback,
            words=self.words,
            linking=self._linking(marking),
            cards=self.cards,
            keymap=self.keymap,
        )
        self._build_deciding()
        self._build_entities(places)
        self._build_hovering(places)

    def _linking(self, marking: Marking) -> LinkController:
        return LinkController(
            self.workspace,
            self.bridge,
            self.parts.reader,
            marking,
            chooser=self.chooser,
            cards=self.cards,
            feedback=self.feedback,
            words=self.words,
        )

    def _build_cards(self, places: Places, marking: Marking) -> None:
        parts, reading = self.parts, self.reading
        self.cards = Cards(
            parts.reader,
            AnnotationCards(reading, parts.reader, parts.annotation_card, marking),
            TargetCards(
                reading,
                parts.reader,
                parts.target_card,
                places,
                describer=self.describer,
                words=self.words,
            ),
            self._origin_cards(places),
        )

    def _origin_cards(self, places: Places) -> OriginCards:
        return OriginCards(
            self.workspace,
            self.bridge,
            self.reading,
            self.parts.reader,
            self.parts.origin_card,
            places,
            labels=channel_labels(),
            encodings=encoding_labels(),
            appearance=self.appearance,
            words=self.words,
        )

    def _build_hovering(self, places: Places) -> None:
        parts = self.parts
        self.hovering = HoverController(
            self.reading,
            parts.reader,
            parts.hover_card,
            places,
            describer=self.describer,
            quiet=(
                *(parts.tag_picker, parts.note_editor),
                *(parts.annotation_card, parts.target_card, parts.origin_card),
            ),
        )

    def _build_deciding(self) -> None:
        """Build what is decided on repairs, and the source beside the text."""
        parts, reading = self.parts, self.reading
        self.deciding = DecisionController(
            self.workspace, self.bridge, reading, parts, cards=self.cards
        )
        self.beside = BesideController(
            self.bridge, reading, parts, cards=self.cards, feedback=self.feedback, words=self.words
        )

    def _build_entities(self, places: Places) -> None:
        """Build what is said of entities, and their pages."""
        parts, reading = self.parts, self.reading
        self.entities = EntityActs(
            self.workspace,
            self.bridge,
            reading,
            parts,
            cards=self.cards,
            places=places,
            chooser=self.chooser,
            feedback=self.feedback,
            appearance=self.appearance,
            words=self.words,
            showing=self.showing,
            keymap=self.keymap,
        )
        self.sweeper = Sweeper(self.workspace, self.bridge)
        self.entity_pages = EntityPages(self.workspace, self.bridge, reading, parts)
        self.retrieving = RetrievalController(
            self.workspace,
            self.bridge,
            reading,
            parts,
            chooser=self.chooser,
            feedback=self.feedback,
            appearance=self.appearance,
            showing=self.showing,
            words=self.words,
        )

    def _build_commands(self) -> None:
        self.acts = Acts(
            workspace=self.workspace,
            bridge=self.bridge,
            appearance=self.appearance,
            parts=self.parts,
            reading=self.reading,
            library=self.library,
            tagging=self.tagging,
            deciding=self.deciding,
            beside=self.beside,
            cards=self.cards,
            finding=self.finding,
            jumping=self.jumping,
            quoting=self.quoting,
            searching=self.searching,
            seeking=self.seeking,
            dialogs=self.dialogs,
            entities=self.entities,
            entity_pages=self.entity_pages,
            suggesting=self.suggesting,
            feedback=self.feedback,
            page_setter=self.page_setter,
            tabs=self.tabs,
            coding=self.coding,
        )
        self.commands = Commands(
            self.window,
            self.parts.palette,
            self.words,
            {
                **self.acts.table(),
                **near_acts(self.acts),
                **self.common.table(),
                **self.retrieving.table(),
                **self.program.table(),
                **self.properties.table(),
            },
            keymap=self.keymap,
        )
        self.menus = Menus(self.parts, self.commands, self.entities)

    def _connect(self) -> None:
        parts, commands = self.parts, self.commands
        self.look.reworded.connect(self._reword)
        self.searching.hit_chosen.connect(self.library.open_hit)
        self.cards.targets.listing_asked.connect(self.page.show_listed)
        self.cards.targets.entity_act_asked.connect(self.menus.run_on_entity)
        self.tagging.entity_key_pressed.connect(self.entities.press)
        self.tagging.entity_end_moved.connect(self.entities.move)
        self.entities.page_asked.connect(self.entity_pages.open)
        parts.entity_page.act_asked.connect(commands.run)
        parts.annotations.annotation_chosen.connect(self.tagging.go_to)
        parts.annotations.deletion_asked.connect(self.tagging.delete)
        parts.annotations.settling_asked.connect(self.tagging.settle)
        parts.annotations.anchoring_asked.connect(self.tagging.anchor)
        self.window.files_dropped.connect(self.library.add)
        self.window.dragging.connect(self._show_dragging)
        self.window.closing.connect(self.close)
        parts.toolbar.commands_asked.connect(commands.open_palette)
        parts.foot.undo_asked.connect(self.acts.undo)
        parts.foot.encoding_asked.connect(self.dialogs.change_encoding)
        parts.empty.open_asked.connect(self.dialogs.open_files)
        parts.empty.import_asked.connect(self.dialogs.import_set)
        parts.library.encoding_asked.connect(self.dialogs.change_encoding_of)
        parts.library.export_asked.connect(self.dialogs.export_document)

    def _reword(self) -> None:
        self.workspace.language = self.appearance.language
        self.commands.retranslate()
        self.suggesting.retranslate()
        self.properties.retranslate()
        self.page.retranslate()

    def _show_dragging(self, on: bool) -> None:
        self.feedback.say(self.words("drop.hint") if on else "")
