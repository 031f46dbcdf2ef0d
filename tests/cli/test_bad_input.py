"""Bad input on the command line: the exit code, one line that helps, an untouched library."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import traceback
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from meipi.cli import main
from meipi.library import library as library_module
from meipi.library import opening, writer
from meipi.services.workspace import Workspace
from meipi.sources import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.conftest import Ran

NOBODY = 65534
TEXT = "天津市宝坻区召开新闻发布会。"
TABLES = ("originals", "readings", "documents", "tags", "annotations", "history")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ready") / "library.meipi"
    with Workspace.open(path, in_process=True) as workspace:
        workspace.documents.add_bytes(TEXT.encode(), name="first.txt").result()
    return path


@pytest.fixture
def filled(ready: Path, library: Path) -> Path:
    """A library with a document in it."""
    shutil.copy(ready, library)
    return library


def dump(library: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(library)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608 - a name of TABLES
            for table in TABLES
        }


def complaint(ran: Ran, code: int) -> str:
    """Return the one line on standard error of a command that ended with ``code``."""
    assert ran.code == code, ran.errors
    assert len(ran.errors.splitlines()) == 1
    assert ran.errors.startswith("meipi: ")
    assert "Traceback" not in ran.errors
    assert "unexpected" not in ran.errors
    return ran.errors


# Files.


def make_empty(path: Path) -> None:
    path.touch()


def make_binary(path: Path) -> None:
    path.write_bytes(b"\x7fELF\x02\x01\x01\0" + bytes(range(256)) * 20)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_circle(path: Path) -> None:
    path.symlink_to(path)


def make_nothing(_: Path) -> None:
    """Leave the place empty."""


REFUSED = [
    (make_empty, "is empty"),
    (make_binary, "not a text file"),
    (make_pipe, "it is a named pipe"),
    (make_circle, "go round in a circle"),
    (make_nothing, "no such file"),
]


@pytest.mark.parametrize(("make", "said"), REFUSED)
@pytest.mark.parametrize("command", ["repair", "entities", "structure", "add"])
def test_what_is_no_document_is_exit_code_3_and_changes_nothing(
    meipi: Callable[..., Ran],
    filled: Path,
    tmp_path: Path,
    command: str,
    make: Callable[[Path], None],
    said: str,
) -> None:
    path = tmp_path / "bad.txt"
    make(path)
    before = dump(filled)
    options = ["--library", filled] if command == "add" else []
    ran = meipi(command, path, *options)
    assert f"{path}" in complaint(ran, 3)
    assert said in ran.errors
    assert ran.out == ""
    assert dump(filled) == before


@pytest.mark.parametrize("name", ["bad\nname\r\u2028.txt", "bad\udcff\x1b[31m\u202ename.txt"])
@pytest.mark.parametrize("command", ["repair", "add"])
def test_a_name_of_odd_characters_cannot_break_the_line(
    meipi: Callable[..., Ran], library: Path, tmp_path: Path, command: str, name: str
) -> None:
    path = tmp_path / name
    path.touch()
    options = ["--library", library] if command == "add" else []
    said = complaint(meipi(command, path, *options), 3)
    assert said.rstrip("\n").isprintable()


@pytest.mark.parametrize(
    "name", [b"two\nlines.txt", b"no\xff\xfeutf8.txt", "长".encode() * 83 + b".txt"]
)
def test_a_document_of_any_name_is_added_and_printed_on_one_line(
    meipi: Callable[..., Ran], library: Path, tmp_path: Path, name: bytes
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_text("12345\n", encoding="utf-8")
    ran = meipi("add", path, "--library", library)
    assert (ran.code, ran.errors, len(ran.out.splitlines())) == (0, "", 1)
    ran.out.encode()


@pytest.mark.parametrize("command", ["repair", "add", "import"])
def test_a_name_too_long_for_the_disk_is_exit_code_3(
    meipi: Callable[..., Ran], library: Path, tmp_path: Path, command: str
) -> None:
    options = [] if command == "repair" else ["--library", library]
    ran = meipi(command, tmp_path / ("长" * 300), *options)
    assert "too long" in complaint(ran, 3)


def test_a_folder_is_no_document_but_can_be_added(
    meipi: Callable[..., Ran], library: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    assert "is a folder" in complaint(meipi("repair", folder), 3)
    assert "no readable document" in complaint(meipi("add", folder, "--library", library), 1)


@pytest.mark.parametrize(("number", "said"), [(errno.EACCES, "permi"), (errno.EIO, "disk failed")])
def test_a_file_the_system_refuses_is_exit_code_3(
    meipi: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    said: str,
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files.os, "open", refuse)
    assert said in complaint(meipi("repair", tmp_path / "a.txt"), 3)


def test_half_surrogates_in_a_file_are_read(meipi: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "halves.txt"
    halves = "天津市".encode("utf-16-le") + b"\x00\xd8" + "宝坻区".encode("utf-16-le")
    path.write_bytes(b"\xff\xfe" + halves)
    ran = meipi("repair", path)
    assert (ran.code, ran.out) == (0, "天津市\ufffd宝坻区")


@pytest.mark.parametrize("command", ["repair", "entities"])
def test_half_surrogates_pass_through_a_real_pipe(command: str) -> None:
    lines = rb'{"id": "\ud800", "text": "\ud800\u5929\u6d25\u5e02\udc00"}' + b"\n"
    ran = subprocess.run(
        [sys.executable, "-m", "meipi", command, "--jsonl"],
        input=lines * 2,
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    for line in ran.stdout.decode("utf-8").splitlines():
        result = json.loads(line)
        assert (result["id"], result["text"]) == ("\ud800", "\ud800天津市\udc00")


def test_a_megabyte_without_a_line_break_is_repaired_and_taken_apart(
    meipi: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "line.txt"
    text = "天津市召开宝坻区新闻发布会，" * 26_000
    path.write_text(text, encoding="utf-8")
    assert path.stat().st_size > 1_000_000
    assert meipi("repair", path).out == text
    assert len(meipi("structure", path).objects[0]["blocks"]) == 1


# Rights, seen by somebody who has none: root may read everything.


def as_nobody(*words: object) -> tuple[int, str]:
    """Run the command line as a user without rights; return exit code and what was said."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run_as_nobody, args=(there, [str(w) for w in words]))
    process.start()
    there.close()
    said = here.recv()
    process.join(60)
    return int(process.exitcode or 0), said


