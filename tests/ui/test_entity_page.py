"""The page of an entity, the bar of suggestions and the chooser, each alone."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from meipi.core.entity import EntityName, EntityType
from meipi.core.spans import Span
from meipi.library.naming_queries import Counted
from meipi.services.concordance import EntityPage, Line
from meipi.ui.choosing import Chooser, Option
from meipi.ui.dialogs.suggesting import SuggestDialog
from meipi.ui.keys import judgement_of
from meipi.ui.panels.entity_page import EntityPageView
from meipi.ui.presenters.entity_keys import TYPE_KEYS
from meipi.ui.presenters.entity_page import (
    Bar,
    bars_csv,
    form_groups,
    line_rows,
    lines_csv,
    summary,
    time_bars,
    type_bars,
)
from meipi.ui.presenters.keymap import Keymap
from meipi.ui.presenters.targets import Target
from meipi.ui.widgets.bar_chart import BarChart
from meipi.ui.widgets.judge_bar import JudgeBar
from meipi.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

LOC = EntityType.LOC
NAME = EntityName(LOC, "宝坻区")


def line(document: str, date: str | None, at: int, *words: str) -> Line:
    return Line(document, f"题目{document}", date, Span(at, at + len(words[1])), *words)


LINES = (
    line("甲", "2025-03-01", 4, "记者走进", "宝坻区", "采访,乙"),
    line("甲", "2025-03-01", 40, "今天的", "寶坻區", "变了"),
    line("乙", None, 0, "", "宝坻", "在天津,甲"),
)
PAGE = EntityPage(
    NAME,
    LINES,
    (("宝坻区", 1), ("寶坻區", 1), ("宝坻", 1)),
    same_sentence=(Counted(EntityName(LOC, "天津"), 1, 1),),
    same_paragraph=(
        Counted(EntityName(LOC, "天津"), 2, 1), Counted(EntityName(EntityType.PER, "陶建"), 1, 1),
    ),
    dates={"2025-03-01": 2, None: 1},
    waiting=7,
)  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot, words: Words, theme: Theme, showing: Showing) -> EntityPageView:
    view = EntityPageView(words, theme, showing)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.set_page(PAGE)
    view.show()
    qtbot.waitExposed(view)
    return view


def listed(page: EntityPageView) -> list[str]:
    return [row.line.match for row in page.lines_model.rows]  # type: ignore[attr-defined]


# In rows, without Qt.


def test_lines_are_ordered_by_what_stands_before_or_after(words: Words) -> None:
    forms = {group.key for group in form_groups(PAGE.variants)}

    def ordered(sort: str) -> list[int]:
        rows = line_rows(LINES, words, sort=sort, query="", forms=forms)
        return [LINES.index(row.line) for row in rows]

    assert ordered("date") == [0, 1, 2]
    assert ordered("document") == [2, 0, 1]
    assert ordered("before") == [2, 1, 0]
    assert ordered("after") == [1, 2, 0]


def test_a_document_stands_over_its_first_line_only(words: Words) -> None:
    rows = line_rows(LINES, words, sort="date", query="", forms={"宝坻区", "宝坻"})
    assert [row.first for row in rows] == [True, False, True]


def test_the_summary_says_what_is_not_counted_yet(words: Words) -> None:
    assert summary(PAGE, words) == "3 处 · 2 篇文档 · 2025 · 还有 7 篇未数"


@pytest.mark.parametrize(
    ("dates", "bars"),
    [
        ({"2025-03-01": 2, "2025-03-03": 1}, [("2025-03-01", 2), ("2025-03-02", 0)]),
        ({"2024-12-31": 1, "2025-02-01": 1}, [("2024-12-31", 1)]),
        ({"2020": 3, "2022-05": 1, None: 2}, [("2020", 3), ("2021", 0), ("2022", 1)]),
        ({"--08-17": 4}, [("无日期", 4)]),
        ({}, []),
    ],
)  # fmt: skip
def test_time_is_told_in_days_months_or_years(
    dates: dict[str | None, int], bars: list[tuple[str, int]], words: Words
) -> None:
    found = [(bar.label, bar.value) for bar in time_bars(dates, words)]
    assert found[: len(bars)] == bars
    assert sum(value for _, value in found) == sum(dates.values())
    assert len(found) <= 50


def test_tables_for_other_programs(words: Words) -> None:
    rows = line_rows(LINES[:1], words, sort="date", query="", forms={"宝坻区"})
    assert lines_csv(rows) == '题目甲,2025-03-01,4,记者走进,宝坻区,"采访,乙"\n'
    assert bars_csv([Bar("2025", 3)]) == "2025,3\n"
    assert [(b.label, b.value) for b in type_bars(PAGE.same_paragraph, words)] == [
        ("人物", 1), ("地点", 2),
    ]  # fmt: skip


def test_every_type_has_a_key_that_neither_tags_nor_begins_a_note() -> None:
    assert set(TYPE_KEYS.values()) == set(EntityType)
    assert not set(TYPE_KEYS) & set("n123456789")


# The page.


def test_a_click_on_a_line_asks_for_its_place(page: EntityPageView, qtbot: QtBot) -> None:
    page.lines.setCurrentIndex(page.lines_model.index(1))
    with qtbot.waitSignal(page.line_chosen) as chosen:
        qtbot.keyClick(page.lines, Qt.Key.Key_Return)
    assert chosen.args[0].line == LINES[0]


def test_a_form_that_is_switched_off_is_left_out_in_both_scripts(page: EntityPageView) -> None:
    assert listed(page) == ["宝坻", "宝坻区", "寶坻區"]
    page.chips.chip("宝坻区").click()
    assert listed(page) == ["宝坻"]
    assert page.chosen_form() == "宝坻"


def test_lines_are_filtered_by_their_context(page: EntityPageView) -> None:
    page.filter.setText("採訪")
    assert listed(page) == ["宝坻区"]
    page.filter.setText("没有这样的")
    assert page.lines.empty_text() == "没有符合的"


def test_another_entity_is_gone_to_and_its_acts_are_asked_for(
    page: EntityPageView, qtbot: QtBot
) -> None:
    page.within._buttons["paragraph"].click()
    assert [row.text for row in page.company_model.rows] == ["天津 2", "陶建 1"]
    with qtbot.waitSignal(page.entity_chosen) as chosen:
        page.company.row_activated.emit(page.company_model.index(1))
    assert chosen.args == [EntityName(EntityType.PER, "陶建")]
    with qtbot.waitSignal(page.act_asked) as asked:
        page.acts["entity_merge"].click()
    assert asked.args == ["entity_merge"]


def test_the_chart_is_copied_as_picture_and_as_table(page: EntityPageView) -> None:
    page.copy_bars.click()
    assert QGuiApplication.clipboard().text() == "2025-03-01,2\n无日期,1\n"
    page.copy_picture.click()
    assert not QGuiApplication.clipboard().image().isNull()
    page.chart_of._buttons["types"].click()
    assert list(page.chart.bars) == [("人物", 1), ("地点", 2)]


def test_in_a_narrow_window_the_company_stands_underneath(
    page: EntityPageView, qtbot: QtBot
) -> None:
    page.resize(700, 700)
    qtbot.waitUntil(lambda: page.split.orientation() is Qt.Orientation.Vertical)
    page.resize(1100, 700)
    qtbot.waitUntil(lambda: page.split.orientation() is Qt.Orientation.Horizontal)


def test_an_entity_that_nobody_names_says_so(page: EntityPageView) -> None:
    page.set_page(EntityPage(EntityName(LOC, "无名"), dates={}))
    assert page.lines.empty_text() == "文库里没有提到它"
    assert page.company.empty_text() == "没有一同出现的实体"


def test_a_chart_draws_in_the_colours_it_is_given(qtbot: QtBot, theme: Theme) -> None:
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    chart.set_bars([("甲", 3), ("乙", 5)])
    chart.set_colors(ground=theme.paper, ink=theme.ink, bar=theme.accent)
    chart.show()
    qtbot.waitExposed(chart)
    image = chart.grab().toImage()
    colors = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }
    assert {theme.accent.name(), theme.paper.name()} <= colors


# The bar and the chooser.


@pytest.mark.parametrize(
    ("key", "judgement"),
    [
        (Qt.Key.Key_Return, "accept"), (Qt.Key.Key_A, "accept"),
        (Qt.Key.Key_Delete, "reject"), (Qt.Key.Key_R, "reject"),
    ],
)  # fmt: skip
def test_one_key_judges_a_suggestion(qtbot: QtBot, key: Qt.Key, judgement: str) -> None:
    bar = JudgeBar()
    bar.set_meaning(judgement_of(Keymap()))
    qtbot.addWidget(bar)
    with qtbot.waitSignal(bar.judged) as judged:
        qtbot.keyClick(bar, key)
    assert judged.args == [judgement]


def test_arrows_walk_through_suggestions_and_esc_leaves(qtbot: QtBot) -> None:
    bar = JudgeBar()
    bar.set_meaning(judgement_of(Keymap()))
    qtbot.addWidget(bar)
    with qtbot.waitSignal(bar.stepped) as stepped:
        qtbot.keyClick(bar, Qt.Key.Key_Up)
    assert stepped.args == [-1]
    with qtbot.waitSignal(bar.closed):
        qtbot.keyClick(bar, Qt.Key.Key_Escape)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_something_is_chosen_by_pinyin_and_the_keyboard_goes_back(
    qtbot: QtBot, host: QWidget
) -> None:
    field, picker = QLineEdit(host), Picker(host)
    field.show()
    field.setFocus()
    chooser, chosen = Chooser(picker), []
    options = [Option(kind, kind.value) for kind in EntityType] + [Option("天津", "天津")]
    chooser.ask(None, "哪个", options, chosen.append)
    qtbot.waitUntil(picker.field.hasFocus)
    qtbot.keyClicks(picker.field, "tj")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert chosen == ["天津"]
    assert not chooser.is_open
    qtbot.waitUntil(field.hasFocus)


def test_what_no_option_is_called_can_be_typed(qtbot: QtBot, host: QWidget) -> None:
    chooser, chosen = Chooser(Picker(host)), []

    def typed(name: str) -> Option:
        return Option(name, f"就叫“{name}”")

    chooser.ask(None, "叫什么", [], chosen.append, typed=typed)
    chooser._picker.field.setText("京津冀")
    qtbot.keyClick(chooser._picker.field, Qt.Key.Key_Return)
    assert chosen == ["京津冀"]


def test_suggesting_needs_a_type_and_the_name_of_a_new_tag(
    qtbot: QtBot, words: Words, theme: Theme
) -> None:
    dialog: Any = SuggestDialog(words, {LOC: 24, EntityType.PER: 3}, (), theme)
    qtbot.addWidget(dialog)
    assert not dialog.apply_button.isEnabled()
    dialog.name.setText("地名")
    dialog.types.chip("LOC").click()
    assert dialog.apply_button.text() == "建议 27 处"
    with qtbot.waitSignal(dialog.apply_asked) as asked:
        dialog.apply_button.click()
    assert asked.args == [[EntityType.PER, LOC], "", "地名", False]


def test_charts_cost_the_start_of_the_window_nothing() -> None:
    code = "import sys, meipi.ui.app; print('pyqtgraph' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.qt_log_ignore("propagateSizeHints", "raise", "grabbing the keyboard")
def test_the_menu_of_a_card_says_which_letter_does_what(opened: App, qtbot: QtBot) -> None:
    document = opened.reading.document
    assert document is not None
    opened.cards.open_target(Target("entity", 0))
    opened.parts.target_card.acts["more"].click()
    menu = next(child for child in opened.window.findChildren(QMenu) if child.isVisible())
    texts = {action.text() for action in menu.actions()}
    assert {"这里不是名称\tX", "处处都不是名称\tShift+X", "实体页\tI"} <= texts
    named = {action.text(): action for action in menu.actions()}
    named["实体页\tI"].trigger()
    menu.close()
    qtbot.waitUntil(opened.parts.entity_page.isVisible, timeout=60_000)
