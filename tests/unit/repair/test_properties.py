from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz.checks import check, check_neighbours
from tests.fuzz.damages import damaged, mixture

from meipi.core.repairs import apply_edits
from meipi.repair import repair
from meipi.repair.channels import ALL
from meipi.repair.plan import Change, Plan, Proof, apply_changes, tidy

CHINESE = st.text(
    alphabet="长江大桥今天通车開會動員群眾的了是在有，。！？“”、一二三１２", max_size=40
)
PIECES = st.sampled_from(
    [
        *("協(xié)", "?qū)", "?；", "鐢ㄦ埛", "锛?", "ä¸", "\xad", "æ–‡", "ÖÐ", "¹ú", "⼀", "Ш类"),
        *("\u200b", "&#20013;", "%E4", "=?gb2312?B?1tA=?=", "\ufffd", "€", "\ud800", "𠮷"),
        *("锟斤拷", "锟街凤拷", "嚙踝", "烫烫", "烫烫烫", "ʽ", "ï¿½"),
        *"?()\na",
    ]
)
DAMAGED = st.lists(PIECES | CHINESE, max_size=12).map("".join)
CHANNEL = st.sampled_from([channel for channel in ALL if channel.damage])


@given(DAMAGED)
@settings(max_examples=150, deadline=None)
def test_repairing_twice_is_repairing_once(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@given(DAMAGED)
@settings(max_examples=100, deadline=None)
def test_edits_replay_and_the_map_is_theirs(text: str) -> None:
    result = repair(text)
    assert apply_edits(text, result.edits) == (result.text, result.map)


@given(DAMAGED)
@settings(max_examples=100, deadline=None)
def test_edits_stand_where_they_say_in_the_reading_text(text: str) -> None:
    result = repair(text)
    assert all(edit.span.slice(result.text) == edit.after for edit in result.edits)


@given(DAMAGED)
@settings(max_examples=100, deadline=None)
def test_what_is_lost_lies_in_order_within_both_texts(text: str) -> None:
    result = repair(text)
    spans = [one.span for one in result.lost]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(one.source == result.map.to_source_span(one.span) for one in result.lost)


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_string_at_all_is_repaired_without_error(text: str) -> None:
    result = repair(text)
    assert result.map.source_length == len(text)


@given(CHINESE)
@settings(max_examples=100, deadline=None)
def test_clean_text_stays(text: str) -> None:
    result = repair(text)
    assert (result.edits, result.lost) == ((), ())


@given(CHINESE.filter(bool), st.data())
@settings(max_examples=60, deadline=None)
def test_proposals_of_two_rounds_make_what_they_made_one_by_one(
    text: str, data: st.DataObject
) -> None:
    plan = Plan(text)
    expected = text
    for _ in range(2):
        changes = data.draw(proposals(len(expected)))
        changes = tidy(expected, changes)
        plan.add(changes)
        expected = apply_changes(expected, changes)
    assert plan.finish().text == expected


def proposals(length: int) -> st.SearchStrategy[list[Change]]:
    place = st.tuples(st.integers(0, length), st.integers(0, length)).map(sorted)
    change = st.builds(
        lambda at, after: Change(*at, after, 0.9, Proof.TABLE),
        place,
        st.sampled_from(["", "甲", "乙丙"]),
    )
    return st.lists(change, max_size=4)


@given(DAMAGED)
@settings(max_examples=100, deadline=None)
def test_all_that_holds_of_any_repair_holds(text: str) -> None:
    check(text)


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_all_that_holds_of_any_repair_holds_of_cut_and_mixed_damage(data: st.DataObject) -> None:
    made = mixture(lambda most: data.draw(st.integers(0, most - 1)))
    check(made.text)
    check_neighbours(made.text, made.sound)


@pytest.mark.parametrize("channel", [channel.name for channel in ALL])
def test_each_channel_is_reached_from_the_texts_that_fuzzing_starts_with(channel: str) -> None:
    assert channel in reached()


@cache
def reached() -> frozenset[str]:
    results = [repair(text) for text in damaged()]
    found = {one.channel for result in results for one in (*result.edits, *result.lost)}
    return frozenset(found)


@pytest.mark.parametrize("text", list(damaged()), ids=ascii)
def test_all_that_holds_of_any_repair_holds_of_every_damage(text: str) -> None:
    check(text)
