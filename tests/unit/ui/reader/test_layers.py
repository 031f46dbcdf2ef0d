"""Layers are found by place: flat ones by bisection, overlapping ones by an index."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meipi.core.entity import EntityType, Mention
from meipi.core.repairs import Proof, RepairEdit
from meipi.core.spans import Span
from meipi.ui.reader.hover import targets_at
from meipi.ui.reader.layers import AnnotationIndex, AnnotationMark, Band, Layers, stack_bands


def mention(start: int, end: int, kind: EntityType = EntityType.LOC) -> Mention:
    return Mention(Span(start, end), kind, "", "", "model")


def mark(name: str, start: int, end: int) -> AnnotationMark:
    return AnnotationMark(name, Span(start, end), 0, name)


def repair(start: int, end: int) -> RepairEdit:
    return RepairEdit(start, end, start, end, "", "", "pinyin", 1.0, Proof.REPLAYED)


def test_entities_of_a_row_are_those_that_touch_it():
    layers = Layers(entities=[mention(0, 3), mention(3, 5), mention(8, 12), mention(12, 14)])
    assert list(layers.entities_in(Span(4, 12))) == [1, 2]


def test_hidden_types_are_left_out():
    layers = Layers(
        entities=[mention(0, 2), mention(2, 4, EntityType.PER)],
        hidden_types=frozenset({EntityType.LOC}),
    )
    assert list(layers.entities_in(Span(0, 9))) == [1]


def test_a_layer_that_is_off_shows_nothing():
    layers = Layers(entities=[mention(0, 2)], repairs=[repair(0, 2)])
    layers.shown.clear()
    assert not list(layers.entities_in(Span(0, 9)))
    assert not list(layers.repairs_in(Span(0, 9)))


def test_a_repair_that_only_took_away_is_found_where_it_was():
    layers = Layers(repairs=[repair(2, 4), repair(6, 6), repair(8, 9)])
    assert list(layers.repairs_in(Span(5, 8))) == [1]
    assert list(layers.repairs_in(Span(6, 7))) == [1]


spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda p: Span(p[0], p[0] + p[1]))


@given(st.lists(spans, max_size=30), spans)
def test_the_index_finds_what_a_search_through_all_finds(places: list[Span], window: Span):
    index = AnnotationIndex(AnnotationMark(str(n), place, 0, "") for n, place in enumerate(places))
    found = {index.marks[at].id for at in index.within(window)}
    assert found == {str(n) for n, place in enumerate(places) if place.overlaps(window)}


def test_an_annotation_of_a_whole_book_is_found_everywhere():
    index = AnnotationIndex([mark("book", 0, 9_000_000), mark("word", 8_000_000, 8_000_002)])
    assert [index.marks[at].id for at in index.within(Span(8_000_000, 8_000_001))] == [
        "book",
        "word",
    ]


def test_annotations_side_by_side_have_the_whole_ground():
    assert stack_bands([(0, 2, 1), (2, 5, 2)]) == [Band(0, 2, (1,)), Band(2, 5, (2,))]


def test_three_overlapping_annotations_share_the_ground_where_they_overlap():
    assert stack_bands([(0, 9, 1), (2, 6, 2), (4, 6, 3)]) == [
        Band(0, 2, (1,)),
        Band(2, 4, (1, 2)),
        Band(4, 6, (1, 2, 3)),
        Band(6, 9, (1,)),
    ]


def test_an_empty_range_takes_no_ground():
    assert stack_bands([(3, 3, 1)]) == []


def test_the_shortest_thing_under_the_pointer_comes_first():
    layers = Layers(
        entities=[mention(0, 4)],
        repairs=[repair(1, 2)],
        annotations=AnnotationIndex([mark("a", 0, 30)]),
    )
    assert [target.kind for target in targets_at(layers, 1)] == ["repair", "entity", "annotation"]


def test_finds_of_a_row_are_those_that_touch_it():
    layers = Layers(finds=[Span(0, 2), Span(5, 7), Span(9, 11)])
    assert list(layers.finds_in(Span(6, 9))) == [1]
