"""The history of a library: what each user action did to which rows, and the cursor in it.

It lies in the library itself, so that undo survives a restart.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.changes import Changes
from meipi.library import naming
from meipi.library.times import now
from meipi.library.transaction import Image, changes_of, drop_row, put_row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from meipi.library.transaction import Row, Transaction, Value

_AT_ONCE_S = 0.05
"""How long an act may count entities anew: less than anyone waits for."""

_UNDOABLE = "SELECT * FROM history WHERE NOT undone ORDER BY id DESC LIMIT 1"
_REDOABLE = "SELECT * FROM history WHERE undone ORDER BY id LIMIT 1"


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in the history: the key of its label and the fields of its words."""

    id: int
    label: str
    fields: dict[str, Value]
    made: str


def record(connection: sqlite3.Connection, transaction: Transaction) -> None:
    """Add the act to the history; what had been undone before it can not be redone any more."""
    if not transaction.images:
        return
    if transaction.label is None:
        raise ValueError("rows under the history were changed by an act without a name")
    transaction.touch(_recounted(connection, transaction.images))
    connection.execute("DELETE FROM history WHERE undone")
    entry = connection.execute(
        "INSERT INTO history (label, fields, made) VALUES (?, ?, ?)",
        (transaction.label, _dump(transaction.fields), now()),
    ).lastrowid
    connection.executemany(
        "INSERT INTO history_images (entry, place, kind, key, before, after) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (entry, place, image.kind, image.key, _dump(image.before), _dump(image.after))
            for place, image in enumerate(transaction.images)
        ],
    )


def undoable(connection: sqlite3.Connection) -> Entry | None:
    """Return the act that undo would take back."""
    return _entry(connection.execute(_UNDOABLE).fetchone())


def redoable(connection: sqlite3.Connection) -> Entry | None:
    """Return the act that redo would do again."""
    return _entry(connection.execute(_REDOABLE).fetchone())


def undo(connection: sqlite3.Connection, entry: Entry) -> Changes:
    """Put every row of ``entry`` back as it was before."""
    images = _images(connection, entry)
    for image in reversed(images):
        _restore(connection, image, image.before)
    connection.execute("UPDATE history SET undone = 1 WHERE id = ?", (entry.id,))
    return changes_of(images) | _recounted(connection, images)


def redo(connection: sqlite3.Connection, entry: Entry) -> Changes:
    """Make every row of ``entry`` what it became."""
    images = _images(connection, entry)
    for image in images:
        _restore(connection, image, image.after)
    connection.execute("UPDATE history SET undone = 0 WHERE id = ?", (entry.id,))
    return changes_of(images) | _recounted(connection, images)


def _recounted(connection: sqlite3.Connection, images: Iterable[Image]) -> Changes:
    """Count a few entities anew at once; what is left over is done behind the window."""
    stale = naming.mark_stale(connection, images)
    if not stale:
        return Changes()
    counted = naming.catch_up(connection, seconds=_AT_ONCE_S)
    return Changes(entities=stale, counted=counted)


def _restore(connection: sqlite3.Connection, image: Image, row: Row | None) -> None:
    if row is None:
        drop_row(connection, image.kind, image.key)
    else:
        put_row(connection, image.kind, row)


def _entry(found: sqlite3.Row | None) -> Entry | None:
    if found is None:
        return None
    return Entry(found["id"], found["label"], json.loads(found["fields"]), found["made"])


def _images(connection: sqlite3.Connection, entry: Entry) -> list[Image]:
    rows = connection.execute(
        "SELECT * FROM history_images WHERE entry = ? ORDER BY place", (entry.id,)
    )
    return [
        Image(row["kind"], row["key"], _load(row["before"]), _load(row["after"])) for row in rows
    ]


def _dump(value: dict[str, Value] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _load(text: str | None) -> Row | None:
    return None if text is None else json.loads(text)
