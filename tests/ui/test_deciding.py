"""Deciding on repairs in the window: by list, card and key; undone, kept, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meipi.core.decisions import Scope, Verdict
from meipi.core.spans import Span
from meipi.ui.presenters.repairs import RepairGroup, RepairRow, RuleRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

Key = Qt.Key
WAIT = 60_000
DAMAGED = "天津市召开⼤会,介绍⼈才政策的情况。" * 3


@pytest.fixture
def app(start: Callable[..., App], settle: Callable[[App], None], tmp_path: Path) -> App:
    """The window over a document with three repairs each of two characters."""
    path = tmp_path / "radicals.txt"
    path.write_text(DAMAGED, encoding="utf-8")
    app = start(path)
    settle(app)
    app.parts.show_panel("repairs")
    return app


def text(app: App) -> str:
    assert app.reading.document is not None
    return app.reading.document.text


def rows(app: App) -> list[RepairRow]:
    return [row for row in app.parts.repairs.rows.model.rows if isinstance(row, RepairRow)]


def choose(app: App, kind: type, before: str = "") -> None:
    """Make a row of the list the current one, with the keyboard in the list."""
    shown = app.parts.repairs.rows
    at = next(
        at
        for at, row in enumerate(shown.model.rows)
        if isinstance(row, kind) and before in row.text
    )
    shown.list.setFocus()
    shown.list.setCurrentIndex(shown.model.index(at))


def press(app: App, key: Key) -> None:
    QTest.keyClick(app.parts.repairs.rows.list, key)


def settled(app: App, qtbot: QtBot, until: Callable[[], bool]) -> None:
    qtbot.waitUntil(until, timeout=WAIT)
    qtbot.waitUntil(
        lambda: not app.workspace.pending and app.parts.foot.state() == "saved", timeout=WAIT
    )


def test_a_key_rejects_what_the_list_is_at_and_the_row_stays_struck(app: App, qtbot: QtBot) -> None:
    choose(app, RepairRow, "⼤")
    press(app, Key.Key_R)
    settled(app, qtbot, lambda: text(app).count("⼤会") == 3)
    row = next(row for row in rows(app) if row.before == "⼤")
    assert (row.state, row.count) == (Verdict.REJECTED, 3)
    assert "拒绝修复" in app.parts.foot.act.text()
    assert app.parts.repairs.rows.list.hasFocus()
    assert app.parts.repairs.rows.list.currentIndex().data() == row.text
    press(app, Key.Key_R)
    settled(app, qtbot, lambda: "⼤" not in text(app))
    assert {row.state for row in rows(app)} == {None}


def test_who_decides_by_key_under_a_filter_goes_on_with_the_row_that_follows(
    app: App, qtbot: QtBot
) -> None:
    panel = app.parts.repairs
    panel.filters.choose("kind", "undecided")
    first, second = rows(app)[:2]
    choose(app, RepairRow, first.before)
    press(app, Key.Key_R)
    settled(app, qtbot, lambda: first.before in text(app))
    qtbot.waitUntil(lambda: [row.before for row in rows(app)] == [second.before], timeout=WAIT)
    assert panel.rows.list.currentIndex().data() == second.text
    assert panel.bar.scope is not None
    press(app, Key.Key_R)
    settled(app, qtbot, lambda: second.before in text(app))
    qtbot.waitUntil(lambda: not rows(app), timeout=WAIT)
    assert panel.bar.isHidden()


def test_two_undo_in_a_row_take_two_decisions_back(app: App, qtbot: QtBot) -> None:
    before = text(app)
    for character in "⼤⼈":
        choose(app, RepairRow, character)
        press(app, Key.Key_R)
        settled(app, qtbot, lambda c=character: c in text(app))
    app.acts.undo()
    app.acts.undo()
    settled(app, qtbot, lambda: text(app) == before)
    assert {row.state for row in rows(app)} == {None}


def test_accepting_marks_the_row_and_moves_nothing(app: App, qtbot: QtBot) -> None:
    before = app.reading.document
    choose(app, RepairRow, "⼤")
    press(app, Key.Key_A)
    settled(app, qtbot, lambda: any(row.state is Verdict.ACCEPTED for row in rows(app)))
    assert app.reading.document is not None
    assert before is not None
    assert app.reading.document.reading.repaired is before.reading.repaired
    assert app.parts.repairs.bar.buttons["accept"].text().startswith("收回")


def test_other_words_are_typed_in_the_list(app: App, qtbot: QtBot) -> None:
    choose(app, RepairRow, "⼤")
    press(app, Key.Key_E)
    bar = app.parts.repairs.bar
    assert bar.field.hasFocus()
    assert bar.field.text() == "大"
    QTest.keyClicks(bar.field, "Da")
    QTest.keyClick(bar.field, Key.Key_Return)
    settled(app, qtbot, lambda: text(app).count("召开Da会") == 3)
    row = next(row for row in rows(app) if row.before == "⼤")
    assert (row.state, row.instead) == (Verdict.EDITED, "Da")


def test_escape_leaves_the_field_and_changes_nothing(app: App) -> None:
    before = text(app)
    choose(app, RepairRow, "⼤")
    press(app, Key.Key_E)
    QTest.keyClicks(app.parts.repairs.bar.field, "x")
    QTest.keyClick(app.parts.repairs.bar.field, Key.Key_Escape)
    assert app.parts.repairs.rows.list.hasFocus()
    assert not app.parts.repairs.bar.is_editing
    assert text(app) == before
    assert not app.workspace.pending


def test_the_head_of_a_channel_decides_on_all_of_it(app: App, qtbot: QtBot) -> None:
    choose(app, RepairGroup)
    app.parts.repairs.bar.buttons["reject"].click()
    settled(app, qtbot, lambda: text(app) == DAMAGED)
    assert {row.state for row in rows(app)} == {Verdict.REJECTED}


def test_only_one_place_is_decided_on_where_that_is_chosen(app: App, qtbot: QtBot) -> None:
    choose(app, RepairRow, "⼤")
    press(app, Key.Key_Return)
    press(app, Key.Key_Return)
    bar = app.parts.repairs.bar
    at = next(n for n in range(bar.reach.count()) if bar.reach.itemData(n).source is not None)
    assert "2" in bar.reach.itemText(at)
    bar.reach.setCurrentIndex(at)
    bar.buttons["reject"].click()
    settled(app, qtbot, lambda: text(app).count("⼤会") == 1)
    assert text(app).index("⼤会") == DAMAGED.index("⼤会", 10)


def test_the_caret_stays_on_its_words_when_the_text_before_it_changes(
    app: App, qtbot: QtBot
) -> None:
    at = text(app).rindex("政策")
    app.parts.reader.setFocus()
    app.parts.reader.set_selection(Span(at, at))
    document = app.reading.document
    assert document is not None
    scope = Scope.same(document.repairs.proposals[0], document.id)
    app.bridge.write(
        app.workspace.repairs.decide(document.id, scope, Verdict.EDITED, text="很长的字")
    )
    settled(app, qtbot, lambda: "很长的字" in text(app))
    caret = app.parts.reader.selection().start
    assert text(app)[caret : caret + 2] == "政策"
    assert caret > at
    assert app.parts.reader.hasFocus()


def test_keys_walk_from_repair_to_repair_and_decide_on_the_card(app: App, qtbot: QtBot) -> None:
    reader, card = app.parts.reader, app.parts.target_card
    reader.setFocus()
    reader.set_selection(Span(0, 0))
    app.commands.run("next_repair")
    assert not card.isHidden()
    first = reader.selection().start
    assert text(app)[first] == "大"
    app.commands.run("next_repair")
    assert text(app)[reader.selection().start] == "人"
    app.commands.run("previous_repair")
    assert reader.selection().start == first
    QTest.keyClick(reader, Key.Key_R)
    settled(app, qtbot, lambda: text(app)[first] == "⼤")
    assert text(app).count("⼤") == 1
    assert reader.hasFocus()


def test_the_card_of_a_rejected_repair_says_so_and_takes_it_back(app: App, qtbot: QtBot) -> None:
    app.parts.reader.set_selection(Span(5, 5))
    app.commands.run("reject_repair")
    settled(app, qtbot, lambda: text(app)[5] == "⼤")
    app.parts.reader.setFocus()
    app.cards.open_at_caret()
    card = app.parts.target_card
    assert "已拒绝" in card.saying.body.text()
    card.acts["reject"].click()
    settled(app, qtbot, lambda: text(app)[5] == "大")


def test_rewriting_from_the_text_leads_into_the_list_for_this_place_alone(
    app: App, qtbot: QtBot
) -> None:
    app.parts.show_panel("outline")
    app.parts.reader.set_selection(Span(5, 5))
    app.commands.run("edit_repair")
    bar = app.parts.repairs.bar
    assert bar.field.hasFocus()
    QTest.keyClicks(bar.field, "D")
    QTest.keyClick(bar.field, Key.Key_Return)
    settled(app, qtbot, lambda: "召开D会" in text(app))
    assert text(app).count("召开D会") == 1


def test_decisions_are_there_again_after_a_restart(
    app: App, qtbot: QtBot, start: Callable[..., App], settle: Callable[[App], None]
) -> None:
    choose(app, RepairRow, "⼤")
    press(app, Key.Key_R)
    settled(app, qtbot, lambda: "⼤" in text(app))
    app.window.close()
    app.close()
    again = start()
    settle(again)
    assert text(again).count("⼤") == 3
    again.parts.show_panel("repairs")
    assert [row.state for row in rows(again) if row.before == "⼤"] == [Verdict.REJECTED]
    again.acts.undo()
    settled(again, qtbot, lambda: "⼤" not in text(again))


def test_a_choice_remembered_for_every_document_is_listed_and_revoked(
    app: App, qtbot: QtBot, settle: Callable[[App], None], tmp_path: Path
) -> None:
    choose(app, RepairRow, "⼤")
    bar = app.parts.repairs.bar
    every = next(n for n in range(bar.reach.count()) if bar.reach.itemData(n).document is None)
    bar.reach.setCurrentIndex(every)
    bar.buttons["reject"].click()
    settled(app, qtbot, lambda: "⼤" in text(app))
    other = tmp_path / "other.txt"
    other.write_text("另一篇:" + DAMAGED, encoding="utf-8")
    app.library.add([other])
    settled(app, qtbot, lambda: text(app).startswith("另一篇"))
    settle(app)
    assert text(app).count("⼤") == 3
    choose(app, RuleRow)
    assert "每篇文档" in app.parts.repairs.rows.list.currentIndex().data()
    bar.buttons["forget"].click()
    settled(app, qtbot, lambda: "⼤" not in text(app))
    assert not app.workspace.repairs.remembered()


def test_filters_narrow_the_list_and_what_keys_walk_through(app: App, qtbot: QtBot) -> None:
    choose(app, RepairRow, "⼤")
    press(app, Key.Key_R)
    settled(app, qtbot, lambda: "⼤" in text(app))
    panel = app.parts.repairs
    panel.filters.choose("kind", "rejected")
    assert [row.before for row in rows(app)] == ["⼤"]
    assert len(panel.places()) == 3
    panel.filters.choose("kind", "edited")
    assert rows(app) == []
    panel.filters.choose("kind", None)
    panel.filters.choose("sure", 0.8)
    assert rows(app) == []


def test_a_decision_on_a_repair_that_is_gone_says_so(app: App, qtbot: QtBot) -> None:
    document = app.reading.document
    assert document is not None
    choose(app, RepairRow, "⼤")
    asked = app.parts.repairs.bar.scope
    assert asked is not None
    app.workspace.documents.change_encoding(document.id, "latin-1").result()
    app.parts.repairs.bar.buttons["reject"].click()
    qtbot.waitUntil(lambda: not app.parts.messages.isHidden(), timeout=WAIT)
    settled(app, qtbot, lambda: not app.parts.centre.hairline.isVisible())


def test_annotations_say_that_they_need_review_and_are_confirmed(app: App, qtbot: QtBot) -> None:
    document = app.reading.document
    assert document is not None
    at = text(app).index("大会")
    app.workspace.annotating.add(document.id, Span(at, at + 2), note="会").result()
    settled(app, qtbot, lambda: bool(app.reading.document and app.reading.document.rows))
    choose(app, RepairRow, "⼤")
    press(app, Key.Key_R)
    settled(app, qtbot, lambda: "⼤" in text(app))
    app.parts.show_panel("annotations")
    panel = app.parts.annotations
    assert not panel.places.isHidden()
    panel.places.setCurrentIndex(panel.places.findData("review"))
    panel.places.changed.emit()
    assert len(panel.rows.model.rows) == 1
    panel.bar.buttons["settle"].click()
    settled(
        app, qtbot, lambda: bool(app.reading.document and app.reading.document.rows[0].is_settled)
    )
    (item,) = app.workspace.annotating.of(document.id)
    assert item.anchor.quote == "⼤会"
    assert panel.places.isHidden()


def test_an_annotation_is_put_on_the_selected_words(app: App, qtbot: QtBot) -> None:
    document = app.reading.document
    assert document is not None
    at = text(app).index("大会")
    app.workspace.annotating.add(document.id, Span(at, at + 2), note="会").result()
    settled(app, qtbot, lambda: bool(app.reading.document and app.reading.document.rows))
    app.parts.reader.set_selection(Span(0, 3))
    (item,) = app.workspace.annotating.of(document.id)
    app.parts.annotations.anchoring_asked.emit(item.id)
    settled(
        app,
        qtbot,
        lambda: app.workspace.annotating.of(document.id)[0].anchor.quote == "天津市",
    )
