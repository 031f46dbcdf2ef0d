"""Backups are whole or not there, verified before older ones go, and can be gone back to."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, LibraryError, MeipiError
from meipi.core.spans import Span
from meipi.library import backup
from meipi.library.backup import Backup, Keep
from meipi.services.backups import Rule, folder_of, listed, replace_damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from meipi.core.changes import Changes
    from meipi.services.workspace import Workspace

    Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]

RULE = Rule()
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def add(workspace: Workspace, document: str, start: int = 0) -> None:
    workspace.annotating.add(document, Span(start, start + 3), note="批").result()


def copies(path: Path, *moments: datetime) -> list[Backup]:
    """Return copies made at ``moments``, numbered as they came."""
    return [Backup(path, number, made, 0) for number, made in enumerate(moments, start=1)]


def test_a_copy_holds_what_was_on_the_disk_and_stands_alone(
    workspace: Workspace, document: str, path: Path, dump: Dump
) -> None:
    add(workspace, document)
    made = workspace.backups.make(RULE).result()
    assert dump(made.path) == dump(path)
    assert [file.name for file in made.path.parent.iterdir()] == [made.path.name]
    (found,) = workspace.backups.listed(RULE)
    assert (found.documents, found.annotations, found.problem) == (1, 1, None)


def test_what_is_written_while_a_copy_is_made_neither_waits_nor_gets_in(
    workspace: Workspace, document: str, dump: Dump, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_STEP", 4)
    before = dump(path)
    steps: list[float] = []

    def write(share: float) -> None:
        if len(steps) < 20:
            steps.append(share)
            add(workspace, document, len(steps))

    made = workspace.backups.make(RULE, watch=write).result()
    assert len(workspace.annotating.of(document)) == len(steps) > 10
    assert dump(made.path) == before


def test_a_copy_that_is_stopped_leaves_nothing_and_takes_nothing_away(
    workspace: Workspace, document: str
) -> None:
    add(workspace, document)
    first = workspace.backups.make(RULE).result()

    def stop(_: float) -> None:
        raise MeipiError(ErrorCode.EXPORT_CANCELLED)

    with pytest.raises(MeipiError):
        workspace.backups.make(RULE, watch=stop).result()
    assert [file.name for file in first.path.parent.iterdir()] == [first.path.name]


def test_a_copy_that_is_not_sound_drops_no_older_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = Rule(keep=Keep(0, 0, 0))
    made = [workspace.backups.make(rule).result() for _ in range(3)]
    sync = backup.verify

    def verify(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[4096:12288] = b"\xa5" * 8192
        path.write_bytes(data)
        sync(path)

    monkeypatch.setattr(backup, "verify", verify)
    with pytest.raises(LibraryError) as caught:
        workspace.backups.make(rule).result()
    assert caught.value.code is ErrorCode.LIBRARY_DAMAGED
    assert [one.backup.number for one in workspace.backups.listed(rule)] == [
        *(made[2].number, made[1].number)
    ]


def test_the_last_of_an_hour_a_day_and_a_week_are_kept(tmp_path: Path) -> None:
    hourly = [NOON - timedelta(minutes=30 * at) for at in range(24 * 2 * 40, 0, -1)]
    found = copies(tmp_path, *hourly)
    gone = {one.number for one in backup.outdated(found, Keep(3, 2, 2))}
    kept = [one.made for one in found if one.number not in gone]
    assert kept == [
        datetime(2026, 11, 22, 23, 30, tzinfo=UTC),
        datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
        datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        datetime(2026, 11, 24, 10, 30, tzinfo=UTC),
        datetime(2026, 11, 24, 11, 0, tzinfo=UTC),
        datetime(2026, 11, 24, 11, 30, tzinfo=UTC),
    ]


def test_a_clock_put_back_takes_no_new_copy_away(tmp_path: Path) -> None:
    future = [NOON + timedelta(days=at) for at in range(400, 430)]
    found = copies(tmp_path, *future, NOON, NOON + timedelta(hours=1))
    gone = {one.number for one in backup.outdated(found, Keep(2, 2, 2))}
    assert not gone & {31, 32}


def test_a_copy_is_due_when_time_went_by_and_something_changed(
    workspace: Workspace, document: str
) -> None:
    assert workspace.backups.is_due(RULE)
    made = workspace.backups.make(RULE).result().made
    later, earlier = made + timedelta(hours=2), made - timedelta(days=3)
    assert not workspace.backups.is_due(RULE, now=later)
    add(workspace, document)
    assert workspace.backups.is_due(RULE, now=later)
    assert workspace.backups.is_due(RULE, now=earlier)
    assert not workspace.backups.is_due(RULE, now=made + timedelta(minutes=5))
    assert not workspace.backups.is_due(Rule(hours=0), now=later)


def test_going_back_keeps_what_was_and_is_seen_in_another_window(
    workspace: Workspace,
    document: str,
    open_library: Callable[..., Workspace],
    path: Path,
    dump: Dump,
) -> None:
    add(workspace, document)
    first, then = workspace.backups.make(RULE).result(), dump(path)
    other = open_library()
    add(workspace, document, 5)
    workspace.documents.add_bytes(b"more", name="b.txt").result()
    assert other.others_did().annotated == {document}
    now = dump(path)
    heard: list[Changes] = []
    workspace.subscribe(heard.append)
    kept = workspace.backups.restore(first.path, RULE).result()
    assert dump(path) == then
    assert document in heard[-1].documents
    assert other.others_did().documents >= {document}
    assert len(other.annotating.of(document)) == 1
    assert other.documents.reading(document).repaired.text
    workspace.backups.restore(kept.path, RULE).result()
    assert dump(path) == now
    add(other, document, 8)
    assert len(workspace.annotating.of(document)) == 3


def test_a_damaged_copy_is_not_gone_back_to(
    workspace: Workspace, document: str, path: Path, dump: Dump
) -> None:
    add(workspace, document)
    made = workspace.backups.make(RULE).result()
    data = bytearray(made.path.read_bytes())
    data[4096:8192] = b"\xa5" * 4096
    made.path.write_bytes(data)
    before = dump(path)
    with pytest.raises(LibraryError) as caught:
        workspace.backups.restore(made.path, RULE).result()
    assert caught.value.code is ErrorCode.LIBRARY_DAMAGED
    assert dump(path) == before


def test_a_library_that_cannot_be_opened_is_put_aside_for_a_copy(
    workspace: Workspace,
    document: str,
    open_library: Callable[..., Workspace],
    path: Path,
) -> None:
    add(workspace, document)
    made = workspace.backups.make(RULE).result()
    workspace.close()
    path.write_bytes(b"\xa5" * 5000)
    assert [one.backup.number for one in listed(path, RULE)] == [made.number]
    aside = replace_damaged(path, made.path, RULE)
    assert aside.read_bytes() == b"\xa5" * 5000
    assert len(open_library().annotating.of(document)) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with no room for a copy, where the person running the tests may mount one."""
    mount = shutil.which("mount")
    folder = tmp_path / "disk"
    folder.mkdir()
    if mount is None or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting needs root")
    options = ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]
    if subprocess.run([mount, *options], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run([shutil.which("umount") or "umount", folder], check=True)


@pytest.mark.parametrize("room", [4 << 20, -(1 << 30)], ids=["foreseen", "met"])
def test_on_a_full_disk_no_half_copy_is_left(
    workspace: Workspace, small_disk: Path, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_ROOM", room)
    rule = Rule(folder=small_disk)
    with pytest.raises(LibraryError) as caught:
        workspace.backups.make(rule).result()
    assert caught.value.code is ErrorCode.DISK_FULL
    assert list(folder_of(workspace.path, rule).glob("*")) == []
    workspace.codebook.add("产业").result()


def test_what_a_killed_copy_left_is_swept_away(workspace: Workspace, path: Path) -> None:
    folder = folder_of(path, RULE)
    folder.mkdir()
    dead = subprocess.Popen(["true"])
    dead.wait()
    (folder / f"{dead.pid}-1.part").write_bytes(b"half")
    made = workspace.backups.make(RULE).result()
    assert list(folder.iterdir()) == [made.path]
    with closing(sqlite3.connect(made.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
