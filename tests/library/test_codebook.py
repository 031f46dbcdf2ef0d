"""The codebook as a tree: moved, merged, split, deleted, with every use following."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span
from meipi.core.tag_tree import branches

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace

Dump = dict[str, list[tuple[object, ...]]]


def add(workspace: Workspace, name: str, parent: str | None = None) -> str:
    return next(iter(workspace.codebook.add(name, parent=parent, shortcut="").result().tags))


def annotate(workspace: Workspace, document: str, start: int, tag: str, note: str = "") -> str:
    future = workspace.annotating.add(document, Span(start, start + 2), tag=tag, note=note)
    return next(iter(future.result().annotations))


def tree(workspace: Workspace) -> list[tuple[str, int]]:
    return [(one.tag.name, one.depth) for one in branches(workspace.codebook.tags())]


def refusal(future: object) -> ErrorCode:
    with pytest.raises(MeipiError) as caught:
        future.result()  # type: ignore[attr-defined]
    return caught.value.code


def test_tags_move_below_another_and_before_a_sibling(workspace: Workspace) -> None:
    top, first, second = (add(workspace, name) for name in ("产业", "制造", "服务"))
    workspace.codebook.move([second], top).result()
    workspace.codebook.move([first], top, before=second).result()
    assert tree(workspace) == [("产业", 0), ("制造", 1), ("服务", 1)]
    workspace.codebook.move([second], None, before=top).result()
    assert tree(workspace) == [("服务", 0), ("产业", 0), ("制造", 1)]
    assert workspace.history.undo_label() == "移动标签“服务”"


def test_several_tags_move_as_one_act_and_what_is_below_comes_along(workspace: Workspace) -> None:
    top, one, two = (add(workspace, name) for name in ("上", "甲", "乙"))
    below = add(workspace, "丙", one)
    workspace.codebook.move([below, two, one], top).result()
    assert tree(workspace) == [("上", 0), ("甲", 1), ("丙", 2), ("乙", 1)]
    assert workspace.history.undo_label() == "移动 2 个标签"
    workspace.history.undo().result()
    assert tree(workspace) == [("上", 0), ("甲", 0), ("丙", 1), ("乙", 0)]


def test_a_tag_cannot_come_below_itself(workspace: Workspace) -> None:
    top = add(workspace, "产业")
    below = add(workspace, "制造", add(workspace, "工业", top))
    assert refusal(workspace.codebook.move([top], below)) is ErrorCode.TAG_CYCLE
    assert refusal(workspace.codebook.move([top], top)) is ErrorCode.TAG_CYCLE
    assert refusal(workspace.codebook.update(top, parent=below)) is ErrorCode.TAG_CYCLE


def test_two_tags_of_one_name_cannot_come_under_one_parent(workspace: Workspace) -> None:
    top, other = add(workspace, "产业"), add(workspace, "民生")
    add(workspace, "就业", top)
    twin = add(workspace, "就业", other)
    assert refusal(workspace.codebook.move([twin], top)) is ErrorCode.TAG_EXISTS
    assert refusal(workspace.codebook.update(other, name="产业 ")) is ErrorCode.TAG_EXISTS
    assert refusal(workspace.codebook.move([twin], "无此标签")) is ErrorCode.TAG_UNKNOWN


def test_deleting_a_tag_refuses_to_put_a_child_beside_its_namesake(workspace: Workspace) -> None:
    top = add(workspace, "产业")
    add(workspace, "就业", top)
    add(workspace, "就业")
    assert refusal(workspace.codebook.delete(top)) is ErrorCode.TAG_EXISTS
    assert len(workspace.codebook.tags()) == 3


def test_merging_gives_every_use_to_the_tag_that_stays(
    workspace: Workspace,
    document: str,
    path: Path,
    dump: Callable[[Path], Dump],
) -> None:
    gone, kept = add(workspace, "工业"), add(workspace, "产业")
    workspace.codebook.update(gone, definition="制造业", include="工厂").result()
    workspace.codebook.update(kept, definition="经济").result()
    annotate(workspace, document, 0, gone)
    annotate(workspace, document, 4, gone, note="看")
    annotate(workspace, document, 0, kept)
    workspace.document_tags.add([document], gone).result()
    before = dump(path)
    workspace.codebook.merge([gone], kept).result()
    assert workspace.history.undo_label() == "把标签“工业”并入“产业”（2 处）"
    assert workspace.codebook.counts() == {kept: 2}
    (tag,) = workspace.codebook.tags()
    assert (tag.definition, tag.include) == ("经济\n制造业", "工厂")
    assert [one.tag for one in workspace.document_tags.of(document)] == [kept]
    workspace.history.undo().result()
    assert dump(path) == before


def test_merging_merges_children_of_one_name(workspace: Workspace, document: str) -> None:
    gone, kept = add(workspace, "工业"), add(workspace, "产业")
    twin, own = add(workspace, "就业", gone), add(workspace, "就业", kept)
    add(workspace, "工厂", gone)
    annotate(workspace, document, 0, twin)
    workspace.codebook.merge([gone], kept).result()
    assert tree(workspace) == [("产业", 0), ("就业", 1), ("工厂", 1)]
    assert workspace.codebook.counts() == {own: 1}


def test_a_tag_merges_into_one_below_it(workspace: Workspace, document: str) -> None:
    top = add(workspace, "产业")
    middle = add(workspace, "工业", top)
    low = add(workspace, "制造", middle)
    annotate(workspace, document, 0, top)
    workspace.codebook.merge([top], low).result()
    assert tree(workspace) == [("制造", 0), ("工业", 1)]
    assert workspace.codebook.counts() == {low: 1}


def test_several_tags_merge_as_one_act(workspace: Workspace, document: str) -> None:
    one, two, kept = (add(workspace, name) for name in ("甲", "乙", "丙"))
    below = add(workspace, "丁", one)
    for at, tag in enumerate((one, two, below)):
        annotate(workspace, document, at * 3, tag)
    workspace.codebook.merge([one, below, two], kept).result()
    assert workspace.codebook.counts() == {kept: 3}
    assert workspace.history.undo_label() == "把 3 个标签并入“丙”（3 处）"
    assert refusal(workspace.codebook.merge([kept], kept)) is ErrorCode.TAG_ITSELF


def test_splitting_gives_the_chosen_passages_to_a_new_tag_beside_the_old(
    workspace: Workspace, document: str
) -> None:
    top = add(workspace, "产业")
    tag = add(workspace, "就业", top)
    keys = [annotate(workspace, document, at, tag) for at in (0, 4, 8)]
    workspace.codebook.split(tag, keys[1:], "招聘").result()
    new = next(one for one in workspace.codebook.tags() if one.name == "招聘")
    assert (new.parent, workspace.codebook.counts()) == (top, {tag: 1, new.id: 2})
    assert workspace.history.undo_label() == "从标签“就业”分出“招聘”（2 处）"
    assert refusal(workspace.codebook.split(tag, keys[1:], "又")) is ErrorCode.ANNOTATION_UNKNOWN
    assert refusal(workspace.codebook.split(tag, keys[:1], "招聘")) is ErrorCode.TAG_EXISTS


def test_deleting_several_tags_is_one_act_with_a_name(workspace: Workspace, document: str) -> None:
    top = add(workspace, "产业")
    below = add(workspace, "就业", top)
    annotate(workspace, document, 0, below)
    annotate(workspace, document, 4, top)
    workspace.codebook.delete_all([top], with_below=True).result()
    assert workspace.codebook.tags() == []
    assert workspace.annotating.of(document) == []
    assert workspace.history.undo_label() == "删除标签“产业”（2 处）"
    workspace.history.undo().result()
    assert workspace.codebook.counts() == {top: 1, below: 1}


def test_deleting_a_tag_takes_it_off_whole_documents(workspace: Workspace, document: str) -> None:
    tag = add(workspace, "产业")
    workspace.document_tags.add([document], tag).result()
    workspace.codebook.delete(tag).result()
    assert workspace.document_tags.of(document) == []
    workspace.history.undo().result()
    assert [one.tag for one in workspace.document_tags.of(document)] == [tag]


def test_a_renamed_tag_says_both_names(workspace: Workspace) -> None:
    tag = add(workspace, "产业")
    workspace.codebook.update(tag, name="经济").result()
    assert workspace.history.undo_label() == "标签“产业”改名为“经济”"


def test_recolouring_several_tags_is_one_act(workspace: Workspace) -> None:
    keys = [add(workspace, name) for name in ("甲", "乙")]
    workspace.codebook.recolor(keys, 7).result()
    assert {tag.color for tag in workspace.codebook.tags()} == {7}
    assert workspace.history.undo_label() == "修改 2 个标签"
