"""The page fits its window: whole characters, a margin where there is room for one."""

from __future__ import annotations

import pytest

from meipi.ui.reader.page import page_geometry
from meipi.ui.theme import Theme

TYPE, SPACE = Theme.load("light").type, Theme.load("light").space


@pytest.mark.parametrize("viewport", range(300, 2000, 37))
@pytest.mark.parametrize("size", [14, 19, 38])
def test_text_and_margin_lie_inside_the_window(viewport: int, size: int):
    page = page_geometry(viewport, size, TYPE, SPACE)
    assert page.left >= 0
    assert page.right <= viewport
    assert not page.margin_width or page.margin_left + page.margin_width <= viewport


@pytest.mark.parametrize("viewport", [500, 900, 1600])
def test_the_column_is_a_whole_number_of_characters_wide(viewport: int):
    page = page_geometry(viewport, 19, TYPE, SPACE)
    assert page.width % 19 == 0
    assert page.width <= 38 * 19


def test_a_wide_window_has_the_full_measure_and_a_margin():
    page = page_geometry(1600, 19, TYPE, SPACE)
    assert page.width == 38 * 19
    assert page.margin_left > page.right


def test_a_narrow_window_folds_the_margin():
    assert page_geometry(700, 19, TYPE, SPACE).margin_width == 0
