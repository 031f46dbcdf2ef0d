"""Anchors stay on their words, or say that they do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meipi.core.anchors import AnchorState, find_anchor, make_anchor, move_anchor
from meipi.core.spans import Span
from meipi.core.textmap import Replacement, TextMap

TEXT = "今年以来,宝坻区先后赴京招商推介150余次。去年,宝坻区招商推介90次。"


def anchor_on(quote: str, text: str = TEXT, occurrence: int = 0):
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(quote, start + 1)
    return make_anchor(text, Span(start, start + len(quote)), TextMap.identity(len(text)))


def find(anchor, text: str):
    return find_anchor(anchor, text, TextMap.identity(len(text)))


def test_an_anchor_in_an_unchanged_text_is_exact() -> None:
    anchor = anchor_on("招商推介")
    assert find(anchor, TEXT) == anchor


def test_an_anchor_behind_an_insertion_is_moved() -> None:
    moved = find(anchor_on("90次"), f"新华社电 {TEXT}")
    assert (moved.state, moved.span.slice(f"新华社电 {TEXT}")) == (AnchorState.MOVED, "90次")


def test_the_second_of_two_equal_passages_stays_the_second() -> None:
    longer = TEXT.replace("今年以来", "今年一月以来")
    moved = find(anchor_on("招商推介", occurrence=1), longer)
    assert moved.span.start == longer.rindex("招商推介")
    assert moved.state is AnchorState.MOVED


def test_a_passage_that_is_gone_needs_review() -> None:
    lost = find(anchor_on("招商推介"), "完全不同的一篇文章。")
    assert lost.state is AnchorState.NEEDS_REVIEW
    assert lost.quote == "招商推介"


def test_a_short_quote_in_other_surroundings_is_a_look_alike() -> None:
    anchor = anchor_on("京")
    assert find(anchor, "东京的天气很好,与此无关的一句话。").state is AnchorState.NEEDS_REVIEW


def test_repairing_before_the_passage_moves_it_through_the_map() -> None:
    source = "協(xié)同發(fā)展"
    before = make_anchor(source, Span(7, 8), TextMap.identity(len(source)))
    text_map = TextMap.from_replacements(len(source), [Replacement(1, 6, 0), Replacement(8, 12, 0)])
    moved = move_anchor(before, "協同發展", text_map)
    assert (moved.span, moved.state) == (Span(2, 3), AnchorState.MOVED)


def test_repairing_the_passage_itself_needs_review() -> None:
    source = "天津?qū)氎妫壕劢"
    before = make_anchor(source, Span(2, 9), TextMap.identity(len(source)))
    repaired = "天津寶坻：聚"
    text_map = TextMap.from_replacements(len(source), [Replacement(2, len(source), 4)])
    moved = move_anchor(before, repaired, text_map)
    assert moved.state is AnchorState.NEEDS_REVIEW
    assert moved.span == Span(2, 6)


@given(st.text(min_size=1, max_size=60), st.data())
def test_an_anchor_never_lands_on_other_words_unnoticed(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    anchor = make_anchor(text, Span(start, end), TextMap.identity(len(text)))
    other = data.draw(st.text(max_size=60))
    found = find(anchor, other)
    assert found.span.end <= len(other)
    if found.state is not AnchorState.NEEDS_REVIEW:
        assert found.span.slice(other) == anchor.quote
