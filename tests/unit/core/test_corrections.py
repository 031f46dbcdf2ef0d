"""Corrections laid over mentions, without a library."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.anchors import make_anchor
from meipi.core.corrections import (
    NameCorrection,
    NameRule,
    NameRules,
    PlaceCorrection,
    PlaceRule,
    apply_corrections,
)
from meipi.core.entity import EntityType, Mention
from meipi.core.spans import Span
from meipi.core.textmap import TextMap

LOC, ORG, MONEY = EntityType.LOC, EntityType.ORG, EntityType.MONEY
TEXT = "天津市宝坻区,寶坻區。DNA与DNAse,投资81.7亿元"


def mention(words: str, kind: EntityType = LOC, canonical: str = "") -> Mention:
    at = TEXT.index(words)
    return Mention(Span(at, at + len(words)), kind, words, canonical or words, "model")


def put(words: str, kind: EntityType) -> PlaceCorrection:
    return at_place(Span(TEXT.index(words), TEXT.index(words) + len(words)), PlaceRule.PUT, kind)


def at_place(span: Span, rule: PlaceRule, kind: EntityType | None = None) -> PlaceCorrection:
    anchor = make_anchor(TEXT, span, TextMap.identity(len(TEXT)))
    return PlaceCorrection(f"{span}{rule}", "d", rule, anchor, type=kind)


def rules(*corrections: NameCorrection) -> NameRules:
    return NameRules(corrections)


def test_without_corrections_everything_stays_as_it_was_found() -> None:
    found = (mention("宝坻区"),)
    assert apply_corrections(found, (), NameRules(), TEXT) is found


def test_a_name_always_found_stands_in_either_script_but_in_no_longer_word() -> None:
    always = rules(
        NameCorrection("1", NameRule.ALWAYS, "宝坻区", target_type=LOC),
        NameCorrection("2", NameRule.ALWAYS, "dna", target_type=ORG),
    )
    laid = apply_corrections((), (), always, TEXT)
    assert [(m.text, m.by) for m in laid] == [
        ("宝坻区", "reader"), ("寶坻區", "reader"), ("DNA", "reader"),
    ]  # fmt: skip


def test_a_name_always_found_takes_the_place_of_a_part_of_it() -> None:
    always = rules(NameCorrection("1", NameRule.ALWAYS, "宝坻区", target_type=LOC))
    laid = apply_corrections([mention("宝坻")], (), always, TEXT)
    assert [m.text for m in laid] == ["宝坻区", "寶坻區"]


def test_a_changed_type_brings_its_normal_form() -> None:
    figure = mention("81.7亿元", EntityType.QUANTITY)
    laid = apply_corrections(
        [figure], [put("81.7亿元", MONEY)], NameRules(), TEXT, normalise=lambda _, s: f"<{s}>"
    )
    assert [(m.type, m.normal) for m in laid] == [(MONEY, "<81.7亿元>")]


def test_an_entity_renamed_and_merged_is_followed_to_its_end_and_never_in_a_circle() -> None:
    chain = rules(
        NameCorrection("1", NameRule.ENTITY, "甲", LOC, "乙", LOC),
        NameCorrection("2", NameRule.ENTITY, "乙", LOC, "丙", ORG),
        NameCorrection("3", NameRule.ENTITY, "丁", LOC, "戊", LOC),
        NameCorrection("4", NameRule.ENTITY, "戊", LOC, "丁", LOC),
    )
    assert chain.followed(LOC, "甲") == (ORG, "丙")
    assert chain.followed(LOC, "丁")[0] is LOC


@pytest.mark.parametrize("kind", [LOC, ORG])
def test_a_mention_put_by_hand_is_named_as_others_written_so_are(kind: EntityType) -> None:
    found = mention("宝坻区", LOC, "天津市宝坻区")
    laid = apply_corrections([found], [put("寶坻區", kind)], NameRules(), TEXT)
    assert laid[-1].canonical == ("天津市宝坻区" if kind is LOC else "寶坻區")


SPANS = st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda p: Span(p[0], p[0] + p[1]))


def flat(spans: list[Span]) -> list[Mention]:
    end, found = 0, []
    for span in sorted(spans):
        if span.start >= end:
            words = span.slice(TEXT)
            found.append(Mention(span, LOC, words, words, "model"))
            end = span.end
    return found


@given(st.lists(SPANS), st.lists(SPANS), st.lists(SPANS), st.sampled_from(["宝坻", "津市宝", "区"]))
def test_whatever_is_corrected_mentions_stay_in_order_and_apart(
    found: list[Span], puts: list[Span], rejects: list[Span], name: str
) -> None:
    places = [at_place(span, PlaceRule.PUT, ORG) for span in puts]
    places += [at_place(span, PlaceRule.REJECT) for span in rejects]
    always = rules(NameCorrection("1", NameRule.ALWAYS, name, target_type=LOC))
    laid = apply_corrections(flat(found), places, always, TEXT)
    assert all(a.span.end <= b.span.start for a, b in pairwise(laid))
    assert all(m.text == m.span.slice(TEXT) for m in laid)
