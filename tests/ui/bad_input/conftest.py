"""Bad input in the window: what its tests share."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest

from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

WAIT = 60_000
TABLES = ("originals", "readings", "documents", "tags", "annotations", "history", "history_images")


@pytest.fixture
def dump() -> Callable[[App], dict[str, list[tuple[object, ...]]]]:
    """Read every row that a reader's work is in, once everything is on the disk."""

    def read(app: App) -> dict[str, list[tuple[object, ...]]]:
        app.workspace.flush()
        with closing(sqlite3.connect(app.workspace.path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            return {
                table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608 - a name of TABLES
                for table in TABLES
            }

    return read


@pytest.fixture
def add(qtbot: QtBot) -> Callable[..., None]:
    """Take files in and wait until every one of them has arrived or was refused."""

    def add(app: App, *paths: Path) -> None:
        over: list[bool] = []
        connection = app.library.working.connect(lambda on: on or over.append(True))
        app.library.add(paths)
        qtbot.waitUntil(lambda: bool(over), timeout=WAIT)
        QObject.disconnect(connection)

    return add


@pytest.fixture
def is_usable(qtbot: QtBot) -> Callable[[App], bool]:
    """Annotate a word of the open document and take it back by keyboard."""

    def is_usable(app: App) -> bool:
        document = app.reading.document
        assert document is not None
        count = len(document.rows)
        app.bridge.write(app.workspace.annotating.add(document.id, Span(0, 2), note="试"))
        qtbot.waitUntil(lambda: len(app.reading.document.rows) == count + 1, timeout=WAIT)
        app.parts.reader.setFocus()
        QTest.keyClick(app.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: len(app.reading.document.rows) == count, timeout=WAIT)
        return app.parts.reader.isVisible() and app.window.isEnabled()

    return is_usable
