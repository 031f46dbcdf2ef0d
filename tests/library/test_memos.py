"""Memos on documents, tags, entities and the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.entity import EntityName, EntityType
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.memo import MemoKind, entity_of, entity_subject

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.services.workspace import Workspace


def write(workspace: Workspace, kind: MemoKind, subject: str = "", title: str = "题") -> str:
    made = workspace.memos.add(kind, subject, title=title, text="**正文**").result()
    return next(iter(made.memos))


def refusal(call: Callable[[], object]) -> ErrorCode:
    with pytest.raises(MeipiError) as caught:
        call()
    return caught.value.code


def test_memos_are_written_on_anything_and_listed_together(
    workspace: Workspace, document: str, tag: str
) -> None:
    entity = entity_subject(EntityName(EntityType.LOC, "宝坻区"))
    subjects = {
        MemoKind.LIBRARY: "",
        MemoKind.DOCUMENT: document,
        MemoKind.TAG: tag,
        MemoKind.ENTITY: entity,
    }
    made = {write(workspace, kind, subject) for kind, subject in subjects.items()}
    assert {memo.id for memo in workspace.memos.all()} == made
    (memo,) = workspace.memos.of(MemoKind.ENTITY, entity)
    assert entity_of(memo.subject) == EntityName(EntityType.LOC, "宝坻区")


def test_a_memo_has_title_text_time_and_coder(
    open_library: Callable[..., Workspace],
) -> None:
    workspace = open_library(coder="沈")
    memo = workspace.memos.get(write(workspace, MemoKind.LIBRARY, title=" 一\n二 "))
    assert (memo.title, memo.text, memo.coder) == ("一 二", "**正文**", "沈")
    assert memo.created == memo.modified
    assert memo.created.endswith("Z")


def test_memos_are_changed_and_deleted_and_each_can_be_undone(workspace: Workspace) -> None:
    key = write(workspace, MemoKind.LIBRARY)
    workspace.memos.update(key, title="新题", text="别的").result()
    assert workspace.history.undo_label() == "修改备忘“新题”"
    workspace.memos.delete(key).result()
    assert workspace.memos.all() == []
    workspace.history.undo().result()
    assert workspace.memos.get(key).title == "新题"
    workspace.history.undo().result()
    assert workspace.memos.get(key).title == "题"


def test_the_same_words_again_change_nothing(workspace: Workspace) -> None:
    key = write(workspace, MemoKind.LIBRARY)
    assert not workspace.memos.update(key, title="题", text="**正文**").result()


def test_memos_of_a_deleted_tag_go_and_come_back_with_it(workspace: Workspace, tag: str) -> None:
    key = write(workspace, MemoKind.TAG, tag)
    workspace.codebook.delete(tag).result()
    assert workspace.memos.all() == []
    workspace.history.undo().result()
    assert workspace.memos.get(key).subject == tag


def test_memos_on_a_removed_document_are_not_listed(workspace: Workspace, document: str) -> None:
    write(workspace, MemoKind.DOCUMENT, document)
    workspace.documents.remove([document]).result()
    assert workspace.memos.all() == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [(MemoKind.DOCUMENT, ErrorCode.DOCUMENT_UNKNOWN), (MemoKind.TAG, ErrorCode.TAG_UNKNOWN)],
)
def test_a_memo_on_what_is_not_there_is_refused(
    workspace: Workspace, kind: MemoKind, code: ErrorCode
) -> None:
    assert refusal(lambda: write(workspace, kind, "nothing")) is code


def test_a_memo_without_words_is_refused(workspace: Workspace) -> None:
    def add() -> None:
        workspace.memos.add(MemoKind.LIBRARY, "", title=" ", text="\n \n").result()

    assert refusal(add) is ErrorCode.MEMO_EMPTY


def test_a_memo_that_is_gone_is_refused(workspace: Workspace) -> None:
    assert refusal(lambda: workspace.memos.get("gone")) is ErrorCode.MEMO_UNKNOWN
    assert refusal(lambda: workspace.memos.delete("gone").result()) is ErrorCode.MEMO_UNKNOWN
