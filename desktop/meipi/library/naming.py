"""Keeps the index of entities true: mentions as the reader corrected them, counted by entity.

What it holds can be made again. A change marks the readings it concerns as stale; they are caught
up with a few at a time, so that ten thousand documents keep nobody waiting.
"""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from typing import TYPE_CHECKING

from meipi.core.corrections import NameRules, apply_corrections
from meipi.core.fold import fold
from meipi.core.turns import in_turns
from meipi.library import queries, search
from meipi.library.readings import UNREADABLE, load_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from meipi.core.entity import Mention
    from meipi.library.transaction import Image, Row

_SENTENCE_END = re.compile(r"[。！？!?；;]+[”’」』）)]*|\n")

_MOST = 500
"""Readings looked up at a time; no batch gets through more."""

Numbers = dict[tuple[str, str], int]
"""The numbers of entities looked up so far, by type and name."""
Entry = tuple[int, int, int, int, int, str]
"""Paragraph, sentence, start, end, entity, text: a row of the index without its reading."""


def mark_stale(connection: sqlite3.Connection, images: Iterable[Image]) -> frozenset[str]:
    """Note which readings the changes of ``images`` concern; return their documents."""
    marked = False
    for image in images:
        rows = [row for row in (image.before, image.after) if row is not None]
        if image.kind == "documents":
            marked |= _mark_reread(connection, rows)
        elif image.kind == "corrections":
            marked = True
            for row in rows:
                _mark_corrected(connection, row)
    return stale_documents(connection) if marked else frozenset()


def stale_documents(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the documents whose entities are yet to be counted anew."""
    rows = connection.execute(
        "SELECT d.id FROM documents d JOIN stale_entities s ON s.reading = d.reading"
    )
    return frozenset(row[0] for row in rows)


def mark_found(connection: sqlite3.Connection, reading: int) -> None:
    """Note that other entities were found in a reading."""
    connection.execute("INSERT OR IGNORE INTO stale_entities VALUES (?)", (reading,))


def is_stale(connection: sqlite3.Connection) -> bool:
    """Say whether any reading waits."""
    return connection.execute("SELECT 1 FROM stale_entities LIMIT 1").fetchone() is not None


def catch_up(connection: sqlite3.Connection, *, seconds: float) -> frozenset[str]:
    """Count stale readings anew for about ``seconds``; return the documents that are done."""
    stop = time.perf_counter() + seconds
    rules, done = NameRules(queries.name_corrections(connection)), set()
    numbers: Numbers = {}
    waiting = connection.execute(
        "SELECT reading FROM stale_entities ORDER BY reading LIMIT ?", (_MOST,)
    )
    for row in waiting.fetchall():
        document = _refresh(connection, row["reading"], rules, numbers)
        connection.execute("DELETE FROM stale_entities WHERE reading = ?", (row["reading"],))
        done.add(document)
        if time.perf_counter() > stop:
            break
    return frozenset(done)


def corrected_mentions(
    connection: sqlite3.Connection, document: str, reading: int, text: str, rules: NameRules
) -> tuple[Mention, ...]:
    """Return the mentions of a document as the reader corrected them; none found count as none."""
    found = queries.mentions(connection, reading) or ()
    return apply_corrections(found, queries.place_corrections(connection, document), rules, text)


def _mark_reread(connection: sqlite3.Connection, rows: list[Row]) -> bool:
    readings = {int(str(row["reading"])) for row in rows}
    if len(readings) < 2:
        return False
    for reading in readings:
        mark_found(connection, reading)
    return True


def _mark_corrected(connection: sqlite3.Connection, row: Row) -> None:
    if row["document"] is not None:
        connection.execute(
            "INSERT OR IGNORE INTO stale_entities SELECT reading FROM documents WHERE id = ?",
            (row["document"],),
        )
        return
    words = search.words_of(str(row["name"]))
    if words:
        # Wherever the name stands, in either script; what is not indexed yet may hold it too.
        connection.execute(
            "INSERT OR IGNORE INTO stale_entities SELECT s.reading FROM search "
            "JOIN slices s ON s.id = search.rowid WHERE search MATCH ?",
            ('"' + " ".join(words) + '"',),
        )
    connection.execute(
        "INSERT OR IGNORE INTO stale_entities SELECT reading FROM slices WHERE NOT indexed"
    )
    connection.execute(
        "INSERT OR IGNORE INTO stale_entities SELECT m.reading FROM entities e "
        "JOIN entity_mentions m ON m.entity = e.id WHERE e.key = ?",
        (row["name"],),
    )


def _refresh(
    connection: sqlite3.Connection, reading: int, rules: NameRules, numbers: Numbers
) -> str:
    row = connection.execute("SELECT document FROM readings WHERE id = ?", (reading,)).fetchone()
    try:
        text = load_text(connection, reading)
    except UNREADABLE:  # a damaged text holds nothing up; `meipi doctor` makes it again
        return str(row["document"]) if row is not None else ""
    document = str(row["document"])
    mentions = corrected_mentions(connection, document, reading, text, rules)
    _replace(connection, reading, _entries(connection, mentions, text, numbers))
    return document


def _replace(connection: sqlite3.Connection, reading: int, entries: set[Entry]) -> None:
    """Write what differs only: a correction changes few of the many rows of a reading."""
    columns = 'paragraph, sentence, start, "end", entity, text'
    known = {
        tuple(row)
        for row in in_turns(
            connection.execute(
                f"SELECT {columns} FROM entity_mentions WHERE reading = ?",  # noqa: S608 - a constant
                (reading,),
            )
        )
    }
    connection.executemany(
        "DELETE FROM entity_mentions WHERE reading = ? AND paragraph = ? AND sentence = ? "
        "AND start = ?",
        ((reading, *entry[:3]) for entry in in_turns(known - entries)),
    )
    connection.executemany(
        f"INSERT INTO entity_mentions (reading, {columns}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
        ((reading, *entry) for entry in in_turns(entries - known)),
    )


def _entries(
    connection: sqlite3.Connection, mentions: tuple[Mention, ...], text: str, numbers: Numbers
) -> set[Entry]:
    paragraphs = [found.end() for found in re.finditer("\n", text)]
    sentences = [found.end() for found in _SENTENCE_END.finditer(text)]
    entries = set()
    for mention in in_turns(mentions):
        entity = mention.type.value, mention.canonical
        if entity not in numbers:
            numbers[entity] = _number(connection, *entity)
        start = mention.span.start
        place = bisect_right(paragraphs, start), bisect_right(sentences, start)
        entries.add((*place, start, mention.span.end, numbers[entity], mention.text))
    return entries


def _number(connection: sqlite3.Connection, kind: str, name: str) -> int:
    key = fold(name)
    found = connection.execute(
        "SELECT id FROM entities WHERE type = ? AND key = ?", (kind, key)
    ).fetchone()
    if found is not None:
        return int(found["id"])
    cursor = connection.execute(
        "INSERT INTO entities (type, key, name) VALUES (?, ?, ?)", (kind, key, name)
    )
    assert cursor.lastrowid is not None  # noqa: S101 - SQLite gives every inserted row a number
    return cursor.lastrowid
