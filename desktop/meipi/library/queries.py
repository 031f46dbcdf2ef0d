"""What the services ask a library, and the few writes that lie outside the history."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from meipi.core.changes import Changes
from meipi.core.tag_tree import in_order
from meipi.core.turns import in_turns
from meipi.library.coding_queries import with_parts
from meipi.library.failures import OTHER_BYTES, Damage
from meipi.library.rows import (
    document_row,
    to_decision,
    to_document,
    to_mention,
    to_name_correction,
    to_place_correction,
    to_suggestion,
    to_tag,
)
from meipi.library.times import now
from meipi.library.transaction import find_row, put_row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

    from meipi.core.annotation import Annotation, Suggestion, Tag
    from meipi.core.corrections import NameCorrection, PlaceCorrection
    from meipi.core.decisions import Decision
    from meipi.core.document import Document
    from meipi.core.entity import Mention
    from meipi.library.transaction import Row, Transaction

_CARDS = """
SELECT d.id, d.title, d.source, d.date, d.region, d.encoding, d.added, d.name, d.length,
       r.repairs, r.inferred, r.lost, p.opened, coalesce(p.position, 0) AS position,
       (SELECT count(*) FROM annotations a WHERE a.document = d.id) AS annotations
FROM documents d
JOIN readings r ON r.id = d.reading
LEFT JOIN places p ON p.document = d.id
WHERE NOT d.removed {some}
ORDER BY coalesce(p.opened, d.added) DESC, p.opened IS NULL, d.rowid DESC
"""
_VISIBLE = "document IN (SELECT id FROM documents WHERE NOT removed)"


def cards(
    connection: sqlite3.Connection, keys: Collection[str] | None = None
) -> list[dict[str, Any]]:
    """Return a row for each document of the list, or of ``keys`` in it, the one read last first."""
    some = "" if keys is None else f"AND d.id IN ({', '.join('?' * len(keys))})"
    return [dict(row) for row in connection.execute(_CARDS.format(some=some), tuple(keys or ()))]


def document(connection: sqlite3.Connection, key: str) -> tuple[Document, int] | None:
    """Return a document and the number of its reading, unless it was removed."""
    row = find_row(connection, "documents", key)
    if row is None or row["removed"]:
        return None
    return to_document(row), int(str(row["reading"]))


def any_document(connection: sqlite3.Connection, key: str) -> tuple[Document, int] | None:
    """Return a document and the number of its reading, removed or not."""
    row = find_row(connection, "documents", key)
    return None if row is None else (to_document(row), int(str(row["reading"])))


def documents(connection: sqlite3.Connection) -> list[Document]:
    """Return all documents in the order they came."""
    rows = connection.execute("SELECT * FROM documents WHERE NOT removed ORDER BY added, id")
    return [to_document(row) for row in rows]


def reading_number(connection: sqlite3.Connection, key: str) -> int:
    """Return the number of the reading of a document, removed or not."""
    row = connection.execute("SELECT reading FROM documents WHERE id = ?", (key,)).fetchone()
    return int(row["reading"])


def document_of_bytes(connection: sqlite3.Connection, sha256: str) -> Row | None:
    """Return the row of the document with these bytes, removed or not."""
    row = connection.execute("SELECT * FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
    return dict(row) if row is not None else None


def coders(connection: sqlite3.Connection) -> list[str]:
    """Return the coders of the annotations on documents that are there."""
    found = connection.execute(
        f"SELECT DISTINCT coder FROM annotations WHERE {_VISIBLE} ORDER BY coder"  # noqa: S608
    )
    return [str(row["coder"]) for row in found]


def documents_like(connection: sqlite3.Connection, *, length: int, name: str) -> list[Row]:
    """Return the rows of documents of this length or this name, removed or not."""
    found = connection.execute(
        "SELECT * FROM documents WHERE length = ? OR name = ? ORDER BY removed, rowid",
        (length, name),
    )
    return [dict(row) for row in found]


def original(connection: sqlite3.Connection, sha256: str) -> bytes:
    """Return the bytes of a document as they came; ``Damage`` where they are others by now."""
    row = connection.execute("SELECT data FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
    data = bytes(row["data"]) if row is not None else b""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damage(OTHER_BYTES)
    return data


def put_document(
    transaction: Transaction, item: Document, data: bytes, reading: int, *, removed: bool = False
) -> None:
    """Store a document and its bytes. The history begins after it."""
    connection = transaction.connection
    connection.execute(
        "INSERT OR IGNORE INTO originals (sha256, size, data) VALUES (?, ?, ?)",
        (item.sha256, len(data), data),
    )
    put_row(connection, "documents", document_row(item, reading=reading, removed=removed))
    transaction.touch(Changes(documents=frozenset([item.id])))
    if not removed:
        transaction.note("document_add", document=item.id, title=item.title)


def use_reading(connection: sqlite3.Connection, key: str, reading: int, *, length: int) -> None:
    """Put a reading in the place of a damaged one, beside the history."""
    connection.execute(
        "UPDATE documents SET reading = ?, length = ? WHERE id = ?", (reading, length, key)
    )


def place_passage(connection: sqlite3.Connection, table: str, key: str, anchor: Row) -> None:
    """Mend the place of a passage of an annotation, beside the history."""
    columns = ", ".join(f'"{name}" = ?' for name in anchor)
    connection.execute(
        f"UPDATE {table} SET {columns} WHERE id = ?",  # noqa: S608 - the columns of an anchor
        (*anchor.values(), key),
    )


def mark_opened(connection: sqlite3.Connection, key: str) -> None:
    """Note that a document is being read."""
    connection.execute(
        "INSERT INTO places (document, opened) VALUES (?, ?) "
        "ON CONFLICT (document) DO UPDATE SET opened = excluded.opened",
        (key, now()),
    )


def set_position(connection: sqlite3.Connection, key: str, offset: int) -> None:
    """Note the place reached in a document."""
    connection.execute(
        "INSERT INTO places (document, position) VALUES (?, ?) "
        "ON CONFLICT (document) DO UPDATE SET position = excluded.position",
        (key, offset),
    )


def annotations_of(connection: sqlite3.Connection, key: str | None = None) -> list[Annotation]:
    """Return the annotations of a document by place, or of all documents."""
    where = "document = ?" if key is not None else _VISIBLE
    values = (key,) if key is not None else ()
    rows = connection.execute(
        f'SELECT * FROM annotations WHERE {where} ORDER BY document, start, "end", created, id',  # noqa: S608 - one of two constants
        values,
    )
    return with_parts(connection, rows, where, values)


def annotation(connection: sqlite3.Connection, key: str) -> Annotation | None:
    """Return one annotation."""
    rows = connection.execute("SELECT * FROM annotations WHERE id = ?", (key,))
    found = with_parts(connection, rows, "annotation = ?", (key,))
    return found[0] if found else None


def annotation_at(
    connection: sqlite3.Connection, key: str, start: int, end: int, *, tag: str, coder: str
) -> str | None:
    """Return the annotation of ``coder`` with ``tag`` on exactly these words of a document."""
    row = connection.execute(
        'SELECT id FROM annotations WHERE document = ? AND start = ? AND "end" = ? AND tag = ? '
        "AND coder = ? "
        "AND NOT EXISTS (SELECT 1 FROM annotation_parts p WHERE p.annotation = annotations.id)",
        (key, start, end, tag, coder),
    ).fetchone()
    return str(row["id"]) if row is not None else None


def tagged(connection: sqlite3.Connection, tag: str) -> list[Annotation]:
    """Return every annotation with ``tag``, those of removed documents too."""
    rows = connection.execute("SELECT * FROM annotations WHERE tag = ? ORDER BY id", (tag,))
    theirs = "annotation IN (SELECT id FROM annotations WHERE tag = ?)"
    return with_parts(connection, rows, theirs, (tag,))


def tags(connection: sqlite3.Connection) -> list[Tag]:
    """Return the codebook as its tree reads from the top."""
    rows = connection.execute("SELECT * FROM tags ORDER BY position, id")
    return in_order([to_tag(row) for row in rows])


def tag_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many annotations carry each tag, as triggers keep count."""
    return {row[0]: row[1] for row in connection.execute("SELECT * FROM tag_counts WHERE uses > 0")}


