"""Saves what can be read of a damaged library into a new one, and says by name what cannot.

Rows come from the tables themselves, then from the history, which holds each as it became, then
from the latest sound backup. The damaged file is copied first and never touched.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from meipi.core.document import Document
from meipi.core.errors import MeipiError
from meipi.library import backup, known, readings
from meipi.library.header import mended_header, transplant_schema
from meipi.library.opening import connect, prepare_file
from meipi.library.reading_rows import readable_rows
from meipi.library.rows import document_row, to_annotation, to_document, to_mention, to_tag
from meipi.library.schema_retrieval import recount
from meipi.library.times import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from meipi.library.transaction import Row

TABLES = (
    *("originals", "readings", "documents", "places", "tags", "coders", "attributes"),
    *("annotations", "annotation_parts", "attribute_values", "document_tags", "links", "memos"),
    *(
        "mentions",
        "entity_runs",
        "corrections",
        "suggestions",
        "decisions",
        "queries",
        "adjudications",
    ),
    *("history", "history_images", "journal"),
)
"""What is saved, those first that others refer to; all else is found or counted again."""

_CHECKS: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "annotations": to_annotation,
    "documents": to_document,
    "tags": to_tag,
    "mentions": to_mention,
}
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "INTEGER": int,
    "TEXT": str,
    "BLOB": bytes,
    "REAL": (int, float),
}
_EMPTIED = {("annotations", "tag"), ("tags", "parent"), ("readings", "base")}
"""References that are emptied where what they refer to is gone; other rows go."""
_MADE_AGAIN = {("documents", "reading")}


@dataclass(slots=True)
class Salvaged:
    """What was saved, from where, and what is lost or doubtful, in words: kind and name."""

    rows: int = 0
    from_history: int = 0
    from_backup: int = 0
    backup: Path | None = None
    lost: list[tuple[str, str]] = field(default_factory=list)
    doubtful: list[tuple[str, str]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Tables with rows that could not be read: of these not every name is known."""


def looks_like_library(path: Path) -> bool:
    """Say whether a file whose header is no library's holds the tables of one."""
    try:
        with path.open("rb") as file:
            beginning = file.read(1 << 20)
    except OSError:
        return False
    return b"history_images" in beginning and b"annotations" in beginning


def salvage(path: Path, target: Path, folder: Path) -> Salvaged:
    """Save ``path`` into the new library ``target``; ``folder`` is where its backups lie."""
    prepare_file(target)
    result = Salvaged()
    copy = target.with_name(f"{target.name}.reading")
    try:
        _copy_mended(path, copy)
        with closing(connect(target)) as new:
            new.execute("PRAGMA foreign_keys = OFF")
            new.execute("BEGIN IMMEDIATE")
            _save(copy, target, new, folder, result)
            new.execute("COMMIT")
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)
    return result


def _save(
    copy: Path, target: Path, new: sqlite3.Connection, folder: Path, result: Salvaged
) -> None:
    listed = _save_rows(copy, new, result)
    donors = [*(one.path for one in backup.listed(folder)), target]
    while donors and not _knows_tables(copy, new):
        # The pages that say where the tables are are damaged: those of the same library, or of a
        # new one, say the same where the tables were made in the same order.
        transplant_schema(donors.pop(0), copy)
        listed |= _save_rows(copy, new, result)
    states = known.states(new)
    present = {kind: set(_keys(new, kind)) for kind in known.NAMED if _exists(new, kind)}
    missing = [
        (kind, key, row)
        for (kind, key), row in states.items()
        if row is not None and key not in present.get(kind, {key})
    ]
    for kind, _, row in missing:
        result.from_history += _put(new, kind, [known.completed(new, kind, row)])
    sound = _from_backups(new, folder, states, result)
    listed |= known.listed(new, states)
    _rebuild_documents(new, listed, result)
    _substitute_originals(new, result)
    _drop_dangling(new)
    recount(new)
    _tell_lost(new, {**listed, **sound}, states, result)
    result.doubtful += known.altered(new, states)
    if _exists(new, "stale_entities"):
        new.execute("INSERT OR IGNORE INTO stale_entities SELECT reading FROM entity_runs")


