"""Links and memos between two libraries, by a file of ours and by brat's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.memo import MemoKind
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace


@pytest.fixture
def coded(workspace: Workspace, document: str, tag: str) -> Workspace:
    """A library with an annotation in two pieces, a link to another, and memos."""
    ends = [
        next(iter(workspace.annotating.add(document, span, tag=tag).result().annotations))
        for span in (Span(0, 3), Span(8, 11))
    ]
    workspace.passages.add(ends[0], Span(5, 7)).result()
    workspace.linking.add(*ends, "导致").result()
    workspace.memos.add(MemoKind.LIBRARY, "", title="原则", text="先读").result()
    workspace.memos.add(MemoKind.TAG, tag, title="何时用", text="").result()
    workspace.memos.add(MemoKind.DOCUMENT, document, title="疑点", text="").result()
    return workspace


def test_another_library_takes_all_of_it_and_again_finds_all_of_it(
    coded: Workspace, open_library: Callable[..., Workspace], tmp_path: Path
) -> None:
    path = tmp_path / "set.jsonl"
    assert coded.exchange.export(path, format="jsonl").result().lossless
    other = open_library(tmp_path / "other.meipi")
    report = other.exchange.import_set(path).result()
    assert (report.links_added, report.memos_added, report.annotations_added) == (1, 3, 2)
    assert [len(one.parts) for one in other.annotating.all()] == [1, 0]
    assert other.linking.all() == coded.linking.all()
    assert {memo.title for memo in other.memos.all()} == {"原则", "何时用", "疑点"}
    again = other.exchange.import_set(path).result()
    assert (again.added, again.links_matched, again.memos_matched) == (0, 1, 3)
    other.history.undo().result()
    assert other.linking.all() == other.memos.all() == []


def test_a_memo_written_otherwise_stays_the_librarys_own(coded: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    coded.exchange.export(path, format="jsonl").result()
    (memo,) = coded.memos.of(MemoKind.LIBRARY)
    coded.memos.update(memo.id, title="原则", text="后读").result()
    report = coded.exchange.import_set(path).result()
    assert report.memos_conflict == 1
    assert coded.memos.get(memo.id).text == "后读"


def test_brat_brings_pieces_and_links_back_to_the_same_annotations(
    coded: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "set.brat.zip"
    coded.exchange.export(path, format="brat").result()
    (link,) = coded.linking.all()
    coded.linking.delete(link.id).result()
    report = coded.exchange.import_set(path).result()
    assert (report.annotations_added, report.links_added) == (0, 1)
    (back,) = coded.linking.all()
    assert (back.source, back.target, back.label) == (link.source, link.target, "导致")


def test_an_export_narrowed_by_tags_keeps_no_link_to_what_it_leaves_out(
    coded: Workspace, document: str, tag: str
) -> None:
    (other,) = coded.codebook.add("民生").result().tags
    (far,) = coded.annotating.add(document, Span(12, 14), tag=other).result().annotations
    (one, *_) = coded.annotating.of(document)
    coded.linking.add(one.id, far, "参见").result()
    narrowed = coded.exchange.annotated_set(tags=[tag])
    assert [link.label for link in narrowed.documents[0].links] == ["导致"]
    assert [link.label for link in coded.exchange.annotated_set().documents[0].links] == [
        "导致",
        "参见",
    ]
