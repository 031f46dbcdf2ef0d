"""Several documents open: tabs, what is closed comes back, two pages side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from meipi.core.spans import Span
from meipi.services.settings import Settings
from meipi.ui.appearance import LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App

WAIT = 60_000
NAMES = ("甲", "乙", "丙")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = []
    for name in NAMES:
        path = tmp_path / f"{name}.txt"
        body = "".join(f"{name}区第{n}段讲高质量发展的情况。\n\n" for n in range(120))
        path.write_text(f"{name}区新闻发布会\n\n{body}", encoding="utf-8")
        paths.append(path)
    return paths


@pytest.fixture
def app(
    start: Callable[..., App], settle: Callable[[App], None], files: list[Path], qtbot: QtBot
) -> App:
    app = start(*files)
    qtbot.waitUntil(lambda: len(app.library.cards) == len(files), timeout=WAIT)
    settle(app)
    for name in NAMES:
        app.tabs.open_kept(card(app, name))
        shows(app, qtbot, name)
    return app


def card(app: App, name: str) -> str:
    return next(card.id for card in app.library.cards if card.name.startswith(name))


def shows(app: App, qtbot: QtBot, name: str) -> None:
    def ready() -> bool:
        document = app.reading.document
        return document is not None and document.text.startswith(name)

    qtbot.waitUntil(ready, timeout=WAIT)


def titles(app: App, side: int = 0) -> list[str]:
    strip = app.tabs.strips.made[side]
    assert strip is not None
    return [strip.tabText(at)[0] for at in range(strip.count())]


def settled(app: App, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not app.workspace.pending, timeout=WAIT)


def leave(app: App) -> int:
    """Read on to the middle; return what is at the top of the window."""
    app.parts.reader.put_top(app.reading.document.text.index("第60段"))
    return app.parts.reader.top_offset()


def test_a_single_document_has_no_strip(opened: App) -> None:
    assert opened.tabs.strips.made[0] is None


def test_each_kept_document_has_a_tab(app: App) -> None:
    assert sorted(titles(app)) == sorted(NAMES)
    assert app.tabs.strips.made[0].isVisible()


def test_a_document_looked_at_makes_way_for_the_next(
    start: Callable[..., App], settle: Callable[[App], None], files: list[Path], qtbot: QtBot
) -> None:
    app = start(*files)
    qtbot.waitUntil(lambda: len(app.library.cards) == len(files), timeout=WAIT)
    settle(app)
    first = app.reading.document.text[0]
    rest = [name for name in NAMES if name != first]
    for name in rest:
        app.library.open(card(app, name))
        shows(app, qtbot, name)
    assert sorted(titles(app)) == sorted([first, rest[-1]])


def test_a_tab_is_gone_back_to_where_it_was_left(app: App, qtbot: QtBot) -> None:
    there = leave(app)
    app.commands.run("tab_previous")
    qtbot.waitUntil(lambda: not app.reading.document.text.startswith("丙"), timeout=WAIT)
    app.commands.run("tab_next")
    shows(app, qtbot, "丙")
    assert app.parts.reader.top_offset() == there


def test_a_closed_tab_comes_back_with_its_place(app: App, qtbot: QtBot) -> None:
    there = leave(app)
    app.commands.run("tab_close")
    qtbot.waitUntil(lambda: not app.reading.document.text.startswith("丙"), timeout=WAIT)
    assert "丙" not in titles(app)
    app.commands.run("tab_reopen")
    shows(app, qtbot, "丙")
    assert app.parts.reader.top_offset() == there


def test_closing_the_last_tab_leaves_an_empty_page_and_the_library(app: App, qtbot: QtBot) -> None:
    for _ in NAMES:
        app.commands.run("tab_close")
        qtbot.waitUntil(
            lambda: (
                app.reading.document is None
                or not app.tabs.sides[0].tabs
                or app.reading.document.id == app.tabs.sides[0].shown.document
            ),
            timeout=WAIT,
        )
    qtbot.waitUntil(lambda: app.reading.document is None, timeout=WAIT)
    assert len(app.library.cards) == len(NAMES)


def test_the_middle_button_closes_and_a_drag_reorders(app: App, qtbot: QtBot) -> None:
    strip = app.tabs.strips.made[0]
    before = titles(app)
    strip.moveTab(0, 2)
    assert titles(app) == [*before[1:], before[0]]
    assert [app.tabs._titles[d][0] for d in app.tabs.sides[0].documents] == titles(app)
    point = strip.tabRect(0).center() - QPoint(10, 0)
    QTest.mouseClick(strip, Qt.MouseButton.MiddleButton, pos=point)
    assert titles(app) == [before[2], before[0]]


def test_what_is_annotated_is_kept(app: App, qtbot: QtBot, tmp_path: Path) -> None:
    app.commands.run("tab_close")
    qtbot.waitUntil(
        lambda: app.reading.document.id == app.tabs.sides[0].shown.document, timeout=WAIT
    )
    app.library.open(card(app, "丙"))
    shows(app, qtbot, "丙")
    assert not app.tabs.sides[0].shown.kept
    app.bridge.write(app.workspace.annotating.add(app.reading.document.id, Span(0, 2), note="注"))
    qtbot.waitUntil(lambda: app.tabs.sides[0].shown.kept, timeout=WAIT)


def test_a_removed_document_takes_its_tab_along(app: App, qtbot: QtBot) -> None:
    app.commands.run("remove")
    qtbot.waitUntil(lambda: sorted(titles(app)) == sorted(("甲", "乙")), timeout=WAIT)

    def another() -> bool:
        document = app.reading.document
        return document is not None and not document.text.startswith("丙")

    qtbot.waitUntil(another, timeout=WAIT)


def test_tabs_are_there_again_the_next_time_with_their_places(
    app: App, start: Callable[..., App], settle: Callable[[App], None], qtbot: QtBot
) -> None:
    there = leave(app)
    order = titles(app)
    app.close()
    kept = Settings()
    again = start(open_tabs=kept.get("open_tabs"), last_document=kept.get("last_document"))
    settle(again)
    shows(again, qtbot, "丙")
    qtbot.waitUntil(lambda: again.tabs.strips.made[0] is not None, timeout=WAIT)
    assert titles(again) == order
    assert again.parts.reader.top_offset() == there


def split(app: App, qtbot: QtBot) -> None:
    """Put 丙 on a page of its own beside the others."""
    app.commands.run("tab_other")
    second = app.tabs.second
    assert second is not None
    qtbot.waitUntil(lambda: second.reading.document is not None, timeout=WAIT)
    qtbot.waitUntil(
        lambda: app.reading.document.id == app.tabs.sides[0].shown.document, timeout=WAIT
    )


def test_a_tab_moved_over_is_shown_beside_the_others(app: App, qtbot: QtBot) -> None:
    split(app, qtbot)
    assert app.tabs.second.view.isVisible()
    assert app.tabs.second.reading.document.text.startswith("丙")
    assert (titles(app, 1), sorted(titles(app))) == (["丙"], sorted(("甲", "乙")))


def test_the_hand_goes_over_and_what_is_seen_stays(app: App, qtbot: QtBot) -> None:
    split(app, qtbot)
    second = app.tabs.second
    here = app.reading.document.id
    second.view.put_top(second.reading.document.text.index("第60段"))
    left = app.parts.centre.desk.indexOf(second.column)
    top = second.view.top_offset()
    app.commands.run("side_other")
    assert app.reading.document.text.startswith("丙")
    assert app.parts.reader.top_offset() == top
    assert app.parts.reader.hasFocus()
    assert second.reading.document.id == here
    assert app.parts.centre.desk.indexOf(second.column) == 1 - left


def test_words_selected_on_the_other_page_are_tagged_there(app: App, qtbot: QtBot) -> None:
    split(app, qtbot)
    view = app.tabs.second.view
    with qtbot.waitSignal(app.parts.reader.selection_finished, timeout=WAIT):
        view.select_for_use(Span(0, 4))
    assert app.reading.document.text.startswith("丙")
    assert app.parts.reader.selection() == Span(0, 4)
    app.bridge.write(app.workspace.annotating.add(app.reading.document.id, Span(0, 4), note="注"))
    qtbot.waitUntil(lambda: bool(app.reading.document.rows), timeout=WAIT)


def test_one_document_on_both_pages_shows_a_note_on_both(app: App, qtbot: QtBot) -> None:
    app.commands.run("split")
    second = app.tabs.second
    qtbot.waitUntil(lambda: second.reading.document is not None, timeout=WAIT)
    app.bridge.write(app.workspace.annotating.add(app.reading.document.id, Span(0, 4), note="注"))
    qtbot.waitUntil(
        lambda: bool(app.reading.document.rows and second.reading.document.rows), timeout=WAIT
    )


def test_a_second_split_leaves_one_page_with_every_tab(app: App, qtbot: QtBot) -> None:
    split(app, qtbot)
    app.commands.run("split")
    assert app.tabs.second.column.isHidden()
    assert sorted(titles(app)) == sorted(NAMES)


def test_closing_the_last_tab_of_a_page_leaves_the_other(app: App, qtbot: QtBot) -> None:
    split(app, qtbot)
    app.tabs.close(1, 0)
    assert app.tabs.second.column.isHidden()
    assert app.reading.document is not None


def test_both_pages_are_there_again_the_next_time(
    app: App, start: Callable[..., App], settle: Callable[[App], None], qtbot: QtBot
) -> None:
    split(app, qtbot)
    settled(app, qtbot)
    app.close()
    kept = Settings()
    values = {name: kept.get(name) for name in ("open_tabs", "other_tabs", "last_document")}
    again = start(**values)
    settle(again)
    qtbot.waitUntil(lambda: again.tabs.second is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: again.tabs.second.reading.document is not None, timeout=WAIT)
    assert again.tabs.second.reading.document.text.startswith("丙")


def test_both_pages_look_alike(app: App, qtbot: QtBot) -> None:
    split(app, qtbot)
    for command in ("theme_dark", "zoom_in", "page_face", "layer_entities"):
        app.commands.run(command)
    first, second = app.parts.reader.reading, app.tabs.second.view.reading
    assert (second.theme, second.size, second.setup) == (first.theme, first.size, first.setup)
    assert second.layers.shown == first.layers.shown == set(LAYERS) - {"entities"}