def _run_as_nobody(pipe: object, words: list[str]) -> None:
    import io

    from meipi.cli.console import Console

    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    errors = io.StringIO()
    try:
        code = main(words, Console(io.StringIO(), errors, io.BytesIO()))
    except BaseException:
        errors.write(traceback.format_exc())
        code = 99
    pipe.send(errors.getvalue())  # type: ignore[attr-defined]  # a pipe
    os._exit(code)


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A folder that any user can reach."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(0o755)
    return tmp_path


needs_rights = pytest.mark.skipif(sys.platform == "win32", reason="rights of Unix")


@needs_rights
@pytest.mark.parametrize("command", ["repair", "entities", "structure", "import"])
def test_a_file_that_may_not_be_read_is_exit_code_3(public: Path, command: str) -> None:
    path = public / "a.jsonl"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    options = []
    if command == "import":
        (public / "open").mkdir()
        (public / "open").chmod(0o777)
        options = ["--library", public / "open" / "a.meipi"]
    code, said = as_nobody(command, path, *options)
    assert (code, len(said.splitlines())) == (3, 1), said
    assert "not permitted" in said


@needs_rights
@pytest.mark.parametrize("inside", [False, True])
def test_a_folder_that_may_not_be_entered_is_exit_code_3(public: Path, inside: bool) -> None:
    folder = public / "closed"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    folder.chmod(0)
    room = public / "open"
    room.mkdir()
    room.chmod(0o777)
    chosen = folder / "a.txt" if inside else folder
    code, said = as_nobody("add", chosen, "--library", room / "a.meipi")
    folder.chmod(0o755)
    assert (code, len(said.splitlines())) == (3, 1), said
    assert "not permitted" in said


@needs_rights
@pytest.mark.parametrize("command", ["search", "export", "doctor", "import"])
def test_a_library_in_a_folder_that_may_not_be_entered_is_one_line(
    public: Path, filled: Path, command: str
) -> None:
    folder = public / "closed"
    folder.mkdir()
    library = folder / "library.meipi"
    shutil.copy(filled, library)
    folder.chmod(0)
    words = {
        "search": ["search", "天津"],
        "export": ["export", "--format", "csv", "--out", public / "o.csv"],
        "doctor": ["doctor"],
        "import": ["import", public / "a.jsonl"],
    }[command]
    code, said = as_nobody(*words, "--library", library)
    folder.chmod(0o755)
    if command == "doctor":
        assert (code, said) == (1, "")  # its finding is its output
    else:
        assert (code, len(said.splitlines())) == (4, 1), said
        assert "not permitted" in said


