"""Nothing blocks the window: its event loop is watched through a whole session."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.bench.measure import SEEDS, prose
from tests.ui.event_loop import watching

from meipi.core.entity import EntityName, EntityType
from meipi.core.spans import Span
from meipi.library import Library
from meipi.services.settings import Settings
from meipi.services.workspace import Workspace
from meipi.ui.app import App, build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Key, Modifier = Qt.Key, Qt.KeyboardModifier
WAIT = 90_000
LENGTH = 250_000
"""Characters of the document: what grows with it would show."""


class Session:
    """A reader at work in the window, who says what they are doing."""

    def __init__(self, app: App, qtbot: QtBot, folder: Path) -> None:
        self.app = app
        self._qtbot = qtbot
        self._folder = folder

    def until(self, ready: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(ready()), timeout=WAIT)

    def rest(self) -> None:
        """Let the event loop do all it has to do."""
        self._qtbot.wait(30)

    def saved(self) -> None:
        self.until(
            lambda: not self.app.workspace.pending and self.app.parts.foot.state() == "saved"
        )
        self.rest()

    def open(self) -> None:
        path = self._folder / "long.txt"
        damaged = next(SEEDS.glob("001*.txt")).read_bytes()
        path.write_bytes(damaged + b"\n" + prose(LENGTH).encode())
        self.app.begin([path])
        self.until(lambda: self.app.reading.document is not None)
        self.until(lambda: self.app.reading.document.mentions)

    def scroll(self) -> None:
        reader = self.app.parts.reader
        for at in range(60):
            reader.scroll_pixels(700 if at < 40 else -700)
            self._qtbot.wait(2)
        for share in (0.5, 1.0, 0.0):
            reader.scroll_to(int(share * (LENGTH - 1)))
            self.rest()

    def run(self, *commands: str) -> None:
        for command in commands:
            self.app.commands.run(command)
            self.rest()

    def look(self) -> None:
        self.run("zoom_in", "zoom_in", "zoom_reset")
        self.run("script_simplified", "script_traditional", "script_original")
        self.run("language_en", "language_zh", "fold_left", "fold_left")

    def dress(self) -> None:
        self.run("theme_dark", "theme_sepia", "theme_light")

    def tag(self) -> None:
        app = self.app
        app.bridge.write(app.workspace.codebook.add("招商"))
        self.until(lambda: app.reading.document.tags)
        self._select("宝坻区")
        QTest.keyClick(app.parts.reader, Key.Key_1)
        self.until(lambda: app.reading.document.rows)
        self.saved()
        self.run("undo")
        self.until(lambda: not app.reading.document.rows)
        self.saved()

    def find(self) -> None:
        self.run("find")
        field = self.app.parts.find_bar.field
        for typed in ("宝", "坻", "区"):
            field.insert(typed)
            self._qtbot.wait(200)
        self.until(lambda: self.app.parts.reader.reading.layers.finds)
        self.run("find_next", "find_next", "find_previous")
        QTest.keyClick(field, Key.Key_Escape)
        self.rest()

    def decide(self) -> None:
        reading = self.app.reading
        self.app.parts.reader.setFocus()
        self.app.parts.reader.scroll_to(0, select=Span(0, 0))
        self.run("next_repair")
        before = reading.document.text
        self.run("reject_repair")
        self.until(lambda: reading.document.text != before)
        self.saved()
        self.run("undo")
        self.until(lambda: reading.document.text == before)
        self.saved()

    def search_to_the_end(self) -> None:
        app = self.app
        self.until(lambda: not app.seeking.is_running and not app.reading.document.provisional)
        self.until(lambda: app.reading.document.mentions[-1].span.start > LENGTH * 0.9)
        self.saved()

    def correct(self) -> None:
        app = self.app
        mention = next(m for m in app.reading.document.mentions if m.type is EntityType.LOC)
        start = mention.span.start
        app.parts.reader.setFocus()
        app.parts.reader.scroll_to(start, select=Span(start, start))
        QTest.keyClick(app.parts.reader, Key.Key_Return)
        QTest.keyClicks(app.parts.reader, "o")
        self.until(
            lambda: any(
                m.span == mention.span and m.type is EntityType.ORG
                for m in app.reading.document.mentions
            )
        )
        self.saved()
        self.run("entity_never")
        self.saved()
        self.run("undo", "undo")
        self.saved()

    def follow(self) -> None:
        app, page = self.app, self.app.parts.entity_page
        app.entity_pages.open(EntityName(EntityType.LOC, "宝坻区"))
        self.until(page.isVisible)
        self.until(page.lines_model.rowCount)
        self.rest()
        for typed in ("产", "业"):
            page.filter.insert(typed)
            self.rest()
        page.filter.clear()
        page.chart_of.chosen.emit("types")
        self.run("back")
        self.until(app.parts.reader.isVisible)

    def export(self) -> None:
        path = self._folder / "set.jsonl"
        self.run("export")
        self.until(lambda: self.app.dialogs.current is not None)
        dialog = self.app.dialogs.current
        assert dialog is not None
        self.rest()
        dialog.reject()
        self.app.bridge.follow(self.app.workspace.exchange.export(path, format="jsonl"))
        self.until(path.exists)
        self.rest()

    def _select(self, words: str) -> None:
        reader = self.app.parts.reader
        at = self.app.reading.document.text.index(words)
        reader.setFocus()
        reader.scroll_to(at, select=Span(at, at + len(words)))
        self.rest()


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """Start the window as it is run: what computes is a process of its own."""
    settings = Settings()
    settings.set_all({"language": "zh", "theme": "light"})
    app = build(Workspace.open(tmp_path / "library.meipi"), settings)
    app.window.resize(1440, 900)
    app.window.show()
    qtbot.waitExposed(app.window)
    yield Session(app, qtbot, tmp_path)
    app.window.close()
    app.close()
    app.window.deleteLater()


SLOW = {"dress": 300}
"""Qt gives all widgets a style sheet in one call, of some 90 ms; nothing of ours is in it."""
ACTS = (
    *("open", "scroll", "look", "dress", "tag", "find", "search_to_the_end"),
    *("decide", "search_to_the_end", "correct", "follow", "export"),
)


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The threads that read the library's file."""
    names: set[str] = set()
    connection = Library._connection

    def noted(library: Library) -> object:
        names.add(threading.current_thread().name)
        return connection(library)

    monkeypatch.setattr(Library, "_connection", noted)
    return names


@pytest.mark.timeout(600)
def test_no_turn_of_the_event_loop_is_long_in_a_whole_session(
    session: Session, readers: set[str]
) -> None:
    readers.clear()
    with watching() as watch:
        for act in ACTS:
            watch.doing = act
            getattr(session, act)()
    watch.check(SLOW)
    assert len(watch.longest()) == len(set(ACTS))
    assert readers
    assert threading.main_thread().name not in readers


def test_a_slot_that_computes_too_long_fails_the_watch(opened: App, qtbot: QtBot) -> None:
    def compute(_: object) -> None:
        end = time.thread_time() + 0.15
        while time.thread_time() < end:
            pass

    with watching() as watch:
        watch.doing = "tag"
        opened.bridge.changed.connect(compute)
        opened.bridge.write(opened.workspace.codebook.add("招商"))
        qtbot.waitUntil(lambda: bool(opened.reading.document.tags), timeout=WAIT)
        opened.bridge.changed.disconnect(compute)
    with pytest.raises(AssertionError, match=r"tag: \d\d\d ms"):
        watch.check()


def test_waiting_is_no_work(opened: App, qtbot: QtBot) -> None:
    with watching() as watch:
        qtbot.wait(300)
    assert watch.turns
    watch.check()
