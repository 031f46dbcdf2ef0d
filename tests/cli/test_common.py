"""`meipi backup`, `merge` and `agreement`: several people, and going back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.spans import Span
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ran

    Meipi = Callable[..., Ran]

TEXT = "天津市宝坻区推进京津冀协同发展走深走实"


@pytest.fixture
def coded(library: Path) -> Path:
    """A library in which two coders coded one document."""
    with Workspace.open(library, in_process=True) as workspace:
        added = workspace.documents.add_bytes(TEXT.encode(), name="a.txt").result()
        tag = next(iter(workspace.codebook.add("产业").result().tags))
        for coder, places in {"甲": [(0, 3), (8, 11)], "乙": [(0, 3), (8, 12)]}.items():
            workspace.coders.switch(coder)
            for start, end in places:
                workspace.annotating.add(added.document, Span(start, end), tag=tag).result()
    return library


def annotate(library: Path, start: int) -> None:
    with Workspace.open(library, in_process=True, coder="丙") as workspace:
        document = workspace.documents.cards()[0].id
        workspace.annotating.add(document, Span(start, start + 2), note="丙").result()


def count(library: Path) -> int:
    with Workspace.open(library, in_process=True) as workspace:
        return len(workspace.annotating.all())


def test_a_backup_is_made_listed_and_gone_back_to(meipi: Meipi, coded: Path) -> None:
    assert meipi("backup", "--list", "--library", coded).code == 1
    made = meipi("backup", "--library", coded)
    assert made.code == 0
    assert made.out.strip().endswith(".meipi")
    annotate(coded, 4)
    (line,) = meipi("backup", "--list", "--library", coded).out.splitlines()
    assert line.split("\t")[0] == "1"
    assert "4 annotations" in line
    back = meipi("backup", "--restore", "1", "--library", coded)
    assert (back.code, count(coded)) == (0, 4)
    assert "backup 2" in back.errors


def test_a_backup_takes_the_place_of_a_library_that_cannot_be_opened(
    meipi: Meipi, coded: Path
) -> None:
    assert meipi("backup", "--library", coded).code == 0
    coded.write_bytes(b"\xa5" * 9_000)
    back = meipi("backup", "--restore", "1", "--library", coded)
    assert (back.code, count(coded)) == (0, 4)
    assert "damaged-1" in back.errors


def test_a_backup_that_is_not_there_is_named(meipi: Meipi, coded: Path) -> None:
    ran = meipi("backup", "--restore", "7", "--library", coded)
    assert ran.code == 4
    assert "no such backup" in ran.errors


def test_another_library_is_tried_and_merged(meipi: Meipi, coded: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.meipi"
    other.write_bytes(coded.read_bytes())
    annotate(other, 4)
    tried = meipi("merge", other, "--dry-run", "--library", coded)
    assert (tried.code, count(coded)) == (0, 4)
    assert "annotations_added\t1" in tried.out
    assert meipi("merge", other, "--coder", "甲", "--library", coded).code == 0
    assert count(coded) == 5
    assert meipi("merge", other, "--library", coded).code == 1
    assert meipi("merge", coded, "--library", coded).code == 4


def test_agreement_is_a_line_a_tag_or_one_object(meipi: Meipi, coded: Path) -> None:
    ran = meipi("agreement", "--library", coded)
    header, over_all, tag = (line.split("\t") for line in ran.out.splitlines())
    assert header == ["tag", "乙", "甲", "exact", "overlap", "cohen", "fleiss", "alpha"]
    assert over_all[:5] == ["*", "2", "2", "0.5000", "1.0000"]
    assert tag[0] == "产业"
    (found,) = meipi("agreement", "--json", "--library", coded).objects
    assert found["over_all"]["exact"] == 0.5
    assert meipi("agreement", "--coder", "丁", "--library", coded).code == 2
    assert meipi("agreement", "--coder", "甲", "--library", coded).code == 1
