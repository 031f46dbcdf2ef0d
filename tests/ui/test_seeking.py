"""The search for entities in a long document, as the window shows it."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

import pytest
from tests.ui.conftest import PATIENCE

from meipi.core.entity import EntityType, Mention
from meipi.core.spans import Span
from meipi.services import entity_search, pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

TEXT = "\n".join(f"第{at}段,宝坻区开会,天气很好,大家都来了。" for at in range(100, 400))
TOTAL = TEXT.count("宝坻区")


class Gate:
    """Lets the pipeline do one slice after another, when a test says so."""

    def __init__(self) -> None:
        self._passes = threading.Semaphore(0)
        self.open = False

    def allow(self, count: int = 1) -> None:
        self._passes.release(count)

    def allow_all(self) -> None:
        self.open = True
        self._passes.release(1000)

    def find(self, text: str, structure: object, **_: object) -> tuple[Mention, ...]:
        del structure
        if not self.open:
            assert self._passes.acquire(timeout=30)
        return tuple(
            Mention(Span(*m.span()), EntityType.LOC, m[0], m[0], "model")
            for m in re.finditer("宝坻区", text)
        )


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    monkeypatch.setattr(pipeline, "find_mentions", made.find)
    for name, value in {
        "WHOLE": 1000, "_SLICE": 1000, "_SHORT": 100, "_BEFORE": 50, "_AFTER": 400,
    }.items():  # fmt: skip
        monkeypatch.setattr(entity_search, name, value)
    yield made
    made.allow_all()


@pytest.fixture
def searching(start: Callable[..., App], gate: Gate, tmp_path: Path, qtbot: QtBot) -> App:
    """Open the long document; its screen was searched and nothing else."""
    path = tmp_path / "long.txt"
    path.write_text(TEXT, encoding="utf-8")
    app = start(path)
    gate.allow()
    qtbot.waitUntil(lambda: bool(shown(app)), timeout=PATIENCE)
    return app


def shown(app: App) -> int:
    document = app.reading.document
    return len(document.mentions or ()) if document is not None else 0


def test_the_screen_is_underlined_while_the_search_goes_on(searching: App) -> None:
    assert 0 < shown(searching) < TOTAL
    assert searching.seeking.is_running
    search = searching.parts.foot.search
    assert search.label.text() == "找实体 0 %"
    assert search.button.text() == "停止"
    assert search.line.isVisible()


def test_progress_grows_and_goes_when_all_is_found(
    searching: App, gate: Gate, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    gate.allow(3)
    line = searching.parts.foot.search.line
    qtbot.waitUntil(lambda: line.share > 0.2, timeout=PATIENCE)
    gate.allow_all()
    qtbot.waitUntil(lambda: shown(searching) == TOTAL, timeout=PATIENCE)
    settle(searching)
    assert searching.parts.foot.search.isHidden()
    assert not searching.seeking.is_running


def stop(searching: App, gate: Gate, qtbot: QtBot) -> None:
    searching.parts.foot.search.button.click()
    gate.allow()
    qtbot.waitUntil(lambda: not searching.seeking.is_running, timeout=PATIENCE)


def test_a_stopped_search_says_so_and_what_was_found_stays(
    searching: App, gate: Gate, qtbot: QtBot
) -> None:
    stop(searching, gate, qtbot)
    search = searching.parts.foot.search
    assert search.label.text().startswith("找实体停在")
    assert search.button.text() == "继续"
    assert search.line.isHidden()
    assert shown(searching)


def test_a_stopped_search_goes_on_when_asked(searching: App, gate: Gate, qtbot: QtBot) -> None:
    stop(searching, gate, qtbot)
    gate.allow_all()
    searching.commands.run("entities_stop")
    qtbot.waitUntil(lambda: shown(searching) == TOTAL, timeout=PATIENCE)


def test_a_stopped_search_is_still_stopped_when_its_document_is_opened_again(
    searching: App, gate: Gate, article: Path, qtbot: QtBot
) -> None:
    stop(searching, gate, qtbot)
    assert searching.reading.document is not None
    long, found = searching.reading.document.id, shown(searching)
    gate.allow_all()
    searching.library.add([article])
    qtbot.waitUntil(lambda: searching.reading.wanted not in {"", long}, timeout=PATIENCE)
    qtbot.waitUntil(searching.parts.foot.search.isHidden, timeout=PATIENCE)
    searching.reading.open(long)
    qtbot.waitUntil(searching.parts.foot.search.isVisible, timeout=PATIENCE)
    assert searching.parts.foot.search.button.text() == "继续"
    qtbot.waitUntil(lambda: shown(searching) >= found, timeout=PATIENCE)
    assert shown(searching) < TOTAL


def test_the_page_does_not_move_while_entities_come(
    searching: App, gate: Gate, qtbot: QtBot
) -> None:
    searching.parts.reader.scroll_to(len(TEXT) // 2)
    before = searching.parts.reader.top_offset()
    gate.allow_all()
    qtbot.waitUntil(lambda: shown(searching) == TOTAL, timeout=PATIENCE)
    assert searching.parts.reader.top_offset() == before


def test_what_the_foot_says_of_the_search_changes_language(searching: App) -> None:
    searching.commands.run("language_en")
    assert searching.parts.foot.search.label.text() == "Finding entities: 0 %"
    assert searching.parts.foot.search.button.text() == "Stop"


def test_a_correction_made_while_entities_are_being_found_wins(
    searching: App, gate: Gate, qtbot: QtBot, settle: Callable[[App], None]
) -> None:
    document = searching.reading.document
    assert document is not None
    assert document.mentions
    span, last = document.mentions[0].span, TEXT.rindex("宝坻区")
    correcting = searching.workspace.correcting
    searching.bridge.write(correcting.change_type(document.id, span, EntityType.ORG))
    searching.bridge.write(correcting.reject(document.id, Span(last, last + 3)))

    def types() -> dict[Span, EntityType]:
        opened = searching.reading.document
        return {m.span: m.type for m in opened.mentions or ()} if opened else {}

    qtbot.waitUntil(lambda: types().get(span) is EntityType.ORG, timeout=PATIENCE)
    assert searching.seeking.is_running
    gate.allow_all()
    qtbot.waitUntil(lambda: shown(searching) == TOTAL - 1, timeout=PATIENCE)
    settle(searching)
    assert types()[span] is EntityType.ORG
    assert Span(last, last + 3) not in types()
