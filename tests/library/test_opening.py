"""What happens when a library is opened, whatever lies at its path."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, LibraryError
from meipi.library import Library
from meipi.library.schema import APPLICATION_ID, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.services.workspace import Workspace

RELEASED = Path(__file__).parent / "schemas"


def refusal(path: Path, **options: float) -> ErrorCode:
    with pytest.raises(LibraryError) as caught:
        Library(path, **options)
    return caught.value.code


def test_a_library_that_is_not_there_is_created_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "library.meipi"
    Library(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_an_empty_file_becomes_a_library(path: Path) -> None:
    path.touch()
    Library(path).close()
    Library(path).close()
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_a_library_whose_maker_was_killed_before_the_switch_to_wal_gets_it(path: Path) -> None:
    Library(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    Library(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_closing_leaves_one_file(workspace: Workspace, document: str, path: Path) -> None:
    del document
    workspace.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("content", ["眉批不是数据库\n" * 50, "x"])
def test_a_file_that_is_no_sqlite_file_is_refused_and_untouched(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    assert refusal(path) is ErrorCode.LIBRARY_NOT_SQLITE
    assert path.read_text(encoding="utf-8") == content


def test_the_database_of_another_program_is_refused_and_untouched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE readings (id)")
        connection.commit()
    before = path.read_bytes()
    assert refusal(path) is ErrorCode.LIBRARY_NOT_SQLITE
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_library_of_a_newer_version_is_refused_and_untouched(path: Path) -> None:
    Library(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = path.read_bytes()
    assert refusal(path) is ErrorCode.LIBRARY_NEWER
    assert path.read_bytes() == before


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) is ErrorCode.LIBRARY_UNUSABLE


def test_a_library_that_another_program_is_writing_is_refused(path: Path) -> None:
    Library(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert refusal(path, patience=0.05) is ErrorCode.LIBRARY_LOCKED


def test_a_damaged_library_is_refused_as_damaged(path: Path) -> None:
    Library(path).close()
    data = bytearray(path.read_bytes())
    data[100:4096] = b"\xa5" * (4096 - 100)
    path.write_bytes(data)
    assert refusal(path) is ErrorCode.LIBRARY_DAMAGED


def _refusal_as_nobody(path: Path) -> None:
    os.setgid(65534)
    os.setuid(65534)
    try:
        Library(path)
    except LibraryError as error:
        os._exit(11 if error.code is ErrorCode.LIBRARY_UNUSABLE else 12)
    os._exit(0)


def refused_to_others(path: Path) -> bool:
    """Say whether a user without rights is told that the library is unusable."""
    if os.geteuid() != 0:
        return refusal(path) is ErrorCode.LIBRARY_UNUSABLE
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_refusal_as_nobody, args=(path,))
    process.start()
    process.join(60)
    return process.exitcode == 11


@pytest.fixture
def public_folder(tmp_path: Path) -> Path:
    """A folder that any user can reach."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(0o755)
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="rights of Unix")
def test_a_library_that_may_not_be_read_is_unusable(public_folder: Path) -> None:
    path = public_folder / "a.meipi"
    Library(path).close()
    path.chmod(0)
    assert refused_to_others(path)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of Unix")
def test_a_library_that_may_not_be_written_is_unusable(public_folder: Path) -> None:
    path = public_folder / "a.meipi"
    Library(path).close()
    path.chmod(0o444)
    public_folder.chmod(0o555)
    try:
        assert refused_to_others(path)
    finally:
        public_folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of Unix")
def test_a_library_cannot_be_made_in_a_folder_that_may_not_be_written(public_folder: Path) -> None:
    public_folder.chmod(0o555)
    try:
        assert refused_to_others(public_folder / "a.meipi")
    finally:
        public_folder.chmod(0o755)


def test_opening_a_library_of_this_schema_does_not_load_sqlite_utils(path: Path) -> None:
    Library(path).close()
    code = (
        "import sys, pathlib; from meipi.library import Library; "
        f"Library(pathlib.Path({str(path)!r})).close(); "
        "sys.exit('sqlite_utils' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("released", sorted(RELEASED.glob("*.meipi")), ids=lambda file: file.stem)
def test_a_library_of_every_released_schema_opens_with_all_it_holds(
    released: Path, path: Path, open_library: Callable[..., Workspace]
) -> None:
    path.write_bytes(released.read_bytes())
    workspace = open_library()
    workspace.flush()  # words may be indexed otherwise by now
    (card,) = workspace.documents.cards()
    (annotation,) = workspace.annotating.of(card.id)
    text = workspace.documents.reading(card.id).repaired.text
    assert annotation.span.slice(text) == annotation.anchor.quote == "产业圈"
    assert [tag.name for tag in workspace.codebook.tags()] == ["产业"]
    assert workspace.history.undo_label() == "写“产业圈”的批语"
    assert [hit.match for hit in workspace.search("協同發展")] == ["协同发展"]


def test_there_is_a_library_of_the_present_schema() -> None:
    assert (RELEASED / f"schema_{SCHEMA}.meipi").is_file()