def decisions(connection: sqlite3.Connection, key: str) -> list[Decision]:
    """Return what is decided on the repairs of a document, for every document too, as made."""
    rows = connection.execute(
        "SELECT * FROM decisions WHERE document = ? OR document IS NULL ORDER BY made, rowid",
        (key,),
    )
    return [to_decision(row) for row in rows]


def all_decisions(connection: sqlite3.Connection) -> list[Decision]:
    """Return every decision, as made."""
    return [
        to_decision(row)
        for row in connection.execute("SELECT * FROM decisions ORDER BY made, rowid")
    ]


def repaired_documents(connection: sqlite3.Connection) -> list[Row]:
    """Return id, name, reading and its base of every document with repairs, removed or not."""
    rows = connection.execute(
        "SELECT d.id, d.name, d.reading, coalesce(r.base, r.id) AS base FROM documents d "
        "JOIN readings r ON r.id = d.reading JOIN readings b ON b.id = coalesce(r.base, r.id) "
        "WHERE b.repairs > 0 ORDER BY d.added, d.id"
    )
    return [dict(row) for row in rows]


def searched_at(connection: sqlite3.Connection, reading: int) -> str | None:
    """Return when entities were looked for in a reading; nothing where they never were."""
    query = "SELECT found FROM entity_runs WHERE reading = ?"
    row = connection.execute(query, (reading,)).fetchone()
    return None if row is None else str(row["found"])


