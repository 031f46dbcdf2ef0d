"""Maps between texts: replacements, inversion and composition."""

from __future__ import annotations

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.spans import Span
from meipi.core.textmap import Replacement, TextMap


@st.composite
def maps(draw: st.DrawFn, length: int | None = None) -> TextMap:
    size = draw(st.integers(0, 30)) if length is None else length
    cuts = sorted(draw(st.lists(st.integers(0, size), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return TextMap.from_replacements(
        size, [Replacement(a, b, draw(st.integers(0, 4))) for a, b in pairs]
    )


@st.composite
def chains(draw: st.DrawFn) -> tuple[TextMap, TextMap, TextMap]:
    first = draw(maps())
    second = draw(maps(first.target_length))
    return first, second, draw(maps(second.target_length))


@given(maps())
def test_inverting_twice_gives_the_same_map(text_map: TextMap) -> None:
    assert text_map.invert().invert() == text_map


@given(maps(), st.data())
def test_a_span_survives_the_way_there_and_back_at_least_as_large(
    text_map: TextMap, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, text_map.source_length))
    end = data.draw(st.integers(start, text_map.source_length))
    span = Span(start, end)
    target = text_map.to_target_span(span)
    assert 0 <= target.start <= target.end <= text_map.target_length
    if target and not text_map.touches_change(span):
        assert text_map.to_source_span(target) == span


@given(chains())
def test_composing_is_associative_on_lengths_and_offsets(
    chain: tuple[TextMap, TextMap, TextMap],
) -> None:
    a, b, c = chain
    left, right = a.compose(b).compose(c), a.compose(b.compose(c))
    assert left.source_length == right.source_length == a.source_length
    assert left.target_length == right.target_length == c.target_length


@given(chains())
def test_pieces_tile_both_texts(chain: tuple[TextMap, TextMap, TextMap]) -> None:
    composed = chain[0].compose(chain[1])
    source = target = 0
    for piece in composed.pieces:
        assert (piece.source_start, piece.target_start) == (source, target)
        source, target = piece.source_end, piece.target_end
        if piece.linear:
            assert source - piece.source_start == target - piece.target_start
    assert (source, target) == (composed.source_length, composed.target_length)


@given(chains())
def test_linear_characters_of_a_composition_agree_with_both_steps(
    chain: tuple[TextMap, TextMap, TextMap],
) -> None:
    first, second, _ = chain
    composed = first.compose(second)
    for piece in composed.pieces:
        if piece.linear:
            for offset in range(piece.source_start, piece.source_end):
                through = second.to_target(first.to_target(offset))
                assert composed.to_target(offset) == through


@given(maps())
def test_the_inverse_composes_to_a_map_of_the_text_onto_itself(text_map: TextMap) -> None:
    around = text_map.compose(text_map.invert())
    assert around.source_length == around.target_length == text_map.source_length


def test_an_annotation_over_a_deleted_reading_keeps_its_characters() -> None:
    text_map = TextMap.from_replacements(len("協(xié)同"), [Replacement(1, 6, 0)])
    assert text_map.to_target_span(Span(0, 7)) == Span(0, 2)
    assert text_map.to_target_span(Span(2, 4)) == Span(1, 1)


def test_an_insertion_belongs_to_neither_neighbour() -> None:
    text_map = TextMap.from_replacements(4, [Replacement(2, 2, 3)])
    assert text_map.to_target_span(Span(0, 2)) == Span(0, 2)
    assert text_map.to_target_span(Span(2, 4)) == Span(5, 7)
    assert text_map.to_target_span(Span(1, 3)) == Span(1, 6)


@pytest.mark.parametrize("wrong", [[Replacement(3, 2, 1)], [Replacement(0, 9, 1)]])
def test_replacements_out_of_order_are_refused(wrong: list[Replacement]) -> None:
    with pytest.raises(ValueError, match="out of order"):
        TextMap.from_replacements(4, wrong)


def test_maps_that_do_not_meet_are_refused() -> None:
    with pytest.raises(ValueError, match="do not meet"):
        TextMap.identity(3).compose(TextMap.identity(4))


def test_a_map_and_its_inverse_are_no_cycle() -> None:
    """The window freezes what it reads and never looks for cycles in it."""
    gc.collect()
    made = TextMap.from_replacements(40, [Replacement(2, 5, 1)])
    made.invert().to_target(3)
    made.to_source(7)
    del made
    assert not gc.collect()
