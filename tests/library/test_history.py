"""Undo and redo: the same rows, after anything, after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace

    Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]


def annotate(workspace: Workspace, document: str, tag: str | None, start: int = 0) -> str:
    future = workspace.annotating.add(document, Span(start, start + 3), tag=tag)
    return next(iter(future.result().annotations))


def test_undo_takes_back_the_last_act_and_says_which(
    workspace: Workspace, document: str, tag: str
) -> None:
    annotate(workspace, document, tag)
    assert workspace.history.undo_label() == "给“天津市”标上“产业”"
    changes = workspace.history.undo().result()
    assert changes.label == "撤销：给“天津市”标上“产业”"
    assert changes.annotated == {document}
    assert workspace.annotating.of(document) == []


def test_redo_brings_back_the_same_annotation(
    workspace: Workspace, document: str, tag: str
) -> None:
    key = annotate(workspace, document, tag)
    before = workspace.annotating.get(key)
    workspace.history.undo().result()
    workspace.history.redo().result()
    assert workspace.annotating.get(key) == before
    assert workspace.history.redo_label() is None


def test_a_new_act_ends_what_could_be_redone(workspace: Workspace, document: str, tag: str) -> None:
    annotate(workspace, document, tag)
    workspace.history.undo().result()
    annotate(workspace, document, None, start=5)
    assert workspace.history.redo_label() is None


@pytest.mark.parametrize("direction", ["undo", "redo"])
def test_where_the_history_ends_there_is_nothing_to_do(
    workspace: Workspace, direction: str
) -> None:
    with pytest.raises(MeipiError) as caught:
        getattr(workspace.history, direction)().result()
    assert caught.value.code is ErrorCode.NOTHING_TO_DO


def test_undo_survives_a_restart(
    workspace: Workspace, document: str, tag: str, open_library: Callable[..., Workspace]
) -> None:
    key = annotate(workspace, document, tag)
    workspace.annotating.set_note(key, "批语").result()
    workspace.history.undo().result()
    workspace.close()
    again = open_library()
    assert again.annotating.get(key).note == ""
    assert again.history.redo_label() == "写“天津市”的批语"
    again.history.redo().result()
    assert again.annotating.get(key).note == "批语"
    again.history.undo().result()
    again.history.undo().result()
    assert again.annotating.of(document) == []


def test_one_undo_brings_a_deleted_tag_back_with_all_its_annotations(
    workspace: Workspace, document: str, tag: str, path: Path, dump: Dump
) -> None:
    child = next(iter(workspace.codebook.add("制造业", parent=tag).result().tags))
    noted = annotate(workspace, document, tag)
    bare = annotate(workspace, document, tag, start=4)
    workspace.annotating.set_note(noted, "有批语").result()
    before = dump(path)
    changes = workspace.codebook.delete(tag).result()
    assert changes.label == "删除标签“产业”（2 处）"
    assert changes.annotations == {noted, bare}
    assert workspace.annotating.get(noted).tag is None
    assert [item.id for item in workspace.annotating.of(document)] == [noted]
    assert [item.parent for item in workspace.codebook.tags()] == [None]
    workspace.history.undo().result()
    assert dump(path) == before
    assert child in {item.id for item in workspace.codebook.tags()}


def test_a_removed_document_comes_back_with_its_annotations(
    workspace: Workspace, document: str, tag: str, path: Path, dump: Dump
) -> None:
    annotate(workspace, document, tag)
    before = dump(path)
    workspace.documents.remove([document]).result()
    assert workspace.documents.cards() == []
    assert workspace.annotating.all() == []
    assert workspace.search("协同发展") == []
    workspace.history.undo().result()
    assert dump(path) == before
    assert len(workspace.search("协同发展")) == 1


def test_labels_are_worded_in_either_language(
    workspace: Workspace, document: str, tag: str
) -> None:
    annotate(workspace, document, tag)
    workspace.language = "en"
    assert workspace.history.undo_label() == "tag “天津市” as “产业”"
