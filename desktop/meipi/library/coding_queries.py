"""Links, memos and the further passages of annotations, and how the last are written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from meipi.library.coding_rows import part_rows, to_link, to_memo
from meipi.library.rows import anchor_row, to_anchor, to_annotation
from meipi.library.transaction import find_row, keys_with

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from meipi.core.anchors import Anchor
    from meipi.core.annotation import Annotation, Link
    from meipi.core.memo import Memo, MemoKind
    from meipi.library.transaction import Transaction

_VISIBLE = "(SELECT id FROM documents WHERE NOT removed)"
_PARTS = 'ORDER BY start, "end", id'


def with_parts(
    connection: sqlite3.Connection, rows: Iterable[Any], where: str, values: tuple[str, ...]
) -> list[Annotation]:
    """Return the annotations in ``rows`` whole; ``where`` narrows the table of parts to theirs."""
    parts: defaultdict[str, list[Anchor]] = defaultdict(list)
    for row in connection.execute(
        f"SELECT * FROM annotation_parts WHERE {where} {_PARTS}",  # noqa: S608 - a text of the caller's
        values,
    ):
        parts[row["annotation"]].append(to_anchor(row))
    if not parts:
        return [to_annotation(row) for row in rows]
    return [replace(to_annotation(row), parts=tuple(parts[row["id"]])) for row in rows]


def put_parts(transaction: Transaction, annotation: Annotation) -> None:
    """Write the further passages of an annotation in the place of those it had."""
    rows = part_rows(annotation.id, annotation.document, annotation.parts)
    for key in keys_with(transaction.connection, "annotation_parts", "annotation", annotation.id):
        if all(row["id"] != key for row in rows):
            transaction.delete("annotation_parts", key)
    for row in rows:
        if transaction.find("annotation_parts", str(row["id"])) is None:
            transaction.insert("annotation_parts", row)
        else:
            transaction.update("annotation_parts", str(row["id"]), **row)


def move_annotations(
    transaction: Transaction, document: str, move: Callable[[Anchor], Anchor]
) -> None:
    """Carry every passage of the annotations of a document to another reading of it."""
    for table in ("annotations", "annotation_parts"):
        rows = transaction.connection.execute(
            f"SELECT * FROM {table} WHERE document = ? ORDER BY start, id",  # noqa: S608 - a name of the two
            (document,),
        ).fetchall()
        for row in rows:
            transaction.update(table, row["id"], **anchor_row(move(to_anchor(row))))


def link(connection: sqlite3.Connection, key: str) -> Link | None:
    """Return one link."""
    row = find_row(connection, "links", key)
    return None if row is None else to_link(row)


def links_of(connection: sqlite3.Connection, document: str | None = None) -> list[Link]:
    """Return the links that begin or end in a document, or all, between documents that are there.

    They come as they were made.
    """
    narrowed = "" if document is None else "AND (l.source_document = ? OR l.target_document = ?)"
    rows = connection.execute(
        "SELECT l.* FROM links l JOIN documents s ON s.id = l.source_document "  # noqa: S608 - a constant
        "JOIN documents t ON t.id = l.target_document "
        f"WHERE NOT s.removed AND NOT t.removed {narrowed} ORDER BY l.created, l.id",
        () if document is None else (document, document),
    )
    return [to_link(row) for row in rows]


def same_link(connection: sqlite3.Connection, source: str, target: str, label: str) -> str | None:
    """Return the id of the link with this label between two annotations."""
    row = connection.execute(
        "SELECT id FROM links WHERE source = ? AND target = ? AND label = ?",
        (source, target, label),
    ).fetchone()
    return None if row is None else str(row["id"])


def is_linked(connection: sqlite3.Connection, annotation: str) -> bool:
    """Say whether a link begins or ends at an annotation."""
    row = connection.execute(
        "SELECT 1 FROM links WHERE source = ? OR target = ? LIMIT 1", (annotation, annotation)
    ).fetchone()
    return row is not None


def link_labels(connection: sqlite3.Connection) -> list[str]:
    """Return the labels in use, the one used last first."""
    rows = connection.execute(
        "SELECT label FROM links GROUP BY label ORDER BY max(created) DESC, label"
    )
    return [str(row["label"]) for row in rows]


def memo(connection: sqlite3.Connection, key: str) -> Memo | None:
    """Return one memo."""
    row = find_row(connection, "memos", key)
    return None if row is None else to_memo(row)


def memos(
    connection: sqlite3.Connection, kind: MemoKind | None = None, subject: str = ""
) -> list[Memo]:
    """Return the memos about ``subject``, or all but those on removed documents, newest first."""
    where, values = (
        (f"kind <> 'document' OR subject IN {_VISIBLE}", ())
        if kind is None
        else ("kind = ? AND subject = ?", (str(kind), subject))
    )
    rows = connection.execute(
        f"SELECT * FROM memos WHERE {where} ORDER BY modified DESC, id",  # noqa: S608 - constants
        values,
    )
    return [to_memo(row) for row in rows]
