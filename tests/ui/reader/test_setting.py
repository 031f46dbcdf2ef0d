"""Lines of Chinese are set as in a good book, and the text stays what it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtGui import QGuiApplication

from meipi.core.document import Role
from meipi.core.spans import Span
from meipi.ui.reader.setup import PageSetup

MIXED = (
    "据介绍，2024年全区GDP达到1234.5亿元，同比增长6.8%；“十四五”时期，A股上市公司增至35家"
    "（含新三板12家）。区委提出：“‘双创’‘三农’一起抓，《规划纲要》（2021—2025年）——这是重点……”"
    "完成率100%，5G基站1200个，好！请看《附录》。"
)
NEVER_FIRST = set("，。、；：？！）》〉】」』〕〗”’…%")
NEVER_LAST = set("（《〈【「『〔〖“‘")


@pytest.fixture
def page(view, make_article):
    view.set_document(make_article(*((MIXED * 3, Role.PARAGRAPH) for _ in range(4))).content)
    return view


def lines(view) -> list[tuple[str, object, object]]:
    rows = [placed.row for placed in view.reading.scroller.visible()]
    return [
        (row.shown.text[line.start : line.stop], row, line) for row in rows for line in row.lines
    ]


@pytest.mark.parametrize("measure", range(20, 39, 2))
def test_no_line_begins_or_ends_with_a_mark_that_must_not(page, measure: int):
    page.set_page(PageSetup(measure=measure))
    texts = [text for text, _, _ in lines(page)]
    assert [text for text in texts if text[0] in NEVER_FIRST or text[-1] in NEVER_LAST] == []


@pytest.mark.parametrize("measure", range(20, 39, 2))
def test_dashes_and_ellipses_are_never_divided(page, measure: int):
    page.set_page(PageSetup(measure=measure))
    texts = [text for text, _, _ in lines(page)]
    pairs = [a[-1] + b[0] for a, b in pairwise(texts)]
    assert not {"——", "……"} & set(pairs)


def test_a_hair_stands_between_chinese_and_figures_only_while_wanted(page):
    at = MIXED.index("6.8")
    row = page.reading.sheet.row(0)
    with_hair = row.lines[0].x(at) - row.lines[0].x(at - 1)
    page.set_page(PageSetup(spaced=False))
    row = page.reading.sheet.row(0)
    assert with_hair > row.lines[0].x(at) - row.lines[0].x(at - 1)


def test_the_hair_is_in_neither_the_selection_nor_the_copy(page):
    page.set_selection(Span(0, len(MIXED)))
    assert page.copy_text() == MIXED
    assert QGuiApplication.clipboard().text() == MIXED


def test_marks_that_meet_share_the_room_of_one(page):
    page.set_page(PageSetup(measure=20))
    for text, row, line in lines(page):
        at = text.find("”，")
        if at >= 0 and line.start + at + 1 < line.stop:
            width = line.x(line.start + at + 1) - line.x(line.start + at)
            assert width < row.em * 0.8


def test_an_opening_mark_at_the_beginning_stands_on_the_edge_of_the_column(page):
    found = []
    for measure in range(20, 39, 2):
        page.set_page(PageSetup(measure=measure))
        opening = [line for text, row, line in lines(page) if text[0] in NEVER_LAST]
        found += [round(line.x(line.start), 1) for line in opening]
    assert set(found) == {0.0}


def test_every_full_line_ends_at_the_edge_of_the_column(page):
    width = page.reading.sheet.geometry.width
    for text, row, line in lines(page):
        if line is not row.lines[-1]:
            hair = row.em * 0.13 if text[-1].isascii() or text[-1] not in NEVER_FIRST else 0
            assert width - 1 <= line.x(line.stop) <= width + hair


@pytest.mark.parametrize(
    "page_setup",
    [
        PageSetup(measure=24),
        PageSetup(leading=220),
        PageSetup(paragraphs="gap"),
        PageSetup(face="hei"),
    ],
)
def test_setting_the_page_keeps_the_line_at_the_top(reader, article, page_setup: PageSetup):
    there = article.at("第9段").start
    reader.put_top(there)
    reader.set_page(page_setup)
    assert reader.top_offset() == there


def test_paragraphs_spaced_begin_at_the_edge(page):
    indented = page.reading.sheet.row(0).lines[0].x(0)
    page.set_page(replace(PageSetup(), paragraphs="gap"))
    assert page.reading.sheet.row(0).lines[0].x(0) == 0 < indented
