"""Coding by keyboard in the real window: pieces, links, states, memos, equal passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meipi.core.fold import fold
from meipi.core.spans import Span
from meipi.ui.dialogs.equal import EqualDialog
from meipi.ui.dialogs.memos import MemosDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App
    from meipi.ui.presenters.annotations import AnnotationRow

Key, Modifier = Qt.Key, Qt.KeyboardModifier
WAIT = 60_000


def put_caret(app: App, words: str, *, select: bool = True) -> Span:
    """Select ``words`` as with the mouse, without the picker coming up for them."""
    at = fold(app.reading.document.text).index(fold(words))
    span = Span(at, at + len(words)) if select else Span(at + 1, at + 1)
    app.parts.reader.setFocus()
    app.parts.reader.set_selection(span)
    return span


def row_on(app: App, words: str) -> AnnotationRow:
    return next(row for row in app.reading.document.rows if row.quote == words)


def press(app: App, key: str) -> None:
    QTest.keyClicks(app.parts.reader, key)


@pytest.fixture
def coded(opened: App, qtbot: QtBot) -> App:
    """A window with a tag and two annotations, the caret in none of them."""
    app = opened
    for name in ("产业", "地点"):
        app.bridge.write(app.workspace.codebook.add(name))
    qtbot.waitUntil(lambda: len(app.reading.document.tags) == 2, timeout=WAIT)
    for words in ("宝坻区坚持", "计划总投资"):
        put_caret(app, words)
        press(app, "1")
    qtbot.waitUntil(lambda: len(app.reading.document.rows) == 2, timeout=WAIT)
    return app


def test_the_last_tag_is_repeated_with_one_key(coded: App, qtbot: QtBot) -> None:
    put_caret(coded, "签约落地")
    press(coded, ".")
    qtbot.waitUntil(lambda: len(coded.reading.document.rows) == 3, timeout=WAIT)
    assert row_on(coded, "签约落地").tag == "产业"


def test_without_any_tag_used_repeating_says_so(opened: App, qtbot: QtBot) -> None:
    put_caret(opened, "签约落地")
    press(opened, ".")
    qtbot.waitUntil(lambda: "标签" in opened.parts.foot.act.text(), timeout=WAIT)
    assert opened.reading.document.rows == ()


def test_a_further_passage_joins_the_last_annotation_and_leaves_it_again(
    coded: App, qtbot: QtBot
) -> None:
    put_caret(coded, "62.8%")
    press(coded, "+")
    qtbot.waitUntil(lambda: bool(row_on(coded, "计划总投资").spans), timeout=WAIT)
    row = row_on(coded, "计划总投资")
    assert row.quotes == ("计划总投资", "62.8%")
    marks = coded.parts.reader.reading.layers.annotations.marks
    assert [mark.part for mark in marks if mark.id == row.id] == [0, 1]
    assert [card.mark.id for card in coded.parts.reader.margin.cards].count(row.id) == 1
    put_caret(coded, "62.8%", select=False)
    assert coded.parts.reader.margin.focus == row.id
    press(coded, "-")
    qtbot.waitUntil(lambda: not row_on(coded, "计划总投资").spans, timeout=WAIT)


def test_hovering_one_piece_lights_them_all(coded: App, qtbot: QtBot) -> None:
    from meipi.ui.reader.hover import HoverTarget

    row, reader = row_on(coded, "计划总投资"), coded.parts.reader
    target = HoverTarget("annotation", 0, row.id, row.span, reader.rect_of(row.span))
    reader.hovered.emit(target)
    assert reader.lit == row.id
    reader.hovered.emit(None)
    assert reader.lit == ""


def test_a_link_is_drawn_labelled_and_walked_by_keyboard(coded: App, qtbot: QtBot) -> None:
    source, target = row_on(coded, "宝坻区坚持"), row_on(coded, "计划总投资")
    put_caret(coded, "宝坻区坚持", select=False)
    press(coded, "l")
    assert coded.tagging.linking.is_on
    QTest.keyClick(coded.window, Key.Key_F5)
    QTest.keyClick(coded.parts.reader, Key.Key_Return)
    qtbot.waitUntil(lambda: coded.chooser.is_open, timeout=WAIT)
    coded.parts.chooser.field.setText("导致")
    QTest.keyClick(coded.parts.chooser.field, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(row_on(coded, "宝坻区坚持").links), timeout=WAIT)
    (link,) = row_on(coded, "宝坻区坚持").links
    assert (link.label, link.outgoing, link.other) == ("导致", True, target.id)
    (back,) = row_on(coded, "计划总投资").links
    assert (back.outgoing, back.other) == (False, source.id)
    card = next(c for c in coded.parts.reader.margin.cards if c.mark.id == source.id)
    assert card.mark.beside == ("→ 导致 “计划总投资”",)
    put_caret(coded, "宝坻区坚持", select=False)
    press(coded, "j")
    assert coded.parts.reader.selection().start == target.span.start
    assert coded.cards.annotations.annotation == target.id


def test_esc_leaves_the_drawing_of_a_link(coded: App) -> None:
    put_caret(coded, "宝坻区坚持", select=False)
    press(coded, "l")
    QTest.keyClick(coded.parts.reader, Key.Key_Escape)
    assert not coded.tagging.linking.is_on
    assert coded.workspace.linking.all() == []


def test_an_annotation_cannot_be_linked_to_itself(coded: App) -> None:
    put_caret(coded, "宝坻区坚持", select=False)
    press(coded, "l")
    QTest.keyClick(coded.parts.reader, Key.Key_Return)
    assert coded.tagging.linking.is_on
    assert coded.parts.foot.act.text() == "请选另一条批注"


def test_one_key_marks_an_annotation_to_be_reviewed_and_the_list_filters_by_it(
    coded: App, qtbot: QtBot
) -> None:
    put_caret(coded, "宝坻区坚持", select=False)
    press(coded, "r")
    qtbot.waitUntil(lambda: row_on(coded, "宝坻区坚持").status == "review", timeout=WAIT)
    panel = coded.parts.annotations
    panel.places.setCurrentIndex(panel.places.findData("status"))
    panel.places.changed.emit()
    qtbot.waitUntil(lambda: len(panel.rows.model.rows) == 1, timeout=WAIT)
    put_caret(coded, "宝坻区坚持", select=False)
    press(coded, "r")
    qtbot.waitUntil(lambda: row_on(coded, "宝坻区坚持").status == "", timeout=WAIT)


def test_an_end_moves_by_words_key_after_key_and_is_painted_at_once(
    coded: App, qtbot: QtBot
) -> None:
    put_caret(coded, "计划总投资", select=False)
    before = row_on(coded, "计划总投资")
    for _ in range(3):
        QTest.keyClick(coded.parts.reader, Key.Key_BracketRight, Modifier.AltModifier)
    QTest.keyClick(
        coded.parts.reader, Key.Key_BraceRight, Modifier.AltModifier | Modifier.ShiftModifier
    )
    row = coded.marking.row(before.id)
    assert (row.span.start, row.span.end) == (before.span.start + 3, before.span.end + 1)
    marks = coded.parts.reader.reading.layers.annotations.marks
    assert row.span in [mark.span for mark in marks]
    qtbot.waitUntil(lambda: not coded.workspace.pending, timeout=WAIT)
    written = coded.workspace.annotating.get(before.id)
    assert written.span == row.span
    QTest.keyClick(coded.parts.reader, Key.Key_BracketLeft, Modifier.ControlModifier)
    qtbot.waitUntil(
        lambda: coded.workspace.annotating.get(before.id).span.start < row.span.start, timeout=WAIT
    )


def test_equal_passages_are_previewed_unticked_and_tagged_in_one_act(
    coded: App, qtbot: QtBot
) -> None:
    put_caret(coded, "宝坻")
    coded.commands.run("tag_equal")
    qtbot.waitUntil(lambda: isinstance(coded.dialogs.current, EqualDialog), timeout=WAIT)
    dialog = coded.dialogs.current
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3, timeout=WAIT)
    index = dialog.model.index(0)
    dialog.model.setData(index, Qt.CheckState.Unchecked, int(Qt.ItemDataRole.CheckStateRole))
    assert len(dialog.model.ticked()) == 2
    dialog.apply_button.click()
    qtbot.waitUntil(lambda: len(coded.reading.document.rows) == 4, timeout=WAIT)
    assert coded.workspace.history.undo_label() == "给“宝坻”等 2 处标上“产业”"
    coded.commands.run("undo")
    qtbot.waitUntil(lambda: len(coded.reading.document.rows) == 2, timeout=WAIT)


def test_a_bad_expression_is_explained_and_nothing_is_offered(coded: App, qtbot: QtBot) -> None:
    coded.commands.run("tag_equal")
    qtbot.waitUntil(lambda: isinstance(coded.dialogs.current, EqualDialog), timeout=WAIT)
    dialog = coded.dialogs.current
    dialog.way.setCurrentIndex(2)
    dialog.field.setText("(宝坻")
    qtbot.waitUntil(lambda: bool(dialog.error.text()), timeout=WAIT)
    assert not dialog.apply_button.isEnabled()
    dialog.reject()


def test_what_was_found_is_tagged(coded: App, qtbot: QtBot) -> None:
    coded.commands.run("find")
    coded.parts.find_bar.field.setText("宝坻区")
    qtbot.waitUntil(lambda: bool(coded.finding.finds.places), timeout=WAIT)
    coded.commands.run("tag_finds")
    qtbot.waitUntil(lambda: isinstance(coded.dialogs.current, EqualDialog), timeout=WAIT)
    dialog = coded.dialogs.current
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2, timeout=WAIT)
    dialog.apply_button.click()
    qtbot.waitUntil(lambda: len(coded.reading.document.rows) == 4, timeout=WAIT)


def test_a_memo_is_written_on_the_document_and_kept_when_one_leaves(
    coded: App, qtbot: QtBot
) -> None:
    coded.commands.run("memo_new")
    qtbot.waitUntil(lambda: coded.chooser.is_open, timeout=WAIT)
    QTest.keyClick(coded.parts.chooser.field, Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(coded.dialogs.current, MemosDialog), timeout=WAIT)
    dialog = coded.dialogs.current
    dialog.title.setText("疑点")
    dialog.editor.setPlainText("**记者**署名")
    dialog.reject()
    qtbot.waitUntil(lambda: bool(coded.workspace.memos.all()), timeout=WAIT)
    (memo,) = coded.workspace.memos.all()
    assert (memo.title, memo.text, memo.subject) == (
        "疑点",
        "**记者**署名",
        coded.reading.document.id,
    )


def test_memos_are_listed_filtered_and_read(coded: App, qtbot: QtBot) -> None:
    from meipi.core.memo import MemoKind

    for title in ("编码原则", "待查"):
        coded.bridge.write(
            coded.workspace.memos.add(MemoKind.LIBRARY, "", title=title, text="- 一\n- 二")
        )
    qtbot.waitUntil(lambda: len(coded.workspace.memos.all()) == 2, timeout=WAIT)
    coded.commands.run("memos")
    qtbot.waitUntil(lambda: isinstance(coded.dialogs.current, MemosDialog), timeout=WAIT)
    dialog = coded.dialogs.current
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2, timeout=WAIT)
    dialog.filter.setText("bmyz")
    assert [row.title for row in dialog.model.rows] == ["编码原则"]
    assert "一" in dialog.preview.toPlainText()
    dialog.reject()


def test_all_listed_annotations_are_changed_in_one_act(coded: App, qtbot: QtBot) -> None:
    coded.commands.run("annotations_bulk")
    QTest.keyClick(coded.parts.chooser.field, Key.Key_Down)
    QTest.keyClick(coded.parts.chooser.field, Key.Key_Down)
    QTest.keyClick(coded.parts.chooser.field, Key.Key_Return)
    coded.parts.chooser.field.setText("核")
    QTest.keyClick(coded.parts.chooser.field, Key.Key_Return)
    qtbot.waitUntil(
        lambda: {row.note for row in coded.reading.document.rows} == {"核"}, timeout=WAIT
    )
    assert coded.workspace.history.undo_label() == "给 2 条批注加写批语"


def test_a_note_in_markdown_is_rendered_and_loads_nothing(coded: App, qtbot: QtBot) -> None:
    row = row_on(coded, "宝坻区坚持")
    note = "**粗** ![图](file:///etc/hostname) <img src='http://127.0.0.1:9/x.png'>"
    coded.bridge.write(coded.workspace.annotating.set_note(row.id, note))
    qtbot.waitUntil(lambda: row_on(coded, "宝坻区坚持").note == note, timeout=WAIT)
    coded.tagging.go_to(row_on(coded, "宝坻区坚持"))
    shown = coded.parts.annotation_card.note.toPlainText()
    assert shown.startswith("粗 图")
    assert "\ufffc" not in shown
    coded.parts.reader.viewport().grab()