def mentions(connection: sqlite3.Connection, reading: int) -> tuple[Mention, ...] | None:
    """Return the entities found in a reading; nothing where they were never looked for."""
    if searched_at(connection, reading) is None:
        return None
    rows = connection.execute("SELECT * FROM mentions WHERE reading = ? ORDER BY start", (reading,))
    return tuple(to_mention(row) for row in in_turns(rows))


def put_mentions(connection: sqlite3.Connection, reading: int, found: Iterable[Mention]) -> None:
    """Store the entities of a reading in the place of any found before."""
    connection.execute("DELETE FROM mentions WHERE reading = ?", (reading,))
    connection.executemany(
        'INSERT INTO mentions (reading, start, "end", type, text, canonical, "by", normal, '
        "corrected) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(reading, m.span.start, m.span.end, m.type, m.text),
                *(m.canonical, m.by, m.normal, m.corrected),
            )
            for m in in_turns(found)
        ),
    )
    connection.execute(
        "INSERT INTO entity_runs (reading, found) VALUES (?, ?) "
        "ON CONFLICT (reading) DO UPDATE SET found = excluded.found",
        (reading, now()),
    )


def place_corrections(connection: sqlite3.Connection, key: str) -> list[PlaceCorrection]:
    """Return the corrections at places of a document, in order."""
    rows = connection.execute(
        "SELECT * FROM corrections WHERE document = ? ORDER BY start, created, id", (key,)
    )
    return [to_place_correction(row) for row in rows]


def name_corrections(connection: sqlite3.Connection) -> list[NameCorrection]:
    """Return the corrections of names, which hold in the whole library, as they were made."""
    rows = connection.execute(
        "SELECT * FROM corrections WHERE document IS NULL ORDER BY created, id"
    )
    return [to_name_correction(row) for row in rows]


def suggestions_of(connection: sqlite3.Connection, key: str) -> list[Suggestion]:
    """Return the suggestions for a document by place, the rejected ones too."""
    rows = connection.execute(
        'SELECT * FROM suggestions WHERE document = ? ORDER BY start, "end", created, id', (key,)
    )
    return [to_suggestion(row) for row in rows]


def suggestion(connection: sqlite3.Connection, key: str) -> Suggestion | None:
    """Return one suggestion."""
    row = find_row(connection, "suggestions", key)
    return to_suggestion(row) if row is not None else None


def suggested_with(connection: sqlite3.Connection, tag: str) -> list[str]:
    """Return the ids of every suggestion of ``tag``."""
    rows = connection.execute("SELECT id FROM suggestions WHERE tag = ? ORDER BY id", (tag,))
    return [row[0] for row in rows]


def saved_queries(connection: sqlite3.Connection) -> list[Row]:
    """Return the rows of the queries kept by name, in their order."""
    return [dict(row) for row in connection.execute("SELECT * FROM queries ORDER BY position, id")]
