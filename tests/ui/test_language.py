"""The window switches its language whole: no word of the other one stays, Qt's own included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.ui.app import App

HANZI = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile("[A-Za-z]{4,}")
# Hidden buttons that Qt names once, names of keys, the program, scripts, files, what a text says.
OWN = re.compile(
    r"Scroll (Left|Right)|Alt\+|Ctrl|Shift|Enter|Esc|眉批|^[简繁]$|UTF-8|article|天津|宝坻|pinyin"
)
DIALOGS = (
    *("keyboard", "codebook", "export", "import", "suggest", "attributes", "properties"),
    *("history", "backups", "coders", "merge"),
)


def said_by(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.windowTitle()
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, (QLineEdit, QPlainTextEdit)):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))


def foreign(root: QWidget, other: re.Pattern[str]) -> list[tuple[str, str]]:
    return [
        (type(widget).__name__, text)
        for widget in (root, *root.findChildren(QWidget))
        if widget.property("part") != "sample"  # named by the first line of its text
        for text in said_by(widget)
        if other.search(text) and not OWN.search(text)
    ]


def test_after_a_switch_no_word_of_the_other_language_stays(opened: App) -> None:
    for command, other in (("language_en", HANZI), ("language_zh", LATIN), ("language_en", HANZI)):
        opened.commands.run(command)
        assert foreign(opened.window, other) == [], command


def test_dialogs_speak_the_language_of_the_window(opened: App) -> None:
    opened.commands.run("language_en")
    for command in DIALOGS:
        opened.commands.run(command)
        dialog = opened.dialogs.current
        assert dialog is None or foreign(dialog, HANZI) == [], command
    opened.dialogs.close()


def test_qt_itself_speaks_the_language_of_the_window(opened: App) -> None:
    def undo() -> str:
        return QCoreApplication.translate("QWidgetTextControl", "&Undo")

    assert "撤" in undo()
    opened.commands.run("language_en")
    assert undo() == "&Undo"
    opened.commands.run("language_zh")
    assert "撤" in undo()
