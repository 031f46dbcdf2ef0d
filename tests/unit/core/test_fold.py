from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core import fold as module
from meipi.core.fold import fold, fold_script

texts = st.text(st.one_of(st.characters(), st.sampled_from("發髮乾著İΣςＡｚ\u3000\u00a0𠮷ß")))


@given(texts)
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(fold_script(text)) == len(text)


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_script(fold_script(text)) == fold_script(text)


@given(st.lists(texts, min_size=2, max_size=4))
def test_a_part_of_a_text_folds_as_it_does_inside(parts: list[str]) -> None:
    assert fold("".join(parts)) == "".join(map(fold, parts))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("著力推進", "着力推进"),
        ("頭髮與發展", "头发与发展"),
        ("台灣臺灣", "台湾台湾"),
        ("裏面裡面", "里面里面"),
        ("為了爲了", "为了为了"),
        ("答覆", "答复"),
        ("ＧＤＰ：８％", "gdp:8%"),
        ("皇后以後", "皇后以后"),
    ],
)
def test_the_same_words_in_two_scripts_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_the_script_alone_leaves_width_and_case() -> None:
    assert fold_script("ＡＢＣ　區") == "ＡＢＣ　区"


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(module).failed == 0
