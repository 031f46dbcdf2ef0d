"""Opens a library file: looks before it touches, creates, migrates and sets connections up."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, LibraryError
from meipi.library.failures import FOLDER, NOT_REGULAR, READ_ONLY, explained, unusable
from meipi.library.schema import APPLICATION_ID, SCHEMA, migrate

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 5.0
"""Seconds to wait for another program's short transaction before calling a library locked."""

SQLITE_VERSION = sqlite3.sqlite_version

_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_VERSION_AT = 60
_APPLICATION_AT = 68


def prepare_file(path: Path, *, patience: float = PATIENCE) -> None:
    """Make sure ``path`` is a library of this schema that can be written to.

    Creates the file where there is none and migrates an older one. Raises ``LibraryError`` and
    leaves the file as it was where it is something else, newer, locked, damaged or read-only.
    """
    found = inspect_header(path)
    with explained(path):
        if found is None:
            _create(path, patience)
        with closing(connect(path, patience=patience)) as connection:
            version = _version(connection)
            _refuse_newer(path, version)
            if version < SCHEMA:
                _migrate(connection)
            _ensure_wal(connection)
            _probe(connection)


def inspect_header(path: Path) -> int | None:
    """Return the schema number in the file's header, nothing where the file is yet to be made.

    Reads a hundred bytes and asks SQLite nothing, so that a foreign file stays as it is.
    """
    try:
        if path.is_dir():
            raise unusable(path, FOLDER)
        # A pipe or a device would keep us waiting or never end.
        if path.exists() and not path.is_file():
            raise unusable(path, NOT_REGULAR)
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unusable(path, error) from error
    if not header:
        return None
    application = int.from_bytes(header[_APPLICATION_AT : _APPLICATION_AT + 4], "big")
    if not header.startswith(_MAGIC) or application != APPLICATION_ID:
        raise LibraryError(ErrorCode.LIBRARY_NOT_SQLITE, path=path)
    version = int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4], "big")
    _refuse_newer(path, version)
    return version


def is_there(path: Path) -> bool:
    """Say whether anything lies at ``path``. Raises ``LibraryError`` where one may not look."""
    try:
        return path.exists()
    except OSError as error:
        raise unusable(path, error) from error


def connect(
    path: Path, *, patience: float = PATIENCE, read_only: bool = False
) -> sqlite3.Connection:
    """Return a connection set up as every connection to a library is.

    It begins no transaction of its own. ``synchronous=FULL``: a commit is on the disk.
    """
    # A thread closes the connections of others when the library closes, never uses them.
    connection = sqlite3.connect(
        path, timeout=patience, isolation_level=None, check_same_thread=False
    )
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def has_full_text_search() -> bool:
    """Say whether this SQLite can build the index."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(body)")
        except sqlite3.OperationalError:
            return False
    return True


def _create(path: Path, patience: float) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unusable(path, error) from error
    if not os.access(path.parent, os.W_OK):
        raise unusable(path, READ_ONLY)
    with closing(connect(path, patience=patience)) as connection:
        # The schema goes in before the switch to WAL, whose mark would be the first thing in the
        # file: killed in between, the file would look like another application's.
        if _version(connection) == 0:
            migrate(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    migrate(connection)
    connection.execute("PRAGMA foreign_keys = ON")


def _ensure_wal(connection: sqlite3.Connection) -> None:
    """Switch a new library to WAL, or one whose maker was killed before it did."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_newer(path: Path, version: int) -> None:
    if version > SCHEMA:
        raise LibraryError(ErrorCode.LIBRARY_NEWER, path=path, found=version, known=SCHEMA)


def _probe(connection: sqlite3.Connection) -> None:
    """Take and leave the write lock: better to hear of a lock now than at the first note."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
