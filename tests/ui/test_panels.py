"""Each panel alone: what it is given it shows, what is clicked it says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from meipi.core.entity import EntityType, Mention
from meipi.core.repairs import Proof, Repaired, RepairEdit
from meipi.core.spans import Span
from meipi.core.textmap import TextMap
from meipi.ui.panels.annotation_card import AnnotationCard
from meipi.ui.panels.annotations import AnnotationsPanel
from meipi.ui.panels.empty import EmptyPage
from meipi.ui.panels.entities import EntitiesPanel
from meipi.ui.panels.foot import Foot
from meipi.ui.panels.library import LibraryPanel
from meipi.ui.panels.outline import OutlinePanel
from meipi.ui.panels.painting import break_lines
from meipi.ui.panels.repairs import RepairsPanel
from meipi.ui.panels.search_results import SearchResults
from meipi.ui.panels.side import SidePanel
from meipi.ui.panels.toolbar import Toolbar
from meipi.ui.presenters.annotations import AnnotationRow
from meipi.ui.presenters.entities import EntityIndex
from meipi.ui.presenters.hovering import Elsewhere
from meipi.ui.presenters.library import CardRow
from meipi.ui.presenters.outline import OutlineRow
from meipi.ui.presenters.repairs import RepairIndex
from meipi.ui.presenters.searching import HitRow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme
    from meipi.ui.widgets.filtered_list import FilteredList

DISTRICT = 3
"""Where 宝坻区 stands in the list: under two heads and a person."""
LONG = "天津宝坻:聚焦四个“圈” 推动京津冀协同发展走深走实"
CARDS = [
    CardRow("a", LONG, "人民网 · 8月17日", "修复 462", current=True),
    CardRow("b", "砥砺奋进硕果丰", "武清区", ""),
]


def shown(qtbot: QtBot, widget: Any) -> Any:
    qtbot.addWidget(widget)
    widget.resize(292, 500)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def click(qtbot: QtBot, rows: FilteredList, at: int) -> None:
    place = rows.list.visualRect(rows.model.index(at)).center()
    qtbot.mouseClick(rows.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def mention(text: str, start: int, kind: EntityType) -> Mention:
    return Mention(Span(start, start + len(text)), kind, text, text, "model")


# The library list


@pytest.fixture
def library(qtbot: QtBot, words: Words, theme: Theme, showing: Showing) -> LibraryPanel:
    panel: LibraryPanel = shown(qtbot, LibraryPanel(words, theme, showing))
    panel.set_cards(CARDS)
    return panel


def test_a_click_on_a_card_asks_for_its_document(library: LibraryPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(library.document_chosen) as chosen:
        click(qtbot, library.rows, 1)
    assert chosen.args == ["b"]


def test_cards_filter_by_initials(library: LibraryPanel) -> None:
    library.rows.field.setText("dlfj")
    assert [row.id for row in library.rows.model.rows] == ["b"]  # type: ignore[attr-defined]


def test_delete_asks_for_removal(library: LibraryPanel, qtbot: QtBot) -> None:
    library.rows.list.setCurrentIndex(library.rows.model.index(1))
    with qtbot.waitSignal(library.removal_asked) as asked:
        qtbot.keyClick(library.rows.list, Qt.Key.Key_Delete)
    assert asked.args == ["b"]


def test_a_long_title_takes_two_lines_and_no_more(library: LibraryPanel) -> None:
    rows = library.rows
    heights = [rows.list.visualRect(rows.model.index(at)).height() for at in (0, 1)]
    leading = library.fontMetrics().height() + 1
    assert heights[0] - heights[1] == leading
    lines = break_lines(CARDS[0].title * 3, library.font(), 200, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_the_menu_of_a_card_asks_for_what_it_names(library: LibraryPanel, qtbot: QtBot) -> None:
    menu = library.menu_for(CARDS[1])
    named = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(library.export_asked) as asked:
        named["导出这一篇…"].trigger()
    assert asked.args == ["b"]
    menu.deleteLater()


def test_lines_break_without_cutting_a_rare_character(library: LibraryPanel) -> None:
    lines = break_lines("𠮷野家" * 20, library.font(), 120, 2)
    assert lines[0].replace("𠮷", "").replace("野", "").replace("家", "") == ""


# The side


def test_the_outline_goes_to_a_heading_and_marks_the_current_one(
    qtbot: QtBot, words: Words, theme: Theme, showing: Showing
) -> None:
    panel = shown(qtbot, OutlinePanel(words, theme, showing))
    panel.set_rows([OutlineRow("题目", 0, Span(0, 2)), OutlineRow("产业圈", 1, Span(9, 12))])
    before = panel.grab().toImage()
    panel.set_place(10)
    assert panel.grab().toImage() != before
    with qtbot.waitSignal(panel.place_chosen) as chosen:
        click(qtbot, panel.rows, 1)
    assert chosen.args == [Span(9, 12)]


@pytest.fixture
def entities(qtbot: QtBot, words: Words, theme: Theme, showing: Showing) -> EntitiesPanel:
    panel: EntitiesPanel = shown(qtbot, EntitiesPanel(words, theme, showing))
    panel.set_entities(
        EntityIndex(
            [
                mention("宝坻区", 0, EntityType.LOC),
                mention("陶建", 5, EntityType.PER),
                mention("宝坻区", 9, EntityType.LOC),
            ]
        )
    )
    return panel


def test_each_click_on_an_entity_walks_on(entities: EntitiesPanel, qtbot: QtBot) -> None:
    visited: list[Span] = []
    entities.place_chosen.connect(visited.append)
    for _ in range(3):
        click(qtbot, entities.rows, DISTRICT)
    assert [span.start for span in visited] == [0, 9, 0]


def test_enter_walks_on_through_the_mentions_and_shift_enter_back(
    entities: EntitiesPanel, qtbot: QtBot
) -> None:
    visited: list[Span] = []
    entities.place_chosen.connect(visited.append)
    view = entities.rows.list
    view.setCurrentIndex(entities.rows.model.index(DISTRICT))
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        qtbot.keyClick(view, Qt.Key.Key_Return, modifier)
    assert [span.start for span in visited] == [0, 9]


def test_an_entity_unfolds_into_the_ways_it_is_written(
    entities: EntitiesPanel, qtbot: QtBot
) -> None:
    district = Mention(Span(12, 14), EntityType.LOC, "宝坻", "宝坻区", "model")
    entities.set_entities(EntityIndex([mention("宝坻区", 0, EntityType.LOC), district]))
    view, model = entities.rows.list, entities.rows.model
    view.setCurrentIndex(model.index(1))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert [row.text for row in model.rows] == ["地点", "宝坻区 宝坻", "宝坻区", "宝坻"]
    view.setCurrentIndex(model.index(3))
    assert entities.chosen_form() == "宝坻"
    assert [row.name for row in entities.chosen()] == ["宝坻区"]
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert model.rowCount() == 2


def test_several_entities_are_chosen_and_stay_so_when_others_are_found(
    entities: EntitiesPanel, qtbot: QtBot
) -> None:
    view, model = entities.rows.list, entities.rows.model
    click(qtbot, entities.rows, 1)
    place = view.visualRect(model.index(DISTRICT)).center()
    control = Qt.KeyboardModifier.ControlModifier
    with qtbot.assertNotEmitted(entities.place_chosen):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, control, place)
    chosen = [row.name for row in entities.chosen()]
    assert chosen == ["陶建", "宝坻区"]
    again = [mention("宝坻区", 0, EntityType.LOC), mention("陶建", 5, EntityType.PER)]
    entities.set_entities(EntityIndex(again))
    assert [row.name for row in entities.chosen()] == chosen


def test_counts_elsewhere_and_corrections_are_drawn(entities: EntitiesPanel) -> None:
    before = entities.grab().toImage()
    entities.set_elsewhere({(EntityType.LOC, "宝坻区"): Elsewhere(2, 28)})
    counted = entities.grab().toImage()
    assert counted != before
    district = mention("宝坻区", 0, EntityType.LOC)
    corrected = replace(district, corrected=True)
    others = [mention("陶建", 5, EntityType.PER), mention("宝坻区", 9, EntityType.LOC)]
    entities.set_entities(EntityIndex([corrected, *others]))
    assert entities.grab().toImage() != counted


def test_the_legend_shows_types_that_occur_and_hides_them(
    entities: EntitiesPanel, qtbot: QtBot
) -> None:
    legend = entities.legend
    visible = [kind for kind in EntityType if not legend.button(kind).isHidden()]
    assert visible == [EntityType.PER, EntityType.LOC]
    with qtbot.waitSignal(entities.hidden_types_changed) as hidden:
        legend.button(EntityType.LOC).click()
    assert hidden.args == [frozenset({EntityType.LOC})]
    assert [row.text for row in entities.rows.model.rows] == ["人物", "陶建"]


def test_entities_say_that_they_are_being_looked_for(entities: EntitiesPanel) -> None:
    entities.set_entities(None)
    assert entities.rows.list.empty_text() == "正在查找实体…"
    entities.set_entities(EntityIndex([]))
    assert entities.rows.list.empty_text() == "没有找到实体"
    entities.clear()
    assert entities.rows.list.empty_text() == "没有打开的文档"


def test_a_long_list_is_filtered_without_holding_the_window(
    qtbot: QtBot, words: Words, theme: Theme, showing: Showing
) -> None:
    panel = shown(qtbot, EntitiesPanel(words, theme, showing))
    names = [f"{chr(0x4E00 + at % 9_000)}区{at}" for at in range(9_000)]
    panel.set_entities(EntityIndex([mention(n, at, EntityType.LOC) for at, n in enumerate(names)]))
    qtbot.waitUntil(lambda: panel.rows.model.rowCount() == len(names) + 1)
    panel.rows.field.setText("区8999")
    assert panel.rows.model.rowCount() > len(names)  # the rows before, until all were seen
    qtbot.waitUntil(lambda: [row.text for row in panel.rows.model.rows][1:] == [names[-1]])


def test_a_row_is_shown_in_its_list_whatever_is_typed(entities: EntitiesPanel) -> None:
    entities.rows.field.setText("tj")
    assert [row.text for row in entities.rows.model.rows] == ["人物", "陶建"]
    row = EntityIndex([mention("宝坻区", at, EntityType.LOC) for at in (0, 9)]).rows[0]
    entities.reveal(row)
    assert entities.rows.list.currentIndex().data() == "宝坻区"
    assert entities.rows.query() == ""


def test_annotations_ask_to_be_gone_to_and_deleted(
    qtbot: QtBot, words: Words, theme: Theme, showing: Showing
) -> None:
    panel = shown(qtbot, AnnotationsPanel(words, theme, showing))
    row = AnnotationRow("a", Span(0, 2), 1, "招商方式", "1", "引文", "想法" * 40, needs_review=True)
    panel.set_rows([row])
    with qtbot.waitSignal(panel.annotation_chosen) as chosen:
        click(qtbot, panel.rows, 0)
    assert chosen.args == [row]
    with qtbot.waitSignal(panel.deletion_asked) as asked:
        qtbot.keyClick(panel.rows.list, Qt.Key.Key_Delete)
    assert asked.args == ["a"]


def test_repairs_walk_through_their_places_and_heads_go_nowhere(
    qtbot: QtBot, words: Words, theme: Theme, showing: Showing
) -> None:
    panel = shown(qtbot, RepairsPanel(words, theme, showing))
    edits = tuple(
        RepairEdit(at, at + 1, at, at + 5, "發(fā)", "發", "p", 1.0, Proof.REPLAYED)
        for at in (0, 9)
    )
    repairs = RepairIndex(Repaired("", edits, TextMap.identity(0)))
    panel.set_rows(repairs.rows({"p": ("拼音注入", "Pinyin")}, words))
    visited: list[Span] = []
    panel.place_chosen.connect(visited.append)
    click(qtbot, panel.rows, 0)
    click(qtbot, panel.rows, 1)
    click(qtbot, panel.rows, 1)
    assert [span.start for span in visited] == [0, 9]


def test_tabs_show_their_panel_and_say_so(qtbot: QtBot, words: Words) -> None:
    panels = {"outline": QWidget(), "entities": QWidget()}
    side = shown(qtbot, SidePanel(words, panels))
    with qtbot.waitSignal(side.tab_chosen) as chosen:
        side.show_tab("entities")
    assert chosen.args == ["entities"]
    assert side.stack.currentWidget() is panels["entities"]


# Foot, toolbar, empty page, cards


def test_the_foot_offers_undo_only_with_an_act(qtbot: QtBot, words: Words) -> None:
    foot = shown(qtbot, Foot(words))
    assert foot.undo.isHidden()
    foot.show_act("给“天津”标上“产业”")
    with qtbot.waitSignal(foot.undo_asked):
        qtbot.mouseClick(foot.undo, Qt.MouseButton.LeftButton)
    foot.show_act("已加入 2 篇文档。", can_undo=False)
    assert foot.undo.isHidden()


def test_the_toolbar_gives_up_words_where_it_is_narrow(qtbot: QtBot, words: Words) -> None:
    toolbar = shown(qtbot, Toolbar(words))
    toolbar.resize(1400, 44)
    assert toolbar.commands.text()
    toolbar.resize(760, 44)
    assert not toolbar.commands.text()
    assert toolbar.layers_label.isHidden()


def test_the_empty_page_offers_the_samples(qtbot: QtBot, words: Words) -> None:
    page = shown(qtbot, EmptyPage(words))
    page.set_samples(["天津宝坻", "砥砺奋进"])
    with qtbot.waitSignal(page.sample_chosen) as chosen:
        page.samples()[1].click()
    assert chosen.args == [1]


def test_the_card_of_an_annotation_asks_for_acts(
    qtbot: QtBot, words: Words, showing: Showing
) -> None:
    host = shown(qtbot, QWidget())
    card = AnnotationCard(host, words, showing)
    row = AnnotationRow("a", Span(0, 2), None, "", "", "引文", "")
    card.show_row(row, "“引文”", host.rect())
    assert card.tag_button.text() == "贴标签"
    with qtbot.waitSignal(card.end_moved) as moved:
        card.end_buttons["end_right"].click()
    assert moved.args == ["end_right"]
    for button, signal in (
        (card.tag_button, card.tag_asked),
        (card.note_button, card.note_asked),
        (card.delete_button, card.deletion_asked),
    ):
        with qtbot.waitSignal(signal):
            button.click()


def test_a_hit_is_gone_to_by_click(qtbot: QtBot, theme: Theme, showing: Showing) -> None:
    host = shown(qtbot, QWidget())
    host.resize(900, 700)
    results = SearchResults(host, theme, showing)
    rows = [
        HitRow("d", "题目", Span(n, n + 2), "前文", "词语", "后文", first=n == 0) for n in (0, 9)
    ]
    results.show_hits(rows, "2 处", host.rect())
    place = results.list.visualRect(results.model.index(1)).center()
    with qtbot.waitSignal(results.hit_chosen) as chosen:
        qtbot.mouseClick(results.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [rows[1]]
