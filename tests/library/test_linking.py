"""Links between annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.memo import MemoKind
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace


@pytest.fixture
def ends(workspace: Workspace, document: str, tag: str) -> tuple[str, str]:
    """Two annotations."""
    made = [
        next(iter(workspace.annotating.add(document, span, tag=tag).result().annotations))
        for span in (Span(0, 3), Span(8, 11))
    ]
    return made[0], made[1]


def link(workspace: Workspace, ends: tuple[str, str], label: str = "导致") -> str:
    return next(iter(workspace.linking.add(*ends, label).result().links))


def refusal(call: Callable[[], object]) -> ErrorCode:
    with pytest.raises(MeipiError) as caught:
        call()
    return caught.value.code


def test_a_link_has_a_direction_and_a_label(
    workspace: Workspace, document: str, ends: tuple[str, str]
) -> None:
    link(workspace, ends)
    ((made, source, target),) = workspace.linking.of(document)
    assert (made.source, made.target, made.label) == (*ends, "导致")
    assert (source.id, target.id) == ends
    assert workspace.history.undo_label() == "“天津市”与“京津冀”相连：导致"


def test_making_a_link_tells_the_documents_of_both_ends(
    workspace: Workspace, document: str, tag: str, ends: tuple[str, str]
) -> None:
    other = workspace.documents.add_bytes("另一篇文章".encode(), name="b.txt").result().document
    (far,) = workspace.annotating.add(other, Span(0, 2), tag=tag).result().annotations
    changes = workspace.linking.add(ends[0], far, "见").result()
    assert changes.annotated == {document, other}
    assert [one.id for _, _, one in workspace.linking.of(document)] == [far]
    assert [one.id for _, one, _ in workspace.linking.of(other)] == [ends[0]]


def test_a_link_to_a_removed_document_is_not_shown_until_that_is_back(
    workspace: Workspace, document: str, ends: tuple[str, str]
) -> None:
    other = workspace.documents.add_bytes("另一篇文章".encode(), name="b.txt").result().document
    (far,) = workspace.annotating.add(other, Span(0, 2), note="注").result().annotations
    workspace.linking.add(ends[0], far, "见").result()
    workspace.documents.remove([other]).result()
    assert workspace.linking.of(document) == workspace.linking.all() == []
    workspace.history.undo().result()
    assert len(workspace.linking.of(document)) == 1


def test_deleting_an_annotation_deletes_its_links_and_undo_brings_both_back(
    workspace: Workspace,
    document: str,
    ends: tuple[str, str],
    dump: Callable[..., object],
    path: Path,
) -> None:
    link(workspace, ends)
    before = dump(path)
    workspace.annotating.delete([ends[1]]).result()
    assert workspace.linking.of(document) == []
    workspace.history.undo().result()
    assert dump(path) == before


def test_a_link_can_be_relabelled_turned_and_deleted_each_undoable(
    workspace: Workspace, document: str, ends: tuple[str, str]
) -> None:
    key = link(workspace, ends)
    workspace.linking.relabel(key, " 促进 ").result()
    workspace.linking.turn(key).result()
    (made,) = workspace.linking.all()
    assert (made.source, made.target, made.label) == (ends[1], ends[0], "促进")
    workspace.linking.delete(key).result()
    assert workspace.linking.all() == []
    for _ in range(3):
        workspace.history.undo().result()
    (made,) = workspace.linking.all()
    assert (made.source, made.target, made.label) == (*ends, "导致")


def test_labels_used_before_come_the_last_first(
    workspace: Workspace, ends: tuple[str, str]
) -> None:
    for label in ("导致", "促进", "导致了"):
        link(workspace, ends, label)
    assert set(workspace.linking.labels()) == {"导致", "促进", "导致了"}


def test_a_link_may_have_no_label(workspace: Workspace, ends: tuple[str, str]) -> None:
    link(workspace, ends, "")
    assert workspace.linking.all()[0].label == ""


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ((0, 0), ErrorCode.LINK_ITSELF),
        ((0, 2), ErrorCode.ANNOTATION_UNKNOWN),
        ((0, 1), ErrorCode.LINK_EXISTS),
    ],
)
def test_links_that_cannot_be_are_refused(
    workspace: Workspace, ends: tuple[str, str], wrong: tuple[int, int], code: ErrorCode
) -> None:
    link(workspace, ends)
    known = (*ends, "nobody")
    source, target = known[wrong[0]], known[wrong[1]]
    assert refusal(lambda: workspace.linking.add(source, target, "导致").result()) is code


def test_turning_a_link_onto_one_that_is_there_is_refused(
    workspace: Workspace, ends: tuple[str, str]
) -> None:
    link(workspace, (ends[1], ends[0]))
    key = link(workspace, ends)
    assert refusal(lambda: workspace.linking.turn(key).result()) is ErrorCode.LINK_EXISTS


def test_a_link_that_is_gone_is_refused(workspace: Workspace) -> None:
    for act in (workspace.linking.turn, workspace.linking.delete):
        assert refusal(lambda act=act: act("gone").result()) is ErrorCode.LINK_UNKNOWN


def test_merging_tags_keeps_what_is_linked_and_memos_on_the_tag(
    workspace: Workspace, document: str, tag: str, ends: tuple[str, str]
) -> None:
    (other,) = workspace.codebook.add("民生").result().tags
    workspace.annotating.add(document, Span(0, 3), tag=other).result()
    workspace.memos.add(MemoKind.TAG, tag, title="题", text="").result()
    key = link(workspace, ends)
    workspace.codebook.merge([tag], other).result()
    assert [one.id for one in workspace.linking.all()] == [key]
    assert workspace.annotating.get(ends[0]).tag == other
    assert [memo.title for memo in workspace.memos.of(MemoKind.TAG, other)] == ["题"]