def _knows_tables(copy: Path, new: sqlite3.Connection) -> bool:
    """Say whether every table can be found in a damaged library."""
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(_opened(copy)) as old:
        for table in TABLES:
            if _exists(new, table):
                old.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608 - a name of TABLES
        return True
    return False


def _save_rows(copy: Path, new: sqlite3.Connection, result: Salvaged) -> dict[tuple[str, str], str]:
    """Save what the tables hold; return the keys that their indexes know."""
    # A page may be sound enough to be opened and not to be read, or the other way about.
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(_opened(copy)) as old:
        for table in TABLES:
            if _exists(new, table):
                result.rows += _put(new, table, readable_rows(old, table, result.broken))
        return known.in_indexes(old)
    return {}


def _copy_mended(path: Path, copy: Path) -> None:
    """Copy the file with what was not yet moved into it, under a header that can be read."""
    shutil.copyfile(path, copy)
    beside = path.with_name(f"{path.name}-wal")
    if beside.exists():
        shutil.copyfile(beside, copy.with_name(f"{copy.name}-wal"))
    with copy.open("r+b") as file:
        header = file.read(100)
        size = copy.stat().st_size
        file.seek(0)
        file.write(mended_header(header, size))


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    # One table's damaged definition then keeps no other from being read.
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _exists(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    return found is not None


def _put(
    connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, Any] | sqlite3.Row]
) -> int:
    """Write the rows that are what a table can hold; return how many."""
    kinds = {
        row["name"]: (row["type"].upper(), bool(row["notnull"] or row["pk"]))
        for row in connection.execute(f"PRAGMA table_info({table})")
    }
    count = 0
    for row in rows:
        values = {name: value for name, value in dict(row).items() if name in kinds}
        if not _fits(table, values, kinds):
            continue
        columns = ", ".join(f'"{name}"' for name in values)
        places = ", ".join("?" * len(values))
        with suppress(sqlite3.IntegrityError):
            count += connection.execute(
                f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - names of the schema
                tuple(values.values()),
            ).rowcount
    return count


def _fits(table: str, values: Mapping[str, Any], kinds: Mapping[str, tuple[str, bool]]) -> bool:
    for name, value in values.items():
        kind, needed = kinds[name]
        if value is None:
            if needed:
                return False
        elif not isinstance(value, _TYPES.get(kind, object)):
            return False
    try:
        if table in _CHECKS:
            _CHECKS[table](values)
    except readings.UNREADABLE:
        return False
    return True


def _keys(connection: sqlite3.Connection, table: str) -> list[str]:
    return [str(row["id"]) for row in connection.execute(f"SELECT id FROM {table}")]  # noqa: S608 - a name of NAMED


def _from_backups(
    new: sqlite3.Connection,
    folder: Path,
    states: Mapping[tuple[str, str], Row | None],
    result: Salvaged,
) -> dict[tuple[str, str], str]:
    """Add what the latest sound backup has and nothing says was deleted; name what it has."""
    for one in backup.listed(folder):
        try:
            backup.verify(one.path)
        except MeipiError:
            continue
        result.backup = one.path
        with closing(_opened(one.path)) as old:
            named = known.rows_named(old)
            for table in TABLES:
                if _exists(new, table) and table not in ("history", "history_images", "journal"):
                    rows = (
                        row
                        for row in readable_rows(old, table)
                        if "id" not in row.keys()  # noqa: SIM118
                        or states.get((table, str(row["id"])), row) is not None
                    )
                    result.from_backup += _put(new, table, rows)
        return {key: words for key, words in named.items() if states.get(key, {}) is not None}
    return {}


def _rebuild_documents(
    new: sqlite3.Connection, listed: Mapping[tuple[str, str], str], result: Salvaged
) -> None:
    """Make the row of a document anew whose text was kept."""
    for row in new.execute(
        "SELECT document, max(id) AS reading FROM readings "
        "WHERE document NOT IN (SELECT id FROM documents) GROUP BY document"
    ).fetchall():
        try:
            prepared = readings.load(new, row["reading"])
        except readings.UNREADABLE:
            continue
        title = prepared.structure.title or listed.get(("documents", row["document"]), "")
        data = prepared.decoded.text.encode("utf-8", "replace")
        made = Document(
            id=row["document"],
            sha256=hashlib.sha256(data).hexdigest(),
            name=f"{title or row['document']}.txt",
            added=now(),
            encoding="utf-8",
            format=prepared.decoded.format,
            title=title or row["document"],
            date=prepared.structure.date,
            source=prepared.structure.source,
            authors=prepared.structure.authors,
            region=prepared.structure.region,
            length=len(prepared.repaired.text),
        )
        _put(new, "originals", [{"sha256": made.sha256, "size": len(data), "data": data}])
        _put(new, "documents", [document_row(made, reading=row["reading"], removed=False)])
        result.doubtful.append(("original", made.title))


