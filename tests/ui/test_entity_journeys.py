"""Whole journeys with entities: corrected, followed across documents, turned into tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meipi.core.changes import Changes
from meipi.core.entity import EntityName, EntityType
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.core.entity import Mention
    from meipi.ui.app import App

Key, Modifier = Qt.Key, Qt.KeyboardModifier
WAIT = 60_000
DISTRICT = EntityName(EntityType.LOC, "宝坻区")
OTHER = """宝坻区召开会议
宝坻区召开会议,陶建出席。天津市与宝坻区签约。
"""


def mentions(app: App) -> tuple[Mention, ...]:
    document = app.reading.document
    return (document.mentions or ()) if document is not None else ()


def named(app: App, text: str) -> list[Mention]:
    return [mention for mention in mentions(app) if mention.text == text]


def tags(app: App) -> tuple[object, ...]:
    return app.reading.document.tags if app.reading.document is not None else ()


def open_card(app: App, span: Span) -> None:
    """Put the caret on a mention and open its card by keyboard."""
    app.parts.reader.setFocus()
    app.parts.reader.scroll_to(span.start, select=Span(span.start, span.start))
    app.cards.dismiss()
    QTest.keyClick(app.parts.reader, Key.Key_Return)
    assert app.parts.target_card.isVisible()


def choose(app: App, qtbot: QtBot, typed: str) -> None:
    qtbot.waitUntil(lambda: app.chooser.is_open, timeout=WAIT)
    app.parts.chooser.field.setText(typed)
    QTest.keyClick(app.parts.chooser.field, Key.Key_Return)


def add_other(app: App, qtbot: QtBot, folder: Path) -> None:
    """Add a second document and wait until it is shown."""
    first = app.reading.wanted
    path = folder / "other.txt"
    path.write_text(OTHER, encoding="utf-8")
    app.library.add([path])
    qtbot.waitUntil(lambda: app.reading.wanted not in {"", first}, timeout=WAIT)


def test_a_reader_corrects_a_mention_by_single_keys_and_takes_it_back(
    opened: App, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    reader = opened.parts.reader
    (person,) = named(opened, "陶建")
    top = reader.top_offset()
    # Another type, by one key; the card stays on the words.
    open_card(opened, person.span)
    QTest.keyClicks(reader, "o")
    qtbot.waitUntil(lambda: named(opened, "陶建")[0].type is EntityType.ORG, timeout=WAIT)
    assert opened.parts.target_card.isVisible()
    assert opened.parts.target_card.saying.kind.text() == "机构"
    # The end moves by character, twice in a row.
    shift_alt = Modifier.AltModifier | Modifier.ShiftModifier
    QTest.keyClick(reader, Key.Key_BracketRight, shift_alt)
    QTest.keyClick(reader, Key.Key_BracketRight, shift_alt)
    qtbot.waitUntil(lambda: bool(named(opened, "陶建)8")), timeout=WAIT)
    assert named(opened, "陶建)8")[0].type is EntityType.ORG
    # It is no name here after all.
    QTest.keyClicks(reader, "x")
    qtbot.waitUntil(
        lambda: not any(m.span.overlaps(person.span) for m in mentions(opened)), timeout=WAIT
    )
    assert reader.top_offset() == top
    # Undo brings all of it back, one act after another.
    for _ in range(4):
        settle(opened)
        QTest.keyClick(opened.window, Key.Key_Z, Modifier.ControlModifier)
        settle(opened)
    qtbot.waitUntil(lambda: named(opened, "陶建") == [person], timeout=WAIT)


def test_an_entity_is_followed_across_documents_merged_and_tagged(
    opened: App, qtbot: QtBot, settle: Callable[[App], None], tmp_path: Path
) -> None:
    first = opened.reading.wanted
    add_other(opened, qtbot, tmp_path)
    settle(opened)
    # From a mention to the page of the entity with one key.
    open_card(opened, named(opened, "宝坻区")[1].span)
    QTest.keyClick(opened.window, Key.Key_Return, Modifier.AltModifier)
    page = opened.parts.entity_page
    qtbot.waitUntil(page.isVisible, timeout=WAIT)
    assert page.entity == DISTRICT
    documents = {row.document for row in page.lines_model.rows}  # type: ignore[attr-defined]
    assert documents == {first, opened.reading.wanted}
    # A line leads to its place in the other document, Alt+Left back to the page and the text.
    at = next(i for i, row in enumerate(page.lines_model.rows) if row.document == first)  # type: ignore[attr-defined]
    page.lines.setCurrentIndex(page.lines_model.index(at))
    QTest.keyClick(page.lines, Key.Key_Return)
    qtbot.waitUntil(lambda: opened.reading.wanted == first, timeout=WAIT)
    settle(opened)
    assert opened.parts.reader.isVisible()
    QTest.keyClick(opened.window, Key.Key_Left, Modifier.AltModifier)
    qtbot.waitUntil(page.isVisible, timeout=WAIT)
    # Merged from its page into an entity named by typing: everywhere at once.
    opened.commands.run("entity_rename")
    choose(opened, qtbot, "天津宝坻")
    renamed = EntityName(EntityType.LOC, "天津宝坻")
    qtbot.waitUntil(lambda: page.entity == renamed, timeout=WAIT)
    assert len(opened.workspace.entities.counts(renamed)) == 2
    # All mentions of it become tags, in one act, after their number was shown.
    opened.bridge.write(opened.workspace.codebook.add("地名"))
    qtbot.waitUntil(lambda: bool(tags(opened)), timeout=WAIT)
    opened.commands.run("entity_tag")
    choose(opened, qtbot, "dm")
    qtbot.waitUntil(lambda: opened.parts.chooser.model.rowCount() == 2, timeout=WAIT)
    labels = [row.label for row in opened.parts.chooser.model.rows]  # type: ignore[attr-defined]
    total = sum(opened.workspace.entities.counts(renamed).values())
    assert labels[1] == f"全部文档 {total} 处（2 篇）"
    opened.parts.chooser.step(1)
    opened.parts.chooser.pick_current()
    qtbot.waitUntil(lambda: len(opened.workspace.annotating.all()) == total, timeout=WAIT)
    opened.workspace.history.undo().result()
    assert opened.workspace.annotating.all() == []


def test_suggestions_are_judged_one_after_another_with_one_key_each(
    opened: App, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    places = [m for m in mentions(opened) if m.type is EntityType.LOC]
    opened.commands.run("suggest")
    qtbot.waitUntil(lambda: opened.dialogs.current is not None, timeout=WAIT)
    dialog = opened.dialogs.current
    assert dialog is not None
    for key in dialog.types.chosen():  # type: ignore[attr-defined]  # the dialog of suggestions
        dialog.types.chip(key).click()  # type: ignore[attr-defined]
    dialog.types.chip("LOC").click()  # type: ignore[attr-defined]
    dialog.name.setText("地名")  # type: ignore[attr-defined]
    dialog.apply_button.click()  # type: ignore[attr-defined]
    bar = opened.parts.judge_bar
    qtbot.waitUntil(bar.isVisible, timeout=WAIT)
    qtbot.waitUntil(lambda: opened.window.focusWidget() is bar, timeout=WAIT)
    assert bar.place.text() == f"1 / {len(places)}"
    QTest.keyClick(bar, Key.Key_Return)
    qtbot.waitUntil(lambda: bar.place.text() == f"1 / {len(places) - 1}", timeout=WAIT)
    QTest.keyClick(bar, Key.Key_Delete)
    qtbot.waitUntil(lambda: bar.place.text() == f"1 / {len(places) - 2}", timeout=WAIT)
    bar.buttons["accept_all"].click()
    qtbot.waitUntil(bar.isHidden, timeout=WAIT)
    settle(opened)
    assert len(opened.workspace.annotating.all()) == len(places) - 1
    # What was rejected is not suggested again.
    tag = opened.workspace.codebook.tags()[0].id
    document = opened.reading.wanted
    opened.workspace.suggesting.suggest(document, {EntityType.LOC}, tag).result()
    assert opened.workspace.suggesting.of(document) == []


def test_words_the_model_missed_are_marked_here_and_then_everywhere(
    opened: App, qtbot: QtBot
) -> None:
    document = opened.reading.document
    assert document is not None
    at = document.text.index("产业体系")
    opened.parts.reader.setFocus()
    opened.parts.reader.set_selection(Span(at, at + 4))
    opened.commands.run("entity_add")
    choose(opened, qtbot, "W")
    qtbot.waitUntil(lambda: bool(named(opened, "产业体系")), timeout=WAIT)
    assert named(opened, "产业体系")[0].type is EntityType.WORK
    opened.parts.reader.set_selection(Span(at, at))
    opened.commands.run("entity_never")
    qtbot.waitUntil(lambda: opened.parts.foot.act.text() != "", timeout=WAIT)
    # What was put at the place stands: a place wins over a name.
    assert named(opened, "产业体系")


def test_what_cannot_be_done_is_said_at_the_foot_or_over_the_page(
    opened: App, qtbot: QtBot
) -> None:
    opened.parts.reader.setFocus()
    opened.parts.reader.set_selection(Span(0, 0))
    opened.commands.run("entity_add")
    assert opened.parts.foot.act.text() == "请先选中文字。"
    (person,) = named(opened, "陶建")
    open_card(opened, person.span)
    QTest.keyClicks(opened.parts.reader, "s")
    qtbot.waitUntil(opened.parts.messages.isVisible, timeout=WAIT)


def test_a_hairline_shows_that_a_correction_is_still_reaching_documents(
    opened: App, qtbot: QtBot
) -> None:
    hairline = opened.parts.centre.hairline
    opened.bridge.changed.emit(Changes(entities=frozenset(["a", "b", "c"])))
    assert hairline.isVisible()
    qtbot.waitUntil(hairline.isHidden, timeout=WAIT)
    assert opened.workspace.entities.uncounted() == 0


def test_tags_are_suggested_in_all_documents_at_once(
    opened: App, qtbot: QtBot, settle: Callable[[App], None], tmp_path: Path
) -> None:
    first = opened.reading.wanted
    add_other(opened, qtbot, tmp_path)
    settle(opened)
    second = opened.reading.wanted
    qtbot.waitUntil(lambda: not opened.workspace.entities.uncounted(), timeout=WAIT)
    opened.commands.run("suggest")
    qtbot.waitUntil(lambda: opened.dialogs.current is not None, timeout=WAIT)
    dialog = opened.dialogs.current
    dialog.types.choose(["LOC"])  # type: ignore[union-attr]  # the dialog of suggestions
    here = dialog.apply_button.text()  # type: ignore[union-attr]
    dialog.where.setCurrentIndex(1)  # type: ignore[union-attr]
    assert dialog.apply_button.text() != here  # type: ignore[union-attr]
    dialog.name.setText("地名")  # type: ignore[union-attr]
    dialog.apply_button.click()  # type: ignore[union-attr]
    qtbot.waitUntil(opened.parts.judge_bar.isVisible, timeout=WAIT)
    suggesting = opened.workspace.suggesting
    assert suggesting.of(first)
    assert suggesting.of(second)
    settle(opened)
    assert "2 篇文档" in opened.parts.foot.act.text()
    opened.commands.run("undo")
    qtbot.waitUntil(lambda: not suggesting.of(first) and not suggesting.of(second), timeout=WAIT)


def test_what_was_said_of_names_everywhere_is_seen_and_revoked_in_one_place(
    opened: App, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    correcting = opened.workspace.correcting
    correcting.never("宝坻区").result()
    correcting.always("产业体系", EntityType.ORG).result()
    correcting.rename(
        EntityName(EntityType.PER, "陶建"), EntityName(EntityType.PER, "陶记者")
    ).result()
    qtbot.waitUntil(lambda: not named(opened, "宝坻区"), timeout=WAIT)
    opened.commands.run("entity_rules")
    dialog = opened.dialogs.current
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.shown()) == 3, timeout=WAIT)  # type: ignore[attr-defined]
    assert dialog.shown()[1:] == [  # type: ignore[attr-defined]
        "“产业体系”处处都是机构",
        "“宝坻区”处处都不是名称",
    ]
    assert "陶记者" in dialog.shown()[0]  # type: ignore[attr-defined]
    dialog.filter.setText("宝坻")  # type: ignore[attr-defined]
    assert len(dialog.shown()) == 1  # type: ignore[attr-defined]
    assert not dialog.revoke_button.isEnabled()  # type: ignore[attr-defined]
    dialog.list.selectAll()  # type: ignore[attr-defined]
    dialog.revoke_button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(named(opened, "宝坻区")), timeout=WAIT)
    assert named(opened, "产业体系")
    assert len(correcting.rules()) == 2
    settle(opened)
    opened.commands.run("undo")
    qtbot.waitUntil(lambda: not named(opened, "宝坻区"), timeout=WAIT)
