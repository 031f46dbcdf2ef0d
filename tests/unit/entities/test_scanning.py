"""Patterns tried only where a match can begin find what they find everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.entities import figures, people, times, titles
from meipi.entities.matcher import Matcher
from meipi.entities.scanning import matches, places

ALPHABET = (
    "0123456789.,%-+~—:/“”《》〇一二三十百千万亿两半数几第届次个家元美人民币多余年月日号时点分秒季度"
    "上下午晚早周星期今昨明天去近来前后农历初春夏冬清明世纪代公民国正腊五四成约超奥运会冬亚残杯中国际"
    "大论坛赛台风某女士先生欧阳王李张×,。的在 \n"
)
STARTING = [
    (figures.MONEY, figures._BEGINNING),
    (figures.PERCENT, figures._BEGINNING),
    (figures.QUANTITY, figures._BEGINNING),
    (times.TIME, times._BEGINNING),
]


@pytest.mark.parametrize(
    ("pattern", "first"), STARTING, ids=("money", "percent", "quantity", "time")
)
@given(text=st.text(alphabet=ALPHABET, max_size=60))
def test_figures_and_times_begin_only_where_their_beginnings_say(
    pattern: re.Pattern[str], first: re.Pattern[str], text: str
) -> None:
    expected = [match.span() for match in pattern.finditer(text)]
    assert [match.span() for match in matches(pattern, places(first, text), text)] == expected


@given(text=st.text(alphabet=ALPHABET, max_size=60))
def test_events_begin_only_where_their_beginnings_say(text: str) -> None:
    expected = [match.span() for match in titles._EVENT.finditer(text)]
    found = matches(titles._EVENT, titles._event_beginnings(text), text)
    assert [match.span() for match in found] == expected


@given(text=st.text(alphabet=ALPHABET, max_size=60))
def test_anonymous_people_are_found_by_the_mark_in_their_name(text: str) -> None:
    expected = [match.span() for match in people._ANONYMOUS.finditer(text)]
    assert [match.span() for match in people._anonymous(text)] == expected


def test_a_match_is_not_tried_inside_the_one_before() -> None:
    found = matches(re.compile("aa|ab"), [0, 1, 2], "aaab")
    assert [match.span() for match in found] == [(0, 2), (2, 4)]


def test_nothing_to_match_finds_nothing() -> None:
    assert list(Matcher([]).find("北京")) == []


def test_places_are_counted_in_code_points() -> None:
    assert list(Matcher(["北京"]).find("𠮷😀北京")) == [(2, 4)]
