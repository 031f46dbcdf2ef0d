"""Sets of other tools' formats onto the documents that are there, whatever was lost on the way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from meipi.core.anchors import AnchorState
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span
from meipi.exchange import FORMATS
from meipi.services.exchange import Choice, Entities

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace

READABLE = [name for name, known in FORMATS.items() if known.can_read and known.available]
WITH_MARKS = [name for name in READABLE if "codebook" not in name]


@pytest.fixture
def filled(workspace: Workspace, document: str, tag: str) -> Workspace:
    """A library with a repaired document, a tag in a tag, and three annotations."""
    child = next(iter(workspace.codebook.add("制造业", parent=tag).result().tags))
    workspace.annotating.add(document, Span(0, 3), tag=tag, note="批\n语").result()
    workspace.annotating.add(document, Span(3, 6), tag=child).result()
    workspace.annotating.add(document, Span(22, 26), tag=tag).result()
    return workspace


def counts(report: object) -> dict[str, int]:
    return {name: n for name, n in asdict(report).items() if isinstance(n, int) and n}


@pytest.mark.parametrize("name", READABLE)
def test_what_was_exported_adds_nothing_to_the_library_it_came_from(
    filled: Workspace, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"set{FORMATS[name].suffix}"
    filled.exchange.export(path, format=name).result()
    before = filled.annotating.all()
    report = filled.exchange.import_set(path).result()
    assert report.added == 0
    assert report.annotations_conflict == 0
    assert filled.annotating.all() == before


@pytest.mark.parametrize("name", WITH_MARKS)
def test_importing_twice_into_another_library_adds_nothing(
    filled: Workspace,
    open_library: Callable[..., Workspace],
    tmp_path: Path,
    name: str,
) -> None:
    path = tmp_path / f"set{FORMATS[name].suffix}"
    filled.exchange.export(path, format=name).result()
    other = open_library(tmp_path / "other.meipi")
    data = filled.documents.data(filled.documents.cards()[0].id)
    other.documents.add_bytes(data, name="a.txt").result()
    first = other.exchange.import_set(path).result()
    assert first.annotations_added == 3
    assert first.documents_added == 0
    assert all(a.anchor.state is not AnchorState.NEEDS_REVIEW for a in other.annotating.all())
    assert {a.anchor.source for a in other.annotating.all()} == {
        a.anchor.source for a in filled.annotating.all()
    }
    again = other.exchange.import_set(path).result()
    assert again.added == 0
    assert again.annotations_matched == 3


def test_a_text_that_lost_its_carriage_returns_is_still_the_document(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = "第一行\r\n第二行\r\n"
    document = workspace.documents.add_bytes(text.encode(), name="a.txt").result().document
    workspace.annotating.add(document, Span(1, 7), note="跨行").result()
    path = tmp_path / "set.brat.zip"
    workspace.exchange.export(path, format="brat").result()
    report = workspace.exchange.import_set(path).result()
    assert counts(report) == {"documents_matched": 1, "annotations_matched": 1}


def exported(workspace: Workspace, path: Path, **choice: object) -> list[str]:
    from meipi.exchange import read_set

    workspace.exchange.export(path, format="jsonl", choice=Choice(**choice)).result()
    return [a.note for d in read_set(path).documents for a in d.annotations]


def test_only_chosen_days_are_exported(filled: Workspace, tmp_path: Path) -> None:
    assert exported(filled, tmp_path / "a.jsonl", until="1999-12-31") == []
    assert len(exported(filled, tmp_path / "b.jsonl", since="2000-01-01")) == 3


def test_only_chosen_coders_are_exported(filled: Workspace, tmp_path: Path) -> None:
    (coder,) = filled.exchange.coders()
    assert len(exported(filled, tmp_path / "a.jsonl", coders=frozenset({coder}))) == 3
    assert exported(filled, tmp_path / "b.jsonl", coders=frozenset({"另一位"})) == []


def test_a_choice_may_leave_out_entities() -> None:
    assert Choice(entities=Entities.NONE).of(()) is None
    assert Choice(entities=Entities.ACCEPTED).of(()) == ()


def test_an_export_that_is_stopped_leaves_the_old_file(filled: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text("从前")

    def stop(share: float) -> None:
        if share:
            raise MeipiError(ErrorCode.EXPORT_CANCELLED)

    with pytest.raises(MeipiError) as caught:
        filled.exchange.export(path, format="jsonl", watch=stop).result()
    assert caught.value.code is ErrorCode.EXPORT_CANCELLED
    assert path.read_text() == "从前"
    assert [one.name for one in tmp_path.glob("*set*")] == ["set.jsonl"]


SCHEMA = """
CREATE TABLE source (id integer primary key, name text, fulltext text, memo text);
CREATE TABLE code_cat (catid integer primary key, name text, memo text, supercatid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, color text);
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text,
 pos0 integer, pos1 integer, owner text, date text, memo text);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer,
 memo text, owner text, date text);
