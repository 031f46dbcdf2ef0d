"""What else a library knows of its rows: from its history, its journal, its indexes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from meipi.library.history import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meipi.library.transaction import Row

    Key = tuple[str, str]

NAMED = (
    *("documents", "tags", "annotations", "annotation_parts", "memos", "links"),
    *("attributes", "queries", "coders", "suggestions", "corrections", "decisions"),
)
"""Tables whose rows are told of by name."""

_COMPARED: Mapping[str, tuple[str, ...]] = {
    "documents": ("name", "title"),
    "tags": ("name", "definition", "parent"),
    "annotations": ("quote", "tag", "note", "coder"),
}
_WORDS = 60


def states(connection: sqlite3.Connection) -> dict[Key, Row | None]:
    """Return what the history says each row is; nothing where it was deleted."""
    found: dict[Key, Row | None] = {}
    undone: dict[Key, Row | None] = {}
    for row in connection.execute(
        "SELECT i.*, h.undone FROM history_images i JOIN history h ON h.id = i.entry "
        "ORDER BY i.entry, i.place"
    ):
        try:
            before, after = load(row["before"]), load(row["after"])
        except ValueError:
            continue
        key = (row["kind"], row["key"])
        if row["undone"]:
            undone.setdefault(key, before)
        else:
            found[key] = after
    return {**undone, **found}


def completed(connection: sqlite3.Connection, table: str, row: Row) -> Row:
    """Return a row of the history with what columns usually hold that it does not know."""
    usual = {
        column["name"]: connection.execute(f"SELECT {column['dflt_value']}").fetchone()[0]
        for column in connection.execute(f"PRAGMA table_info({table})").fetchall()
        if column["dflt_value"] is not None
    }
    return {**usual, **row}


def in_indexes(connection: sqlite3.Connection) -> dict[Key, str]:
    """Return the keys of rows that are in an index, whether or not their table can be read."""
    found: dict[Key, str] = {}
    for table in NAMED:
        with suppress(sqlite3.Error, UnicodeDecodeError):
            for row in connection.execute(
                f"SELECT id FROM {table} INDEXED BY sqlite_autoindex_{table}_1"  # noqa: S608 - a name of NAMED
            ):
                found[table, str(row["id"])] = str(row["id"])
    return found


def listed(connection: sqlite3.Connection, known: Mapping[Key, Row | None]) -> dict[Key, str]:
    """Return what history and journal know by name."""
    found = {("documents", key): title for key, title in _titles(connection).items()}
    for (kind, key), row in known.items():
        if row is not None and kind in NAMED:
            found[kind, key] = words_of(row)
    return found


def rows_named(connection: sqlite3.Connection) -> dict[Key, str]:
    """Return what the tables hold by name."""
    found: dict[Key, str] = {}
    for table in NAMED:
        with suppress(sqlite3.Error):
            for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608 - a name of NAMED
                found[table, str(row["id"])] = words_of(dict(row))
    return found


def altered(
    connection: sqlite3.Connection, known: Mapping[Key, Row | None]
) -> list[tuple[str, str]]:
    """Return rows that are not what the history says: one of the two was damaged."""
    return [
        (kind, f"{words_of(here)} ≠ {words_of({**here, **then})}")
        for kind, here, then in _twice(connection, known)
        if any(name in then and then[name] != here[name] for name in _COMPARED[kind])
    ]


def _twice(
    connection: sqlite3.Connection, known: Mapping[Key, Row | None]
) -> Iterator[tuple[str, Row, Row]]:
    """Yield the rows that are known from elsewhere too, as they are and as they are known."""
    titles = _titles(connection)
    for kind in _COMPARED:
        for row in connection.execute(f"SELECT * FROM {kind}").fetchall():  # noqa: S608 - a name of the table
            then = known.get((kind, row["id"]))
            if then is None and kind == "documents" and row["id"] in titles:
                then = {"title": titles[row["id"]]}
            if then is not None:
                yield kind, dict(row), then


def _titles(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute(
        "SELECT document, fields FROM journal WHERE label = 'document_add' AND document IS NOT NULL"
    )
    found = {}
    for row in rows:
        with suppress(ValueError, TypeError, KeyError):
            found[str(row["document"])] = str(json.loads(row["fields"])["title"])
    return found


def words_of(row: Mapping[str, Any]) -> str:
    """Name a row by what it says.

    >>> words_of({"id": "1", "quote": "产业圈", "note": "见第三段"})
    '产业圈 · 见第三段'
    """
    told = [row.get(name) for name in ("title", "name", "quote", "label", "text", "note")]
    words = " · ".join(" ".join(str(one).split()) for one in told if one)
    return (words or str(row.get("id", "")))[:_WORDS]
