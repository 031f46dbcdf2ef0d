"""What a key means depends on what is selected, typed and current."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from meipi.ui.keys import key_of
from meipi.ui.presenters.keys import Act, Key, Situation, meaning

PICKING = Situation(picking=True, selected=True)
TYPED = Situation(picking=True, selected=True, typed="zs")
SELECTED = Situation(selected=True)
ON_ANNOTATION = Situation(annotation=True)
WITH_CARD = Situation(card=True)
ON_REPAIR = Situation(card=True, repair=True)
NOWHERE = Situation()


@pytest.mark.parametrize(
    ("key", "now", "act"),
    [
        (Key("", "1"), PICKING, Act.TAG),
        (Key("", "1"), SELECTED, Act.TAG),
        (Key("", "1"), ON_ANNOTATION, Act.TAG),
        (Key("", "1"), TYPED, Act.TYPE),
        (Key("", "1"), NOWHERE, None),
        (Key("", "0"), PICKING, None),
        (Key("", "n"), PICKING, Act.NOTE),
        (Key("", "N", shift=True), PICKING, Act.NOTE),
        (Key("", "n"), TYPED, Act.TYPE),
        (Key("", "n"), ON_ANNOTATION, Act.NOTE),
        (Key("", "n"), NOWHERE, None),
        (Key("", "z"), PICKING, Act.TYPE),
        (Key("", "z"), SELECTED, None),
        (Key("", "a"), ON_REPAIR, Act.ACCEPT),
        (Key("", "R", shift=True), ON_REPAIR, Act.REJECT),
        (Key("", "e"), ON_REPAIR, Act.EDIT),
        (Key("", "r"), WITH_CARD, None),
        (Key("", "a"), TYPED, Act.TYPE),
        (Key("Return"), PICKING, Act.PICK),
        (Key("Return"), ON_ANNOTATION, Act.CARD),
        (Key("Return"), SELECTED, None),
        (Key("Escape"), PICKING, Act.LEAVE),
        (Key("Escape"), SELECTED, None),
        (Key("Down"), PICKING, Act.NEXT),
        (Key("Up"), PICKING, Act.PREVIOUS),
        (Key("Down", shift=True), PICKING, None),
        (Key("Tab"), PICKING, Act.FIELD),
        (Key("Backspace"), TYPED, Act.ERASE),
        (Key("Backspace"), PICKING, None),
        (Key("Delete"), ON_ANNOTATION, Act.DELETE),
        (Key("Delete"), SELECTED, None),
        (Key("Return"), NOWHERE, None),
        (Key("Return"), WITH_CARD, Act.CARD),
        (Key("Escape"), WITH_CARD, Act.LEAVE_CARD),
        (Key("Tab"), WITH_CARD, Act.INTO_CARD),
        (Key("Tab"), NOWHERE, None),
        (Key("", "n"), WITH_CARD, None),
        (Key("[", "[", alt=True), ON_ANNOTATION, Act.MOVE_END),
        (Key("]", "]", alt=True), ON_ANNOTATION, Act.MOVE_END),
        (Key("[", "{", alt=True, shift=True), ON_ANNOTATION, Act.MOVE_END),
        (Key("]", "}", alt=True, shift=True), ON_ANNOTATION, Act.MOVE_END),
        (Key("[", "[", alt=True), SELECTED, None),
        (Key("", "z", control=True), TYPED, None),
    ],
)
def test_a_key_means_one_thing_in_each_situation(key: Key, now: Situation, act: Act | None) -> None:
    assert meaning(key, now) is act


def test_a_bracket_keeps_its_name_with_shift() -> None:
    alt_shift = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_BraceLeft, alt_shift, "{")
    assert key_of(event) == Key("[", "{", shift=True, alt=True)
