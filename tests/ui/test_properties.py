"""What is said of documents and annotations: fields, definitions, tags of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meipi.core.attributes import CERTAINTY, Attribute, AttributeValue, Kind, Subject
from meipi.core.spans import Span
from meipi.ui.dialogs.attributes import AttributesDialog
from meipi.ui.dialogs.codebook_choice import TagChoice
from meipi.ui.dialogs.properties import PropertiesDialog
from meipi.ui.presenters.properties import Field, document_fields, summary
from meipi.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App
    from meipi.ui.i18n import Words

WAIT = 60_000


def opened_dialog(app: App, qtbot: QtBot, command: str) -> PropertiesDialog:
    app.commands.run(command)
    dialog = app.dialogs.current
    assert isinstance(dialog, PropertiesDialog)
    qtbot.waitUntil(lambda: bool(dialog.editors), timeout=WAIT)
    return dialog


def write(dialog: PropertiesDialog, key: str, value: str) -> None:
    editor = dialog.editors[key]
    if isinstance(editor, ChoiceBox):
        at = editor.findData(value)
        editor.setCurrentIndex(at)
        editor.activated.emit(at)
    else:
        editor.setText(value)
        editor.editingFinished.emit()


def define(app: App, name: str, kind: Kind, *choices: str) -> str:
    future = app.workspace.attributes.define(name, Subject.DOCUMENT, kind=kind, choices=choices)
    return next(iter(future.result().attributes))


def document(app: App) -> str:
    assert app.reading.document is not None
    return app.reading.document.id


@pytest.fixture
def annotation(opened: App, qtbot: QtBot) -> str:
    changes = opened.workspace.annotating.add(document(opened), Span(0, 3), note="看").result()
    qtbot.waitUntil(lambda: bool(opened.reading.document.rows), timeout=WAIT)  # type: ignore[union-attr]
    return next(iter(changes.annotations))


def test_fields_of_several_documents_say_where_they_differ(
    opened: App, qtbot: QtBot, words: Words, tmp_path: Path, settle: Callable[[App], None]
) -> None:
    del qtbot, tmp_path
    one = opened.workspace.documents.get(document(opened))
    attribute = Attribute("k", Subject.DOCUMENT, "刊期", Kind.CHOICE, ("日报", "周报"))
    values = [AttributeValue("k", one.id, "日报"), AttributeValue("k", "other", "周报")]
    other = type(one)(**{name: getattr(one, name) for name in one.__slots__} | {"id": "other"})
    fields = {f.key: f for f in document_fields([one, other], [attribute], values, words)}
    assert fields["k"].mixed
    assert not fields["title"].mixed
    assert fields["title"].value == one.title
    settle(opened)


def test_a_summary_words_what_is_said() -> None:
    choices = (("low", "存疑"),)
    fields = [
        Field("c", "确定性", Kind.CHOICE, "low", choices),
        Field("n", "备注", Kind.TEXT),
    ]
    assert summary(fields) == "确定性 存疑"


def test_a_date_is_written_over_and_can_be_undone(
    opened: App, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    dialog = opened_dialog(opened, qtbot, "properties")
    write(dialog, "date", "2024年5月6日")
    qtbot.waitUntil(
        lambda: opened.workspace.documents.get(document(opened)).date == "2024-05-06", timeout=WAIT
    )
    assert "日期" in (opened.workspace.history.undo_label() or "")
    opened.dialogs.close()
    settle(opened)


def test_a_value_that_does_not_fit_is_refused_in_words_and_nothing_is_lost(
    opened: App, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    key = define(opened, "发行量", Kind.NUMBER)
    dialog = opened_dialog(opened, qtbot, "properties")
    write(dialog, "date", "去年")
    assert "请填日期" in dialog.error.text()
    write(dialog, key, "很多")
    qtbot.waitUntil(lambda: "请填数字" in dialog.error.text(), timeout=WAIT)
    write(dialog, key, "1,200")
    qtbot.waitUntil(lambda: not dialog.error.text(), timeout=WAIT)
    (value,) = opened.workspace.attributes.values_on(document(opened))
    assert value.value == "1200"
    opened.dialogs.close()
    settle(opened)


def test_choices_are_chosen_and_taken_back(
    opened: App, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    key = define(opened, "刊期", Kind.CHOICE, "日报", "周报")
    dialog = opened_dialog(opened, qtbot, "properties")
    write(dialog, key, "周报")
    attributes = opened.workspace.attributes
    qtbot.waitUntil(lambda: bool(attributes.values_on(document(opened))), timeout=WAIT)
    qtbot.waitUntil(lambda: dialog._fields[key].value == "周报", timeout=WAIT)
    write(dialog, key, "")
    qtbot.waitUntil(lambda: not attributes.values_on(document(opened)), timeout=WAIT)
    opened.dialogs.close()
    settle(opened)


def test_the_card_says_what_attributes_say_and_leads_to_them(
    opened: App, annotation: str, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    dialog = opened_dialog(opened, qtbot, "annotation_properties")
    write(dialog, CERTAINTY, "low")
    qtbot.waitUntil(
        lambda: bool(opened.workspace.attributes.values_on(document(opened))), timeout=WAIT
    )
    write(dialog, "status", "review")
    card = opened.parts.annotation_card
    qtbot.waitUntil(lambda: card._said.get(annotation) == "确定性 存疑", timeout=WAIT)
    opened.dialogs.close()
    opened.cards.annotations.open(annotation)
    assert card.said.text() == "确定性 存疑"
    card.properties_button.click()
    assert isinstance(opened.dialogs.current, PropertiesDialog)
    opened.dialogs.close()
    settle(opened)


def test_a_document_is_tagged_by_key_and_untagged_at_its_head(
    opened: App, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    tag = next(iter(opened.workspace.codebook.add("产业").result().tags))
    opened.commands.run("document_tag")
    choice = opened.dialogs.current
    assert isinstance(choice, TagChoice)
    QTest.keyClick(choice, Qt.Key.Key_Return)
    bar = opened.parts.document_tags
    qtbot.waitUntil(lambda: bar.texts() == ["产业"] and not bar.isHidden(), timeout=WAIT)
    qtbot.waitUntil(lambda: opened.parts.library.cards[0].tags[:1] != (), timeout=WAIT)
    assert "产业" in opened.parts.library.cards[0].text
    bar.tag(tag).click()
    qtbot.waitUntil(bar.isHidden, timeout=WAIT)
    assert opened.workspace.document_tags.of(document(opened)) == []
    settle(opened)


def test_attributes_are_defined_renamed_and_refused_in_words(
    opened: App, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    opened.commands.run("attributes")
    dialog = opened.dialogs.current
    assert isinstance(dialog, AttributesDialog)
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=WAIT)
    dialog._add(Subject.DOCUMENT)
    qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=WAIT)
    dialog.name.setText("刊期")
    dialog.name.editingFinished.emit()
    attributes = opened.workspace.attributes
    qtbot.waitUntil(
        lambda: [one.name for one in attributes.definitions(Subject.DOCUMENT)] == ["刊期"],
        timeout=WAIT,
    )
    qtbot.waitUntil(lambda: dialog._attributes[dialog.chosen()].name == "刊期", timeout=WAIT)
    dialog.kind.setCurrentIndex(3)
    dialog.kind.activated.emit(3)
    qtbot.waitUntil(lambda: not dialog.choices.isHidden(), timeout=WAIT)
    dialog.choices.setPlainText("日报\n周报\n日报")
    dialog.choices.left.emit()
    qtbot.waitUntil(lambda: "重复" in dialog.error.text(), timeout=WAIT)
    dialog.deletion_asked.emit(dialog.chosen())
    qtbot.waitUntil(lambda: not attributes.definitions(Subject.DOCUMENT), timeout=WAIT)
    opened.dialogs.close()
    settle(opened)


def test_several_documents_of_the_list_are_described_together(
    opened: App, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    other = opened.workspace.documents.add_bytes("另一篇。".encode(), name="b.txt").result()
    library = opened.parts.library
    qtbot.waitUntil(lambda: len(library.cards) == 2, timeout=WAIT)
    library.rows.list.setFocus()
    library.rows.list.selectAll()
    assert set(library.chosen_all()) == {other.document, document(opened)}
    key = define(opened, "刊期", Kind.CHOICE, "日报")
    library.properties_asked.emit(library.chosen_all())
    dialog = opened.dialogs.current
    assert isinstance(dialog, PropertiesDialog)
    qtbot.waitUntil(lambda: key in dialog.editors, timeout=WAIT)
    write(dialog, key, "日报")
    qtbot.waitUntil(lambda: opened.workspace.attributes.counts() == {key: 2}, timeout=WAIT)
    opened.dialogs.close()
    settle(opened)
