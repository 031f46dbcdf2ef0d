"""Source and reading text side by side, and the card of where a character comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App
    from meipi.ui.presenters.source_text import SourceText

WAIT = 60_000
DAMAGED = (
    "京津冀協(xié)同發(fā)展,協(xié)同創(chuàng)新。\n\n" + "近年來寶坻區(qū)發(fā)展很快。\n" * 60
)


@pytest.fixture
def app(
    start: Callable[..., App], settle: Callable[[App], None], tmp_path: Path, qtbot: QtBot
) -> App:
    """The window with both texts of a document with readings put in."""
    path = tmp_path / "readings.txt"
    path.write_text(DAMAGED, encoding="utf-8")
    app = start(path)
    settle(app)
    app.commands.run("source")
    qtbot.waitUntil(lambda: app.beside.source is not None, timeout=WAIT)
    return app


def source(app: App) -> SourceText:
    assert app.beside.source is not None
    return app.beside.source


def text(app: App) -> str:
    assert app.reading.document is not None
    return app.reading.document.text


def test_the_source_text_is_whole_and_its_damage_marked(app: App) -> None:
    shown = source(app)
    assert shown.text == DAMAGED
    assert [edit.span.slice(shown.text) for edit in shown.edits[:2]] == ["協(xié)", "發(fā)"]
    assert list(app.parts.source.view.reading.layers.repairs) == list(shown.edits)
    covered = "".join(block.span.slice(shown.text) for block in shown.structure.blocks)
    assert covered == DAMAGED.replace("\n", "")


def test_the_caret_of_the_reading_text_leads_that_of_the_source(app: App) -> None:
    at = text(app).index("創新")
    app.parts.reader.set_selection(Span(at, at + 2))
    chosen = app.parts.source.view.selection()
    assert chosen.slice(DAMAGED) == "創(chuàng)新"
    app.parts.reader.set_selection(Span(at, at))
    assert app.parts.source.view.selection().start == DAMAGED.index("創")


def test_the_caret_of_the_source_leads_that_of_the_reading_text(app: App) -> None:
    at = DAMAGED.index("(chuàng)")
    app.parts.source.view.set_selection(Span(at, at + 3))
    assert app.parts.reader.selection().slice(text(app)) == "創"


def test_scrolling_one_scrolls_the_other_to_the_same_words(app: App) -> None:
    app.parts.reader.scroll_pixels(900)
    top = app.parts.reader.top_offset()
    there = source(app).map.to_target(app.parts.source.view.top_offset())
    assert top > 0
    assert abs(there - top) < 40


def test_the_source_folds_where_there_is_no_room_and_comes_back(app: App, qtbot: QtBot) -> None:
    app.window.resize(740, 700)
    qtbot.waitUntil(app.parts.source.isHidden, timeout=WAIT)
    app.window.resize(1440, 900)
    qtbot.waitUntil(lambda: not app.parts.source.isHidden(), timeout=WAIT)
    app.parts.source.close_button.click()
    assert app.parts.source.isHidden()


def test_the_source_follows_another_document(
    app: App, qtbot: QtBot, article: Path, settle: Callable[[App], None]
) -> None:
    app.library.add([article])
    qtbot.waitUntil(lambda: source(app).text.startswith("天津宝坻"), timeout=WAIT)
    settle(app)
    assert source(app).edits == ()


def test_a_click_on_damage_opens_the_card_of_its_repair(app: App) -> None:
    view = app.parts.source.view
    found = view.reading.layers.repairs[1]
    rect = view.rect_of(found.span)
    view.click(rect.center().toPointF())
    assert app.cards.targets.target is not None
    assert app.cards.targets.target.index == 1


def said(app: App, qtbot: QtBot, at: int) -> list[str]:
    app.parts.reader.setFocus()
    app.parts.reader.set_selection(Span(at, at))
    app.commands.run("origin")
    qtbot.waitUntil(lambda: app.cards.origins.is_open, timeout=WAIT)
    return app.parts.origin_card.saying.body.text().split("\n")


def test_a_repaired_character_tells_its_bytes_its_way_and_its_proof(app: App, qtbot: QtBot) -> None:
    lines = said(app, qtbot, text(app).index("發"))
    data = "發(fā)".encode().hex(" ").upper()
    at = len(DAMAGED[: DAMAGED.index("發")].encode())
    assert lines[0] == f"字节 {data}（自第 {at} 字节起，{len('發(fā)'.encode())} 个）"
    assert lines[1:3] == ["按 UTF-8 解读为“發(fā)”", "修复 發(fā) → 發"]
    assert lines[-1] == "再弄坏一遍：發 + (fā) = 發(fā) = 原文"


def test_an_undamaged_character_tells_its_bytes_too(app: App, qtbot: QtBot) -> None:
    lines = said(app, qtbot, 0)
    assert lines == ["字节 E4 BA AC（自第 0 字节起，3 个）", "按 UTF-8 解读为“京”"]
    assert app.parts.origin_card.saying.headline.text() == "京  U+4EAC"


def test_the_card_is_copied_left_and_toggled(app: App, qtbot: QtBot) -> None:
    said(app, qtbot, 0)
    app.parts.origin_card.acts["copy"].click()
    assert "E4 BA AC" in QGuiApplication.clipboard().text()
    assert not app.cards.origins.is_open
    said(app, qtbot, 0)
    app.commands.run("origin")
    assert not app.cards.origins.is_open
    said(app, qtbot, 0)
    app.parts.reader.set_selection(Span(9, 9))
    assert not app.cards.origins.is_open