"""
TEXT = "习近平在𠮷野家会见🙂李克强。\n北京大学签约。"


@pytest.fixture
def qualcoder(tmp_path: Path) -> Path:
    """A QualCoder database whose places count UTF-16 once, and code points once."""
    path = tmp_path / "data.qda"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(SCHEMA)
        db.execute("INSERT INTO source VALUES (1, '会见', ?, '')", (TEXT,))
        db.execute("INSERT INTO code_cat VALUES (1, '人', '谁', NULL)")
        db.execute("INSERT INTO code_name VALUES (1, '领导', '', 1, '#FF0000')")
        date = "2024-05-01 10:00:00"
        rows = [
            (1, 1, 1, "李克强", 12, 15, "甲", date, "手工"),
            (2, 1, 1, "李克强", 10, 13, "乙", date, "自动"),
            (3, 1, 1, "李克强。\u2029北京", 12, 19, "甲", date, ""),
        ]
        db.executemany("INSERT INTO code_text VALUES (?,?,?,?,?,?,?,?,?)", rows)
        db.execute("INSERT INTO annotation VALUES (1, 1, 0, 3, '批注', '甲', ?)", (date,))
        db.commit()
    return path


def test_qualcoders_two_ways_of_counting_are_told_apart(
    workspace: Workspace, qualcoder: Path
) -> None:
    report = workspace.exchange.import_set(qualcoder).result()
    assert counts(report) == {"documents_added": 1, "tags_added": 2, "annotations_added": 4}
    places = sorted((a.anchor.span, a.anchor.quote, a.coder) for a in workspace.annotating.all())
    assert places == [
        (Span(0, 3), "习近平", "甲"),
        (Span(10, 13), "李克强", "乙"),
        (Span(10, 13), "李克强", "甲"),
        (Span(10, 17), "李克强。\n北京", "甲"),
    ]
    assert workspace.exchange.import_set(qualcoder).result().added == 0


def test_what_qualcoder_holds_beside_codings_is_counted(
    workspace: Workspace, qualcoder: Path
) -> None:
    with closing(sqlite3.connect(qualcoder)) as db:
        db.execute("CREATE TABLE cases (caseid integer primary key, name text)")
        db.executemany("INSERT INTO cases VALUES (?, ?)", [(1, "甲"), (2, "乙")])
        db.execute("INSERT INTO source VALUES (2, '相片', NULL, '')")
        db.commit()
    report = workspace.exchange.import_set(qualcoder, dry_run=True).result()
    assert dict(report.passed_over) == {"case": 2, "source": 1}


def test_an_import_says_how_far_it_is(filled: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    filled.exchange.export(path, format="jsonl").result()
    told: list[float] = []
    filled.exchange.import_set(path, watch=told.append).result()
    assert told == sorted(told)
    assert told[-1] == 1


@pytest.mark.parametrize("after", [0.0, 0.5, 1.0])
def test_an_import_that_is_stopped_leaves_the_library_as_it_was(
    filled: Workspace,
    open_library: Callable[..., Workspace],
    tmp_path: Path,
    after: float,
) -> None:
    path = tmp_path / "set.jsonl"
    filled.exchange.export(path, format="jsonl").result()
    other = open_library(tmp_path / "other.meipi")

    def stop(share: float) -> None:
        if share >= after:
            raise MeipiError(ErrorCode.IMPORT_CANCELLED)

    with pytest.raises(MeipiError) as caught:
        other.exchange.import_set(path, watch=stop).result()
    assert caught.value.code is ErrorCode.IMPORT_CANCELLED
    assert other.documents.cards() == []
    assert other.codebook.tags() == []
    assert other.history.undo_label() is None


@pytest.mark.parametrize(
    "spoil",
    [
        "DROP TABLE code_text",
        "DROP TABLE source; CREATE VIEW source AS SELECT 1 id, 'a' name, 'b' fulltext, '' memo",
        "UPDATE code_text SET pos0 = 'x'",
        "UPDATE code_text SET cid = 99",
        "UPDATE code_cat SET supercatid = 1",
    ],
)
def test_a_database_that_is_none_of_qualcoders_is_refused(
    workspace: Workspace, qualcoder: Path, spoil: str
) -> None:
    with closing(sqlite3.connect(qualcoder)) as db:
        db.executescript(spoil)
    with pytest.raises(MeipiError) as caught:
        workspace.exchange.import_set(qualcoder).result()
    assert caught.value.code is ErrorCode.IMPORT_INVALID
    assert workspace.documents.cards() == []


def test_a_damaged_database_is_refused(workspace: Workspace, qualcoder: Path) -> None:
    data = bytearray(qualcoder.read_bytes())
    data[100:2000] = b"\xff" * 1900
    qualcoder.write_bytes(bytes(data))
    with pytest.raises(MeipiError) as caught:
        workspace.exchange.import_set(qualcoder).result()
    assert caught.value.code is ErrorCode.IMPORT_INVALID
