"""Pages with readings put in: what falls out of step, and what is lost on the way."""

from __future__ import annotations

import re

import pytest

from meipi.core.repairs import LOST
from meipi.repair import repair
from meipi.repair.channels.pinyin import annotate
from meipi.repair.tables import readings

ALWAYS = {"開": "kāi", "動": "dòng", "員": "yuán", "會": "huì", "發": "fā"}
PAGE = "縣裡開會，動員群眾，發展生產。"


def damaged(text: str, cut: str) -> str:
    """Annotate a page, and the characters whose bytes lie across two of ``cut``'s."""
    first, second = (character.encode("gbk") for character in cut)
    astride = (first[1:] + second[:1]).decode("gbk")
    return annotate(PAGE + text, {**ALWAYS, astride: reading_of(astride)})


def reading_of(character: str) -> str:
    return next(reading for reading, found in readings().items() if character in found)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("他們表現得很好，評為A級。", "得很"),
        ("參觀的人很多。\n比賽在明天。", "人很"),
        ("後來改為博物館了嗎？\n他說還沒有。", "來改"),
    ],
    ids=["a letter half of a pair", "a line's end behind a full stop", "a question"],
)
def test_what_comes_back_into_step_at_ascii_is_whole(text: str, cut: str) -> None:
    shown = damaged(text, cut)
    assert "?" in shown
    assert repair(shown).text == PAGE + text


def test_a_tag_keeps_its_angle_bracket() -> None:
    text = "<p>今天講的是說課的道理。</p>"
    shown = damaged(text, "的道")
    assert "?/p>" in shown
    assert repair(shown).text == PAGE + text


def test_a_digit_that_was_eaten_is_lost_and_no_other_is_put_in() -> None:
    shown = damaged("這裡的人口共有1958人。", "的人")
    assert repair(shown).text == f"{PAGE}這裡的人口共有{LOST}958人。"


def test_private_use_characters_dropped_later_are_restored() -> None:
    text = "春天來了，孩子們到河邊去放風箏，玩得很高興。"
    shown = damaged(text, "了，")
    dropped = re.sub("[\ue000-\uf8ff]", "", shown)
    assert dropped != shown
    assert repair(dropped).text == PAGE + text
