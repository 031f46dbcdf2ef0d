"""Looks for damage in a library, and mends what can be made again."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.anchors import AnchorState
from meipi.library import readings, search
from meipi.library.failures import explained
from meipi.library.opening import connect, inspect_header
from meipi.library.rows import to_anchor, to_document
from meipi.library.schema_retrieval import is_counted, recount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from meipi.core.anchors import Anchor
    from meipi.core.document import Document


def damage_of_file(path: Path) -> tuple[list[str], list[str]]:
    """Return what is wrong with a file before it is opened for work, changing nothing in it.

    First what SQLite finds, then, where that is nothing, the SHA-256 of originals that changed.
    """
    if inspect_header(path) is None:
        return [], []
    with explained(path), closing(connect(path, read_only=True)) as connection:
        found = damage(connection)
        return found, [] if found else changed_originals(connection)


def titles(path: Path) -> dict[str, str]:
    """Return what documents are called, by the SHA-256 of their bytes."""
    with explained(path), closing(connect(path, read_only=True)) as connection:
        rows = connection.execute("SELECT sha256, title FROM documents")
        return {row["sha256"]: row["title"] for row in rows}


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
