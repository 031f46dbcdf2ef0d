"""The paragraph table: rows, cuts, folds and the scroll bar's units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.document import Block, Role
from meipi.core.spans import Span
from meipi.ui.reader.content import RowTable, plain_structure
from meipi.ui.reader.pieces import PIECE, cut

P, B, R = Role.PARAGRAPH, Role.BOILERPLATE, Role.RUN_IN_HEADING


def table(*parts: tuple[str, Role], between: str = "\n") -> RowTable:
    text, blocks = "", []
    for part, role in parts:
        blocks.append(Block(Span(len(text), len(text) + len(part)), role))
        text += part + between
    return RowTable(text, blocks)


def shown(rows: RowTable) -> list[str]:
    rows.build()
    return [
        "▸" if rows.row(i).fold >= 0 else rows.row(i).span.slice(rows.text)
        for i in range(len(rows))
    ]


def test_every_block_is_a_row():
    assert shown(table(("题目", Role.TITLE), ("第一段。", P))) == ["题目", "第一段。"]


def test_neighbouring_boilerplate_folds_into_one_row():
    rows = table(("一", P), ("分享", B), ("版权所有", B), ("二", P), ("广告", B))
    assert shown(rows) == ["一", "▸", "二", "▸"]
    assert [(fold.paragraphs, fold.characters) for fold in rows.folds] == [(2, 6), (1, 2)]


def test_an_unfolded_run_shows_its_blocks_below_its_line():
    rows = table(("一", P), ("分享", B), ("版权", B), ("二", P))
    rows.build()
    rows.toggle(0)
    assert shown(rows) == ["一", "▸", "分享", "版权", "二"]


def test_folding_again_restores_rows_and_scroll_bar():
    rows = table(("一", P), ("分享", B), ("版权", B), ("二", P))
    before, weight = shown(rows), rows.total_weight
    rows.toggle(0)
    assert rows.total_weight > weight
    rows.toggle(0)
    assert (shown(rows), rows.total_weight) == (before, weight)


def test_an_offset_inside_a_fold_is_found_on_its_line():
    rows = table(("一", P), ("分享到", B), ("二", P))
    assert rows.at(3) == 1


def test_an_offset_inside_an_open_fold_is_found_in_its_text():
    rows = table(("一", P), ("分享到", B), ("二", P))
    rows.build()
    rows.toggle(0)
    assert rows.row(rows.at(3)).span.slice(rows.text) == "分享到"


def test_an_offset_between_blocks_belongs_to_the_row_before():
    rows = table(("一", P), ("二", P), between="\n\n")
    assert [rows.at(offset) for offset in range(6)] == [0, 0, 0, 1, 1, 1]


def test_a_run_in_heading_shares_the_row_of_its_paragraph():
    assert shown(table(("一是加强领导。", R), ("要落实责任。", P), between="")) == [
        "一是加强领导。要落实责任。"
    ]


def test_a_run_in_heading_on_a_line_of_its_own_is_a_row():
    assert shown(table(("一是加强领导", R), ("要落实责任。", P))) == [
        "一是加强领导",
        "要落实责任。",
    ]


def test_a_long_block_is_cut_after_sentences():
    rows = table(("天津市宝坻区召开会议。" * 500, P))
    pieces = shown(rows)
    assert len(pieces) == 3
    assert all(piece.endswith("。") for piece in pieces)
    assert [rows.row(i).begins for i in range(3)] == [True, False, False]
    assert [rows.row(i).ends for i in range(3)] == [False, False, True]


@given(st.text(alphabet="天津。，”a ", max_size=9_000))
def test_pieces_join_up_and_none_is_too_long(text: str):
    pieces = list(cut(text, Span(0, len(text))))
    assert "".join(piece.slice(text) for piece in pieces) == text
    assert max(len(piece) for piece in pieces) <= PIECE


def test_the_first_screen_builds_only_the_beginning():
    rows = table(*[("天津市宝坻区", P)] * 5_000)
    rows.build(100)
    assert len(rows) < 1_000
    assert not rows.complete


def test_rows_built_bit_by_bit_equal_rows_built_at_once():
    parts = [("段落", B if n % 97 < 3 else P) for n in range(3_000)]
    at_once, by_bits = table(*parts), table(*parts)
    while by_bits.build_some(300):
        pass
    assert shown(by_bits) == shown(at_once)
    assert by_bits.total_weight == at_once.total_weight


def test_a_fold_that_reaches_past_what_is_built_is_whole():
    rows = table(*[("段", P)] * 250, *[("版权", B)] * 20, *[("段", P)] * 50)
    assert shown(rows).count("▸") == 1
    assert rows.folds[0].paragraphs == 20


@pytest.mark.parametrize("row", [0, 1, 2, 3])
def test_the_scroll_bar_finds_each_row_where_it_begins(row: int):
    rows = table(("一", P), ("分享", B), ("二" * 50, P), ("三", P))
    rows.build()
    assert rows.at_weight(rows.weight_before(row)) == row


def test_the_estimate_of_a_table_half_built_is_near_the_truth():
    rows = table(*[("天津市宝坻区召开会议。", P)] * 4_000)
    rows.build(0)
    estimate = rows.total_weight
    rows.build()
    assert estimate == pytest.approx(rows.total_weight, rel=0.05)


def test_a_text_nobody_analysed_is_shown_line_by_line():
    text = "第一行\r\n\r\n  第二行  \n"
    assert [b.span.slice(text) for b in plain_structure(text).blocks] == ["第一行", "  第二行"]