def _substitute_originals(new: sqlite3.Connection, result: Salvaged) -> None:
    """Give documents whose bytes are gone or others those of their text, which was kept."""
    for row in new.execute("SELECT * FROM documents").fetchall():
        found = new.execute(
            "SELECT data FROM originals WHERE sha256 = ?", (row["sha256"],)
        ).fetchone()
        if found is not None and hashlib.sha256(found["data"]).hexdigest() == row["sha256"]:
            continue
        try:
            text = readings.load(new, row["reading"]).decoded.text
        except readings.UNREADABLE:
            if found is None:
                new.execute("DELETE FROM documents WHERE id = ?", (row["id"],))
                result.lost.append(("documents", row["title"]))
            else:
                _use_bytes(new, row, found["data"])
                result.doubtful.append(("bytes", row["title"]))
            continue
        data = text.encode("utf-8", "replace")
        _use_bytes(new, row, data)
        new.execute("UPDATE documents SET encoding = 'utf-8' WHERE id = ?", (row["id"],))
        result.doubtful.append(("original", row["title"]))


def _use_bytes(new: sqlite3.Connection, row: sqlite3.Row, data: bytes) -> None:
    """Let a document have ``data`` for its bytes."""
    digest = hashlib.sha256(data).hexdigest()
    new.execute("DELETE FROM originals WHERE sha256 = ?", (row["sha256"],))
    new.execute(
        "INSERT OR IGNORE INTO originals (sha256, size, data) VALUES (?, ?, ?)",
        (digest, len(data), data),
    )
    new.execute("UPDATE OR IGNORE documents SET sha256 = ? WHERE id = ?", (digest, row["id"]))


def drop_unread(connection: sqlite3.Connection) -> list[str]:
    """Drop documents that have no text and whose bytes give none; return their titles."""
    gone = connection.execute(
        "SELECT id, title FROM documents WHERE reading NOT IN (SELECT id FROM readings)"
    ).fetchall()
    for row in gone:
        connection.execute("DELETE FROM documents WHERE id = ?", (row["id"],))
    if gone:
        _drop_dangling(connection)
        recount(connection)
    return [str(row["title"]) for row in gone]


def _drop_dangling(new: sqlite3.Connection) -> None:
    """Drop rows, or empty columns, that refer to what is not there, until none does."""
    tables = [
        row["name"] for row in new.execute("SELECT name FROM sqlite_schema WHERE type='table'")
    ]
    keys = [
        (table, key["from"], key["table"], key["to"] or "id")
        for table in tables
        for key in new.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        if (table, key["from"]) not in _MADE_AGAIN
    ]
    changed = True
    while changed:
        changed = False
        for table, column, other, key in keys:
            do = (
                f'UPDATE {table} SET "{column}" = NULL'  # noqa: S608 - of the schema
                if (table, column) in _EMPTIED
                else f"DELETE FROM {table}"  # noqa: S608 - of the schema
            )
            gone = f'"{column}" NOT IN (SELECT "{key}" FROM {other})'  # noqa: S608 - of the schema
            done = new.execute(f'{do} WHERE "{column}" IS NOT NULL AND {gone}')
            changed = changed or done.rowcount > 0


def _tell_lost(
    new: sqlite3.Connection,
    listed: Mapping[tuple[str, str], str],
    states: Mapping[tuple[str, str], Row | None],
    result: Salvaged,
) -> None:
    wanted = {key: words for key, words in listed.items() if states.get(key, {}) is not None}
    for kind in known.NAMED:
        if not _exists(new, kind):
            continue
        here = set(_keys(new, kind))
        for (one, key), words in wanted.items():
            if one == kind and key not in here:
                result.lost.append((kind, words))
