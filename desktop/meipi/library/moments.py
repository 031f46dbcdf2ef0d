"""What the annotations of a document were at a moment: the journal read backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.library.history import load
from meipi.library.transaction import KINDS, find_row

if TYPE_CHECKING:
    import sqlite3

    from meipi.library.transaction import Row

_LATER = """
SELECT j.id, j.way, i.place, i.key, i.before, i.after
FROM journal j JOIN history_images i ON i.entry = j.entry
WHERE j.id > ? AND i.document = ? AND i.kind = ?
"""
_DEPENDENT = ("attribute_values", "annotation_parts", "links")
"""What belongs to annotations and goes and comes with them."""


def annotations_at(
    connection: sqlite3.Connection, document: str, moment: int
) -> dict[str, Row | None]:
    """Return the annotations that were others after line ``moment`` of the journal than now.

    By id: their row as it was, nothing where there was none. What is not named was as it is.
    """
    return _differing(connection, "annotations", document, moment)


def dependents_at(
    connection: sqlite3.Connection, document: str, moment: int
) -> dict[tuple[str, str], Row | None]:
    """Return what belonged to annotations and was another then, by table and id."""
    return {
        (kind, key): row
        for kind in _DEPENDENT
        if kind in KINDS
        for key, row in _differing(connection, kind, document, moment).items()
    }


def _differing(
    connection: sqlite3.Connection, kind: str, document: str, moment: int
) -> dict[str, Row | None]:
    rows = connection.execute(_LATER, (moment, document, kind)).fetchall()
    was: dict[str, Row | None] = {}
    # Within a line, what was done last is taken back first; of an undo, the other way about.
    for row in sorted(rows, key=_backwards):
        was[row["key"]] = load(row["after"] if row["way"] == "undo" else row["before"])
    usual = _usual(connection, kind)
    then = {key: None if row is None else {**usual, **row} for key, row in was.items()}
    return {key: row for key, row in then.items() if row != find_row(connection, kind, key)}


def _usual(connection: sqlite3.Connection, kind: str) -> Row:
    """Return what columns hold that an earlier version did not know."""
    columns = connection.execute(f"PRAGMA table_info({kind})").fetchall()
    return {
        column["name"]: connection.execute(f"SELECT {column['dflt_value']}").fetchone()[0]
        for column in columns
        if column["dflt_value"] is not None
    }


def _backwards(row: sqlite3.Row) -> tuple[int, int]:
    return (-row["id"], row["place"] if row["way"] == "undo" else -row["place"])
