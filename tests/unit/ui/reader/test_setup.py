"""How the page is set: proportions within their bounds, and where letters stand apart."""

from __future__ import annotations

import pytest

from meipi.ui.reader.setup import LEADINGS, MEASURES, PageSetup
from meipi.ui.reader.spacing import CLOSED, HAIR, spaces
from meipi.ui.theme import Theme

TYPE = Theme.load("light").type


def test_the_usual_page_is_that_of_the_tokens():
    assert PageSetup().scaled(TYPE) == TYPE


def test_paragraphs_are_told_apart_by_an_indent_or_a_gap_never_both():
    indented = PageSetup(paragraphs="indent").scaled(TYPE)
    spaced = PageSetup(paragraphs="gap").scaled(TYPE)
    assert indented.paragraph_indent_em == 2
    assert spaced.paragraph_indent_em == 0
    assert spaced.paragraph_gap_em > indented.paragraph_gap_em


@pytest.mark.parametrize("steps", [-100, 100])
def test_measure_and_leading_stop_at_their_bounds(steps: int):
    page = PageSetup().wider(steps).looser(steps)
    at = 0 if steps < 0 else -1
    assert (page.measure, page.leading) == (MEASURES[at], LEADINGS[at])


def test_a_step_and_one_back_lead_to_where_they_began():
    page = PageSetup()
    assert page.wider(1).wider(-1).looser(1).looser(-1) == page


def apart(text: str, amount: float) -> list[str]:
    return [text[at : at + 2] for at, more in spaces(text) if more == amount]


def test_latin_and_figures_stand_a_hair_apart_from_chinese():
    text = "全区GDP增长6.8%以上,𠮷2024年A股"
    assert apart(text, HAIR) == ["区G", "P增", "长6", "%以", "𠮷2", "4年", "年A", "A股"]


def test_what_already_has_a_space_or_a_mark_between_gets_none():
    assert apart("增长 8 亿，GDP（8）“A”", HAIR) == []


def test_where_two_marks_meet_half_a_character_goes():
    assert apart("“《纲要》”，（“双创”）。——……", CLOSED) == [
        "“《",
        "》”",
        "”，",
        "，（",
        "（“",
        "”）",
        "）。",
    ]


def test_marks_with_strokes_in_their_middle_keep_their_room():
    assert apart("好！”——“是？”", CLOSED) == []
