"""The stages one by one."""

from __future__ import annotations

import gzip
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.document import Block, Role, Structure
from meipi.core.entity import EntityType as T
from meipi.core.resources import resource_path
from meipi.core.spans import Span
from meipi.entities.cutting import LONGEST, cut
from meipi.entities.draft import Draft
from meipi.entities.folding import fold_text
from meipi.entities.gazetteer import load_gazetteer, shortened
from meipi.entities.matcher import Matcher
from meipi.entities.merge import settle
from meipi.entities.numerals import number_value
from meipi.entities.visible import see


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold_text(text)) == len(text)


@given(st.text(alphabet="天津,。!“”\nab1 ", max_size=600))
def test_pieces_are_in_order_and_short_and_lose_no_chinese(text: str) -> None:
    pieces = cut(text)
    assert all(0 < end - start <= LONGEST for start, end in pieces)
    assert [at for piece in pieces for at in piece] == sorted(at for p in pieces for at in p)
    kept = "".join(text[start:end] for start, end in pieces)
    assert [c for c in kept if c in "天津"] == [c for c in text if c in "天津"]


def test_what_a_block_hides_is_not_seen_and_offsets_lead_back() -> None:
    text = "甲乙**丙丁**\n戊"
    blocks = (
        Block(Span(0, 8), Role.PARAGRAPH, hidden=(Span(2, 4), Span(6, 8))),
        Block(Span(9, 10), Role.PARAGRAPH),
    )
    seen = see(text, Structure(blocks))
    assert seen.text == "甲乙丙丁\n戊\n"
    assert seen.to_reading(1, 3) == Span(1, 5)
    assert seen.to_reading(5, 6) == Span(9, 10)


def test_a_block_past_the_end_of_the_text_is_cut_to_it() -> None:
    assert see("甲", Structure((Block(Span(0, 9), Role.PARAGRAPH),))).text == "甲\n"


def test_the_longest_word_of_a_list_is_found_at_each_place() -> None:
    assert list(Matcher(["上海", "上海市", "海市"]).find("上海市上海")) == [(0, 3), (3, 5)]


@pytest.mark.parametrize(
    ("drafts", "kept"),
    [
        ([(0, 4, T.WORK), (1, 3, T.LOC)], [(0, 4)]),
        ([(0, 6, T.EVENT), (0, 2, T.LOC)], [(0, 6)]),
        ([(0, 4, T.POLICY), (2, 6, T.ORG)], [(2, 6)]),
        ([(0, 4, T.EVENT), (0, 4, T.TIME)], [(0, 4)]),
        ([(0, 2, T.QUANTITY), (0, 5, T.ORG)], [(0, 5)]),
        ([(0, 3, T.TIME), (2, 5, T.LOC)], [(0, 3)]),
        ([(0, 3, T.LOC), (0, 5, T.ORG)], [(0, 5)]),
    ],
)
def test_overlaps_are_settled(
    drafts: list[tuple[int, int, T]], kept: list[tuple[int, int]]
) -> None:
    settled = settle([Draft(start, end, kind, "model") for start, end, kind in drafts])
    assert [(draft.start, draft.end) for draft in settled] == kept


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from(list(T)))))
def test_settled_drafts_never_overlap(ranges: list[tuple[int, int, T]]) -> None:
    settled = settle([Draft(a, a + n, kind, "model") for a, n, kind in ranges])
    assert all(a.end <= b.start for a, b in pairwise(settled))


def test_the_packaged_divisions_are_small_and_whole() -> None:
    packed = resource_path("entities", "divisions.txt.gz").read_bytes()
    assert len(packed) < 200_000
    lines = gzip.decompress(packed).decode().splitlines()
    assert sum(1 for line in lines if not line.startswith("\t")) == 34


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("新疆维吾尔自治区", "新疆"),
        ("恩施土家族苗族自治州", "恩施"),
        ("浦东新区", "浦东"),
        ("郊区", "郊区"),
    ],
)
def test_divisions_are_shortened_as_people_do(name: str, short: str) -> None:
    assert shortened(name) == short


def test_the_gazetteer_knows_what_lies_in_what() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer.lies_in("永嘉县", "浙江省") is True
    assert gazetteer.lies_in("永嘉县", "广东省") is False
    assert gazetteer.lies_in("无此县", "广东省") is None


@pytest.mark.parametrize("written", ["", "点五", "万点", "余", "数十", "上百", "."])
def test_what_is_no_certain_number_has_no_value(written: str) -> None:
    assert number_value(written) is None
