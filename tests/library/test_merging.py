"""Two libraries that were one: what each did since is told apart, tried first, undone as one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, LibraryError
from meipi.core.spans import Span
from meipi.services.backups import Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace

    Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]
    Open = Callable[..., Workspace]


def add(workspace: Workspace, document: str, start: int, tag: str, note: str = "") -> str:
    future = workspace.annotating.add(document, Span(start, start + 3), tag=tag, note=note)
    return next(iter(future.result().annotations))


@pytest.fixture
def keys(workspace: Workspace, document: str, tag: str) -> list[str]:
    """Annotations that both libraries have."""
    workspace.coders.switch("甲")
    return [add(workspace, document, start, tag) for start in (0, 3, 6, 9)]


@pytest.fixture
def other(workspace: Workspace, keys: list[str], open_library: Open, tmp_path: Path) -> Workspace:
    """A copy of the library, in which another coder goes on."""
    del keys
    workspace.flush()
    path = tmp_path / "other.meipi"
    made = workspace.backups.make(Rule())
    shutil.copyfile(made.result().path, path)
    copied = open_library(path)
    copied.coders.switch("乙")
    return copied


def notes(workspace: Workspace, document: str) -> dict[str, str]:
    return {one.id: one.note for one in workspace.annotating.of(document)}


def test_a_dry_run_tells_all_and_changes_nothing(
    workspace: Workspace, other: Workspace, document: str, keys: list[str], path: Path, dump: Dump
) -> None:
    tag = workspace.codebook.tags()[0].id
    add(other, document, 12, tag)
    other.annotating.set_note(keys[0], "乙改的").result()
    workspace.annotating.set_note(keys[1], "甲改的").result()
    other.annotating.set_note(keys[2], "乙也改").result()
    workspace.annotating.set_note(keys[2], "甲也改").result()
    workspace.annotating.delete([keys[3]]).result()
    other.documents.add_bytes(b"more", name="b.txt").result()
    other.codebook.add("民生").result()
    before = dump(path)
    report = workspace.merging.merge(other.path, dry_run=True).result()
    assert dump(path) == before
    found = report.merged
    assert (found.documents_added, found.documents_matched) == (1, 1)
    assert (found.tags_added, found.tags_matched) == (1, 1)
    assert (found.annotations_added, found.annotations_changed) == (1, 1)
    assert (found.annotations_matched, found.annotations_conflict) == (1, 1)
    assert found.annotations_deleted == 1
    assert [(note.kind, note.outcome) for note in found.notes] == [("annotations", "conflict")]


def test_a_merge_takes_what_is_new_and_changed_and_is_undone_as_one(
    workspace: Workspace, other: Workspace, document: str, keys: list[str], path: Path, dump: Dump
) -> None:
    new = add(other, document, 12, workspace.codebook.tags()[0].id)
    other.annotating.set_note(keys[0], "乙改的").result()
    other.annotating.set_note(keys[2], "乙也改").result()
    workspace.annotating.set_note(keys[2], "甲也改").result()
    before = dump(path)
    workspace.merging.merge(other.path).result()
    assert notes(workspace, document) == {
        **dict.fromkeys([keys[1], keys[3], new], ""),
        keys[0]: "乙改的",
        keys[2]: "甲也改",
    }
    assert workspace.annotating.get(new).coder == "乙"
    again = workspace.merging.merge(other.path).result()
    assert again.added == 0
    while "合并" not in (workspace.history.undo_label() or ""):
        workspace.history.undo().result()
    workspace.history.undo().result()
    assert dump(path) == before


def test_the_other_library_is_not_touched(workspace: Workspace, other: Workspace) -> None:
    other.close()
    before = other.path.read_bytes()
    workspace.merging.merge(other.path).result()
    assert other.path.read_bytes() == before


def test_the_same_bytes_and_the_same_tag_by_name_are_the_same(
    workspace: Workspace, document: str, tag: str, open_library: Open, tmp_path: Path
) -> None:
    stranger = open_library(tmp_path / "stranger.meipi")
    data = workspace.documents.data(document)
    theirs = stranger.documents.add_bytes(data, name="c.txt").result().document
    named = next(iter(stranger.codebook.add("产业").result().tags))
    stranger.coders.switch("乙")
    add(stranger, theirs, 0, named)
    workspace.merging.merge(stranger.path).result()
    (one,) = workspace.annotating.of(document)
    assert (one.tag, one.coder) == (tag, "乙")
    assert len(workspace.documents.cards()) == 1


@pytest.mark.parametrize("what", ["itself", "nothing", "words"])
def test_what_is_no_other_library_is_refused(
    workspace: Workspace, tmp_path: Path, what: str
) -> None:
    words = tmp_path / "words.meipi"
    words.write_text("no library" * 100, encoding="utf-8")
    path = {"itself": workspace.path, "nothing": tmp_path / "no.meipi", "words": words}[what]
    with pytest.raises(LibraryError) as caught:
        workspace.merging.merge(path).result()
    assert caught.value.code in {ErrorCode.LIBRARY_UNUSABLE, ErrorCode.LIBRARY_NOT_SQLITE}
