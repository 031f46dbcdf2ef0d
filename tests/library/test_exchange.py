"""Sets out of a library and into another: merged by what does not change."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from meipi.core.anchors import AnchorState
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace


@pytest.fixture
def filled(workspace: Workspace, document: str, tag: str) -> Workspace:
    """A library with two documents, three tags and three annotations."""
    child = next(iter(workspace.codebook.add("制造业", parent=tag).result().tags))
    workspace.codebook.add("未用").result()
    second = workspace.documents.add_bytes("民生答卷".encode(), name="b.txt").result().document
    workspace.annotating.add(document, Span(0, 3), tag=tag, note="批\n语").result()
    workspace.annotating.add(document, Span(3, 6), tag=child).result()
    workspace.annotating.add(second, Span(0, 2), note="只有批语").result()
    return workspace


@pytest.fixture
def other(tmp_path: Path, open_library: Callable[..., Workspace]) -> Workspace:
    """Another, empty library."""
    return open_library(tmp_path / "other.meipi")


@pytest.fixture
def exported(filled: Workspace, tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    assert filled.exchange.export(path, format="jsonl").result().lossless
    return path


def counts(report: object) -> dict[str, int]:
    """Return the counts that are not zero."""
    return {name: n for name, n in asdict(report).items() if isinstance(n, int) and n}


def test_an_export_read_into_an_empty_library_makes_an_identical_one(
    filled: Workspace, other: Workspace, exported: Path
) -> None:
    report = other.exchange.import_set(exported).result()
    assert counts(report) == {"documents_added": 2, "tags_added": 3, "annotations_added": 3}
    assert other.exchange.annotated_set() == filled.exchange.annotated_set()
    assert len(other.search("协同发展")) == 1


def test_importing_twice_adds_nothing(other: Workspace, exported: Path) -> None:
    other.exchange.import_set(exported).result()
    label = other.history.undo_label()
    report = other.exchange.import_set(exported).result()
    assert counts(report) == {"documents_matched": 2, "tags_matched": 3, "annotations_matched": 3}
    assert other.history.undo_label() == label


def test_a_dry_run_says_the_same_and_changes_nothing(other: Workspace, exported: Path) -> None:
    tried = other.exchange.import_set(exported, dry_run=True).result()
    assert other.documents.cards() == []
    assert other.codebook.tags() == []
    assert other.history.undo_label() is None
    assert other.exchange.import_set(exported).result() == tried


def test_an_import_is_one_act_that_undo_takes_back_and_redo_brings(
    filled: Workspace, other: Workspace, exported: Path
) -> None:
    other.exchange.import_set(exported).result()
    assert other.history.undo_label() == "导入“set.jsonl”"
    other.history.undo().result()
    assert (other.documents.cards(), other.codebook.tags(), other.annotating.all()) == ([], [], [])
    other.history.redo().result()
    assert other.exchange.annotated_set() == filled.exchange.annotated_set()


def test_an_import_taken_back_can_be_made_again(other: Workspace, exported: Path) -> None:
    other.exchange.import_set(exported).result()
    other.history.undo().result()
    report = other.exchange.import_set(exported).result()
    assert counts(report) == {"documents_added": 2, "tags_added": 3, "annotations_added": 3}


def test_documents_are_matched_by_their_bytes_though_ids_differ(
    filled: Workspace, other: Workspace, exported: Path
) -> None:
    data = filled.documents.data(filled.annotating.all()[0].document)
    mine = other.documents.add_bytes(data, name="mine.txt").result().document
    report = other.exchange.import_set(exported).result()
    assert (report.documents_added, report.documents_matched) == (1, 1)
    assert mine not in {item.document for item in filled.annotating.all()}
    assert len(other.annotating.of(mine)) in {1, 2}


def test_tags_are_matched_by_their_name_and_place(
    filled: Workspace, other: Workspace, exported: Path
) -> None:
    mine = next(iter(other.codebook.add("产业", color=7).result().tags))
    report = other.exchange.import_set(exported).result()
    assert (report.tags_added, report.tags_matched) == (2, 1)
    tags = {tag.name: tag for tag in other.codebook.tags()}
    assert (tags["产业"].id, tags["产业"].color, tags["制造业"].parent) == (mine, 7, mine)
    assert mine in {item.tag for item in other.annotating.all()}
    assert len(filled.codebook.tags()) == len(tags)


def test_an_annotation_that_differs_is_a_conflict_and_stays(
    other: Workspace, exported: Path
) -> None:
    other.exchange.import_set(exported).result()
    mine = other.annotating.all()[0].id
    other.annotating.set_note(mine, "我的批语").result()
    report = other.exchange.import_set(exported).result()
    assert (report.annotations_conflict, report.annotations_matched) == (1, 2)
    assert [note.kind for note in report.notes] == ["annotations"]
    assert other.annotating.get(mine).note == "我的批语"


def test_annotations_find_their_words_in_a_text_that_was_read_otherwise(
    filled: Workspace, other: Workspace, exported: Path, document: str
) -> None:
    data = filled.documents.data(document)
    other.documents.add_bytes(data, name="a.txt", encoding="latin-1").result()
    report = other.exchange.import_set(exported).result()
    assert report.annotations_to_review == 2
    states = {item.anchor.quote: item.anchor.state for item in other.annotating.all()}
    assert states["天津市"] is AnchorState.NEEDS_REVIEW
    assert states["民生"] is AnchorState.EXACT


def test_a_table_without_texts_goes_onto_the_documents_that_are_there(
    filled: Workspace, other: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "set.csv"
    filled.exchange.export(path, format="csv").result()
    for card in filled.documents.cards():
        other.documents.add_bytes(filled.documents.data(card.id), name=card.name).result()
    report = other.exchange.import_set(path).result()
    assert (report.documents_matched, report.annotations_added) == (2, 3)
    places = sorted((item.anchor.quote, item.note) for item in other.annotating.all())
    assert places == [("天津市", "批\n语"), ("宝坻区", ""), ("民生", "只有批语")]
    assert counts(other.exchange.import_set(path).result()) == {
        "documents_matched": 2,
        "tags_matched": 2,
        "annotations_matched": 3,
    }


def test_what_lies_on_documents_nobody_has_is_reported(
    filled: Workspace, other: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "set.csv"
    filled.exchange.export(path, format="csv").result()
    report = other.exchange.import_set(path).result()
    assert (report.documents_missing, report.annotations_missing) == (2, 3)
    assert other.documents.cards() == []


def test_documents_and_tags_can_be_chosen(filled: Workspace, document: str, tag: str) -> None:
    by_document = filled.exchange.annotated_set(documents=[document])
    assert [one.document.id for one in by_document.documents] == [document]
    by_tag = filled.exchange.annotated_set(tags=[tag])
    assert [item.tag for one in by_tag.documents for item in one.annotations] == [tag]
    assert [item.name for item in by_tag.tags] == ["产业"]


def test_a_chosen_tag_brings_those_above_it(filled: Workspace) -> None:
    child = next(item for item in filled.codebook.tags() if item.name == "制造业")
    chosen = filled.exchange.annotated_set(tags=[child.id])
    assert [item.name for item in chosen.tags] == ["产业", "制造业"]


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"documents": ["none"]}, ErrorCode.DOCUMENT_UNKNOWN),
        ({"tags": ["none"]}, ErrorCode.TAG_UNKNOWN),
    ],
)
def test_choosing_what_is_not_there_is_an_error(
    filled: Workspace, tmp_path: Path, choice: dict[str, list[str]], code: ErrorCode
) -> None:
    with pytest.raises(MeipiError) as caught:
        filled.exchange.export(tmp_path / "set.jsonl", format="jsonl", **choice).result()
    assert caught.value.code is code


def test_losses_are_known_before_anything_is_written(filled: Workspace) -> None:
    assert filled.exchange.losses(format="jsonl").result().lossless
    assert not filled.exchange.losses(format="csv").result().lossless


def test_a_broken_set_changes_nothing(other: Workspace, exported: Path) -> None:
    exported.write_text(exported.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    with pytest.raises(MeipiError) as caught:
        other.exchange.import_set(exported).result()
    assert caught.value.code is ErrorCode.IMPORT_INVALID
    assert other.documents.cards() == []
