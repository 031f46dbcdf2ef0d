"""Words, sentences and characters as a reader selects them."""

from __future__ import annotations

import pytest

from meipi.core.spans import Span
from meipi.ui.reader.selection import (
    character_at,
    clause_at,
    cut_by_class,
    next_word,
    previous_word,
    sentence_at,
    trim,
    word_at,
)

TEXT = "天津市召开“新闻发布会”,增长62.8%。"


def cut(text: str) -> list[str]:
    words = ["天津市", "召开", "新闻", "发布会", "增长", "62.8%"]
    found, at = [], 0
    while at < len(text):
        word = next((w for w in words if text.startswith(w, at)), text[at])
        found.append(word)
        at += len(word)
    return found


@pytest.mark.parametrize(
    ("at", "word"),
    [(0, "天津市"), (2, "天津市"), (3, "召开"), (5, "“"), (8, "发布会"), (15, "62.8%"), (20, "。")],
)
def test_a_word_is_found_around_every_character_of_it(at: int, word: str):
    assert word_at(TEXT, at, cut).slice(TEXT) == word


def test_a_word_does_not_reach_across_punctuation():
    assert word_at("天津,市", 1, lambda text: [text]).slice("天津,市") == "天津"


def test_words_are_stepped_over_forwards_and_backwards():
    assert next_word(TEXT, 0, cut) == 3
    assert previous_word(TEXT, 5, cut) == 3


def test_steps_stop_at_both_ends():
    assert next_word(TEXT, len(TEXT), cut) == len(TEXT)
    assert previous_word(TEXT, 0, cut) == 0


def test_blanks_belong_to_the_word_before_them():
    assert next_word("召开  发布会", 0, cut) == 4
    assert previous_word("召开  发布会", 4, cut) == 0


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (0, "他说:“来。”"),
        (6, "他说:“来。”"),
        (7, "她问:去吗?"),
        (14, "没有答"),
    ],
)
def test_a_sentence_ends_after_its_closing_marks(at: int, sentence: str):
    text = "他说:“来。”她问:去吗? 没有答"
    assert sentence_at(text, at).slice(text) == sentence


def test_blanks_around_a_sentence_are_left_out():
    assert trim("  天津 ", Span(0, 5)) == Span(2, 4)


def test_marks_that_combine_stay_with_their_letter():
    assert character_at("xie\u0301t", 2) == Span(2, 4)
    assert character_at("xie\u0301t", 3) == Span(2, 4)


def test_figures_and_foreign_words_stay_whole_without_a_dictionary():
    assert cut_by_class("GDP增8,170万") == ["GDP", "增", "8,170", "万"]


@pytest.mark.parametrize(
    ("at", "clause"),
    [(0, "天津市召开"), (7, "新闻发布会"), (5, "“"), (14, "增长62.8%"), (18, "增长62.8%")],
)
def test_a_clause_stands_between_marks(at: int, clause: str):
    assert clause_at(TEXT, at).slice(TEXT) == clause
