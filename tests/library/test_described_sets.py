"""Attributes, tags of documents and codebooks go out of a library and into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.attributes import CERTAINTY, Kind, Subject
from meipi.core.spans import Span
from meipi.exchange.tag_paths import paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace


@pytest.fixture
def described(workspace: Workspace, document: str, tag: str) -> Workspace:
    """A library with everything that can be said of a document, an annotation and a tag."""
    workspace.codebook.update(tag, definition="经济", examples="园区", exclude="工人").result()
    low = next(iter(workspace.codebook.add("制造", parent=tag).result().tags))
    added = workspace.annotating.add(document, Span(0, 3), tag=low).result()
    (annotation,) = added.annotations
    attributes = workspace.attributes
    defined = attributes.define(
        "刊期", Subject.DOCUMENT, kind=Kind.CHOICE, choices=["日报", "周报"]
    ).result()
    (key,) = defined.attributes
    attributes.set_on_documents(key, [document], "周报").result()
    attributes.set_on_annotations(CERTAINTY, [annotation], "low").result()
    attributes.set_status([annotation], "review").result()
    workspace.document_tags.add([document], tag).result()
    return workspace


@pytest.fixture
def other(open_library: Callable[..., Workspace], tmp_path: Path) -> Workspace:
    """Another library, empty."""
    return open_library(tmp_path / "other.meipi")


def said(workspace: Workspace) -> list[object]:
    found = workspace.exchange.annotated_set()
    (one,) = found.documents
    known = paths(found.tags)
    return [
        sorted((known[t.id], t.definition, t.examples, t.include, t.exclude) for t in found.tags),
        sorted((a.name, a.subject, a.kind, a.choices) for a in found.attributes),
        sorted((v.value, v.annotation is None) for v in one.values),
        [known[t.tag] for t in one.tags],
        [a.status for a in one.annotations],
    ]


def test_all_that_is_said_goes_through_our_own_format(
    described: Workspace, other: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "all.jsonl"
    report = described.exchange.export(path, format="jsonl").result()
    assert report.lossless
    other.exchange.import_set(path).result()
    assert said(other) == said(described)
    again = other.exchange.import_set(path).result()
    assert (again.added, again.values_matched) == (0, 3)


def test_what_a_format_has_no_place_for_is_in_the_report(described: Workspace) -> None:
    report = described.exchange.losses(format="brat").result()
    lost = {str(item.what) for item in report.items}
    assert {"status", "document values", "annotation values", "document tags", "rules"} <= lost


@pytest.mark.parametrize(("name", "suffix"), [("refi-codebook", "qdc"), ("codebook-csv", "csv")])
def test_a_codebook_is_rehearsed_before_it_goes_in(
    described: Workspace, other: Workspace, tmp_path: Path, name: str, suffix: str
) -> None:
    path = tmp_path / f"book.{suffix}"
    described.exchange.export(path, format=name).result()
    top = next(iter(other.codebook.add("产业").result().tags))
    other.codebook.update(top, definition="另一说").result()
    report = other.exchange.import_set(path, dry_run=True).result()
    assert (report.tags_added, report.tags_merged, report.tags_conflict) == (1, 0, 1)
    assert [tag.examples for tag in other.codebook.tags()] == [""]
    other.exchange.import_set(path).result()
    found = {tag.name: tag for tag in other.codebook.tags()}
    assert (found["产业"].definition, found["产业"].examples) == ("另一说", "园区")
    assert found["制造"].parent == top
    other.history.undo().result()
    assert [tag.name for tag in other.codebook.tags()] == ["产业"]


def test_choices_of_another_library_are_taken_in(
    described: Workspace, other: Workspace, document: str, tmp_path: Path
) -> None:
    path = tmp_path / "all.jsonl"
    described.exchange.export(path, format="jsonl").result()
    other.attributes.define("刊期", Subject.DOCUMENT, kind=Kind.CHOICE, choices=["日报"]).result()
    other.exchange.import_set(path).result()
    (attribute,) = other.attributes.definitions(Subject.DOCUMENT)
    assert attribute.choices == ("日报", "周报")
    assert [v.value for v in other.attributes.values_on(document)][:1] == ["周报"]


def test_a_value_that_differs_stays_the_librarys_own(
    described: Workspace, document: str, tmp_path: Path
) -> None:
    path = tmp_path / "all.jsonl"
    described.exchange.export(path, format="jsonl").result()
    (attribute,) = described.attributes.definitions(Subject.DOCUMENT)
    described.attributes.set_on_documents(attribute.id, [document], "日报").result()
    report = described.exchange.import_set(path).result()
    assert report.values_conflict == 1
    assert described.attributes.values_of(attribute.id)[0].value == "日报"
