"""`meipi query`: what tags, words and dates find, as lines, JSON, a table or a number."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from meipi.core.spans import Span
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

TEXT = "天津市宝坻区推进京津冀协同发展。\n北京大学与清华大学签约。"


@pytest.fixture
def filled(library: Path) -> Path:
    with Workspace.open(library, in_process=True) as workspace:
        added = workspace.documents.add_bytes(TEXT.encode(), name="a.txt").result()
        for name, span in (("地点", Span(0, 6)), ("区域", Span(3, 6)), ("高校", Span(17, 21))):
            tag = next(iter(workspace.codebook.add(name).result().tags))
            workspace.annotating.add(added.document, span, tag=tag).result()
        workspace.retrieving.save("两者", "#地点 且 #区域").result()
    return library


def test_a_query_prints_its_passages_as_json_lines(meipi: Callable[..., Ran], filled: Path) -> None:
    ran = meipi("query", "#地点 重叠 #区域", "--library", filled, "--json")
    assert ran.code == 0
    (row,) = ran.objects
    assert (row["match"], row["tags"], row["start"], row["end"]) == ("天津市宝坻区", ["地点"], 0, 6)


def test_a_query_prints_lines_a_table_or_a_number(meipi: Callable[..., Ran], filled: Path) -> None:
    query = ("query", "大學", "--library", filled)
    assert "高校\t" in meipi(*query).out
    header, row = csv.reader(io.StringIO(meipi(*query, "--csv").out))
    assert dict(zip(header, row, strict=True))["match"] == "北京大学"
    assert meipi(*query, "--count").out == "1\n"


def test_rows_are_sorted_and_cut_short(meipi: Callable[..., Ran], filled: Path) -> None:
    query = ("query", "--library", filled, "--json", "--sort", "match", "--reverse")
    assert [row["match"] for row in meipi(*query).objects] == ["宝坻区", "天津市宝坻区", "北京大学"]
    assert len(meipi(*query, "--limit", "1").objects) == 1


def test_a_saved_query_is_asked_by_its_name(meipi: Callable[..., Ran], filled: Path) -> None:
    ran = meipi("query", "--saved", "两者", "--library", filled, "--json")
    assert [row["tags"] for row in ran.objects] == [["地点"], ["区域"]]
    assert meipi("query", "--saved", "没有", "--library", filled).code == 2


def test_paragraphs_and_documents_can_be_shown(meipi: Callable[..., Ran], filled: Path) -> None:
    ran = meipi("query", "#高校 show:paragraphs", "--library", filled, "--json")
    assert [row["match"] for row in ran.objects] == ["北京大学与清华大学签约。"]
    ran = meipi("query", "#高校 清华 show:documents", "--library", filled, "--json")
    assert [row["tags"] for row in ran.objects] == [["地点", "区域", "高校"]]


def test_nothing_found_is_exit_code_1(meipi: Callable[..., Ran], filled: Path) -> None:
    assert meipi("query", "量子", "--library", filled).code == 1
    assert meipi("query", "量子", "--library", filled, "--count").code == 1


def test_a_wrong_query_is_exit_code_2_and_names_the_place(
    meipi: Callable[..., Ran], filled: Path
) -> None:
    ran = meipi("query", "#地点 且 #区欲", "--library", filled)
    assert (ran.code, ran.out) == (2, "")
    assert "character 7, “#区欲”" in ran.errors
    assert "the nearest is “区域”" in ran.errors


def test_querying_a_library_that_is_not_there_is_exit_code_4(
    meipi: Callable[..., Ran], library: Path
) -> None:
    assert meipi("query", "甲", "--library", library).code == 4
