"""Which documents hold some phrases, the one read last first, as many as are asked for."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

_READ_LAST = 300
"""Documents looked at first because they were read last; the others come as they were added.

To look for all phrases in one document takes some 30 microseconds.
"""

_COLUMNS = "d.id, d.title, d.reading"
_RECENT = f"""
SELECT {_COLUMNS}, p.opened AS moment FROM places p JOIN documents d ON d.id = p.document
WHERE p.opened IS NOT NULL AND NOT d.removed ORDER BY p.opened DESC LIMIT {_READ_LAST}
"""  # noqa: S608 - constants
_STREAM = f"""
SELECT {_COLUMNS}, d.added AS moment FROM search JOIN slices s ON s.id = search.rowid
JOIN documents d ON d.reading = s.reading AND NOT d.removed
WHERE search MATCH ? ORDER BY search.rowid DESC
"""  # noqa: S608 - constants


class Holding(NamedTuple):
    """A document that holds what was looked for."""

    id: str
    title: str
    reading: int
    moment: str
    """When it was read last, or added."""


def holding(connection: sqlite3.Connection, phrases: Sequence[str]) -> Iterator[Holding]:
    """Yield the documents that hold all ``phrases``, anywhere in each."""
    recent = [Holding(*row) for row in connection.execute(_RECENT)]
    seen = {one.id for one in recent}
    first = (one for one in recent if _holds(connection, one.reading, phrases))
    rest = (one for one in _others(connection, phrases) if one.id not in seen)
    yield from heapq.merge(first, rest, key=lambda one: one.moment, reverse=True)


def count(connection: sqlite3.Connection, phrases: Sequence[str]) -> int:
    """Return how many documents hold all ``phrases``."""
    return sum(1 for _ in _others(connection, phrases))


def _others(connection: sqlite3.Connection, phrases: Sequence[str]) -> Iterator[Holding]:
    """Yield every document that holds all ``phrases``, once, the one added last first."""
    long = _long(connection) if len(phrases) > 1 else frozenset()
    seen: set[str] = set()
    across = (
        one
        for one in _matching(connection, " OR ".join(phrases))
        if one.reading in long and _holds(connection, one.reading, phrases)
    )
    whole = _matching(connection, " AND ".join(phrases))
    streams = (whole, across) if long else (whole,)
    for one in heapq.merge(*streams, key=lambda one: one.moment, reverse=True):
        if one.id not in seen:
            seen.add(one.id)
            yield one


def _matching(connection: sqlite3.Connection, match: str) -> Iterator[Holding]:
    for row in connection.execute(_STREAM, (match,)):
        yield Holding(*row)


def _long(connection: sqlite3.Connection) -> frozenset[int]:
    """Return the readings of several slices: phrases may stand in different ones."""
    rows = connection.execute("SELECT DISTINCT reading FROM slices WHERE start > 0")
    return frozenset(row[0] for row in rows)


def _holds(connection: sqlite3.Connection, reading: int, phrases: Sequence[str]) -> bool:
    slices = connection.execute("SELECT id FROM slices WHERE reading = ?", (reading,)).fetchall()
    return all(any(_matches(connection, row[0], phrase) for row in slices) for phrase in phrases)


def _matches(connection: sqlite3.Connection, number: int, phrase: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", (phrase, number)
    ).fetchone()
    return found is not None
