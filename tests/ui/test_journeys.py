"""Whole-window journeys: what a reader does from one end to the other, on the real pipeline."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from meipi.core.fold import fold
from meipi.core.script import Script
from meipi.core.spans import Span
from meipi.services.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

Key = Qt.Key
Modifier = Qt.KeyboardModifier
WAIT = 60_000


def same_colons(text: str) -> str:
    return text.replace("：", ":")


def select(app: App, words: str) -> Span:
    """Select ``words`` by keyboard: the caret before them, then Shift and arrows."""
    document = app.reading.document
    assert document is not None
    at = fold(document.text).index(fold(words))
    reader = app.parts.reader
    reader.scroll_to(at, select=Span(at, at))
    reader.setFocus()
    for _ in words:
        QTest.keyClick(reader, Key.Key_Right, Modifier.ShiftModifier)
    return Span(at, at + len(words))


def add_tag(app: App, qtbot: QtBot, name: str) -> None:
    app.bridge.write(app.workspace.codebook.add(name))
    qtbot.waitUntil(lambda: any(tag.name == name for tag in open_tags(app)), timeout=WAIT)


def open_tags(app: App) -> tuple[object, ...]:
    return app.reading.document.tags if app.reading.document else ()


def rows(app: App) -> list[tuple[str, str, str]]:
    document = app.reading.document
    assert document is not None
    return [(row.span.slice(document.text), row.tag, row.note) for row in document.rows]


def close(app: App) -> None:
    app.window.close()


def test_a_damaged_document_is_read_tagged_kept_and_handed_on(
    start: Callable[..., App],
    settle: Callable[[App], None],
    qtbot: QtBot,
    seeds: dict[str, Path],
    cases: Path,
    tmp_path: Path,
) -> None:
    # Open: the repaired text is what a person would read.
    app = start(seeds["001"])
    settle(app)
    document = app.reading.document
    assert document is not None
    expected = (cases / "001_reading.txt").read_text(encoding="utf-8")
    assert same_colons(document.text) == same_colons(expected)
    # Tag a passage across a repaired place by keyboard.
    add_tag(app, qtbot, "招商方式")
    words = next(edit for edit in document.reading.repaired.edits if len(edit.after) > 1)
    passage = document.text[words.start - 2 : words.end + 2]
    span = select(app, passage)
    qtbot.waitUntil(lambda: app.picker.is_open, timeout=WAIT)
    QTest.keyClick(app.parts.reader, Key.Key_1)
    qtbot.waitUntil(lambda: len(rows(app)) == 1, timeout=WAIT)
    assert rows(app) == [(passage, "招商方式", "")]
    # Switch the script: the annotation stays where it is.
    QTest.keyClick(app.window, Key.Key_2, Modifier.ControlModifier)
    assert app.appearance.script is Script.SIMPLIFIED
    assert rows(app) == [(passage, "招商方式", "")]
    settle(app)
    close(app)
    # Reopen: document, script and annotation are as they were left.
    app = start()
    settle(app)
    assert app.appearance.script is Script.SIMPLIFIED
    assert rows(app) == [(passage, "招商方式", "")]
    assert app.reading.document is not None
    assert app.reading.document.rows[0].span == span
    # Undo, although the window was closed in between; and redo.
    app.parts.reader.setFocus()
    QTest.keyClick(app.window, Key.Key_Z, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: rows(app) == [], timeout=WAIT)
    QTest.keyClick(app.window, Key.Key_Y, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: len(rows(app)) == 1, timeout=WAIT)
    # Export, import into an empty library: equal sets.
    path = tmp_path / "set.jsonl"
    app.workspace.exchange.export(path, format="jsonl").result()
    first = app.workspace.exchange.annotated_set()
    other = start(library="other")
    qtbot.waitUntil(lambda: bool(other.parts.empty.samples()), timeout=WAIT)
    other.commands.run("import")
    dialog = other.dialogs.current
    assert dialog is not None
    dialog.take_path(str(path))  # type: ignore[attr-defined]  # the import dialog
    qtbot.waitUntil(dialog.apply_button.isEnabled, timeout=WAIT)  # type: ignore[attr-defined]
    dialog.apply_button.click()  # type: ignore[attr-defined]  # as above
    qtbot.waitUntil(lambda: len(other.library.cards) == 1, timeout=WAIT)
    assert other.workspace.exchange.annotated_set() == first


def test_a_passage_is_tagged_with_a_new_tag_typed_under_it(
    opened: App, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    select(opened, "央企三级公司")
    qtbot.waitUntil(lambda: opened.picker.is_open, timeout=WAIT)
    QTest.keyClicks(opened.parts.reader, "zs")
    assert opened.parts.reader.hasFocus()
    assert opened.picker.typed == "zs"
    QTest.keyClick(opened.parts.reader, Key.Key_Return)
    qtbot.waitUntil(lambda: rows(opened) == [("央企三级公司", "zs", "")], timeout=WAIT)
    settle(opened)
    assert "zs" in opened.parts.foot.act.text()


def test_a_note_is_written_changed_and_deleted_by_keyboard(opened: App, qtbot: QtBot) -> None:
    reader, editor = opened.parts.reader, opened.parts.note_editor
    select(opened, "62.8%")
    qtbot.waitUntil(lambda: opened.picker.is_open, timeout=WAIT)
    QTest.keyClick(reader, Key.Key_N)
    assert editor.field.hasFocus()
    QTest.keyClicks(editor.field, "check")
    QTest.keyClick(editor.field, Key.Key_Return, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: rows(opened) == [("62.8%", "", "check")], timeout=WAIT)
    assert reader.hasFocus()
    QTest.keyClick(reader, Key.Key_N)
    QTest.keyClicks(editor.field, "ed")
    QTest.keyClick(editor.field, Key.Key_Return, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: rows(opened) == [("62.8%", "", "checked")], timeout=WAIT)
    QTest.keyClick(reader, Key.Key_Delete)
    qtbot.waitUntil(lambda: rows(opened) == [], timeout=WAIT)
    opened.parts.foot.undo.click()
    qtbot.waitUntil(lambda: len(rows(opened)) == 1, timeout=WAIT)


def test_ends_move_and_tags_change_on_the_annotation_at_the_caret(
    opened: App, qtbot: QtBot
) -> None:
    add_tag(opened, qtbot, "产业")
    add_tag(opened, qtbot, "投资")
    reader = opened.parts.reader
    select(opened, "产业体系")
    QTest.keyClick(reader, Key.Key_1)
    qtbot.waitUntil(lambda: rows(opened) == [("产业体系", "产业", "")], timeout=WAIT)
    QTest.keyClick(reader, Key.Key_2)
    qtbot.waitUntil(lambda: rows(opened) == [("产业体系", "投资", "")], timeout=WAIT)
    QTest.keyClick(reader, Key.Key_BracketLeft, Modifier.AltModifier)
    qtbot.waitUntil(lambda: rows(opened)[0][0] == "把产业体系", timeout=WAIT)
    alt_shift = Modifier.AltModifier | Modifier.ShiftModifier
    QTest.keyClick(reader, Key.Key_BraceLeft, alt_shift)
    qtbot.waitUntil(lambda: rows(opened)[0][0] == "把产业体", timeout=WAIT)


def test_two_tags_lie_on_overlapping_words(opened: App, qtbot: QtBot) -> None:
    add_tag(opened, qtbot, "产业")
    for words in ("坚持把产业体系", "产业体系纳入"):
        select(opened, words)
        count = len(rows(opened))
        QTest.keyClick(opened.parts.reader, Key.Key_1)
        qtbot.waitUntil(lambda count=count: len(rows(opened)) == count + 1, timeout=WAIT)
    assert [row[0] for row in rows(opened)] == ["坚持把产业体系", "产业体系纳入"]


def test_a_note_being_written_is_kept_when_the_window_closes(
    start: Callable[..., App], article: Path, settle: Callable[[App], None]
) -> None:
    app = start(article)
    settle(app)
    select(app, "新签约")
    app.tagging.write_note()
    app.parts.note_editor.field.setPlainText("写到一半")
    close(app)
    app = start()
    settle(app)
    assert rows(app) == [("新签约", "", "写到一半")]


def test_find_by_pinyin_by_expression_and_whole_words(opened: App, qtbot: QtBot) -> None:
    bar = opened.parts.find_bar
    opened.commands.run("find_pinyin")
    bar.field.setText("baodiqu")
    qtbot.waitUntil(lambda: bool(opened.finding.finds.places), timeout=WAIT)
    by_pinyin = opened.finding.finds.places
    opened.commands.run("find_regex")  # takes the place of pinyin
    assert bar.chosen() == ["regex"]
    bar.field.setText("[寶宝]坻區")
    qtbot.waitUntil(lambda: opened.finding.finds.places == by_pinyin, timeout=WAIT)
    bar.field.setText("(")
    qtbot.waitUntil(lambda: "表达式" in bar.count.text(), timeout=WAIT)
    opened.commands.run("find_words")
    bar.field.setText("设银")
    qtbot.waitUntil(lambda: bar.count.text() == "没有找到", timeout=WAIT)
    assert opened.settings.get("find_ways") == ["regex", "words"]


def test_find_counts_goes_round_and_closes(opened: App, qtbot: QtBot) -> None:
    opened.commands.run("find")
    opened.parts.find_bar.field.setText("寶坻")
    qtbot.waitUntil(lambda: bool(opened.finding.finds.places), timeout=WAIT)
    total = len(opened.finding.finds.places)
    assert opened.parts.find_bar.count.text() == f"1/{total}"
    QTest.keyClick(opened.window, Key.Key_F3, Modifier.ShiftModifier)
    assert opened.parts.find_bar.count.text() == f"{total}/{total}"
    QTest.keyClick(opened.parts.find_bar.field, Key.Key_Escape)
    assert opened.parts.find_bar.isHidden()
    assert opened.finding.finds.places == ()
    assert opened.parts.reader.hasFocus()


def test_a_search_over_the_library_goes_to_the_place(opened: App, qtbot: QtBot) -> None:
    QTest.keyClick(opened.window, Key.Key_S, Modifier.ControlModifier | Modifier.ShiftModifier)
    field = opened.parts.toolbar.search
    assert field.hasFocus()
    field.setText("協同發展")
    results = opened.parts.search_results
    qtbot.waitUntil(lambda: results.model.rowCount() == 1, timeout=WAIT)
    QTest.keyClick(field, Key.Key_Return)
    document = opened.reading.document
    assert document is not None
    assert opened.parts.reader.selection().slice(document.text) == "协同发展"
    assert results.isHidden()


def test_a_removed_document_comes_back_with_its_annotations(opened: App, qtbot: QtBot) -> None:
    add_tag(opened, qtbot, "产业")
    select(opened, "产业体系")
    QTest.keyClick(opened.parts.reader, Key.Key_1)
    qtbot.waitUntil(lambda: len(rows(opened)) == 1, timeout=WAIT)
    cards = opened.parts.library.rows.list
    cards.setFocus()
    cards.setCurrentIndex(opened.parts.library.rows.model.index(0))
    QTest.keyClick(cards, Key.Key_Delete)
    qtbot.waitUntil(lambda: opened.library.cards == [], timeout=WAIT)
    qtbot.waitUntil(opened.parts.empty.isVisible, timeout=WAIT)
    opened.commands.run("undo")
    qtbot.waitUntil(lambda: len(opened.library.cards) == 1, timeout=WAIT)
    opened.library.open(opened.library.cards[0].id)
    qtbot.waitUntil(lambda: opened.reading.document is not None, timeout=WAIT)
    assert rows(opened) == [("产业体系", "产业", "")]


def test_a_file_that_cannot_be_read_says_why_and_leaves_all_as_it_was(
    opened: App, qtbot: QtBot, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    opened.library.add([empty])
    qtbot.waitUntil(lambda: "空文件" in opened.parts.messages.text(), timeout=WAIT)
    qtbot.waitUntil(lambda: not opened.parts.centre.hairline.is_running(), timeout=WAIT)
    assert len(opened.library.cards) == 1


def test_another_encoding_is_tried_applied_and_undone(
    start: Callable[..., App], settle: Callable[[App], None], qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "gb.txt"
    path.write_bytes("天津市召开新闻发布会,介绍高质量发展的情况。\n".encode("gb18030") * 3)
    app = start(path)
    settle(app)
    app.commands.run("encoding")
    qtbot.waitUntil(lambda: app.dialogs.current is not None, timeout=WAIT)
    dialog = app.dialogs.current
    # Read as Big5 the text would be repaired; read as UTF-16 it is beyond repair.
    dialog.choose("utf-16-le")  # type: ignore[union-attr]  # the encoding dialog
    qtbot.waitUntil(dialog.apply_button.isEnabled, timeout=WAIT)  # type: ignore[union-attr]
    assert "天津" not in dialog.preview.toPlainText()  # type: ignore[union-attr]
    dialog.apply_button.click()  # type: ignore[union-attr]  # as above

    def text() -> str:
        return app.reading.document.text if app.reading.document else ""

    qtbot.waitUntil(lambda: "天津" not in text(), timeout=WAIT)
    app.commands.run("undo")
    qtbot.waitUntil(lambda: "天津" in text(), timeout=WAIT)


def test_the_window_comes_back_as_it_was_left(
    start: Callable[..., App], article: Path, settle: Callable[[App], None]
) -> None:
    app = start(article)
    settle(app)
    app.commands.run("theme_dark")
    app.commands.run("zoom_in")
    app.commands.run("fold_left")
    app.commands.run("layer_repairs")
    app.commands.run("panel_annotations")
    close(app)
    kept = Settings()
    app = start(theme=kept.get("theme"))
    settle(app)
    assert app.appearance.theme.name == "dark"
    assert app.appearance.size == 21
    assert app.parts.library.isHidden()
    assert not app.appearance.shows("repairs")
    assert app.parts.side.current() == "annotations"


def test_the_language_changes_without_a_restart(opened: App) -> None:
    opened.commands.run("language_en")
    assert opened.parts.toolbar.search.placeholderText() == "Search all documents"
    assert opened.parts.side.tabs.tabText(1) == "Entities"
    assert opened.parts.foot.characters.text().endswith("characters")
    opened.commands.run("language_zh")
    assert opened.parts.side.tabs.tabText(1) == "实体"


def test_reading_mode_leaves_only_the_page(opened: App) -> None:
    QTest.keyClick(opened.window, Key.Key_F11)
    assert opened.parts.library.isHidden()
    assert opened.parts.side.isHidden()
    assert opened.parts.toolbar.isHidden()
    assert opened.parts.reader.isVisible()
    QTest.keyClick(opened.window, Key.Key_F11)
    assert opened.parts.side.isVisible()


def test_a_command_is_found_by_pinyin_and_run(opened: App) -> None:
    QTest.keyClick(opened.window, Key.Key_K, Modifier.ControlModifier)
    field = opened.parts.palette.field
    assert field.hasFocus()
    QTest.keyClicks(field, "ydms")
    QTest.keyClick(field, Key.Key_Return)
    assert opened.window.reading_mode
    assert opened.parts.palette.isHidden()


def test_the_first_file_of_an_empty_library_may_fail(
    start: Callable[..., App], qtbot: QtBot, tmp_path: Path
) -> None:
    app = start()
    qtbot.waitUntil(lambda: bool(app.parts.empty.samples()), timeout=WAIT)
    binary = tmp_path / "picture.txt"
    binary.write_bytes(bytes(range(256)) * 50)
    app.library.add([binary])
    qtbot.waitUntil(lambda: "picture.txt" in app.parts.messages.text(), timeout=WAIT)
    qtbot.waitUntil(app.parts.empty.isVisible, timeout=WAIT)


def test_a_sample_is_put_in_and_opened_from_the_empty_page(
    start: Callable[..., App], settle: Callable[[App], None], qtbot: QtBot
) -> None:
    app = start()
    qtbot.waitUntil(lambda: bool(app.parts.empty.samples()), timeout=WAIT)
    app.parts.empty.samples()[-1].click()
    settle(app)
    assert app.parts.reader.isVisible()
    assert len(app.library.cards) == 1


def test_a_selection_grows_by_clause_and_sentence_and_shrinks_again(opened: App) -> None:
    span = select(opened, "产业")
    reader = opened.parts.reader
    seen = [span]
    for _ in range(3):
        opened.commands.run("grow")
        seen.append(reader.selection())
    assert all(a.start >= b.start and a.end <= b.end and a != b for a, b in pairwise(seen))
    for _ in range(9):
        opened.commands.run("grow")
    assert reader.selection() == Span(0, len(reader.reading.sheet.text.rstrip()))
    for _ in range(9):
        opened.commands.run("shrink")
    assert reader.selection() == span


def test_a_jump_leads_back_and_forward_again_across_documents(
    opened: App, qtbot: QtBot, tmp_path: Path
) -> None:
    def wait_for(document: str) -> None:
        qtbot.waitUntil(
            lambda: opened.reading.document is not None and opened.reading.document.id == document,
            timeout=WAIT,
        )

    first = opened.reading.wanted
    there = select(opened, "签约").end
    other = tmp_path / "other.txt"
    other.write_text("另一篇\n\n没有什么可读的。\n", encoding="utf-8")
    opened.library.add([other])
    qtbot.waitUntil(lambda: opened.reading.wanted not in {first, ""}, timeout=WAIT)
    second = opened.reading.wanted
    wait_for(second)
    opened.commands.run("back")
    wait_for(first)
    assert opened.parts.reader.top_offset() <= there
    opened.commands.run("forward")
    wait_for(second)


def test_words_are_copied_with_their_source_and_place(opened: App) -> None:
    select(opened, "宝坻区")
    opened.commands.run("copy_quoted")
    words, source = QGuiApplication.clipboard().text().split("\n")
    assert words == "宝坻区"
    assert source == "—— 《天津宝坻:聚焦四个“圈”》，人民网，8月17日，第 1 段"
