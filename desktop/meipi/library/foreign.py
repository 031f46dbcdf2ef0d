"""Reads tables out of another program's SQLite file: never writing, in bounded time and memory."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

MAGIC = b"SQLite format 3\0"
_STEPS = 1_000_000
_MOST = 200
"""How many times `_STEPS` steps of SQLite's machine a file may cost."""
_ROWS = 5_000_000
_CELL = 1 << 28

Rows = list[dict[str, object]]


def read_tables(path: Path, wanted: Mapping[str, Sequence[str]]) -> dict[str, Rows]:
    """Return the rows of the tables that are ``wanted``, with these columns.

    Columns that a version of the program does not have are ``None``. Raises ``IMPORT_INVALID``
    where a table is missing, is no plain table, or the file is damaged.
    """
    try:
        with closing(_opened(path)) as connection:
            return {name: _rows(connection, path, name, wanted[name]) for name in wanted}
    except sqlite3.Error as error:
        raise _unreadable(path, error) from error


def count_rows(path: Path, tables: Iterable[str]) -> dict[str, int]:
    """Return how many rows each of ``tables`` has; of those that are not there, none."""
    try:
        with closing(_opened(path)) as connection:
            return {table: _count(connection, table) for table in tables}
    except sqlite3.Error as error:
        raise _unreadable(path, error) from error


def _count(connection: sqlite3.Connection, table: str) -> int:
    """Count no further than the rows that would be read."""
    found = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)
    ).fetchone()
    if found is None:
        return 0
    counted = connection.execute(f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {_ROWS})")  # noqa: S608 - a name of the caller's table
    return int(counted.fetchone()[0])


def _unreadable(path: Path, error: sqlite3.Error) -> MeipiError:
    reason = Phrase(f"数据库无法读取（{error}）", f"the database cannot be read ({error})")
    return MeipiError(ErrorCode.IMPORT_INVALID, path=path, reason=reason)


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _CELL)
    left = [_MOST]

    def stop() -> int:
        left[0] -= 1
        return left[0] < 0

    connection.set_progress_handler(stop, _STEPS)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _rows(connection: sqlite3.Connection, path: Path, table: str, columns: Sequence[str]) -> Rows:
    found = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    ).fetchone()
    # A view or a virtual table runs whatever its maker wrote.
    if found is None or not str(found["sql"]).lower().startswith("create table"):
        reason = Phrase(f"没有表 {table}", f"it has no table {table}")
        raise MeipiError(ErrorCode.IMPORT_INVALID, path=path, reason=reason)
    there = {str(row["name"]) for row in connection.execute(f"PRAGMA table_info({table})")}
    chosen = ", ".join(name if name in there else f"NULL AS {name}" for name in columns)
    return [
        dict(row)
        for row in connection.execute(f"SELECT {chosen} FROM {table} LIMIT {_ROWS}")  # noqa: S608
    ]
