"""The history of a library: what each user action did to which rows, and the cursor in it.

It lies in the library itself, so that undo survives a restart.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.changes import Changes
from meipi.library import journal, naming
from meipi.library.times import now
from meipi.library.transaction import Image, changes_of, drop_row, put_row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from meipi.library.transaction import Row, Transaction, Value

_AT_ONCE_S = 0.05
"""How long an act may count entities anew: less than anyone waits for."""

_UNDOABLE = "SELECT * FROM history WHERE undone = 0 ORDER BY id DESC LIMIT 1"
_REDOABLE = "SELECT * FROM history WHERE undone = 1 ORDER BY id LIMIT 1"
"""Undone for good is 2: a new act was done instead. The journal still tells of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in the history: the key of its label and the fields of its words."""

    id: int
    label: str
    fields: dict[str, Value]
    made: str
    undone: bool = False
    coder: str = ""


def record(connection: sqlite3.Connection, transaction: Transaction) -> None:
    """Add the act to the history; what had been undone before it can not be redone any more."""
    for label, document, fields in transaction.noted:
        journal.tell(transaction, "do", label, fields, document=document)
    if not transaction.images:
        return
    if transaction.label is None:
        raise ValueError("rows under the history were changed by an act without a name")
    transaction.touch(_recounted(connection, transaction.images))
    connection.execute("UPDATE history SET undone = 2 WHERE undone = 1")
    entry = connection.execute(
        "INSERT INTO history (label, fields, made) VALUES (?, ?, ?)",
        (transaction.label, dump(transaction.fields), now()),
    ).lastrowid
    connection.executemany(
        "INSERT INTO history_images (entry, place, kind, key, before, after, document) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(entry, place, image.kind, image.key),
                *(dump(image.before), dump(image.after), document_of(image)),
            )
            for place, image in enumerate(transaction.images)
        ],
    )
    journal.tell(transaction, "do", transaction.label, transaction.fields, entry=entry)


def document_of(image: Image) -> str | None:
    """Return the document whose state an image is part of."""
    if image.kind == "documents":
        return image.key
    row = image.after or image.before or {}
    found = row.get("document") or row.get("source_document")
    return None if found is None else str(found)


def undoable(connection: sqlite3.Connection) -> Entry | None:
    """Return the act that undo would take back."""
    return _entry(connection.execute(_UNDOABLE).fetchone())


def redoable(connection: sqlite3.Connection) -> Entry | None:
    """Return the act that redo would do again."""
    return _entry(connection.execute(_REDOABLE).fetchone())


def listed(connection: sqlite3.Connection, *, limit: int) -> list[Entry]:
    """Return the acts that undo and redo lead through, the latest first, at most ``limit``."""
    rows = connection.execute(
        "SELECT h.*, (SELECT coder FROM journal j WHERE j.entry = h.id ORDER BY j.id LIMIT 1) "
        "AS coder FROM history h WHERE undone < 2 ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    return [entry for row in rows if (entry := _entry(row)) is not None]


def undo(transaction: Transaction, entry: Entry) -> Changes:
    """Put every row of ``entry`` back as it was before."""
    connection = transaction.connection
    images = images_of(connection, entry.id)
    for image in reversed(images):
        _restore(connection, image, image.before)
    connection.execute("UPDATE history SET undone = 1 WHERE id = ?", (entry.id,))
    journal.tell(transaction, "undo", entry.label, entry.fields, entry=entry.id)
    return changes_of(images) | _recounted(connection, images)


def redo(transaction: Transaction, entry: Entry) -> Changes:
    """Make every row of ``entry`` what it became."""
    connection = transaction.connection
    images = images_of(connection, entry.id)
    for image in images:
        _restore(connection, image, image.after)
    connection.execute("UPDATE history SET undone = 0 WHERE id = ?", (entry.id,))
    journal.tell(transaction, "redo", entry.label, entry.fields, entry=entry.id)
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
    coder = found["coder"] if "coder" in found.keys() else None  # noqa: SIM118 - iterating gives values
    words = (found["label"], json.loads(found["fields"]), found["made"])
    return Entry(found["id"], *words, undone=bool(found["undone"]), coder=coder or "")


def images_of(connection: sqlite3.Connection, entry: int) -> list[Image]:
    """Return what an act did to which rows, in order."""
    rows = connection.execute(
        "SELECT * FROM history_images WHERE entry = ? ORDER BY place", (entry,)
    )
    return [Image(row["kind"], row["key"], load(row["before"]), load(row["after"])) for row in rows]


def dump(value: dict[str, Value] | None) -> str | None:
    """Write a row as the history keeps it."""
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load(text: str | None) -> Row | None:
    """Read a row that the history kept."""
    return None if text is None else json.loads(text)
