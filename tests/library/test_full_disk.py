"""A full disk stops an act, is said in words, and leaves the library as it was."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.messages import word
from meipi.core.spans import Span
from meipi.library import writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from meipi.services.workspace import Workspace


def noise(size: int) -> bytes:
    """Return text that cannot be packed small."""
    chance = random.Random(1)  # noqa: S311 - the same text each time
    return "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(size // 3)).encode()


def is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file of the library grow no further, as on a disk that is full."""
    connect = writer.connect

    def connect_to_full(path: Path, **options: float) -> sqlite3.Connection:
        connection = connect(path, **options)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(writer, "connect", connect_to_full)


@pytest.mark.usefixtures("full")
def test_a_document_for_which_there_is_no_room_is_refused_whole(
    workspace: Workspace, path: Path
) -> None:
    with pytest.raises(MeipiError) as caught:
        workspace.documents.add_bytes(noise(100_000), name="big.txt").result()
    assert caught.value.code is ErrorCode.DISK_FULL
    assert "已有内容完好" in word(caught.value, "zh")
    assert workspace.documents.cards() == []
    assert workspace.pending == 0
    assert is_sound(path)


@pytest.mark.usefixtures("full")
def test_after_a_refusal_smaller_acts_go_on(workspace: Workspace) -> None:
    with pytest.raises(MeipiError):
        workspace.documents.add_bytes(noise(100_000), name="big.txt").result()
    workspace.codebook.add("产业").result()
    assert [tag.name for tag in workspace.codebook.tags()] == ["产业"]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of one megabyte, where the person running the tests may mount one."""
    mount = shutil.which("mount")
    folder = tmp_path / "disk"
    folder.mkdir()
    if mount is None or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting needs root")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run([shutil.which("umount") or "umount", folder], check=True)


def test_on_a_disk_that_is_really_full_nothing_done_before_is_lost(
    tiny_disk: Path, open_library: Callable[..., Workspace]
) -> None:
    workspace = open_library(tiny_disk / "a.meipi")
    document = workspace.documents.add_bytes(noise(3_000), name="a.txt").result().document
    done: list[object] = []

    def annotate_until_full() -> None:
        for number in range(10_000):
            note = f"{number}" + "批" * 500
            span = Span(number % 900, 950)
            done.append(workspace.annotating.add(document, span, note=note).result())

    with pytest.raises(MeipiError) as caught:
        annotate_until_full()
    assert caught.value.code is ErrorCode.DISK_FULL
    assert len(workspace.annotating.of(document)) == len(done)
    workspace.close()
    assert is_sound(tiny_disk / "a.meipi")


def test_a_library_cannot_be_made_on_a_full_disk_and_says_so(
    tiny_disk: Path, open_library: Callable[..., Workspace]
) -> None:
    (tiny_disk / "filler").write_bytes(bytes(1_000_000))
    with pytest.raises(MeipiError) as caught:
        open_library(tiny_disk / "a.meipi")
    assert caught.value.code is ErrorCode.DISK_FULL
