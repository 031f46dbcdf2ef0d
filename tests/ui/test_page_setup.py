"""The card that sets the page: it acts at once, by mouse and by key, and is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from meipi.services.settings import Settings
from meipi.ui.reader.setup import PageSetup

if TYPE_CHECKING:
    from meipi.ui.app import App
    from meipi.ui.panels.page_card import PageCard


@pytest.fixture
def card(opened: App) -> PageCard:
    opened.commands.run("page_setup")
    assert opened.page_setter.card is not None
    return opened.page_setter.card


def page(app: App) -> PageSetup:
    return app.parts.reader.reading.setup


def test_no_card_is_made_before_it_is_asked_for(opened: App) -> None:
    assert opened.page_setter.card is None


def test_every_choice_of_the_card_acts_at_once(opened: App, card: PageCard) -> None:
    for row, value in (("face", "hei"), ("paragraphs", "gap"), ("spaced", "off")):
        card.choices[row]._buttons[value].click()
    card.steppers["measure"].less.click()
    card.steppers["leading"].more.click()
    assert page(opened) == PageSetup(36, 180, "gap", "hei", spaced=False)
    assert opened.parts.source.view.reading.setup == page(opened)


def test_size_and_colours_are_set_there_too(opened: App, card: PageCard) -> None:
    card.steppers["size"].more.click()
    card.choices["theme"]._buttons["sepia"].click()
    assert opened.appearance.size == 21
    assert opened.appearance.theme.name == "sepia"
    assert card.steppers["size"].value.text() == "21 px"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("measure_narrower", PageSetup(measure=36)),
        ("measure_wider", PageSetup(measure=40)),
        ("leading_less", PageSetup(leading=170)),
        ("leading_more", PageSetup(leading=180)),
        ("page_face", PageSetup(face="hei")),
        ("page_paragraphs", PageSetup(paragraphs="gap")),
        ("page_spaced", PageSetup(spaced=False)),
    ],
)
def test_a_command_does_the_same_without_the_card(
    opened: App, command: str, expected: PageSetup
) -> None:
    opened.commands.run(command)
    assert page(opened) == expected


def test_one_act_brings_the_usual_page_back(opened: App, card: PageCard) -> None:
    opened.commands.run("measure_wider")
    opened.commands.run("zoom_in")
    card.reset.click()
    assert page(opened) == PageSetup()
    assert opened.appearance.size == 19


def test_the_page_is_set_the_same_the_next_time(opened: App) -> None:
    opened.commands.run("measure_narrower")
    opened.commands.run("page_paragraphs")
    opened.close()
    kept = Settings()
    assert (kept.get("page_measure"), kept.get("page_paragraphs")) == (36, "gap")


def test_the_keyboard_goes_through_the_card_and_back_to_the_text(
    opened: App, card: PageCard
) -> None:
    QTest.keyClick(card.window().focusWidget(), Qt.Key.Key_Tab)
    assert card.choices["face"]._buttons["hei"].hasFocus()
    QTest.keyClick(card.window().focusWidget(), Qt.Key.Key_Escape)
    assert card.isHidden()
    assert opened.parts.reader.hasFocus()


def test_the_card_speaks_the_language_of_the_window(opened: App, card: PageCard) -> None:
    opened.commands.run("language_en")
    assert card.labels["leading"].text() == "Leading"
    for choice in card.choices.values():
        for button in choice._buttons.values():
            assert button.width() >= button.sizeHint().width()
