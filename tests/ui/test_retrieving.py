"""Retrieval in the window: typed or put together, gone to, counted, kept; and what is wrong."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from meipi.core.query import Unit
from meipi.core.spans import Span
from meipi.services.query_text import parse
from meipi.services.retrieving import Found
from meipi.ui.models.found import PAGE, FoundModel
from meipi.ui.presenters.query_completion import Known, offers
from meipi.ui.presenters.query_form import Form, Place
from meipi.ui.widgets.pictures import SVG

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

KNOWN = Known(
    tags=[("产业", 0), ("教育", 1), ("农村/教育", 2)],
    entities=[("宝坻区", "LOC"), ("北京大学", "ORG")],
    attributes={"级别": ["一级", "二级"]},
    coders=["甲"],
)


@pytest.mark.parametrize(
    ("typed", "language", "first"),
    [
        ("#cy", "zh", "#产业"),
        ("#jiaoyu", "zh", "#教育"),
        ("#教育", "zh", "#教育"),
        ("#=ch", "zh", "#=产业"),
        ("天津 且 #產", "zh", "#产业"),
        ("entity:bd", "en", "entity:宝坻区"),
        ("实体:bjdx", "zh", "实体:北京大学"),
        ("@jb", "zh", "@级别="),
        ("@级别=er", "zh", "@级别=二级"),
        ("编码者:j", "zh", "编码者:甲"),
        ("显示:dl", "zh", "显示:段落"),
        ("show:para", "en", "show:paragraphs"),
        ("类型:dd", "zh", "类型:地点"),
        ("rq", "zh", "日期:"),
        ("OVER", "en", "OVERLAP "),
    ],
)
def test_what_is_typed_is_completed_by_characters_pinyin_and_initials(
    typed: str, language: Any, first: str
) -> None:
    assert offers(typed, len(typed), KNOWN, language)[0].typed == first


def test_nothing_is_offered_between_words_or_where_nothing_fits() -> None:
    assert offers("#产业 ", 4, KNOWN, "zh") == []
    assert offers("#xyzxyz", 7, KNOWN, "zh") == []


def test_chips_say_what_the_query_says_and_change_it() -> None:
    form = Form.of(parse("#产业 (天津 或 北京) show:documents"))
    assert form.query() == parse("#产业 (天津 或 北京) show:documents")
    assert form.negated(Place(0, 0)).query().node == parse("非 #产业 (天津 或 北京)").node
    assert form.negated(Place(0, 0)).negated(Place(0, 0)) == form
    assert form.with_below(Place(0, 0)).query().node == parse("#=产业 (天津 或 北京)").node
    assert form.without(Place(1, 0)).query().node == parse("#产业 北京").node
    one = form.without(Place(1, 0)).without(Place(1, 0))
    assert one.with_alternative(Place(0, 0), parse("#教育").node).query().node == (
        parse("#产业 或 #教育").node
    )
    assert one.without(Place(0, 0)).query() == parse("show:documents")


def test_the_table_keeps_qts_rules_and_asks_for_what_comes_into_sight(qtmodeltester: Any) -> None:
    model = FoundModel(lambda row, column: f"{column}{row.title}", str.upper)
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    model.show(100_000, ("match", "document"))
    assert model.index(50_000, 0).data() is None
    assert model.index(50_001, 1).data() is None
    assert asked == [50_000 // PAGE]
    rows = [Found("d", str(at), None, Span(0, 1)) for at in range(PAGE)]
    model.put_page(500, rows)
    assert model.index(50_001, 1).data() == "document1"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "MATCH"
    qtmodeltester.check(model)


@pytest.fixture
def annotated(opened: App) -> App:
    document = opened.reading.document
    assert document is not None
    for name, quote in (("产业", "产业体系"), ("投资", "计划总投资81.7亿元"), ("投资", "81.7亿元")):
        known = {tag.name: tag.id for tag in opened.workspace.codebook.tags()}
        tag = known.get(name) or next(iter(opened.workspace.codebook.add(name).result().tags))
        at = document.text.index(quote)
        opened.workspace.annotating.add(document.id, Span(at, at + len(quote)), tag=tag).result()
    return opened


@pytest.fixture
def ask(qtbot: QtBot, annotated: App) -> Callable[[str], list[str]]:
    """Ask a query in the window and return the passages listed."""
    retrieving = annotated.retrieving

    def asked(text: str) -> list[str]:
        annotated.commands.run("retrieve")
        qtbot.waitUntil(lambda: retrieving.keys is not None)
        retrieving.keys = None
        retrieving.ask(text)
        qtbot.waitUntil(lambda: retrieving.keys is not None)
        model = retrieving.page.model
        rows = range(model.rowCount())
        column = model.columns.index("match")
        qtbot.waitUntil(lambda: all(model.index(row, column).data() for row in rows))
        return [model.index(row, column).data() for row in rows]

    return asked


def test_a_query_lists_its_passages_and_a_click_goes_to_one(
    annotated: App, ask: Callable[[str], list[str]], qtbot: QtBot
) -> None:
    assert ask("#投资 非 计划") == ["81.7亿元"]
    page = annotated.retrieving.page
    assert page.isVisible()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(annotated.parts.reader.isVisible)
    document = annotated.reading.document
    assert annotated.parts.reader.selection().start == document.text.index("81.7亿元")
    annotated.commands.run("retrieve")
    assert page.isVisible()
    assert page.field.text() == "#投资 非 计划"


def test_a_wrong_query_names_and_marks_the_place(
    annotated: App, ask: Callable[[str], list[str]], qtbot: QtBot
) -> None:
    assert len(ask("")) == 3
    page = annotated.retrieving.page
    page.field.setText("天津 且 #产也")
    page.field.asked.emit()
    qtbot.waitUntil(lambda: "第 6 个字" in page.problem.text())
    assert "产业" in page.problem.text()
    assert page.field.selectedText() == "#产也"
    assert page.model.rowCount() == 0
    ask("#产业")
    assert page.problem.isHidden()


def test_words_are_completed_by_keys_and_enter_asks(
    annotated: App, ask: Callable[[str], list[str]], qtbot: QtBot
) -> None:
    ask("")
    page = annotated.retrieving.page
    qtbot.waitUntil(lambda: bool(annotated.retrieving.builder.known.tags))
    page.field.setFocus()
    page.field.clear()
    qtbot.keyClicks(page.field, "#cy")
    assert page.field.offered is not None
    qtbot.keyClick(page.field, Qt.Key.Key_Tab)
    assert page.field.text() == "#产业 "
    assert page.field.offered is None
    annotated.retrieving.keys = None
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: annotated.retrieving.keys is not None)
    assert page.model.rowCount() == 1


def test_a_chip_is_turned_into_its_contrary(
    annotated: App, ask: Callable[[str], list[str]], qtbot: QtBot
) -> None:
    ask("#投资")
    page, picker = annotated.retrieving.page, annotated.parts.chooser
    page.chips.buttons[Place(0, 0)].click()
    qtbot.waitUntil(picker.isVisible)
    picker.field.setText("取反")
    picker.pick_current()
    assert page.field.text() == "非 #投资"
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)


def test_numbers_are_drawn_copied_and_lead_to_their_passages(
    annotated: App, ask: Callable[[str], list[str]], qtbot: QtBot
) -> None:
    ask("")
    page = annotated.retrieving.page
    annotated.commands.run("retrieve_together")
    qtbot.waitUntil(lambda: page.numbers.shown is not None and page.numbers.grid.isVisible())
    annotated.commands.run("retrieve_copy")
    table = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))
    assert table == [["", "产业", "投资"], ["产业", "1", "0"], ["投资", "0", "2"]]
    annotated.commands.run("retrieve_picture")
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    assert "投资" in bytes(data.data(SVG).data()).decode()
    annotated.retrieving.keys = None
    page.numbers.grid.cell_chosen.emit(1, 1)
    qtbot.waitUntil(lambda: annotated.retrieving.keys is not None)
    assert page.field.text() == "#=投资"
    assert page.model.rowCount() == 2


@pytest.mark.parametrize("view", ["frequency", "table", "time", "coverage"])
def test_every_picture_shows_its_numbers(
    annotated: App, ask: Callable[[str], list[str]], qtbot: QtBot, view: str
) -> None:
    ask("")
    page = annotated.retrieving.page
    annotated.commands.run(f"retrieve_{view}")
    qtbot.waitUntil(lambda: page.numbers.shown is not None)
    grid = page.numbers.grid.grid
    assert list(grid.rows) == ["产业", "投资"]
    assert any(grid.text(1, column) for column in range(len(grid.columns)))
    assert (not page.numbers.chart.isHidden()) == (view != "table")


def test_a_query_is_kept_chosen_and_forgotten_again_by_undo(
    annotated: App, ask: Callable[[str], list[str]], qtbot: QtBot
) -> None:
    ask("#投资")
    picker = annotated.parts.chooser
    annotated.commands.run("retrieve_save")
    qtbot.waitUntil(picker.isVisible)
    picker.field.setText("钱")
    picker.pick_current()
    qtbot.waitUntil(lambda: bool(annotated.workspace.retrieving.saved()))
    ask("")
    annotated.commands.run("retrieve_saved")
    qtbot.waitUntil(picker.isVisible)
    picker.pick_current()
    assert annotated.retrieving.page.field.text() == "#投资"
    annotated.commands.run("undo")
    qtbot.waitUntil(lambda: not annotated.workspace.retrieving.saved())


def test_a_table_is_written_to_a_file_or_the_reason_said(
    annotated: App, ask: Callable[[str], list[str]], qtbot: QtBot, tmp_path: Path
) -> None:
    ask("")
    retrieving, messages = annotated.retrieving, annotated.parts.messages
    retrieving.write_table(retrieving.keys, tmp_path / "rows.csv")
    qtbot.waitUntil((tmp_path / "rows.csv").exists)
    qtbot.waitUntil(lambda: "产业体系" in (tmp_path / "rows.csv").read_text("utf-8-sig"))
    retrieving.write_table(retrieving.keys, tmp_path / "no folder" / "rows.csv")
    qtbot.waitUntil(messages.isVisible)


def test_paragraphs_are_listed_and_the_window_changes_language_with_them(
    annotated: App, ask: Callable[[str], list[str]]
) -> None:
    assert any("产业体系" in text for text in ask("#产业 显示:段落"))
    page = annotated.retrieving.page
    assert page.units.current() == Unit.PARAGRAPHS
    annotated.commands.run("language_en")
    assert page.ask.text() == "Find"
    assert page.model.headerData(0, Qt.Orientation.Horizontal) == "Words"
