"""Counts over the passages of a query: by tag and document, date or attribute; what lies together.

One pass over the passages in the order of documents; what a passage touches is worked out here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import combinations, groupby
from typing import TYPE_CHECKING, NamedTuple

from meipi.core.query import Query, Relation, Unit
from meipi.library import retrieval

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Pairs = Counter[tuple[str, str]]

_DATED = "iif(length(d.date) >= {size} AND d.date GLOB '[0-9]*', substr(d.date, 1, {size}), '')"
_COLUMNS: dict[str, str] = {
    "document": "a.document",
    "year": _DATED.format(size=4),
    "month": _DATED.format(size=7),
    "coder": "a.coder",
    "source": "coalesce(d.source, '')",
    "region": "coalesce(d.region, '')",
}
GROUPS = tuple(_COLUMNS)
"""What passages can be counted by beside the attributes, which are asked for by their ids."""


class Passage(NamedTuple):
    """What is counted of a passage."""

    document: str
    reading: int
    start: int
    end: int
    tag: str


def passages(connection: sqlite3.Connection, query: Query) -> Iterator[Passage]:
    """Yield the tagged passages of ``query`` document by document, in each by place."""
    query = Query(query.node, Unit.PASSAGES, query.text)
    where = retrieval.condition(connection, query)
    rows = connection.execute(
        'SELECT a.document, d.reading, a.start, a."end", a.tag '  # noqa: S608 - made of constants
        f"FROM {retrieval.rows_of(Unit.PASSAGES)} WHERE a.tag IS NOT NULL AND {where.text} "
        "ORDER BY a.document, a.start",
        where.values,
    )
    for row in rows:
        yield Passage(*row)


def cells(connection: sqlite3.Connection, query: Query, by: str) -> dict[tuple[str, str], int]:
    """Count passages by tag and by one of `GROUPS`, or by the values of the attribute ``by``.

    What has no date or value is counted under the empty word.
    """
    query = Query(query.node, Unit.PASSAGES, query.text)
    where = retrieval.condition(connection, query)
    column = _COLUMNS.get(by, _VALUE)
    values = () if by in _COLUMNS else (by,)
    rows = connection.execute(
        f"SELECT a.tag, {column} AS part, count(*) "  # noqa: S608 - made of constants
        f"FROM {retrieval.rows_of(Unit.PASSAGES)} "
        f"WHERE a.tag IS NOT NULL AND {where.text} GROUP BY a.tag, part",
        (*values, *where.values),
    )
    return {(row[0], row[1]): row[2] for row in rows}


_VALUE = (
    "coalesce((SELECT v.value FROM attribute_values v WHERE v.attribute = ? "
    "AND v.document = a.document AND (v.annotation IS NULL OR v.annotation = a.id)), '')"
)


def together(connection: sqlite3.Connection, query: Query, relation: Relation) -> Pairs:
    """Count how often passages of two tags lie together; a tag with itself, how often it is there.

    ``OVERLAP`` counts pairs of passages, ``PARAGRAPH`` and ``DOCUMENT`` the paragraphs and
    documents that both touch. The lesser id comes first.
    """
    counted: Pairs = Counter()
    meet = _MEETINGS[relation]
    for _, group in groupby(passages(connection, query), key=lambda one: one.document):
        meet(connection, list(group), counted)
    return counted


def covered(connection: sqlite3.Connection, query: Query) -> dict[tuple[str, str], int]:
    """Count the characters that lie under each tag in each document."""
    counted: dict[tuple[str, str], int] = {}
    for document, group in groupby(passages(connection, query), key=lambda one: one.document):
        spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for one in group:
            spans[one.tag].append((one.start, one.end))
        for tag, parts in spans.items():
            counted[tag, document] = _union(parts)
    return counted


def lengths(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many characters each document has."""
    rows = connection.execute("SELECT id, length FROM documents WHERE NOT removed")
    return {row[0]: row[1] for row in rows}


def titles(connection: sqlite3.Connection, documents: Sequence[str]) -> dict[str, str]:
    """Return the titles of some documents."""
    found = {}
    for key in documents:
        row = connection.execute("SELECT title FROM documents WHERE id = ?", (key,)).fetchone()
        if row is not None:
            found[key] = str(row[0])
    return found


def attribute_names(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what the attributes are called, by their ids."""
    rows = connection.execute("SELECT id, name FROM attributes ORDER BY position, id")
    return {row[0]: row[1] for row in rows}


def _union(spans: Iterable[tuple[int, int]]) -> int:
    """Return how many characters lie under any of ``spans``, which come by their starts.

    >>> _union([(0, 5), (2, 3), (4, 8), (10, 12)])
    10
    """
    total = reached = 0
    for start, end in spans:
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _overlapping(_: sqlite3.Connection, group: list[Passage], counted: Pairs) -> None:
    open_: list[Passage] = []
    for one in group:
        open_ = [other for other in open_ if other.end > one.start]
        counted[one.tag, one.tag] += 1
        for other in open_:
            if other.tag != one.tag and other.start < one.end:
                counted[_pair(one.tag, other.tag)] += 1
        open_.append(one)


def _in_paragraphs(connection: sqlite3.Connection, group: list[Passage], counted: Pairs) -> None:
    rows = connection.execute(
        "SELECT start FROM paragraphs WHERE reading = ? ORDER BY start", (group[0].reading,)
    )
    starts = [row[0] for row in rows]
    touched: defaultdict[int, set[str]] = defaultdict(set)
    for one in group:
        first = bisect_right(starts, one.start)
        last = bisect_right(starts, max(one.start, one.end - 1))
        for paragraph in range(first, last + 1):
            touched[paragraph].add(one.tag)
    for tags in touched.values():
        _add(tags, counted)


def _in_document(_: sqlite3.Connection, group: list[Passage], counted: Pairs) -> None:
    _add({one.tag for one in group}, counted)


def _add(tags: set[str], counted: Pairs) -> None:
    for tag in tags:
        counted[tag, tag] += 1
    for pair in combinations(sorted(tags), 2):
        counted[pair] += 1


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


_MEETINGS: dict[Relation, Callable[[sqlite3.Connection, list[Passage], Pairs], None]] = {
    Relation.OVERLAP: _overlapping,
    Relation.PARAGRAPH: _in_paragraphs,
    Relation.DOCUMENT: _in_document,
}
TOGETHER = tuple(_MEETINGS)
"""The ways of lying together that are counted."""
