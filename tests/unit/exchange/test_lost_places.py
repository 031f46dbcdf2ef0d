"""Lost characters in the files themselves: a column of a table, a line of a report."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.repairs import Lost
from meipi.core.spans import Span
from meipi.exchange import FORMATS, csv_table
from meipi.exchange.lost_places import LostPlaces, read_lost, united
from meipi.exchange.refusal import Refused

HOLE = Lost(Span(6, 7), Span(9, 11), "utf8-as-gbk", "swallowed")
_SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Span(*sorted(ends)))
_NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
_LOST = st.lists(st.builds(Lost, _SPANS, _SPANS, _NAMES, _NAMES), max_size=8)


@given(_LOST, _SPANS)
def test_a_cell_reads_back_as_what_is_lost_in_the_passage(lost, span):
    places = LostPlaces(lost)
    assert read_lost(places.cell(span)) == places.within(span)


@given(_LOST, _SPANS)
def test_what_is_lost_in_a_passage_is_what_shares_a_character_with_it(lost, span):
    shared = {one for one in lost if one.span.clip(span)}
    within = LostPlaces(lost).within(span)
    assert shared <= set(within) <= set(lost)


@pytest.mark.parametrize("cell", ["6", "6-7", "7-6 (1-2) a b", "6-7 (2-1) a b", "6-7 (9-11) a"])
def test_a_cell_that_is_none_is_refused(cell):
    with pytest.raises(Refused):
        read_lost(cell)


def test_a_cell_stays_short_enough_for_a_spreadsheet():
    lost = [Lost(Span(at, at + 1), Span(at, at + 1), "c", "swallowed") for at in range(5_000)]
    cell = LostPlaces(lost).cell(Span(0, 5_000))
    assert 30_000 < len(cell) <= 32_000
    assert united([cell, cell]) == tuple(read_lost(cell))


def test_a_table_without_the_column_is_still_read(small_set, written):
    text = written(FORMATS["csv"], small_set).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    at = rows[0].index("lost")
    older = io.StringIO(newline="")
    csv.writer(older).writerows([*row[:at], *row[at + 1 :]] for row in rows)
    found = csv_table.read(io.BytesIO(older.getvalue().encode()))
    wanted = csv_table.survivors(small_set)
    assert [one.annotations for one in found.documents] == [
        one.annotations for one in wanted.documents
    ]


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_what_is_lost_in_a_passage_comes_back_from_a_table(small_set, written, name):
    known = FORMATS[name]
    found = known.read(io.BytesIO(written(known, small_set)))
    assert found.documents[0].repaired.lost == small_set.documents[0].repaired.lost


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_a_report_says_under_the_passage_what_is_lost_in_it(small_set, written, name):
    first = small_set.documents[0]
    holed = replace(first, repaired=replace(first.repaired, lost=(HOLE,)))
    text = written(FORMATS[name], replace(small_set, documents=(holed,))).decode()
    assert "缺字 1 处：第 7 字（误读时吞掉了这里的字节，无从得知原字）" in text
