"""Annotations and the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.anchors import AnchorState
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.services.workspace import Workspace


def add(workspace: Workspace, document: str, span: Span, **options: str | None) -> str:
    return next(iter(workspace.annotating.add(document, span, **options).result().annotations))


def test_an_annotation_holds_words_context_and_place_in_the_source(
    workspace: Workspace, document: str, tag: str
) -> None:
    text = workspace.documents.reading(document).repaired.text
    at = text.index("打造")
    anchor = workspace.annotating.get(add(workspace, document, Span(at, at + 2), tag=tag)).anchor
    assert (anchor.quote, anchor.state) == ("打造", AnchorState.EXACT)
    assert anchor.prefix.endswith("“产业圈”,")
    assert anchor.suffix.startswith("宝地高地")
    source = workspace.documents.reading(document).source_text
    assert anchor.source.slice(source) == "打造"
    assert anchor.source.start == at + 1


def test_characters_beyond_the_basic_plane_count_as_one(
    workspace: Workspace, document: str
) -> None:
    text = workspace.documents.reading(document).repaired.text
    at = text.index("𠮷")
    key = add(workspace, document, Span(at, at + 3), note="🙂批")
    annotation = workspace.annotating.get(key)
    assert (annotation.anchor.quote, annotation.note) == ("𠮷野家", "🙂批")


def test_annotations_come_by_place_and_may_overlap(
    workspace: Workspace, document: str, tag: str
) -> None:
    for span in (Span(5, 9), Span(0, 9), Span(0, 4)):
        add(workspace, document, span, tag=tag)
    spans = [item.span for item in workspace.annotating.of(document)]
    assert spans == [Span(0, 4), Span(0, 9), Span(5, 9)]


def test_the_same_tag_on_the_same_words_is_one_annotation(
    workspace: Workspace, document: str, tag: str
) -> None:
    first = add(workspace, document, Span(0, 3), tag=tag)
    before = workspace.history.undo_label()
    assert add(workspace, document, Span(0, 3), tag=tag) == first
    assert len(workspace.annotating.of(document)) == 1
    assert workspace.history.undo_label() == before


@pytest.mark.parametrize("span", [Span(3, 3), Span(0, 9_999)])
def test_a_passage_outside_the_text_or_without_words_is_refused(
    workspace: Workspace, document: str, span: Span
) -> None:
    with pytest.raises(MeipiError) as caught:
        workspace.annotating.add(document, span).result()
    assert caught.value.code is ErrorCode.SPAN_OUTSIDE


def test_a_refused_act_changes_nothing(workspace: Workspace, document: str) -> None:
    with pytest.raises(MeipiError):
        workspace.annotating.add(document, Span(0, 3), tag="none").result()
    assert workspace.annotating.of(document) == []
    assert workspace.history.undo_label() is None


def test_tag_note_and_ends_can_be_changed(workspace: Workspace, document: str, tag: str) -> None:
    key = add(workspace, document, Span(0, 3))
    workspace.annotating.set_tag(key, tag).result()
    workspace.annotating.set_note(key, "批语\n两行").result()
    workspace.annotating.set_span(key, Span(0, 6)).result()
    annotation = workspace.annotating.get(key)
    assert (annotation.tag, annotation.note) == (tag, "批语\n两行")
    assert annotation.anchor.quote == "天津市宝坻区"
    assert annotation.modified >= annotation.created


def test_writing_the_same_again_is_no_act(workspace: Workspace, document: str, tag: str) -> None:
    key = add(workspace, document, Span(0, 3), tag=tag)
    assert not workspace.annotating.set_tag(key, tag).result()
    assert workspace.history.undo_label() == "给“天津市”标上“产业”"


def test_a_lone_surrogate_in_a_note_is_stored_as_the_replacement_character(
    workspace: Workspace, document: str
) -> None:
    key = add(workspace, document, Span(0, 3), note="批\ud83d注\x00")
    assert workspace.annotating.get(key).note == "批\ufffd注\x00"


@pytest.mark.parametrize(
    "act",
    [
        lambda w: w.annotating.get("none"),
        lambda w: w.annotating.set_tag("none", None).result(),
        lambda w: w.annotating.set_note("none", "").result(),
        lambda w: w.annotating.set_span("none", Span(0, 1)).result(),
        lambda w: w.annotating.delete(["none"]).result(),
    ],
)
def test_an_annotation_that_is_gone_is_an_error(
    workspace: Workspace, act: Callable[[Workspace], object]
) -> None:
    with pytest.raises(MeipiError) as caught:
        act(workspace)
    assert caught.value.code is ErrorCode.ANNOTATION_UNKNOWN


def test_new_annotations_bear_the_coders_name(
    workspace: Workspace, document: str, open_library: Callable[..., Workspace]
) -> None:
    workspace.close()
    again = open_library(coder="王敏")
    assert again.annotating.get(add(again, document, Span(0, 3))).coder == "王敏"


def test_new_tags_take_the_next_colour_and_key(workspace: Workspace) -> None:
    for number in range(11):
        workspace.codebook.add(f"标签{number}").result()
    tags = workspace.codebook.tags()
    assert [tag.color for tag in tags] == [*range(10), 0]
    assert [tag.shortcut for tag in tags] == [*"123456789", "", ""]
    assert [tag.position for tag in tags] == [*range(11)]


def test_a_key_goes_over_to_the_tag_that_asks_for_it(workspace: Workspace, tag: str) -> None:
    other = next(iter(workspace.codebook.add("民生").result().tags))
    workspace.codebook.update(other, shortcut="1").result()
    keys = {item.id: item.shortcut for item in workspace.codebook.tags()}
    assert keys == {tag: "", other: "1"}


def test_a_name_is_taken_once_under_each_parent(workspace: Workspace, tag: str) -> None:
    with pytest.raises(MeipiError) as caught:
        workspace.codebook.add("产业").result()
    assert caught.value.code is ErrorCode.TAG_EXISTS
    workspace.codebook.add("产业", parent=tag).result()
    assert len(workspace.codebook.tags()) == 2


def test_a_tag_needs_a_name(workspace: Workspace) -> None:
    with pytest.raises(MeipiError) as caught:
        workspace.codebook.add("  ").result()
    assert caught.value.code is ErrorCode.TAG_NAMELESS


def test_a_tag_cannot_be_put_under_itself(workspace: Workspace, tag: str) -> None:
    child = next(iter(workspace.codebook.add("制造业", parent=tag).result().tags))
    with pytest.raises(MeipiError) as caught:
        workspace.codebook.update(tag, parent=child).result()
    assert caught.value.code is ErrorCode.TAG_CYCLE


def test_uses_of_tags_are_counted(workspace: Workspace, document: str, tag: str) -> None:
    add(workspace, document, Span(0, 3), tag=tag)
    add(workspace, document, Span(3, 6), tag=tag)
    assert workspace.codebook.counts() == {tag: 2}


def test_confirming_places_makes_the_words_there_theirs_in_one_act(
    workspace: Workspace, document: str
) -> None:
    keys = [add(workspace, document, Span(at, at + 2), note="x") for at in (0, 4)]
    workspace.documents.change_encoding(document, "latin-1").result()
    states = {workspace.annotating.get(key).anchor.state for key in keys}
    assert states == {AnchorState.NEEDS_REVIEW}
    workspace.annotating.settle(keys).result()
    text = workspace.documents.reading(document).repaired.text
    for key in keys:
        anchor = workspace.annotating.get(key).anchor
        assert anchor.state is AnchorState.EXACT
        assert anchor.span.slice(text) == anchor.quote
    assert workspace.history.undo_label() == "核对 2 条批注的位置"
    workspace.history.undo().result()
    states = {workspace.annotating.get(key).anchor.state for key in keys}
    assert states == {AnchorState.NEEDS_REVIEW}
