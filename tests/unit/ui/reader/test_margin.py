"""Cards stand at their lines and never over each other."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from meipi.ui.reader.margin import CARD_GAP, Wish, place_cards

wishes = st.lists(
    st.builds(Wish, st.integers(0, 900).map(float), st.integers(20, 120).map(float)), max_size=12
).map(lambda found: sorted(found, key=lambda wish: wish.top))


def clear(places: list[Wish], tops: list[float]) -> bool:
    cards = list(zip(places, tops, strict=True))
    return all(top + a.height + CARD_GAP <= below for (a, top), (_, below) in pairwise(cards))


def test_cards_with_room_stand_at_their_lines():
    assert place_cards([Wish(0, 40), Wish(100, 40)]) == [0, 100]


def test_a_card_is_pushed_below_the_one_before():
    assert place_cards([Wish(0, 40), Wish(10, 40)]) == [0, 40 + CARD_GAP]


@given(wishes)
def test_no_card_lies_over_another(places: list[Wish]):
    assert clear(places, place_cards(places))


@given(wishes.filter(bool), st.data())
def test_the_card_in_focus_stays_at_its_line_and_others_make_room(places, data):
    focus = data.draw(st.integers(0, len(places) - 1))
    tops = place_cards(places, focus=focus)
    assert tops[focus] == places[focus].top
    assert clear(places, tops)
