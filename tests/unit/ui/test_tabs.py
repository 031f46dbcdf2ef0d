"""Tabs as values: what opens where, what closes, what stays in front."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meipi.ui.presenters.tabs import Side, Tab


def side(*documents: str, current: int = 0) -> Side:
    return Side(tuple(Tab(document, kept=True) for document in documents), current)


def test_a_tab_that_is_not_kept_makes_way_for_the_next():
    looked_at = side("a").opened("b").opened("c")
    assert looked_at.documents == ["a", "c"]


def test_a_kept_tab_stays_and_the_next_opens_beside_it():
    assert side("a", "z").opened("b").kept("b").opened("c").documents == ["a", "b", "c", "z"]


def test_a_document_with_a_tab_gets_no_second():
    found = side("a", "b").opened("b")
    assert (found.documents, found.current) == (["a", "b"], 1)


def test_closing_the_tab_in_front_brings_the_next_there():
    assert side("a", "b", "c", current=1).closed(1).shown == Tab("c", kept=True)
    assert side("a", "b", current=1).closed(1).shown == Tab("a", kept=True)
    assert side("a").closed(0).shown is None


def test_closing_one_before_it_leaves_the_tab_in_front():
    assert side("a", "b", "c", current=2).closed(0).shown == Tab("c", kept=True)


def test_steps_go_round_the_ends():
    tabs = side("a", "b", "c")
    assert (tabs.stepped(-1), tabs.stepped(4), Side().stepped(1)) == (2, 1, -1)


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.tuples(st.just(n), *(st.integers(0, n - 1) for _ in range(3)))
    )
)
def test_moving_a_tab_loses_none_and_leaves_the_same_in_front(places: tuple[int, int, int, int]):
    count, current, start, to = places
    before = side(*map(str, range(count)), current=current)
    after = before.moved(start, to)
    assert sorted(after.documents) == sorted(before.documents)
    assert after.shown == before.shown
    assert after.documents[to] == before.documents[start]


def test_documents_that_are_no_more_take_their_tabs_along():
    left = side("a", "b", "c", current=1).without({"a", "x"})
    assert (left.documents, left.current) == (["b", "c"], 0)
