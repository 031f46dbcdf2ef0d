"""Annotations in several pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.anchors import AnchorState
from meipi.core.decisions import Scope, Verdict
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace


@pytest.fixture
def annotation(workspace: Workspace, document: str, tag: str) -> str:
    """The id of an annotation on three places."""
    made = workspace.annotating.add(document, Span(5, 7), tag=tag).result()
    (key,) = made.annotations
    workspace.passages.add(key, Span(0, 3)).result()
    workspace.passages.add(key, Span(10, 12)).result()
    return key


def quotes(workspace: Workspace, annotation: str) -> list[str]:
    return [anchor.quote for anchor in workspace.annotating.get(annotation).anchors]


def refusal(call: Callable[[], object]) -> ErrorCode:
    with pytest.raises(MeipiError) as caught:
        call()
    return caught.value.code


def test_pieces_stand_in_the_order_of_their_places(workspace: Workspace, annotation: str) -> None:
    item = workspace.annotating.get(annotation)
    assert item.spans == (Span(0, 3), Span(5, 7), Span(10, 12))
    assert item.span == Span(0, 3)
    assert quotes(workspace, annotation) == ["天津市", "区推", "冀协"]


def test_a_document_and_a_tag_know_their_annotations_whole(
    workspace: Workspace, document: str, annotation: str
) -> None:
    (item,) = workspace.annotating.of(document)
    assert item == workspace.annotating.get(annotation) == workspace.annotating.all()[0]


def test_a_passage_that_touches_another_becomes_one_with_it(
    workspace: Workspace, annotation: str
) -> None:
    changes = workspace.passages.add(annotation, Span(3, 6)).result()
    assert workspace.annotating.get(annotation).spans == (Span(0, 7), Span(10, 12))
    assert changes.annotations == {annotation}


def test_adding_a_passage_is_taken_back_and_done_again(
    workspace: Workspace, annotation: str
) -> None:
    assert workspace.history.undo_label() == "把“冀协”加进批注“天津市”"
    workspace.history.undo().result()
    assert quotes(workspace, annotation) == ["天津市", "区推"]
    workspace.history.redo().result()
    assert quotes(workspace, annotation) == ["天津市", "区推", "冀协"]


def test_a_passage_that_is_there_already_is_refused(workspace: Workspace, annotation: str) -> None:
    code = refusal(lambda: workspace.passages.add(annotation, Span(0, 2)).result())
    assert code is ErrorCode.PASSAGE_THERE


def test_a_passage_outside_the_text_is_refused(workspace: Workspace, annotation: str) -> None:
    code = refusal(lambda: workspace.passages.add(annotation, Span(10, 999)).result())
    assert code is ErrorCode.SPAN_OUTSIDE


def test_the_first_piece_can_be_taken_out_and_the_next_takes_its_place(
    workspace: Workspace, annotation: str
) -> None:
    workspace.passages.remove(annotation, 0).result()
    assert quotes(workspace, annotation) == ["区推", "冀协"]
    assert workspace.history.undo_label() == "从批注“区推”去掉“天津市”"
    workspace.history.undo().result()
    assert quotes(workspace, annotation) == ["天津市", "区推", "冀协"]


def test_the_only_piece_cannot_be_taken_out(workspace: Workspace, annotation: str) -> None:
    for _ in range(2):
        workspace.passages.remove(annotation, 0).result()
    code = refusal(lambda: workspace.passages.remove(annotation, 0).result())
    assert code is ErrorCode.PASSAGE_LAST


def test_a_piece_that_is_not_there_is_refused(workspace: Workspace, annotation: str) -> None:
    code = refusal(lambda: workspace.passages.remove(annotation, 3).result())
    assert code is ErrorCode.PASSAGE_UNKNOWN


def test_an_end_of_any_piece_can_be_moved(workspace: Workspace, annotation: str) -> None:
    workspace.annotating.set_span(annotation, Span(5, 8), number=1).result()
    assert quotes(workspace, annotation) == ["天津市", "区推进", "冀协"]
    workspace.annotating.set_span(annotation, Span(5, 10), number=1).result()
    assert quotes(workspace, annotation) == ["天津市", "区推进京津冀协"]


def test_the_same_tag_on_the_first_piece_alone_is_another_annotation(
    workspace: Workspace, document: str, annotation: str, tag: str
) -> None:
    made = workspace.annotating.add(document, Span(0, 3), tag=tag).result()
    assert made.annotations != {annotation}
    assert len(workspace.annotating.of(document)) == 2


def test_deleting_the_annotation_takes_its_pieces_and_undo_brings_them_back(
    workspace: Workspace, document: str, annotation: str, dump: Callable[..., object], path: Path
) -> None:
    before = dump(path)
    workspace.annotating.delete([annotation]).result()
    assert workspace.annotating.of(document) == []
    workspace.history.undo().result()
    assert dump(path) == before


def test_deleting_its_tag_takes_them_too(
    workspace: Workspace, document: str, annotation: str, tag: str
) -> None:
    workspace.codebook.delete(tag).result()
    assert workspace.annotating.of(document) == []
    workspace.history.undo().result()
    assert quotes(workspace, annotation) == ["天津市", "区推", "冀协"]


def test_pieces_follow_a_decision_on_repairs(
    workspace: Workspace, document: str, annotation: str
) -> None:
    text = workspace.documents.reading(document).repaired.text
    at = text.index("高地")
    workspace.passages.add(annotation, Span(at, at + 2)).result()
    (edit,) = workspace.documents.reading(document).proposed.edits
    workspace.repairs.decide(document, Scope.same(edit, document), Verdict.REJECTED).result()
    item = workspace.annotating.get(annotation)
    assert item.spans[-1] == Span(at + 1, at + 3)
    assert [anchor.state for anchor in item.anchors[1:]][-1] is AnchorState.MOVED
    assert item.state is AnchorState.MOVED
    assert quotes(workspace, annotation)[-1] == "高地"


def test_pieces_follow_another_encoding(
    workspace: Workspace, document: str, annotation: str
) -> None:
    workspace.documents.change_encoding(document, "gb18030").result()
    assert workspace.annotating.get(annotation).state is AnchorState.NEEDS_REVIEW
    assert workspace.documents.preview_encoding(document, "utf-8").exact == 0
    workspace.history.undo().result()
    assert workspace.annotating.get(annotation).state is AnchorState.EXACT


def test_confirming_an_annotation_confirms_all_its_pieces(
    workspace: Workspace, document: str, annotation: str
) -> None:
    workspace.documents.change_encoding(document, "gb18030").result()
    workspace.annotating.settle([annotation]).result()
    item = workspace.annotating.get(annotation)
    text = workspace.documents.reading(document).repaired.text
    assert item.state is AnchorState.EXACT
    assert [span.slice(text) for span in item.spans] == quotes(workspace, annotation)
