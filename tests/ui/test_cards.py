"""What lies in the text is pointed at, opened, walked and acted on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from meipi.core.spans import Span
from meipi.ui.i18n import percent
from meipi.ui.presenters.targets import Target
from meipi.ui.reader.hover import HoverTarget

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from meipi.ui.app import App
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.widgets.action_card import ActionCard

Key = Qt.Key
WAIT = 60_000


def document(app: App) -> OpenDocument:
    assert app.reading.document is not None
    return app.reading.document


def named(app: App, name: str) -> list[int]:
    return [at for at, m in enumerate(document(app).mentions or ()) if m.text == name]


def hover(app: App, target: Target) -> None:
    span = target.span(document(app))
    rect = app.parts.reader.rect_of(span)
    app.parts.reader.hovered.emit(HoverTarget(target.kind, target.index, "", span, rect))


def put_caret(app: App, offset: int) -> None:
    app.parts.reader.setFocus()
    app.parts.reader.scroll_to(offset, select=Span(offset, offset))


def press(app: App, key: Qt.Key) -> None:
    QTest.keyClick(app.parts.reader, key)


@pytest.fixture
def card(opened: App) -> ActionCard:
    return opened.parts.target_card


@pytest.fixture
def damaged(
    start: Callable[..., App],
    settle: Callable[[App], None],
    tmp_path: Path,
) -> App:
    """A document with two repairs of one kind."""
    path = tmp_path / "radicals.txt"
    path.write_text("天津市召开⼤会,介绍⼈才政策的情况。" * 3, encoding="utf-8")
    app = start(path)
    settle(app)
    assert len(document(app).repairs.edits) > 1
    return app


def test_an_entity_says_how_often_other_documents_name_it(
    opened: App, qtbot: QtBot, settle: Callable[[App], None], tmp_path: Path
) -> None:
    first = document(opened).id
    other = tmp_path / "other.txt"
    other.write_text("宝坻区召开会议。\n记者走进宝坻区。\n", encoding="utf-8")
    opened.library.add([other])
    qtbot.waitUntil(
        lambda: opened.reading.document is not None and opened.reading.document.id != first,
        timeout=WAIT,
    )
    settle(opened)
    there = len(named(opened, "宝坻区"))
    opened.library.open(first)
    qtbot.waitUntil(lambda: document(opened).id == first, timeout=WAIT)
    hover(opened, Target("entity", named(opened, "宝坻区")[0]))
    said = opened.parts.hover_card.saying
    qtbot.waitUntil(lambda: f"另见 1 篇 {there} 次" in said.body.text(), timeout=WAIT)
    assert said.headline.text() == "宝坻区"


def place_of(opened: App, name: str) -> Span:
    """Return where the entity ``name`` is mentioned first; a longer name may hold it before."""
    return Target("entity", named(opened, name)[0]).span(document(opened))


def test_enter_opens_the_entity_at_the_caret_and_esc_closes_it(
    opened: App, card: ActionCard
) -> None:
    put_caret(opened, place_of(opened, "宝坻区").start)
    press(opened, Key.Key_Return)
    assert card.isVisible()
    assert card.saying.headline.text() == "宝坻区"
    assert opened.parts.reader.hasFocus()
    press(opened, Key.Key_Escape)
    assert card.isHidden()


def test_a_click_on_an_entity_opens_its_card(opened: App, card: ActionCard) -> None:
    place = opened.parts.reader.rect_of(place_of(opened, "宝坻区")).center()
    QTest.mouseClick(opened.parts.reader.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert card.saying.headline.text() == "宝坻区"
    assert card.isVisible()


def test_a_card_walks_to_the_next_mention_and_round(opened: App, card: ActionCard) -> None:
    entities = document(opened).entities
    assert entities is not None
    places = list(entities.same(named(opened, "宝坻区")[0]))
    assert len(places) > 1
    opened.cards.open_target(Target("entity", places[0]))
    for expected in (*places[1:], places[0]):
        card.next.click()
        assert opened.cards.targets.target == Target("entity", expected)
        span = Target("entity", expected).span(document(opened))
        assert opened.parts.reader.selection().start == span.start
    card.previous.click()
    assert opened.cards.targets.target == Target("entity", places[-1])


def test_tab_leads_into_the_card_round_its_buttons_and_esc_back(
    opened: App, card: ActionCard
) -> None:
    opened.parts.reader.setFocus()
    opened.cards.open_target(Target("entity", named(opened, "宝坻区")[0]))
    press(opened, Key.Key_Tab)
    assert card.previous.hasFocus()
    visited = []
    offered = [card.acts[act] for act in ("page", "type", "more", "tag")]
    for _ in range(2 + len(offered)):
        QTest.keyClick(card.focusWidget(), Key.Key_Tab)
        visited.append(card.focusWidget())
    assert visited == [card.next, *offered, card.previous]
    QTest.keyClick(card.previous, Key.Key_Backtab)
    QTest.keyClick(card.focusWidget(), Key.Key_Escape)
    assert card.isHidden()
    assert opened.parts.reader.hasFocus()


def test_an_entity_is_shown_in_its_panel_though_that_was_folded_and_filtered(
    opened: App, card: ActionCard
) -> None:
    opened.commands.run("panel_outline")
    opened.commands.run("fold_right")
    opened.parts.entities.rows.field.setText("没有")
    opened.cards.open_target(Target("entity", named(opened, "宝坻区")[0]))
    opened.commands.run("entity_list")
    assert opened.parts.entities.isVisible()
    assert opened.parts.entities.rows.list.hasFocus()
    assert "宝坻" in opened.parts.entities.rows.list.currentIndex().data()


def test_a_mention_is_tagged_from_its_card(opened: App, card: ActionCard, qtbot: QtBot) -> None:
    opened.cards.open_target(Target("entity", named(opened, "宝坻区")[0]))
    card.acts["tag"].click()
    assert card.isHidden()
    assert opened.picker.is_open
    assert opened.parts.reader.hasFocus()
    QTest.keyClicks(opened.parts.reader, "bd")
    press(opened, Key.Key_Return)
    qtbot.waitUntil(lambda: len(document(opened).rows) == 1, timeout=WAIT)
    assert document(opened).rows[0].quote == "宝坻区"


def test_a_repair_says_all_that_is_known_and_walks_through_its_channel(damaged: App) -> None:
    card, edits = damaged.parts.target_card, document(damaged).repairs.edits
    put_caret(damaged, edits[0].start)
    press(damaged, Key.Key_Return)
    assert card.saying.headline.text() == f"{edits[0].before} → {edits[0].after}"
    assert f"把握 {percent(edits[0].confidence)}" in card.saying.body.text()
    assert card.place.text() == f"1 / {len(edits)}"
    assert "tag" not in [name for name, button in card.acts.items() if button.isVisible()]
    card.next.click()
    assert card.place.text() == f"2 / {len(edits)}"
    card.acts["list"].click()
    assert edits[1].after in damaged.parts.repairs.rows.list.currentIndex().data()


def test_enter_again_opens_the_next_thing_at_the_caret(
    opened: App, card: ActionCard, qtbot: QtBot
) -> None:
    at = document(opened).text.index("宝坻区")
    opened.bridge.write(
        opened.workspace.annotating.add(document(opened).id, Span(at, at + 6), note="看")
    )
    qtbot.waitUntil(lambda: len(document(opened).rows) == 1, timeout=WAIT)
    put_caret(opened, at)
    press(opened, Key.Key_Return)
    assert opened.parts.annotation_card.isVisible()
    press(opened, Key.Key_Return)
    assert opened.parts.annotation_card.isHidden()
    assert card.isVisible()
    press(opened, Key.Key_Return)
    assert card.isHidden()
    assert opened.parts.annotation_card.isVisible()


def test_a_card_goes_when_the_caret_leaves_its_words(opened: App, card: ActionCard) -> None:
    at = document(opened).text.index("宝坻区")
    put_caret(opened, at)
    press(opened, Key.Key_Return)
    press(opened, Key.Key_Right)
    assert card.isVisible()
    press(opened, Key.Key_Down)
    assert card.isHidden()


def test_nothing_is_said_by_hovering_while_a_card_is_open(opened: App, card: ActionCard) -> None:
    first, *_ = named(opened, "宝坻区")
    opened.cards.open_target(Target("entity", first))
    hover(opened, Target("entity", 0))
    assert opened.parts.hover_card.isHidden()
    assert card.pos() != QPoint()
