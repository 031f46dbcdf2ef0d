"""Reads the rows of a damaged table: what lies on sound pages, wherever the others are."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNREADABLE = (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError)
_HIGHEST = 1 << 62


def readable_rows(
    connection: sqlite3.Connection, table: str, broken: list[str] | None = None
) -> Iterator[sqlite3.Row]:
    """Yield every row that can be read, each once; tell ``broken`` of a table with others.

    The table is read from both ends; between the places where that stops, in ever smaller parts.
    """
    try:
        column = _number_column(connection, table)
    except _UNREADABLE:
        _tell(broken, table)
        return
    seen: set[tuple[object, ...]] = set()
    ends = []
    for way in ("ASC", "DESC"):
        last = None
        try:
            for row in connection.execute(
                f'SELECT {column} AS "number of row", * FROM {table} ORDER BY {column} {way}'  # noqa: S608 - names of the schema
            ):
                last = row[0]
                if (key := tuple(row)) not in seen:
                    seen.add(key)
                    yield row
        except _UNREADABLE:
            ends.append(last)
            continue
        return
    _tell(broken, table)
    low, high = (_whole(end, default) for end, default in zip(ends, (0, _HIGHEST), strict=True))
    for row in _between(connection, table, column, low, high):
        if (key := tuple(row)) not in seen:
            seen.add(key)
            yield row


def _tell(broken: list[str] | None, table: str) -> None:
    if broken is not None:
        broken.append(table)


def _number_column(connection: sqlite3.Connection, table: str) -> str:
    """Return what numbers the rows: of a table without, the first column of its key."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    if not columns:
        raise sqlite3.DatabaseError(f"no table {table}")
    made = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    if "WITHOUT ROWID" not in str(made[0]).upper():
        return "rowid"
    return next(f'"{column["name"]}"' for column in columns if column["pk"] == 1)


def _whole(value: object, default: int) -> int:
    return value if isinstance(value, int) else default


def _between(
    connection: sqlite3.Connection, table: str, column: str, low: int, high: int
) -> Iterator[sqlite3.Row]:
    """Halve what cannot be read until single numbers are left; a part without rows costs a seek."""
    parts = [(low, high)]
    spent = 0
    while parts and spent < _PATIENCE:
        start, end = parts.pop()
        spent += 1
        rows: list[sqlite3.Row] = []
        try:
            for row in connection.execute(
                f'SELECT {column} AS "number of row", * FROM {table} '  # noqa: S608 - names of the schema
                f"WHERE {column} BETWEEN ? AND ?",
                (start, end),
            ):
                rows.append(row)
        except _UNREADABLE:
            if start < end:
                middle = (start + end) // 2
                parts += [(start, middle), (middle + 1, end)]
        yield from rows


_PATIENCE = 20_000
"""Parts that are tried: a damaged page costs some fifty."""
