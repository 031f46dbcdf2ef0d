"""Layers on one another stay legible, and differ for those who see fewer colours.

Dichromats' sight as simulated by Machado, Oliveira and Fernandes (2009), severity 1; distances in
Oklab (Ottosson 2020), hundredths: about 2 can be told apart side by side.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QColor
from tests.unit.ui.test_theme import MARK, TEXT, contrast

from meipi.core.entity import EntityType
from meipi.ui.theme import THEME_NAMES, Theme

SIGHT = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
GROUNDS, MARKS, LAYERS = 2.5, 6.0, 4.0
ONE_FAMILY = {frozenset({EntityType.MONEY, EntityType.PERCENT})}
"""Types that share a colour on purpose."""


def times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def seen(color: QColor, sight: str) -> list[float]:
    channels = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    left = [min(1.0, max(0.0, value)) for value in times(SIGHT[sight], linear)]
    return times(_TO_LAB, [max(0.0, value) ** (1 / 3) for value in times(_TO_LMS, left)])


def distance(first: QColor, second: QColor, sight: str) -> float:
    pairs = zip(seen(first, sight), seen(second, sight), strict=True)
    return 100 * sum((a - b) ** 2 for a, b in pairs) ** 0.5


@pytest.fixture(params=THEME_NAMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return Theme.load(request.param)


@pytest.fixture(params=SIGHT)
def sight(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def grounds(theme: Theme) -> dict[str, QColor]:
    named = {f"tag {at}": color for at, color in enumerate(theme.tags)}
    return {**named, "selection": theme.selection, "find": theme.find}


def test_red_and_green_of_one_lightness_are_one_without_the_middle_cones():
    red, green = QColor("#B26E6E"), QColor("#7F8A6E")
    assert distance(red, green, "deuteranopia") < distance(red, green, "all colours") / 2


def test_every_two_tags_differ(theme: Theme, sight: str):
    near = {
        (a, b): round(distance(theme.tags[a], theme.tags[b], sight), 1)
        for a, b in combinations(range(len(theme.tags)), 2)
        if distance(theme.tags[a], theme.tags[b], sight) < GROUNDS
    }
    assert near == {}


def test_every_two_types_under_one_shape_of_line_differ(theme: Theme, sight: str):
    near = [
        (a.value, b.value)
        for a, b in combinations(theme.entities, 2)
        if theme.entities[a].shape == theme.entities[b].shape
        and frozenset({a, b}) not in ONE_FAMILY
        and distance(theme.entities[a].color, theme.entities[b].color, sight) < MARKS - 0.5
    ]
    assert near == []


def test_what_is_selected_differs_from_what_is_found(theme: Theme, sight: str):
    assert distance(theme.selection, theme.find, sight) >= LAYERS


def test_a_likely_repair_differs_from_a_proved_one(theme: Theme, sight: str):
    proved, inferred = (theme.repairs[kind].color for kind in ("proved", "inferred"))
    assert distance(proved, inferred, sight) >= LAYERS


def test_every_ground_differs_from_the_paper(theme: Theme, sight: str):
    near = [
        name
        for name, color in grounds(theme).items()
        if distance(color, theme.paper, sight) < GROUNDS
    ]
    assert near == []


def test_every_mark_is_legible_on_every_ground(theme: Theme):
    marks = {kind.value: mark.color for kind, mark in theme.entities.items()}
    marks |= {kind: mark.color for kind, mark in theme.repairs.items()}
    low = [
        (mark, ground, round(contrast(color, under), 2))
        for mark, color in marks.items()
        for ground, under in grounds(theme).items()
        if contrast(color, under) < MARK
    ]
    assert low == []


def test_words_in_the_accent_are_legible_on_its_ground(theme: Theme):
    assert contrast(theme.accent, theme.accent_soft) >= MARK
    assert contrast(theme.panel_raised, theme.accent) >= TEXT
