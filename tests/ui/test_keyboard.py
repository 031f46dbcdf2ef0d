"""Every command has keys of its own; they can be changed, and hold at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from meipi.ui.command_table import BY_ID, COMMANDS
from meipi.ui.dialogs.keyboard import KeyboardDialog
from meipi.ui.keys import key_of
from meipi.ui.presenters.commands import Context, find_commands
from meipi.ui.presenters.keymap import Keymap, from_text, reserved, to_text
from meipi.ui.presenters.keys import Key, Situation, meaning

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App
    from meipi.ui.i18n import Words

ON_WINDOW = [info for info in COMMANDS if info.context is Context.WINDOW]
ANYWHERE = {Context.WINDOW, Context.TEXT, Context.WORDS, Context.MENTION, Context.JUDGING}


def press(widget: object, keys: str) -> None:
    QTest.keySequence(widget, QKeySequence(keys))  # type: ignore[call-overload]


# The table.


def test_every_command_has_two_names_a_key_and_an_id_of_its_own() -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert all(info.zh and info.en and info.keys for info in COMMANDS)
    assert not [info.id for info in COMMANDS if info.runs and info.runs not in BY_ID]


def test_keys_are_written_as_qt_writes_them() -> None:
    portable = QKeySequence.SequenceFormat.PortableText
    for info in COMMANDS:
        for key in info.keys:
            assert QKeySequence(key).toString(portable) == key, info.id


def test_no_two_commands_share_a_key_where_both_count() -> None:
    keymap = Keymap()
    clashes = [
        (info.id, key, other.id)
        for info in COMMANDS
        for key in info.keys
        if (other := keymap.clash(info.id, key)) is not None
    ]
    assert clashes == []


def test_no_key_belongs_to_the_input_method_the_system_or_the_caret() -> None:
    taken = [
        (info.id, key)
        for info in COMMANDS
        for key in info.keys
        if not info.fixed and reserved(info.id, key)
    ]
    assert taken == []


def test_everything_that_is_not_bound_to_a_list_or_a_dialog_can_be_run(opened: App) -> None:
    wanted = {info.id for info in COMMANDS if info.context in ANYWHERE and not info.runs}
    assert opened.commands.known == wanted


def test_every_command_of_the_window_is_run_by_each_of_its_keys(opened: App) -> None:
    window, ran = opened.window, []
    opened.commands._run = {
        info.id: lambda command=info.id: ran.append(command)  # type: ignore[misc]
        for info in ON_WINDOW
    }
    for info in ON_WINDOW:
        for key in info.keys:
            opened.parts.reader.setFocus()
            ran.clear()
            press(opened.parts.reader, key)
            assert ran == [info.id], key
    assert window.isVisible()


@pytest.mark.parametrize(
    "info", [info for info in COMMANDS if info.context in {Context.WORDS, Context.MENTION,
    Context.REPAIR}], ids=lambda info: info.id,
)  # fmt: skip
def test_every_key_of_the_text_means_something_there(info: object) -> None:
    command = BY_ID[info.id]  # type: ignore[attr-defined]
    now = {
        Context.WORDS: Situation(annotation=True),
        Context.MENTION: Situation(card=True, entity=True),
        Context.REPAIR: Situation(card=True, repair=True),
    }[command.context]
    for key in command.keys:
        combination = QKeySequence(key)[0]
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            combination.key(),
            combination.keyboardModifiers(),
            key[-1] if len(key.removeprefix("Shift+")) == 1 else "",
        )
        assert key_of(event).stroke == key
        assert meaning(key_of(event), now) is not None


def test_a_command_is_found_by_hanzi_pinyin_initials_english_and_key() -> None:
    for query in ("键盘", "jianpan", "jpkjj", "keyboard", "f1"):
        assert find_commands(query, COMMANDS)[0].id == "keyboard", query


def test_a_letter_given_to_another_command_means_that() -> None:
    keymap = Keymap()
    keymap.bind("words_note", ["J"])
    now = Situation(selected=True)
    assert meaning(Key("", "n"), now, keymap) is None
    assert meaning(Key("", "j"), now, keymap) is not None


# Changing them.


def test_a_key_taken_from_a_command_is_taken_from_it_alone() -> None:
    keymap = Keymap()
    keymap.bind("find", ["Ctrl+Y"])
    assert keymap.keys("find") == ("Ctrl+Y",)
    assert keymap.keys("redo") == ("Ctrl+Shift+Z",)
    keymap.reset("redo")
    assert keymap.keys("find") == ()
    keymap.reset_all()
    assert (keymap.keys("find"), keymap.changes()) == (("Ctrl+F",), {})


def test_the_first_half_of_a_chord_cannot_be_a_key_as_well() -> None:
    keymap = Keymap()
    assert keymap.clash("find", "Ctrl+J") is not None
    keymap.bind("find", ["Ctrl+J"])
    assert keymap.keys("theme_light") == ()


def test_keys_come_back_from_a_file_and_nonsense_does_not() -> None:
    keymap = Keymap({"find": ["Ctrl+H"], "unknown": ["Ctrl+O"], "copy": ["Ctrl+H"]})
    assert from_text(to_text(keymap)) == {"find": ["Ctrl+H"]}
    for text in ("", "[]", '{"keys": {}}', '{"meipi_keys": 1, "keys": {"find": "Ctrl+H"}}'):
        with pytest.raises(ValueError, match=r".*"):
            from_text(text)


@pytest.fixture
def dialog(qtbot: QtBot, words: Words) -> KeyboardDialog:
    keymap = Keymap()
    dialog = KeyboardDialog(words, keymap)
    qtbot.addWidget(dialog)
    keymap.watch(dialog.show_keys)
    dialog.show()
    return dialog


def test_the_keyboard_is_changed_by_pressing(dialog: KeyboardDialog) -> None:
    QTest.keyClicks(dialog.field, "chazhao")
    dialog.choose("find")
    press(dialog.press, "Ctrl+H")
    assert "Ctrl+H 还没有用" in dialog.said.text()
    QTest.keyClick(dialog.press, Qt.Key.Key_Return)
    assert dialog._keymap.keys("find") == ("Ctrl+H",)
    assert "* Ctrl+H" in [row.hint for row in dialog.model.rows]
    dialog.reset_button.click()
    assert dialog._keymap.keys("find") == ("Ctrl+F",)


def test_a_clash_is_named_before_it_is_resolved(dialog: KeyboardDialog) -> None:
    dialog.choose("find")
    press(dialog.press, "Ctrl+T")
    assert "换一种颜色" in dialog.said.text()
    dialog.add_button.click()
    assert dialog._keymap.keys("find") == ("Ctrl+F", "Ctrl+T")
    assert dialog._keymap.keys("theme_next") == ()


@pytest.mark.parametrize(("key", "owner"), [("Ctrl+Space", "输入法"), ("Ctrl+Left", "光标")])
def test_keys_of_others_are_refused_and_said_whose_they_are(
    dialog: KeyboardDialog, key: str, owner: str
) -> None:
    dialog.choose("find")
    press(dialog.press, key)
    assert owner in dialog.said.text()
    assert not dialog.set_button.isEnabled()


def test_two_keys_one_after_the_other_are_taken_together(dialog: KeyboardDialog) -> None:
    dialog.choose("find")
    press(dialog.press, "Ctrl+J, Ctrl+U")
    assert dialog.press.keys == "Ctrl+J, Ctrl+U"
    QTest.keyClick(dialog.press, Qt.Key.Key_Backspace)
    assert dialog.press.keys == ""


def test_changed_keys_hold_at_once_in_menus_tips_and_the_next_window(
    start: Callable[..., App], article: Path, settle: Callable[[App], None]
) -> None:
    app = start(article)
    settle(app)
    app.keymap.bind("theme_next", ["Ctrl+H"])
    assert app.parts.toolbar.theme_button.toolTip() == "换一种颜色 (Ctrl+H)"
    assert app.commands.action("theme_next").shortcut() == QKeySequence("Ctrl+H")
    before = app.appearance.theme.name
    press(app.parts.reader, "Ctrl+H")
    assert app.appearance.theme.name != before
    assert app.settings.get("keys") == {"theme_next": ["Ctrl+H"]}


def test_keys_are_carried_by_files(opened: App, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "keys.json"
    press(opened.parts.reader, "F1")
    dialog = opened.dialogs.current
    assert isinstance(dialog, KeyboardDialog)
    opened.keymap.bind("find", ["Ctrl+H"])
    dialog.export_asked.emit(str(path))
    qtbot.waitUntil(path.exists)
    assert json.loads(path.read_text(encoding="utf-8"))["keys"] == {"find": ["Ctrl+H"]}
    opened.keymap.reset_all()
    dialog.import_asked.emit(str(path))
    qtbot.waitUntil(lambda: opened.keymap.keys("find") == ("Ctrl+H",))
    dialog.import_asked.emit(str(tmp_path / "none.json"))
    qtbot.waitUntil(lambda: "none.json" in dialog.error.text())


def test_the_keys_of_dialogs_press_their_buttons(opened: App, qtbot: QtBot) -> None:
    press(opened.parts.reader, "F1")
    dialog = opened.dialogs.current
    assert isinstance(dialog, KeyboardDialog)
    opened.keymap.bind("find", ["Ctrl+H"])
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.list.setFocus()
    dialog.choose("find")
    press(dialog.list, "Ctrl+Shift+R")
    assert opened.keymap.keys("find") == ("Ctrl+F",)


# Parts of the window.


def test_the_keyboard_goes_from_part_to_part_and_round(opened: App) -> None:
    parts, seen = opened.parts, []
    parts.reader.setFocus()
    for _ in range(5):
        press(QApplication.focusWidget(), "F6")
        seen.append(QApplication.focusWidget())
    assert seen[-1] is parts.reader
    assert len(set(map(id, seen))) == 5
    press(parts.reader, "Shift+F6")
    assert QApplication.focusWidget() is parts.library.rows.list
    press(parts.library.rows.list, "Alt+2")
    assert QApplication.focusWidget() is parts.entities.rows.list
    press(parts.entities.rows.list, "Alt+0")
    assert QApplication.focusWidget() is parts.reader
