"""Which documents hold some phrases, the one read last first, as many as are asked for."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

_READ_LAST = 40
"""Documents looked through first because they were read last; the others come as they were added.

The index is no help with them: to ask it of one document takes as long as of all.
"""
_SHORT = 100_000
"""Characters of a text that is looked through; in a longer one nobody waits for that."""

_COLUMNS = "d.id, d.title, d.reading"
_RECENT = f"""
SELECT {_COLUMNS}, p.opened AS moment FROM places p JOIN documents d ON d.id = p.document
WHERE p.opened IS NOT NULL AND NOT d.removed AND d.length <= {_SHORT}
ORDER BY p.opened DESC LIMIT {_READ_LAST}
"""  # noqa: S608 - constants
_STREAM = f"""
SELECT {_COLUMNS}, d.added AS moment FROM search CROSS JOIN slices s ON s.id = search.rowid
CROSS JOIN documents d ON d.reading = s.reading AND NOT d.removed
WHERE search MATCH ? ORDER BY search.rowid DESC
"""  # noqa: S608 - constants
_LONG = """
SELECT DISTINCT s.reading FROM search CROSS JOIN slices s ON s.id = search.rowid
WHERE search MATCH ? AND s.reading IN (SELECT reading FROM slices WHERE start > 0)
"""


class Holding(NamedTuple):
    """A document that holds what was looked for."""

    id: str
    title: str
    reading: int
    moment: str
    """When it was read last, or added."""


def holding(
    connection: sqlite3.Connection, phrases: Sequence[str], holds: Callable[[int], bool]
) -> Iterator[Holding]:
    """Yield the documents that hold all ``phrases``, anywhere in each.

    ``holds`` says whether the text of a reading does, without the index.
    """
    recent = [Holding(*row) for row in connection.execute(_RECENT)]
    seen = {one.id for one in recent}
    first = (one for one in recent if holds(one.reading))
    rest = (one for one in all_holding(connection, phrases) if one.id not in seen)
    yield from heapq.merge(first, rest, key=lambda one: one.moment, reverse=True)


def all_holding(connection: sqlite3.Connection, phrases: Sequence[str]) -> Iterator[Holding]:
    """Yield every document that holds all ``phrases``, once, the one added last first."""
    streams = [_matching(connection, " AND ".join(phrases))]
    if len(phrases) > 1:
        streams.append(_across(connection, phrases))
    seen: set[str] = set()
    for one in heapq.merge(*streams, key=lambda one: one.moment, reverse=True):
        if one.id not in seen:
            seen.add(one.id)
            yield one


def _matching(connection: sqlite3.Connection, match: str) -> Iterator[Holding]:
    """Yield the documents of which a slice fits."""
    for row in connection.execute(_STREAM, (match,)):
        yield Holding(*row)


def _across(connection: sqlite3.Connection, phrases: Sequence[str]) -> Iterator[Holding]:
    """Yield the long documents that hold the phrases in different slices."""
    if connection.execute("SELECT 1 FROM slices WHERE start > 0 LIMIT 1").fetchone() is None:
        return
    found = [{row[0] for row in connection.execute(_LONG, (phrase,))} for phrase in phrases]
    rows = [
        connection.execute(
            f"SELECT {_COLUMNS}, d.added FROM documents d WHERE reading = ? AND NOT removed",  # noqa: S608 - a constant
            (reading,),
        ).fetchone()
        for reading in set.intersection(*found)
    ]
    documents = [Holding(*row) for row in rows if row is not None]
    yield from sorted(documents, key=lambda one: one.moment, reverse=True)
