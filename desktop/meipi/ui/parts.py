"""The widgets of the window, made once, and what all of them are told together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.origins import ORIGIN_ACTS
from meipi.ui.panels.annotation_card import AnnotationCard
from meipi.ui.panels.annotations import AnnotationsPanel
from meipi.ui.panels.empty import EmptyPage
from meipi.ui.panels.entities import EntitiesPanel
from meipi.ui.panels.entity_page import EntityPageView
from meipi.ui.panels.repairs import RepairsPanel
from meipi.ui.panels.search_results import SearchResults
from meipi.ui.panels.source import SourcePanel
from meipi.ui.presenters.finding import WAYS
from meipi.ui.target_cards import TARGET_ACTS
from meipi.ui.widgets.action_card import ActionCard
from meipi.ui.widgets.find_bar import FindBar
from meipi.ui.widgets.info_card import InfoCard
from meipi.ui.widgets.judge_bar import JudgeBar
from meipi.ui.widgets.message_bar import MessageBar
from meipi.ui.widgets.note_editor import NoteEditor
from meipi.ui.widgets.picker import Picker
from meipi.ui.widgets.tag_bar import TagBar

if TYPE_CHECKING:
    from meipi.ui.front import Front
    from meipi.ui.i18n import Words
    from meipi.ui.panels.list_panel import ListPanel
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme


class Parts:
    """Every widget of the window by name: those in front, and those behind them."""

    def __init__(self, front: Front) -> None:
        words, theme, showing = front.words, front.appearance.theme, front.showing
        self.toolbar, self.library, self.reader = front.toolbar, front.library, front.reader
        self.outline, self.side, self.foot = front.outline, front.side, front.foot
        self.centre, self.window = front.centre, front.window
        self.entities = EntitiesPanel(words, theme, showing)
        self.annotations = AnnotationsPanel(words, theme, showing)
        self.repairs = RepairsPanel(words, theme, showing, channel_labels(), keymap=front.keymap)
        self.panels: dict[str, ListPanel] = {
            "outline": self.outline,
            "entities": self.entities,
            "annotations": self.annotations,
            "repairs": self.repairs,
        }
        for key, panel in self.panels.items():
            if panel is not self.outline:
                self.side.put(key, panel)
        self.messages = MessageBar()
        self.find_bar = FindBar(WAYS)
        self.document_tags = TagBar("", "")
        self.document_tags.setContentsMargins(14, 4, 14, 4)
        self.document_tags.hide()
        self.empty = EmptyPage(words)
        self.source = SourcePanel(words)
        self.judge_bar = JudgeBar()
        self.entity_page = EntityPageView(words, theme, showing)
        self.centre.complete(
            self.source,
            self.empty,
            self.entity_page,
            bars=(self.messages, self.find_bar, self.judge_bar, self.document_tags),
        )
        self._float(words, theme, showing)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in ``theme``."""
        self.reader.set_theme(theme)
        self.source.view.set_theme(theme)
        self.search_results.set_theme(theme)
        self.library.set_theme(theme)
        self.entity_page.set_theme(theme)
        for panel in self.panels.values():
            panel.set_theme(theme)

    def refresh(self) -> None:
        """Draw names again in the script now chosen."""
        self.library.refresh()
        self.entity_page.refresh()
        for panel in self.panels.values():
            panel.refresh()

    def show_panel(self, key: str) -> None:
        """Bring a panel to the front, and the side it stands on."""
        if self.side.isHidden():
            self.window.fold("right")
        self.side.show_tab(key)

    def set_language(self, words: Words) -> None:
        """Give the words to the widgets that know none of their own."""
        self.reader.set_language(words.language)
        self.source.view.set_language(words.language)
        self.find_bar.set_texts(
            placeholder=words("find.placeholder"),
            following=words("find.next"),
            previous=words("find.previous"),
            close=words("find.close"),
        )
        self.find_bar.set_way_texts(
            {way: (words(f"find_way.{way}"), words(f"find_way.{way}_tip")) for way in WAYS}
        )
        self.note_editor.set_texts(
            placeholder=words("note.placeholder"), save=words("note.save"), keys=words("note.keys")
        )

    def show_document(self, opened: OpenDocument) -> None:
        """Show what the panels say of a document."""
        self.outline.set_rows(opened.outline)
        self.entities.set_entities(opened.entities)
        self.annotations.set_rows(opened.rows)
        self.repairs.set_document(opened)

    def show_nothing(self) -> None:
        """Empty the panels."""
        self.outline.set_rows(None)
        self.entities.clear()
        self.annotations.set_rows(None)
        self.repairs.set_document(None)

    def _float(self, words: Words, theme: Theme, showing: Showing) -> None:
        """Make what floats over the window."""
        host = self.window.page
        self.search_results = SearchResults(host, theme, showing)
        self.tag_picker = Picker(host)
        self.palette = Picker(host, shown_rows=12)
        self.chooser = Picker(host, shown_rows=11)
        self.hover_card = InfoCard(host)
        self.annotation_card = AnnotationCard(host, words, showing)
        self.target_card = ActionCard(host, TARGET_ACTS)
        self.origin_card = ActionCard(host, ORIGIN_ACTS)
        self.note_editor = NoteEditor(host)


def channel_labels() -> dict[str, tuple[str, str]]:
    """Return the names of the repair channels, Chinese and English."""
    from meipi.repair import CHANNELS

    return {info.name: (info.label_zh, info.label_en) for info in CHANNELS}


def encoding_labels() -> dict[str, tuple[str, str]]:
    """Return the names of the encodings, Chinese and English."""
    from meipi.encodings import ENCODINGS

    return {info.name: (info.label_zh, info.label_en) for info in ENCODINGS}