@needs_rights
def test_an_export_into_a_folder_that_may_not_be_written_is_one_line(
    public: Path, filled: Path
) -> None:
    for beside in (filled, filled.parent):
        beside.chmod(0o777)
    closed = public / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    code, said = as_nobody(
        "export", "--format", "csv", "--out", closed / "o.csv", "--library", filled
    )
    closed.chmod(0o755)
    assert (code, len(said.splitlines())) == (1, 1), said
    assert "not permitted" in said
    assert list(closed.iterdir()) == []


# Libraries.


def make_text(path: Path) -> None:
    path.write_text("这不是数据库，只是一段文字。" * 50, encoding="utf-8")


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")


def make_damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4096] = b"\xa5" * (4096 - 100)
    path.write_bytes(data)


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def make_library_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


COMMANDS = {
    "add": ["add", "first.txt"],
    "search": ["search", "天津"],
    "export": ["export", "--format", "csv", "--out", "o.csv"],
    "import": ["import", "set.jsonl"],
}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (make_text, "not a Meipi library"),
        (make_newer, "newer Meipi"),
        (make_damaged, "damaged"),
        (make_folder, "it is a folder"),
        (make_library_pipe, "not a regular file"),
    ],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_library_that_cannot_be_used_is_exit_code_4_and_untouched(
    meipi: Callable[..., Ran],
    filled: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    make: Callable[[Path], None],
    said: str,
) -> None:
    make(filled)
    monkeypatch.chdir(tmp_path)
    before = filled.read_bytes() if filled.is_file() else None
    assert said in complaint(meipi(*COMMANDS[command], "--library", filled), 4)
    assert (filled.read_bytes() if filled.is_file() else None) == before
    assert not (tmp_path / "o.csv").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_library_another_program_holds_is_exit_code_4(
    meipi: Callable[..., Ran],
    filled: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    for module in (opening, library_module, writer):
        monkeypatch.setattr(module, "connect", _impatient(opening.connect))
    before = dump(filled)
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        said = complaint(meipi(*COMMANDS[command], "--library", filled), 4)
        other.execute("ROLLBACK")
    assert "in use by another program" in said
    assert dump(filled) == before


def _impatient(connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    def connect_at_once(path: Path, **options: float) -> sqlite3.Connection:
        return connect(path, **{**options, "patience": 0.05})

    return connect_at_once


def test_bytes_changed_in_the_library_are_noticed_before_they_are_exported(
    meipi: Callable[..., Ran], filled: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("UPDATE originals SET data = x'e58c97'")
        connection.commit()
    path = tmp_path / "set.jsonl"
    ran = meipi("export", "--format", "jsonl", "--out", path, "--library", filled)
    assert "the bytes of a document have changed" in complaint(ran, 4)
    assert f'meipi doctor --library "{filled}"' in ran.errors
    assert list(tmp_path.glob("set*")) == []


# Disks.


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


def test_a_document_for_which_the_disk_has_no_room_is_exit_code_4(
    meipi: Callable[..., Ran], tiny_disk: Path, tmp_path: Path
) -> None:
    library = tiny_disk / "a.meipi"
    small, large = tmp_path / "small.txt", tmp_path / "large.txt"
    small.write_text(TEXT, encoding="utf-8")
    large.write_text("".join(chr(0x4E00 + at * 7919 % 20_000) for at in range(150_000)), "utf-8")
    assert meipi("add", small, "--library", library).code == 0
    before = dump(library)
    assert "disk is full" in complaint(meipi("add", large, "--library", library), 4)
    assert dump(library) == before


def fill(folder: Path) -> None:
    """Take the room that is left on a disk, to the last block."""
    with suppress(OSError), (folder / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(4096))


@pytest.mark.parametrize("format_", ["jsonl", "w3c", "csv", "markdown"])
def test_an_export_onto_a_full_disk_keeps_the_old_file_and_leaves_no_other(
    meipi: Callable[..., Ran], tiny_disk: Path, filled: Path, format_: str
) -> None:
    path = tiny_disk / "set.out"
    path.write_text("the old export", encoding="utf-8")
    fill(tiny_disk)
    ran = meipi("export", "--format", format_, "--out", path, "--library", filled)
    assert "disk is full" in complaint(ran, 4)
    assert path.read_text(encoding="utf-8") == "the old export"
    assert sorted(file.name for file in tiny_disk.iterdir()) == ["filler", "set.out"]


# What nobody foresaw.


def test_what_nobody_foresaw_is_one_line_too(
    meipi: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("first\nsecond")

    monkeypatch.setattr("meipi.services.texts.read_file", fail)
    ran = meipi("repair", tmp_path / "a.txt")
    assert ran.code == 1
    assert ran.errors.startswith("meipi: unexpected RuntimeError: first second;")
    assert len(ran.errors.splitlines()) == 1
