"""What is asked of the index of entities: counts, places, company, time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.entity import EntityName, EntityType
from meipi.core.fold import fold
from meipi.core.spans import Span

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_OF_SHOWN = "JOIN documents d ON d.reading = m.reading AND NOT d.removed"
"""Only the present readings of documents that are in the list count."""


@dataclass(frozen=True, slots=True)
class Place:
    """One mention in the library."""

    document: str
    title: str
    date: str | None
    reading: int
    span: Span


@dataclass(frozen=True, slots=True)
class Counted:
    """An entity, how often it is named and in how many documents."""

    entity: EntityName
    times: int
    documents: int


def entity_id(connection: sqlite3.Connection, entity: EntityName) -> int | None:
    """Return the number of an entity in the index, found in whatever script it is written."""
    row = connection.execute(
        "SELECT id FROM entities WHERE type = ? AND key = ?", (entity.type, fold(entity.name))
    ).fetchone()
    return None if row is None else int(row["id"])


def counts(connection: sqlite3.Connection, number: int) -> dict[str, int]:
    """Return in which documents an entity is named, and how often in each."""
    rows = connection.execute(
        f"SELECT d.id, count(*) FROM entity_mentions m {_OF_SHOWN} "  # noqa: S608 - a constant
        "WHERE m.entity = ? GROUP BY d.id",
        (number,),
    )
    return {row[0]: row[1] for row in rows}


def counts_elsewhere(connection: sqlite3.Connection, document: str) -> list[Counted]:
    """Return for the entities of a document how often others name them."""
    rows = connection.execute(
        f"""
        SELECT e.type, e.name, count(*) AS times, count(DISTINCT d.id) AS documents
        FROM entity_mentions m {_OF_SHOWN} JOIN entities e ON e.id = m.entity
        WHERE d.id <> :document AND m.entity IN (
            SELECT entity FROM entity_mentions
            WHERE reading = (SELECT reading FROM documents WHERE id = :document)
        )
        GROUP BY m.entity
        """,  # noqa: S608 - a constant
        {"document": document},
    )
    return [_counted(row) for row in rows]


def variants(connection: sqlite3.Connection, number: int) -> dict[str, int]:
    """Return how often an entity is written in which way, the most frequent first."""
    rows = connection.execute(
        f"SELECT m.text, count(*) AS times FROM entity_mentions m {_OF_SHOWN} "  # noqa: S608 - a constant
        "WHERE m.entity = ? GROUP BY m.text ORDER BY times DESC, m.text",
        (number,),
    )
    return {row[0]: row[1] for row in rows}


def places(connection: sqlite3.Connection, number: int) -> Iterator[Place]:
    """Yield every mention of an entity, document by document in the order of their dates."""
    rows = connection.execute(
        f"""
        SELECT d.id, d.title, d.date, m.reading, m.start, m."end"
        FROM entity_mentions m {_OF_SHOWN}
        WHERE m.entity = ? ORDER BY d.date IS NULL, d.date, d.added, d.id, m.start
        """,  # noqa: S608 - a constant
        (number,),
    )
    for row in rows:
        yield Place(row["id"], row["title"], row["date"], row["reading"], Span(row[4], row[5]))


def company(
    connection: sqlite3.Connection, number: int, *, within: str, limit: int
) -> list[Counted]:
    """Return the entities named in the same ``sentence`` or ``paragraph``, most often first."""
    near = {"sentence": "AND o.sentence = m.sentence", "paragraph": ""}[within]
    rows = connection.execute(
        f"""
        SELECT e.type, e.name, count(*) AS times, count(DISTINCT reading) AS documents FROM (
            SELECT DISTINCT o.entity, o.reading, o.start
            FROM entity_mentions m {_OF_SHOWN}
            JOIN entity_mentions o
              ON o.reading = m.reading AND o.paragraph = m.paragraph {near}
            WHERE m.entity = :entity AND o.entity <> :entity
        ) JOIN entities e ON e.id = entity
        GROUP BY entity ORDER BY times DESC, e.name LIMIT :limit
        """,  # noqa: S608 - constants
        {"entity": number, "limit": limit},
    )
    return [_counted(row) for row in rows]


def dates(connection: sqlite3.Connection, number: int) -> dict[str | None, int]:
    """Return how often an entity is named by the date of the document."""
    rows = connection.execute(
        f"SELECT d.date, count(*) FROM entity_mentions m {_OF_SHOWN} "  # noqa: S608 - a constant
        "WHERE m.entity = ? GROUP BY d.date ORDER BY d.date",
        (number,),
    )
    return {row[0]: row[1] for row in rows}


def all_entities(connection: sqlite3.Connection) -> list[Counted]:
    """Return the entities of the library, the most frequent first."""
    rows = connection.execute(
        f"""
        SELECT e.type, e.name, count(*) AS times, count(DISTINCT d.id) AS documents
        FROM entity_mentions m {_OF_SHOWN} JOIN entities e ON e.id = m.entity
        GROUP BY m.entity ORDER BY times DESC, e.name
        """  # noqa: S608 - a constant
    )
    return [_counted(row) for row in rows]


def unsearched(connection: sqlite3.Connection) -> list[str]:
    """Return the documents in which entities were never looked for, the one read last first."""
    rows = connection.execute(
        "SELECT d.id FROM documents d LEFT JOIN places p ON p.document = d.id "
        "WHERE NOT d.removed AND d.reading NOT IN (SELECT reading FROM entity_runs) "
        "ORDER BY coalesce(p.opened, d.added) DESC, d.rowid DESC"
    )
    return [row[0] for row in rows]


def _counted(row: sqlite3.Row) -> Counted:
    name = EntityName(EntityType(row["type"]), row["name"])
    return Counted(name, row["times"], row["documents"])
