"""One user action on the library: rows changed together, each with its image before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.changes import Changes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

Value = str | int | float | None
Row = dict[str, Value]

KINDS = (
    *("documents", "annotations", "tags", "corrections", "suggestions", "decisions"),
    *("attributes", "attribute_values", "document_tags", "queries"),
    *("annotation_parts", "links", "memos", "coders", "adjudications"),
)
"""The tables under the history. Everything else is either kept for ever or found again."""

_DEPENDENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "annotations": (
        *(("attribute_values", "annotation"), ("annotation_parts", "annotation")),
        *(("links", "source"), ("links", "target")),
    ),
    "tags": (("document_tags", "tag"), ("memos", "subject")),
    "attributes": (("attribute_values", "attribute"),),
}
"""Tables whose rows go with a row of another, and the column that names it."""


@dataclass(frozen=True, slots=True)
class Image:
    """What one row was and what it became; nothing where it was not there."""

    kind: str
    key: str
    before: Row | None
    after: Row | None


class Transaction:
    """The work inside one ``BEGIN`` … ``COMMIT``, remembered for undo.

    Work that carries a ``label`` becomes an entry of the history; work without one (a document
    put in, a place in a text) changes no row of `KINDS` that an earlier entry may hold.
    """

    def __init__(
        self, connection: sqlite3.Connection, *, coder: str = "", origin: str = ""
    ) -> None:
        self.connection = connection
        self.coder = coder
        """Who does it."""
        self.origin = origin
        """Which opening of the library does it: other programs have others."""
        self.images: list[Image] = []
        self.label: str | None = None
        self.fields: dict[str, Value] = {}
        self.noted: list[tuple[str, str | None, dict[str, Value]]] = []
        """What goes into the journal beside the act: label, document, fields."""
        self.afterwards: list[Callable[[], None]] = []
        """What is done once all is on the disk, before anybody is told."""
        self._touched = Changes()

    def name(self, label: str, **fields: Value) -> None:
        """Name the act by a key of the table of labels and the fields of its words."""
        self.label, self.fields = label, fields

    def note(self, label: str, *, document: str | None = None, **fields: Value) -> None:
        """Have the journal tell of something that is no entry of the history."""
        self.noted.append((label, document, fields))

    def touch(self, changes: Changes) -> None:
        """Add what changed beside the rows under the history."""
        self._touched |= changes

    def changes(self) -> Changes:
        """Return everything changed so far."""
        return self._touched | changes_of(self.images)

    def find(self, kind: str, key: str) -> Row | None:
        """Return the row ``key`` of table ``kind`` as it stands."""
        return find_row(self.connection, kind, key)

    def insert(self, kind: str, row: Row) -> None:
        """Add a row."""
        put_row(self.connection, kind, row)
        self.images.append(Image(kind, str(row["id"]), None, dict(row)))

    def update(self, kind: str, key: str, /, **values: Value) -> None:
        """Change some columns of a row; the same values leave no trace."""
        before = self.find(kind, key)
        if before is None:
            raise LookupError(f"{kind} has no row {key}")
        after = {**before, **values}
        if after == before:
            return
        put_row(self.connection, kind, after)
        self.images.append(Image(kind, key, before, after))

    def delete(self, kind: str, key: str) -> None:
        """Take a row out, and before it the rows that say something of it alone."""
        for dependent, column in _DEPENDENTS.get(kind, ()):
            for one in keys_with(self.connection, dependent, column, key):
                self.delete(dependent, one)
        before = self.find(kind, key)
        if before is None:
            raise LookupError(f"{kind} has no row {key}")
        drop_row(self.connection, kind, key)
        self.images.append(Image(kind, key, before, None))


def find_row(connection: sqlite3.Connection, kind: str, key: str) -> Row | None:
    """Return the row ``key`` of a table under the history."""
    found = connection.execute(f"SELECT * FROM {_known(kind)} WHERE id = ?", (key,)).fetchone()  # noqa: S608 - a name of KINDS
    return dict(found) if found is not None else None


def keys_with(connection: sqlite3.Connection, kind: str, column: str, value: str) -> list[str]:
    """Return the keys of the rows of a table under the history with ``value`` in ``column``."""
    rows = connection.execute(
        f'SELECT id FROM {_known(kind)} WHERE "{column}" = ? ORDER BY id',  # noqa: S608 - a name of KINDS and its column
        (value,),
    )
    return [str(row[0]) for row in rows]


def put_row(connection: sqlite3.Connection, kind: str, row: Mapping[str, Value]) -> None:
    """Write a whole row, new or in the place of the one with its key."""
    columns = [f'"{name}"' for name in row]
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns)
    places = ", ".join("?" * len(columns))
    connection.execute(
        f"INSERT INTO {_known(kind)} ({', '.join(columns)}) VALUES ({places}) "  # noqa: S608 - a name of KINDS and its columns
        f"ON CONFLICT (id) DO UPDATE SET {changed}",
        tuple(row.values()),
    )


def drop_row(connection: sqlite3.Connection, kind: str, key: str) -> None:
    """Take the row with ``key`` out."""
    connection.execute(f"DELETE FROM {_known(kind)} WHERE id = ?", (key,))  # noqa: S608 - a name of KINDS


def changes_of(images: list[Image]) -> Changes:
    """Return what the rows of ``images`` mean to the views."""
    changes = Changes()
    for image in images:
        changes |= _MEANINGS[image.kind](image)
    return changes


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise LookupError(f"no table {kind} under the history")
    return kind


def _of_document(image: Image) -> Changes:
    key = frozenset([image.key])
    sides = (image.before or {}, image.after or {})
    reread = sides[0].get("reading") != sides[1].get("reading")
    return Changes(documents=key, entities=key if reread else frozenset())


def _of_annotation(image: Image) -> Changes:
    rows = [row for row in (image.before, image.after) if row is not None]
    documents = frozenset(str(row["document"]) for row in rows)
    return Changes(annotations=frozenset([image.key]), annotated=documents)


def _of_tag(image: Image) -> Changes:
    return Changes(tags=frozenset([image.key]))


def _of_correction(image: Image) -> Changes:
    """Return the document of a place; which documents hold a name the index of entities knows."""
    row = image.after or image.before or {}
    document = row["document"]
    return Changes(entities=frozenset() if document is None else frozenset([str(document)]))


def _of_suggestion(image: Image) -> Changes:
    row = image.after or image.before or {}
    return Changes(suggested=frozenset([str(row["document"])]))


def _of_decision(image: Image) -> Changes:
    rows = [row for row in (image.before, image.after) if row is not None]
    return Changes(decided=frozenset(str(row["document"] or "") for row in rows))


def _of_query(image: Image) -> Changes:
    return Changes(queries=frozenset([image.key]))


def _of_value(image: Image) -> Changes:
    row = image.after or image.before or {}
    document = frozenset([str(row["document"])])
    if row["annotation"] is None:
        return Changes(described=document)
    return Changes(
        annotations=frozenset([str(row["annotation"])]), annotated=document, described=document
    )


def _of_document_tag(image: Image) -> Changes:
    row = image.after or image.before or {}
    return Changes(described=frozenset([str(row["document"])]))


def _of_part(image: Image) -> Changes:
    row = image.after or image.before or {}
    documents = frozenset([str(row["document"])])
    return Changes(annotations=frozenset([str(row["annotation"])]), annotated=documents)


def _of_link(image: Image) -> Changes:
    row = image.after or image.before or {}
    documents = frozenset({str(row["source_document"]), str(row["target_document"])})
    return Changes(links=frozenset([image.key]), annotated=documents)


def _of_memo(image: Image) -> Changes:
    return Changes(memos=frozenset([image.key]))


def _of_adjudication(image: Image) -> Changes:
    row = image.after or image.before or {}
    return Changes(annotated=frozenset([str(row["document"])]))


def _of_coder(image: Image) -> Changes:
    return Changes(coders=frozenset([image.key]))


_MEANINGS = {
    "documents": _of_document,
    "annotations": _of_annotation,
    "tags": _of_tag,
    "corrections": _of_correction,
    "suggestions": _of_suggestion,
    "decisions": _of_decision,
    "queries": _of_query,
    "attributes": lambda image: Changes(attributes=frozenset([image.key])),
    "attribute_values": _of_value,
    "document_tags": _of_document_tag,
    "annotation_parts": _of_part,
    "links": _of_link,
    "memos": _of_memo,
    "coders": _of_coder,
    "adjudications": _of_adjudication,
}
