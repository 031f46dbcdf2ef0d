"""Two programs on one library neither lose nor block, and see what the other did."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.messages import word
from meipi.core.spans import Span
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ACTS = 60


def _annotate(path: Path, document: str, coder: str) -> None:
    """Annotate as another program does, taking some of it back."""
    with Workspace.open(path, in_process=True, coder=coder) as workspace:
        for number in range(ACTS):
            span = Span(number % 20, number % 20 + 3)
            workspace.annotating.add(document, span, note=f"{coder}{number}").result()


def test_two_programs_that_write_at_once_lose_nothing(
    workspace: Workspace, document: str, path: Path
) -> None:
    context = multiprocessing.get_context("spawn")
    others = [
        context.Process(target=_annotate, args=(path, document, coder)) for coder in ("甲", "乙")
    ]
    for other in others:
        other.start()
    workspace.coders.switch("丙")
    for number in range(ACTS):
        workspace.annotating.add(document, Span(30, 33), note=f"丙{number}").result()
    for other in others:
        other.join(100)
        assert other.exitcode == 0
    notes = {one.note for one in workspace.annotating.of(document)}
    assert notes == {f"{coder}{number}" for coder in "甲乙丙" for number in range(ACTS)}
    assert len(workspace.journal.lines(limit=-1)) == 3 * ACTS + 1


def test_what_the_other_did_is_told_once_and_what_was_done_here_never(
    workspace: Workspace, document: str, open_library: Callable[..., Workspace]
) -> None:
    other = open_library()
    workspace.annotating.add(document, Span(0, 3), note="这里").result()
    added = next(iter(other.annotating.add(document, Span(3, 6), note="那里").result().annotations))
    heard = workspace.others_did()
    assert (heard.annotations, heard.annotated) == ({added}, {document})
    assert not workspace.others_did()
    other.history.undo().result()
    assert workspace.others_did().annotations == {added}
    fresh = other.documents.add_bytes(b"more", name="b.txt").result().document
    assert workspace.others_did().documents == {fresh}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """A disk of its own at ``tmp_path / "disk"``, mounted anew with other options when called."""
    mount = shutil.which("mount")
    folder = tmp_path / "disk"
    folder.mkdir()
    if mount is None or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting needs root")
    base = [mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder]
    if subprocess.run(base, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")

    def again(options: str) -> None:
        subprocess.run([mount, "-o", f"remount,{options}", folder], check=True)

    yield again
    subprocess.run([shutil.which("umount") or "umount", folder], check=True)


def test_when_there_is_room_again_work_goes_on(
    disk: Callable[[str], None], tmp_path: Path, open_library: Callable[..., Workspace]
) -> None:
    del disk
    workspace = open_library(tmp_path / "disk" / "a.meipi")
    document = workspace.documents.add_bytes("天津市宝坻区".encode(), name="a").result().document
    filler = tmp_path / "disk" / "filler"

    def fill() -> None:
        with filler.open("wb") as file:
            for _ in range(100):
                file.write(bytes(100_000))
                file.flush()

    def annotate() -> None:
        for number in range(200):
            workspace.annotating.add(document, Span(0, 3), note=f"{number}" * 900).result()

    with pytest.raises(OSError, match="space"):
        fill()
    with pytest.raises(MeipiError) as caught:
        annotate()
    assert caught.value.code is ErrorCode.DISK_FULL
    assert "磁盘已满" in word(caught.value, "zh")
    done = len(workspace.annotating.of(document))
    filler.unlink()
    workspace.annotating.add(document, Span(3, 6), note="有地方了").result()
    assert len(workspace.annotating.of(document)) == done + 1
    assert workspace.pending == 0


def test_a_disk_that_becomes_read_only_is_named_and_loses_nothing(
    disk: Callable[[str], None], tmp_path: Path
) -> None:
    path = tmp_path / "disk" / "a.meipi"
    with Workspace.open(path, in_process=True) as workspace:
        document = (
            workspace.documents.add_bytes("天津市宝坻区".encode(), name="a").result().document
        )
        workspace.annotating.add(document, Span(0, 3), note="先").result()
    try:
        # A disk cannot become read-only under an open file here: it is opened anew.
        disk("ro")
        with pytest.raises(MeipiError) as caught:
            Workspace.open(path, in_process=True)
        assert caught.value.code is ErrorCode.LIBRARY_UNUSABLE
        assert "只读" in word(caught.value, "zh") or "打不开" in word(caught.value, "zh")
    finally:
        disk("rw")
    with Workspace.open(path, in_process=True) as workspace:
        workspace.annotating.add(document, Span(3, 6), note="后").result()
        assert [one.note for one in workspace.annotating.of(document)] == ["先", "后"]
