"""The first paint and what comes behind it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest

from meipi.services.settings import Settings
from meipi.services.workspace import Workspace
from meipi.ui.front import Front
from meipi.ui.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

WAIT = 60_000
Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


class AfterFirstPaint(QObject):
    """Acts as soon as an object was painted for the first time, before anything else is done."""

    def __init__(self, window: QWidget, act: Callable[[], object]) -> None:
        super().__init__(window)
        self._act = act
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.UpdateRequest:
            watched.removeEventFilter(self)
            watched.event(event)
            self._act()
            return True
        return False


@pytest.fixture
def begin(qtbot: QtBot, tmp_path: Path, article: Path) -> Iterator[Callable[..., Start]]:
    """Open a window on a library with one document, or on an empty one."""
    started: list[Start] = []

    def begin(*paths: Path, filled: bool = True) -> Start:
        library = tmp_path / "library.meipi"
        if filled:
            with Workspace.open(library, in_process=True) as workspace:
                workspace.documents.add_file(article).result()
        settings = Settings()
        settings.set_all({"language": "zh", "theme": "light"})
        started.append(Start(Front(settings), library, paths))
        return started[-1]

    yield begin
    for start in started:
        start.front.window.close()
        start.close()
        start.front.window.deleteLater()


def whole(start: Start) -> App:
    assert start.app is not None
    return start.app


def test_the_first_paint_needs_no_library_and_no_model() -> None:
    code = (
        "import sys, meipi.ui.front\n"
        "behind = ('meipi.library', 'meipi.repair', 'meipi.entities', 'meipi.sources',\n"
        "          'meipi.exchange', 'meipi.ui.app', 'meipi.ui.dialogs', 'sqlite3',\n"
        "          'multiprocessing', 'concurrent.futures', 'logging', 'numpy')\n"
        "known = set(sys.modules)\n"
        "print(sorted(known & set(behind) - known_before))"
    )
    before = "import sys, PySide6.QtWidgets\nknown_before = set(sys.modules)\n"
    done = subprocess.run(
        [sys.executable, "-c", before + code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_window_becomes_whole_by_itself(qtbot: QtBot, begin: Callable[..., Start]) -> None:
    start = begin()
    with qtbot.waitSignal(start.built, timeout=WAIT):
        start.begin()
    qtbot.waitUntil(lambda: whole(start).reading.document is not None, timeout=WAIT)
    assert start.front.reader.reading.sheet.text


def test_a_shortcut_right_after_the_first_paint_is_not_lost(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    start = begin()
    reader = start.front.reader
    AfterFirstPaint(start.front.window, lambda: QTest.keyClick(reader, Key.Key_F, Control))
    start.begin()
    qtbot.waitUntil(lambda: start.app is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: not whole(start).parts.find_bar.isHidden(), timeout=WAIT)


def test_a_key_of_the_text_right_after_the_first_paint_moves_in_the_document(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    start = begin()
    reader = start.front.reader
    AfterFirstPaint(start.front.window, lambda: QTest.keyClick(reader, Key.Key_End, Control))
    start.begin()
    qtbot.waitUntil(lambda: start.app is not None, timeout=WAIT)
    text = reader.reading.sheet.text.rstrip()
    qtbot.waitUntil(lambda: reader.selection().end == len(text) > 0, timeout=WAIT)


def test_a_click_right_after_the_first_paint_does_what_the_button_says(
    qtbot: QtBot, begin: Callable[..., Start]
) -> None:
    start = begin(filled=False)
    button = start.front.toolbar.theme_button
    left = Qt.MouseButton.LeftButton

    def click() -> None:
        handle = start.front.window.windowHandle()
        QTest.mouseClick(handle, left, pos=button.mapTo(start.front.window, button.rect().center()))

    AfterFirstPaint(start.front.window, click)
    start.begin()
    qtbot.waitUntil(lambda: start.front.appearance.theme.name != "light", timeout=WAIT)


def test_a_window_closed_before_it_is_whole_ends(qtbot: QtBot, begin: Callable[..., Start]) -> None:
    start = begin()
    AfterFirstPaint(start.front.window, start.front.window.close)
    start.begin()
    qtbot.waitUntil(start.front.window.isHidden, timeout=WAIT)
    start.finish()
    assert start.app is None
