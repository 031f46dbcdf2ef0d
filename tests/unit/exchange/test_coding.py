"""Annotations in pieces, links and memos go through the formats that can hold them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from meipi.core.anchors import make_anchor
from meipi.core.annotation import Annotation, Link
from meipi.core.memo import Memo, MemoKind
from meipi.core.spans import Span
from meipi.exchange import FORMATS, losses, read_set, write_set
from meipi.exchange.loss import Facet

if TYPE_CHECKING:
    from meipi.core.annotated_set import AnnotatedSet

TIME = "2026-03-01T08:00:00.000Z"


@pytest.fixture
def coded(small_set) -> AnnotatedSet:
    """The small set with an annotation in three pieces, links near and far, and memos."""
    first, second, *rest = small_set.documents
    one = _in_pieces(first, first.annotations[0])
    near = Link("link-near-1", one.id, first.annotations[1].id, "导致 A", "沈", TIME, TIME)
    bare = Link("link-bare-2", first.annotations[1].id, one.id, "", "", TIME, TIME)
    far = Link("link-far-3", one.id, second.annotations[0].id, "参见", "沈", TIME, TIME)
    memo = Memo(
        "memo-doc-1", MemoKind.DOCUMENT, first.document.id, "题", "**文**", "沈", TIME, TIME
    )
    whole = Memo("memo-all-1", MemoKind.LIBRARY, "", "", "全库", "", TIME, TIME)
    first = replace(
        first,
        annotations=(one, *first.annotations[1:]),
        links=(near, bare, far),
        memos=(memo,),
    )
    return replace(small_set, documents=(first, second, *rest), memos=(whole,))


def _in_pieces(document, annotation: Annotation) -> Annotation:
    text, text_map = document.repaired.text, document.repaired.map
    taken = annotation.span.end
    spans = [Span(taken + 3, taken + 5), Span(taken + 8, taken + 9)]
    return replace(annotation, parts=tuple(make_anchor(text, one, text_map) for one in spans))


def test_our_own_format_brings_all_of_it_back(coded, tmp_path) -> None:
    write_set(coded, tmp_path / "a.jsonl", format="jsonl")
    assert read_set(tmp_path / "a.jsonl") == coded
    assert losses(coded, format="jsonl").lossless


@pytest.mark.parametrize("name", [name for name, known in FORMATS.items() if known.can_read])
def test_every_format_writes_it_and_reads_back_what_it_said_it_would(name, coded, tmp_path) -> None:
    path = tmp_path / f"a{FORMATS[name].suffix}"
    report = write_set(coded, path, format=name)
    assert report == losses(coded, format=name)
    found = read_set(path, format=name)
    said = {facet for facet, _ in report.totals()}
    links = sum(len(one.links) for one in found.documents)
    parts = sum(len(a.parts) for one in found.documents for a in one.annotations)
    assert links == {True: 3, False: 0}[Facet.LINKS not in said] or name == "brat"
    assert (parts == 0) is (Facet.PARTS in said) or "codebook" in name


@pytest.mark.parametrize("name", [name for name, known in FORMATS.items() if not known.can_read])
def test_reports_say_what_they_leave_out(name, coded, tmp_path) -> None:
    report = write_set(coded, tmp_path / f"a{FORMATS[name].suffix}", format=name)
    assert (Facet.LINKS in {facet for facet, _ in report.totals()}) is (name != "markdown")


@pytest.mark.parametrize("name", ["markdown", "html", "docx"])
def test_every_report_holds_the_memos(name, coded, tmp_path) -> None:
    report = write_set(coded, tmp_path / f"a{FORMATS[name].suffix}", format=name)
    assert Facet.MEMOS not in {facet for facet, _ in report.totals()}
    bare = replace(coded, memos=())
    assert losses(bare, format=name).items == report.items


def test_the_report_in_markdown_shows_pieces_links_and_memos(coded, tmp_path) -> None:
    write_set(coded, tmp_path / "a.md", format="markdown")
    lines = (tmp_path / "a.md").read_text().split("\n\n")
    assert "备忘：全库" in lines
    assert any(line.startswith("备忘：题：") for line in lines)
    assert any(line.startswith("联系：→ 导致 A “") for line in lines)


def test_web_annotations_hold_pieces_as_targets_and_links_as_annotations(coded, tmp_path) -> None:
    write_set(coded, tmp_path / "a.jsonld", format="w3c")
    found = read_set(tmp_path / "a.jsonld")
    first = found.documents[0]
    assert [len(a.parts) for a in first.annotations][:2] == [2, 0]
    assert first.links == coded.documents[0].links


def test_brat_holds_pieces_as_fragments_and_links_as_relations(coded, tmp_path) -> None:
    report = write_set(coded, tmp_path / "a.brat.zip", format="brat")
    with zipfile.ZipFile(tmp_path / "a.brat.zip") as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".ann") and "001" in n]
        lines = archive.read(name).decode().splitlines()
        conf = archive.read("annotation.conf").decode()
    assert "R1\tDaoZhi_A Arg1:T1 Arg2:T2" in lines
    assert "R2\tLink Arg1:T2 Arg2:T1" in lines
    assert lines[0].split("\t")[1].count(";") == 2
    assert "DaoZhi_A Arg1:<ENTITY>, Arg2:<ENTITY>" in conf
    assert report.totals()[Facet.LINKS, "document"] == (1, 1)
    first = read_set(tmp_path / "a.brat.zip").documents[0]
    assert first.links == coded.documents[0].links[:2]
    assert first.annotations[0].spans == coded.documents[0].annotations[0].spans


def packed(**members: str) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    stream.seek(0)
    return stream


def test_relations_of_brat_become_links() -> None:
    ann = (
        "T1\tOrg 0 3\t甲公司\nT2\tLoc 5 7\t乙市\nR1\tInvests Arg1:T1 Arg2:T2\n"
        "R2\tOn Arg1:T1 Arg2:E1\nT3\tOrg 0 1;3 5\t甲 投资\n"
    )
    found = FORMATS["brat"].read(packed(**{"a.txt": "甲公司投资乙市。", "a.ann": ann}))
    (document,) = found.documents
    (link,) = document.links
    by_id = {a.id: a.anchor.quote for a in document.annotations}
    assert (by_id[link.source], link.label, by_id[link.target]) == ("甲公司", "Invests", "乙市")
    assert [[p.quote for p in a.anchors] for a in document.annotations][-1] == ["甲", "投资"]
    assert dict(found.passed_over) == {"relation": 1}
