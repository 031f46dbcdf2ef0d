"""What two libraries that were one once know of the same rows."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.library.history import load
from meipi.library.transaction import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from meipi.library.transaction import Transaction

Essence = tuple[str, str | None, str, str]
"""Quote, tag, note and coder: what an annotation says, wherever its words stand."""

_DEPENDENT = (
    *("coders", "attributes", "annotation_parts", "attribute_values"),
    *("document_tags", "links", "memos"),
)
_REFERENCES = {
    "document": "documents",
    "tag": "tags",
    "annotation": "annotations",
    "attribute": "attributes",
    "source": "annotations",
    "target": "annotations",
}


@dataclass(frozen=True, slots=True)
class States:
    """What an annotation says in a library, and what it ever said there before."""

    present: Essence | None
    past: frozenset[Essence]


def annotation_states(connection: sqlite3.Connection, key: str) -> States:
    """Return what a library knows of an annotation."""
    row = connection.execute("SELECT * FROM annotations WHERE id = ?", (key,)).fetchone()
    images = connection.execute(
        "SELECT before, after FROM history_images WHERE kind = 'annotations' AND key = ?", (key,)
    ).fetchall()
    said = [load(text) for image in images for text in image]
    past = frozenset(_essence(one) for one in said if one is not None)
    present = None if row is None else _essence(row)
    return States(present, past - {present} if present is not None else past)


def _essence(row: Mapping[str, Any] | sqlite3.Row) -> Essence:
    return (row["quote"], row["tag"], row["note"], row["coder"])


def add_dependents(transaction: Transaction, theirs: sqlite3.Connection) -> int:
    """Add what the other library says beside annotations, where what it says it of is here."""
    count = 0
    for table in _DEPENDENT:
        if table not in KINDS:
            continue
        for row in theirs.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall():  # noqa: S608 - names above
            wanted = dict(row)
            if transaction.find(table, str(wanted["id"])) is None and _refers(transaction, wanted):
                try:
                    transaction.insert(table, wanted)
                except sqlite3.IntegrityError:
                    continue
                count += 1
    return count


def _refers(transaction: Transaction, row: Mapping[str, Any]) -> bool:
    """Say whether everything that ``row`` refers to is in this library."""
    return all(
        row.get(column) is None or transaction.find(other, str(row[column])) is not None
        for column, other in _REFERENCES.items()
    )
