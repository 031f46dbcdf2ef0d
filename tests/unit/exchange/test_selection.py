"""A part of a set."""

import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.exchange import selection


def ids(annotated) -> dict[str, list[str]]:
    return {d.document.id: [a.id for a in d.annotations] for d in annotated.documents}


def test_nothing_chosen_is_everything(small_set):
    assert selection(small_set) == small_set


def test_documents_are_chosen_with_all_on_them_and_the_whole_codebook(small_set):
    part = selection(small_set, documents=["d1"])
    assert part.documents == small_set.documents[:1]
    assert part.tags == small_set.tags


def test_a_tag_chooses_its_annotations_and_leaves_out_documents_without(small_set):
    assert ids(selection(small_set, tags=["t3"])) == {"d2": ["d2a2"]}


def test_a_chosen_tag_keeps_those_above_it(small_set):
    assert [tag.id for tag in selection(small_set, tags=["t2"]).tags] == ["t1", "t2"]


def test_a_tag_above_does_not_choose_those_below(small_set):
    assert ids(selection(small_set, tags=["t1"])) == {"d1": ["a2"], "d2": ["d2a1", "d2a5"]}


def test_a_document_asked_for_stays_though_no_tag_fits(small_set):
    assert ids(selection(small_set, documents=["d1"], tags=["t3"])) == {"d1": []}


@pytest.mark.parametrize(
    ("chosen", "code"),
    [({"documents": ["d9"]}, "document_unknown"), ({"tags": ["t9"]}, "tag_unknown")],
)
def test_what_is_not_there_cannot_be_chosen(small_set, chosen, code):
    with pytest.raises(MeipiError) as caught:
        selection(small_set, **chosen)
    assert caught.value.code is ErrorCode(code)
