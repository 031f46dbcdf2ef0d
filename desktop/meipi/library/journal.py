"""The journal of a library: who did what when. Nothing shortens it, undo adds to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from meipi.library.times import now

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from meipi.library.transaction import Transaction, Value

    Way = Literal["do", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the journal; ``way`` says whether the act was done, undone or done again.

    Lines stand in the order in which they were written, whatever the clock said: ``id`` counts.
    """

    id: int
    entry: int | None
    way: Way
    label: str
    fields: dict[str, Value]
    coder: str
    made: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines are wanted; what is empty does not narrow it. Days are those of UTC."""

    coder: str | None = None
    document: str = ""
    since: str = ""
    until: str = ""


def tell(
    transaction: Transaction,
    way: Way,
    label: str,
    fields: Mapping[str, Value],
    *,
    entry: int | None = None,
    document: str | None = None,
) -> None:
    """Write a line."""
    transaction.connection.execute(
        "INSERT INTO journal (entry, way, label, fields, document, coder, made, origin) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(entry, way, label, json.dumps(dict(fields), ensure_ascii=False), document),
            *(transaction.coder, now(), transaction.origin),
        ),
    )


_NOTES = """
SELECT j.*, coalesce(j.document, (
    SELECT group_concat(DISTINCT i.document) FROM history_images i
    WHERE i.entry = j.entry AND i.document IS NOT NULL
)) AS documents
FROM journal j
"""


def notes(
    connection: sqlite3.Connection, sought: Sought, *, limit: int = -1, before: int | None = None
) -> Iterator[Note]:
    """Yield the lines that are wanted, the latest first; ``before`` goes on from a line."""
    clauses, values = _where(sought, before)
    where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
    rows = connection.execute(
        f"{_NOTES} {where} ORDER BY j.id DESC LIMIT ?",
        (*values, limit),
    )
    for row in rows:
        yield _note(row)


def _where(sought: Sought, before: int | None) -> tuple[list[str], list[object]]:
    of_document = (
        "(j.document = ? OR j.entry IN (SELECT entry FROM history_images WHERE document = ?))"
    )
    wanted: tuple[tuple[str, tuple[object, ...], bool], ...] = (
        ("j.coder = ?", (sought.coder,), sought.coder is not None),
        (of_document, (sought.document, sought.document), bool(sought.document)),
        ("substr(j.made, 1, 10) >= ?", (sought.since,), bool(sought.since)),
        ("substr(j.made, 1, 10) <= ?", (sought.until,), bool(sought.until)),
        ("j.id < ?", (before,), before is not None),
    )
    chosen = [(clause, values) for clause, values, on in wanted if on]
    return [clause for clause, _ in chosen], [value for _, values in chosen for value in values]


def _note(row: sqlite3.Row) -> Note:
    return Note(
        id=row["id"],
        entry=row["entry"],
        way=row["way"],
        label=row["label"],
        fields=json.loads(row["fields"]),
        coder=row["coder"],
        made=row["made"],
        documents=tuple((row["documents"] or "").split(",")) if row["documents"] else (),
    )


def coders(connection: sqlite3.Connection) -> list[str]:
    """Return everybody whom the journal knows."""
    rows = connection.execute("SELECT DISTINCT coder FROM journal ORDER BY coder")
    return [str(row["coder"]) for row in rows]


def last(connection: sqlite3.Connection) -> int:
    """Return the number of the latest line; 0 where there is none."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0])


def moment(connection: sqlite3.Connection, made: str) -> int:
    """Return the latest line written no later than ``made``; 0 before the first.

    Where the clock was put back, what was written after that came later all the same.
    """
    row = connection.execute(
        "SELECT coalesce(max(id), 0) FROM journal WHERE made <= ?", (made,)
    ).fetchone()
    return int(row[0])
