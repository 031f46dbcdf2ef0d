"""What other programs did to a library that is open here, read from its journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.changes import Changes
from meipi.library.history import images_of
from meipi.library.transaction import changes_of

if TYPE_CHECKING:
    import sqlite3


class Others:
    """Remembers how far the journal was read. ``origin`` is whose lines are known here."""

    def __init__(self, connection: sqlite3.Connection, origin: str) -> None:
        self._origin = origin
        self._seen = _last(connection)
        self._documents = _documents(connection)

    def news(self, connection: sqlite3.Connection) -> tuple[Changes, bool]:
        """Return what others changed since this was asked last, and whether all may be another.

        A journal that became shorter is that of a copy which was put in the library's place:
        then all may be.
        """
        last = _last(connection)
        before, self._seen = self._seen, last
        if last < before:
            return self._all(connection), True
        changes = Changes()
        for row in connection.execute(
            "SELECT entry, document, label FROM journal WHERE id > ? AND origin != ? ORDER BY id",
            (before, self._origin),
        ).fetchall():
            if row["label"] == RESTORED:
                return self._all(connection), True
            if row["document"] is not None:
                changes |= Changes(documents=frozenset([row["document"]]))
            if row["entry"] is not None:
                changes |= changes_of(images_of(connection, row["entry"]))
        self._documents |= changes.documents
        return changes, False

    def _all(self, connection: sqlite3.Connection) -> Changes:
        """Return changes of all there is and of the documents that are there no more."""
        gone, self._documents = self._documents, _documents(connection)
        return everything(connection) | Changes(documents=gone, annotated=gone)


RESTORED = "backup_restore"
"""The label by which the journal of a restored library tells that it is one."""


def everything(connection: sqlite3.Connection) -> Changes:
    """Return changes of all there is."""
    documents = _documents(connection)
    tags = frozenset(row["id"] for row in connection.execute("SELECT id FROM tags"))
    return Changes(
        documents=documents,
        annotated=documents,
        tags=tags | {"-"},
        entities=documents,
        suggested=documents,
        decided=frozenset([""]),
        coders=frozenset([""]),
    )


def _last(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0])


def _documents(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(row["id"] for row in connection.execute("SELECT id FROM documents"))
