"""Looks for damage in a library, and mends what can be made again."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.anchors import AnchorState
from meipi.library import readings, search
from meipi.library.opening import connect, prepare_file
from meipi.library.rows import to_anchor, to_document
from meipi.library.schema_retrieval import is_counted, recount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from meipi.core.anchors import Anchor
    from meipi.core.document import Document

_SALVAGED = (
    *("originals", "readings", "documents", "places", "tags", "annotations"),
    *("annotation_parts", "links", "memos"),
    *("mentions", "entity_runs", "corrections", "suggestions", "decisions"),
    *("attributes", "attribute_values", "document_tags"),
    *("queries", "history", "history_images"),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of an annotation, in the table that holds it."""

    table: str
    id: str
    document: str
    anchor: Anchor


def damage(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite itself finds wrong: pages, indexes, rows that refer to nothing."""
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    problems = [line for line in found if line != "ok"]
    for row in connection.execute("PRAGMA foreign_key_check"):
        problems.append(f"{row[0]} {row[1]} refers to no {row[2]}")
    return problems


def changed_originals(connection: sqlite3.Connection) -> list[str]:
    """Return the SHA-256 of documents whose bytes are no longer theirs."""
    rows = connection.execute("SELECT sha256, data FROM originals")
    return [row["sha256"] for row in rows if _digest(row["data"]) != row["sha256"]]


def _digest(data: object) -> str | None:
    return hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else None


def unreadable(connection: sqlite3.Connection) -> Iterator[Document]:
    """Yield the documents whose reading cannot be unpacked or does not fit together."""
    for row in connection.execute("SELECT * FROM documents").fetchall():
        try:
            prepared = readings.load(connection, row["reading"])
        except readings.UNREADABLE:
            yield to_document(row)
            continue
        moved = prepared.repaired.map
        lengths = (moved.source_length, moved.target_length)
        if lengths != (len(prepared.decoded.text), row["length"]):
            yield to_document(row)


def misplaced(connection: sqlite3.Connection) -> Iterator[Passage]:
    """Yield passages of annotations that say they are on their words and are not."""
    for row in connection.execute("SELECT * FROM documents").fetchall():
        try:
            text = readings.load_text(connection, row["reading"])
        except readings.UNREADABLE:
            continue
        for passage in _passages(connection, row["id"]):
            anchor = passage.anchor
            settled = anchor.state is not AnchorState.NEEDS_REVIEW
            if settled and anchor.span.slice(text) != anchor.quote:
                yield passage


def _passages(connection: sqlite3.Connection, document: str) -> Iterator[Passage]:
    for table in ("annotations", "annotation_parts"):
        for row in connection.execute(
            f"SELECT * FROM {table} WHERE document = ? ORDER BY start, id",  # noqa: S608 - a name of the two
            (document,),
        ).fetchall():
            yield Passage(table, row["id"], document, to_anchor(row))


def index_is_whole(connection: sqlite3.Connection) -> bool:
    """Say whether every document can be found by its first words, and tags are counted right."""
    rows = connection.execute("SELECT reading FROM documents").fetchall()
    return (
        search.is_current(connection)
        and is_counted(connection)
        and all(_is_indexed(connection, row["reading"]) for row in rows)
    )


def rebuild_index(connection: sqlite3.Connection) -> None:
    """Make anew what can be found again: the index of words and the counts of tags."""
    recount(connection)
    search.rebuild(connection)


def _is_indexed(connection: sqlite3.Connection, reading: int) -> bool:
    row = connection.execute(
        "SELECT * FROM slices WHERE reading = ? ORDER BY start LIMIT 1", (reading,)
    ).fetchone()
    try:
        text = readings.load_text(connection, reading)
        if row is None:
            return not text
        words = search.words_of(text[row["start"] : row["start"] + 200])[:20]
        if not words:
            return True
        found = connection.execute(
            "SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?",
            ('"' + " ".join(words) + '"', row["id"]),
        ).fetchone()
    except (*readings.UNREADABLE, sqlite3.DatabaseError):
        return False
    return found is not None


def salvage(path: Path, target: Path) -> int:
    """Copy every row of a damaged library that can still be read into a new one.

    The damaged file is not touched. Return how many rows were copied.
    """
    prepare_file(target)
    copied = 0
    with closing(connect(path, read_only=True)) as old, closing(connect(target)) as new:
        new.execute("PRAGMA foreign_keys = OFF")
        new.execute("BEGIN IMMEDIATE")
        for table in _SALVAGED:
            for row in _readable_rows(old, table):
                copied += _copy(new, table, row)
        _drop_dangling(new)
        new.execute("COMMIT")
    return copied


def _readable_rows(connection: sqlite3.Connection, table: str) -> Iterator[sqlite3.Row]:
    """Yield rows one by one, from both ends of the table: damage in the middle stops each once."""
    order = _order(connection, table)
    seen: set[tuple[object, ...]] = set()
    for direction in ("ASC", "DESC"):
        ordered = ", ".join(f'"{column}" {direction}' for column in order)
        try:
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY {ordered}"):  # noqa: S608 - names of the schema
                key = tuple(row[column] for column in order)
                if key not in seen:
                    seen.add(key)
                    yield row
        except (sqlite3.DatabaseError, *readings.UNREADABLE):
            continue


def _order(connection: sqlite3.Connection, table: str) -> list[str]:
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [column["name"] for column in sorted(columns, key=lambda c: c["pk"]) if column["pk"]]


def _copy(connection: sqlite3.Connection, table: str, row: sqlite3.Row) -> int:
    columns = ", ".join(f'"{name}"' for name in row.keys())  # noqa: SIM118 - iterating gives values
    places = ", ".join("?" * len(tuple(row)))
    try:
        connection.execute(
            f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - names of the schema
            tuple(row),
        )
    except sqlite3.IntegrityError:
        return 0
    return 1


_REFERENCES = (
    ("documents", "sha256", "originals", "sha256"),
    ("places", "document", "documents", "id"),
    ("annotations", "document", "documents", "id"),
    ("annotation_parts", "annotation", "annotations", "id"),
    ("links", "source", "annotations", "id"),
    ("links", "target", "annotations", "id"),
    ("decisions", "document", "documents", "id"),
    ("mentions", "reading", "readings", "id"),
    ("entity_runs", "reading", "readings", "id"),
    ("corrections", "document", "documents", "id"),
    ("suggestions", "document", "documents", "id"),
    ("suggestions", "tag", "tags", "id"),
    ("attribute_values", "document", "documents", "id"),
    ("attribute_values", "attribute", "attributes", "id"),
    ("document_tags", "document", "documents", "id"),
    ("document_tags", "tag", "tags", "id"),
    ("stale_entities", "reading", "readings", "id"),
    ("history_images", "entry", "history", "id"),
)
"""What is dropped where the row it refers to is gone. A reading is made again from the bytes."""


def _drop_dangling(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT OR IGNORE INTO stale_entities SELECT reading FROM entity_runs")
    for table, column, other, key in _REFERENCES:
        connection.execute(
            f"DELETE FROM {table} WHERE {column} NOT IN (SELECT {key} FROM {other})"  # noqa: S608 - names of the table above
        )
    connection.execute(
        "DELETE FROM attribute_values WHERE annotation NOT IN (SELECT id FROM annotations)"
    )
    connection.execute("UPDATE annotations SET tag = NULL WHERE tag NOT IN (SELECT id FROM tags)")
    connection.execute("UPDATE tags SET parent = NULL WHERE parent NOT IN (SELECT id FROM tags)")
