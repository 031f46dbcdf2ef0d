"""Preferences are made from the table of settings; what is chosen holds at once and is kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox

from meipi.services.preferences import sections
from meipi.services.settings import Settings
from meipi.ui.dialogs.preferences import PreferencesDialog
from meipi.ui.i18n import Words
from meipi.ui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

SETTINGS = [setting for _, row in sections() for setting in row]


@pytest.fixture
def dialog(opened: App) -> PreferencesDialog:
    opened.commands.run("preferences")
    current = opened.dialogs.current
    assert isinstance(current, PreferencesDialog)
    return current


def choose(dialog: PreferencesDialog, name: str, value: object) -> None:
    """Choose as a reader does."""
    field = dialog.fields[name]
    if isinstance(field, QComboBox):
        at = field.findData(value)
        field.setCurrentIndex(at)
        field.activated.emit(at)
    elif isinstance(field, QCheckBox):
        field.setChecked(bool(value))
    else:
        assert isinstance(field, Stepper)
        while not field.value.text().startswith(str(value)):
            shown = int(re.sub(r"\D", "", field.value.text()))
            (field.more if shown < int(str(value)) else field.less).click()


def other(setting: object) -> object:
    """Return a value that is not the usual one."""
    kind, default = setting.kind, setting.default  # type: ignore[attr-defined]
    if kind == "choice":
        return next(one for one in setting.choices if one not in {default, "system"})  # type: ignore[attr-defined]
    step = 5 if setting.name == "page_leading" else 1  # type: ignore[attr-defined]
    return not default if kind == "switch" else default + step


def test_every_setting_has_a_row_with_words_in_both_languages(qtbot: QtBot) -> None:
    values = {setting.name: setting.default for setting in SETTINGS}
    for language in ("zh", "en"):
        made = PreferencesDialog(Words(language), values)  # type: ignore[arg-type]
        qtbot.addWidget(made)
        assert set(made.fields) == {setting.name for setting in SETTINGS}
        assert all(field.accessibleName() for field in made.fields.values())


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS])
def test_what_is_chosen_is_kept(name: str, dialog: PreferencesDialog, opened: App) -> None:
    setting = next(one for one in SETTINGS if one.name == name)
    wanted = other(setting)
    choose(dialog, name, wanted)
    assert opened.settings.get(name) == wanted
    opened.settings.save()
    assert Settings().get(name) == wanted


def test_what_changes_the_window_changes_it_at_once(dialog: PreferencesDialog, opened: App) -> None:
    choose(dialog, "theme", "dark")
    choose(dialog, "page_face", "hei")
    choose(dialog, "reading_size", 25)
    choose(dialog, "show_entities", False)
    look = opened.appearance
    assert (look.theme.name, look.page.face, look.size) == ("dark", "hei", 25)
    assert not look.shows("entities")


def test_another_language_words_the_dialog_anew(dialog: PreferencesDialog, opened: App) -> None:
    choose(dialog, "language", "en")
    current = opened.dialogs.current
    assert isinstance(current, PreferencesDialog)
    assert current.windowTitle() == "Preferences"


def test_all_are_as_usual_again(dialog: PreferencesDialog, opened: App) -> None:
    choose(dialog, "page_measure", 45)
    choose(dialog, "backup_hours", 5)
    dialog.reset_button.click()
    assert opened.settings.get("page_measure") == 38
    assert opened.settings.get("backup_hours") == 1
