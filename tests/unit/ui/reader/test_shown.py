"""What a row shows, and the way from its UTF-16 units back to the reading text."""

from __future__ import annotations

from meipi.core.document import Block, Role, ShownText
from meipi.core.script import Script
from meipi.core.spans import Span
from meipi.core.textmap import Replacement, TextMap
from meipi.ui.reader.content import RowTable
from meipi.ui.reader.shown import ShownRow, identity, show


def row_of(text: str, *hidden: Span, start: int = 0, convert=identity) -> ShownRow:
    blocks = [Block(Span(start, len(text)), Role.PARAGRAPH, hidden=hidden)]
    rows = RowTable(text, blocks)
    rows.build()
    return show(rows, rows.row(0), convert=convert, script=Script.SIMPLIFIED)


def test_hidden_characters_are_not_shown():
    assert row_of("社区网\n格", Span(3, 4)).text == "社区网格"


def test_a_selection_across_a_hidden_break_covers_it():
    row = row_of("社区网\n格化", Span(3, 4))
    assert Span(row.offset(2), row.end_offset(4)) == Span(2, 5)


def test_a_selection_up_to_a_hidden_break_leaves_it_out():
    row = row_of("社区网\n格化", Span(3, 4))
    assert (row.end_offset(3), row.offset(3)) == (3, 4)


def test_units_count_characters_beyond_the_basic_plane_twice():
    row = row_of("在𠮷野家", start=0)
    assert row.unit_span(Span(1, 2)) == (1, 3)
    assert row.offset(3) == 2


def test_a_row_counts_from_where_it_begins():
    row = row_of("题\n天津市", start=2)
    assert row.unit_span(Span(3, 5)) == (1, 3)
    assert row.offset(1) == 3


def test_a_span_elsewhere_has_no_units():
    assert row_of("题\n天津市", start=2).unit_span(Span(0, 2)) == (0, 0)


def test_a_converted_phrase_of_another_length_maps_as_a_whole():
    def shorter(text: str, _script: Script) -> ShownText:
        return ShownText(
            text.replace("電腦", "机"),
            TextMap.from_replacements(len(text), [Replacement(1, 3, 1)]),
        )

    row = row_of("用電腦寫", convert=shorter)
    assert row.text == "用机寫"
    assert row.unit_span(Span(1, 2)) == (1, 2)
    assert Span(row.offset(1), row.end_offset(2)) == Span(1, 3)


def test_controls_and_lone_surrogates_are_replaced_one_to_one():
    assert row_of("天\x00津\ud800市\x0b区").text == "天\ufffd津\ufffd市\u2028区"


def test_the_lead_of_a_joined_row_is_its_heading():
    text = "一是领导。要落实。"
    rows = RowTable(
        text,
        [Block(Span(0, 5), Role.RUN_IN_HEADING), Block(Span(5, 9), Role.PARAGRAPH)],
    )
    rows.build()
    assert show(rows, rows.row(0), convert=identity, script=Script.ORIGINAL).lead == 5
