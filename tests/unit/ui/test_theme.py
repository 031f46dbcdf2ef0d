"""The palette is legible: text reaches 4.5:1 on its ground, every mark 3:1 (WCAG 2.2)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from meipi.core.entity import EntityType
from meipi.ui.theme import THEME_NAMES, Theme, palette, stylesheet

TEXT, MARK = 4.5, 3.0
STRICT = 7.0
"""WCAG's AAA for text."""


def luminance(color: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor, second: QColor) -> float:
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def misses(pairs: dict[str, tuple[QColor, QColor]], floor: float) -> list[str]:
    return [name for name, (mark, ground) in pairs.items() if contrast(mark, ground) < floor]


@pytest.fixture(params=THEME_NAMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return Theme.load(request.param)


def test_black_on_white_has_the_highest_contrast():
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)


def test_text_colours_are_legible_on_every_ground(theme: Theme):
    grounds = ("paper", "panel", "panel_raised")
    pairs = {
        f"{ink} on {ground}": (getattr(theme, ink), getattr(theme, ground))
        for ground in grounds
        for ink in ("ink", "ink_soft", "accent")
    }
    assert misses(pairs, TEXT) == []


def test_ink_is_legible_on_tags_selection_and_finds(theme: Theme):
    grounds = {f"tag {index}": color for index, color in enumerate(theme.tags)}
    grounds |= {"selection": theme.selection, "find": theme.find, "accent": theme.accent_soft}
    assert misses({name: (theme.ink, ground) for name, ground in grounds.items()}, TEXT) == []


def test_marks_stand_out_from_the_paper(theme: Theme):
    marks = {kind.value: (mark.color, theme.paper) for kind, mark in theme.entities.items()}
    marks |= {kind: (mark.color, theme.paper) for kind, mark in theme.repairs.items()}
    marks["line_strong"] = (theme.line_strong, theme.paper)
    assert misses(marks, MARK) == []


def test_high_contrast_reaches_the_stricter_floors():
    theme = Theme.load("contrast")
    grounds = {name: getattr(theme, name) for name in ("paper", "panel", "panel_raised")}
    inks = {name: getattr(theme, name) for name in ("ink", "ink_soft", "accent")}
    texts = {f"{a} on {b}": (c, g) for a, c in inks.items() for b, g in grounds.items()}
    under = {f"tag {at}": color for at, color in enumerate(theme.tags)}
    under |= {"selection": theme.selection, "find": theme.find, "accent": theme.accent_soft}
    texts |= {f"ink on {name}": (theme.ink, ground) for name, ground in under.items()}
    marks = {kind.value: mark.color for kind, mark in theme.entities.items()}
    marks |= {kind: mark.color for kind, mark in theme.repairs.items()}
    drawn = {
        f"{mark} on {name}": (color, ground)
        for mark, color in marks.items()
        for name, ground in {"paper": theme.paper, **under}.items()
    }
    drawn |= {"line": (theme.line, theme.paper), "ring": (theme.accent, theme.panel)}
    assert misses(texts, STRICT) == []
    assert misses(drawn, TEXT) == []


def test_every_entity_type_has_a_mark(theme: Theme):
    assert set(theme.entities) == set(EntityType)


def test_tag_colours_start_again_after_the_last(theme: Theme):
    assert theme.tag_color(len(theme.tags)) == theme.tags[0]


def test_the_palette_paints_widgets_in_the_theme(theme: Theme):
    colors = palette(theme)
    assert colors.color(QPalette.ColorRole.Window) == theme.panel
    assert colors.color(QPalette.ColorRole.Text) == theme.ink


def test_the_style_sheet_has_no_name_left_to_fill_in(theme: Theme):
    sheet = stylesheet(theme)
    assert "$" not in sheet.split("*/", 1)[1]
    assert theme.panel_raised.name() in sheet
