"""Finding in one text: expressions, pinyin, whole words; long texts as short ones."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.fold import fold
from meipi.ui.presenters.finding import ExpressionError, Query, find_query
from meipi.ui.scanning import fold_long

TEXT = (
    "天津市寶坻區召開發佈會，宝坻区报道：２０２４年投资45.6亿元（约合6億美元）。𠮷野家 AI\n天津人"
)


def found(query: Query, words: list[str] | None = None, text: str = TEXT) -> list[str]:
    def cut(part: str) -> list[str]:
        return words if words is not None and "".join(words) == part else list(part)

    return [place.slice(text) for place in find_query(fold(text), query, cut)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("baodi", ["寶坻", "宝坻"]),
        ("bdq", ["寶坻區", "宝坻区"]),
        ("bao di qu", ["寶坻區", "宝坻区"]),
        ("tianjins", ["天津市"]),
        ("天jin", ["天津", "天津"]),
        ("ai", ["AI"]),
        ("zkh", []),
        ("zhkf", ["召開發"]),
    ],
)
def test_pinyin_finds_syllables_initials_and_what_is_half_typed(
    typed: str, words: list[str]
) -> None:
    assert found(Query(typed, pinyin=True)) == words


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (r"\d+年", ["２０２４年"]),
        ("[区區]", ["區", "区"]),
        ("^天津.", ["天津市", "天津人"]),
        ("（.*?）", ["（约合6億美元）"]),
        ("ai$", ["AI"]),
        ("𠮷", ["𠮷"]),
        ("x*", []),
    ],
)
def test_an_expression_finds_either_script_and_width(expression: str, words: list[str]) -> None:
    assert found(Query(expression, regex=True)) == words


@pytest.mark.parametrize("expression", ["(", "[", "*", "(?<n", "a{2,1}", "\\"])
def test_a_broken_expression_says_why(expression: str) -> None:
    with pytest.raises(ExpressionError, match=r"\w"):
        find_query(fold(TEXT), Query(expression, regex=True), list)


def test_whole_words_begin_and_end_where_words_do() -> None:
    text = "北京大学生，在北京"
    cuts = {"北京大学生": ["北京", "大学生"], "在北京": ["在", "北京"]}
    for words, starts in (("北京", [0, 7]), ("北京大学", []), ("大学生", [2])):
        places = find_query(text, Query(words, words=True), cuts.__getitem__)
        assert [place.start for place in places] == starts


def test_a_place_across_two_slices_is_found_once() -> None:
    rest = ("甲乙丙，" * 65_536)[:262_143]
    text = rest + "宝坻" + rest
    for query in (Query("baodi", pinyin=True), Query("宝坻"), Query("宝坻", regex=True)):
        assert [place.start for place in find_query(text, query, list)] == [262_143]


@given(st.text(st.sampled_from("寶坻Ａbİς𠮷\n （"), max_size=40))
def test_a_long_text_is_folded_as_a_short_one(some: str) -> None:
    text = some + "國" * 262_144 + some
    assert fold_long(text) == fold(text)


@given(st.text(max_size=12), st.text(max_size=60))
def test_anything_typed_finds_places_in_order_or_says_why(typed: str, text: str) -> None:
    for query in (Query(typed, pinyin=True), Query(typed, regex=True), Query(typed, words=True)):
        try:
            places = find_query(fold(text), query, list)
        except ExpressionError:
            continue
        assert all(one.end <= other.start for one, other in pairwise(places))
        assert all(map(len, places))
