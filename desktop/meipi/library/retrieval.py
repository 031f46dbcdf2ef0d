"""Asks queries of a library: first only which rows there are, in order, then a page of them."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from meipi.core.fold import fold
from meipi.core.query import Query, Unit
from meipi.core.spans import Span
from meipi.library.query_functions import register
from meipi.library.query_names import Names
from meipi.library.query_pieces import TRUE, Sql, joined
from meipi.library.query_sql import Compiler
from meipi.library.readings import UNREADABLE, load_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

MOST = 200_000
"""Rows listed at most; nobody reads as many, and a narrower query is quick to type."""
_CONTEXT = 40
_SHOWN = 400
"""Characters of a paragraph that a row holds."""

_ROWS: dict[Unit, str] = {
    # Joined so that what a question does not touch is left out of it.
    Unit.PASSAGES: "annotations a LEFT JOIN documents d ON d.id = a.document "
    "LEFT JOIN tags t ON t.id = a.tag",
    Unit.PARAGRAPHS: "(SELECT o.id AS document, p.start AS start, coalesce((SELECT q.start FROM "
    "paragraphs q WHERE q.reading = p.reading AND q.start > p.start ORDER BY q.start LIMIT 1), "
    'o.length) AS "end" FROM documents o JOIN paragraphs p ON p.reading = o.reading '
    "WHERE NOT o.removed) a JOIN documents d ON d.id = a.document",
    Unit.DOCUMENTS: '(SELECT id AS document, 0 AS start, length AS "end" FROM documents '
    "WHERE NOT removed) a JOIN documents d ON d.id = a.document",
}
_THERE = Sql("a.document NOT IN (SELECT id FROM documents WHERE removed)")
_KEYS: dict[Unit, tuple[str, ...]] = {
    Unit.PASSAGES: ("a.rowid",),
    Unit.PARAGRAPHS: ("d.rowid", "a.start", 'a."end"'),
    Unit.DOCUMENTS: ("d.rowid",),
}
_IN_TEXT = "a.start"
_OF_DOCUMENTS: dict[str, tuple[str, ...]] = {
    "place": ("d.rowid",),
    "document": ("d.title", "d.id"),
    "date": ("d.date IS NULL", "d.date", "d.title", "d.id"),
}
_OF_PASSAGES: dict[str, tuple[str, ...]] = {
    "match": ("in_a_line(a.quote)",),
    "before": ("backwards(a.prefix)",),
    "after": ("in_a_line(a.suffix)",),
    "tag": ("a.tag IS NULL", "t.position", "t.name"),
    "coder": ("a.coder",),
    "made": ("a.created",),
    "note": ("a.note = ''", "a.note"),
}
SORTS = (*_OF_DOCUMENTS, *_OF_PASSAGES)
"""What rows can be sorted by; by the last seven only passages."""


@dataclass(frozen=True, slots=True)
class Order:
    """How rows are sorted."""

    by: str = "place"
    reverse: bool = False


BY_PLACE = Order()


@dataclass(frozen=True, slots=True)
class Keys:
    """The rows that a query found, in order; what they say is read a page at a time."""

    unit: Unit
    numbers: array[int]
    more: bool = False
    """Whether there are more than are listed."""

    def __len__(self) -> int:
        return len(self.numbers) // len(_KEYS[self.unit])

    def first(self, count: int) -> Keys:
        """Return no more than ``count`` of them."""
        most = max(0, count) * len(_KEYS[self.unit])
        return Keys(self.unit, self.numbers[:most], more=self.more or most < len(self.numbers))

    def slice(self, start: int, stop: int) -> list[tuple[int, ...]]:
        """Return some of the keys."""
        width = len(_KEYS[self.unit])
        part = self.numbers[start * width : stop * width]
        return [tuple(part[at : at + width]) for at in range(0, len(part), width)]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage, a paragraph or a document, with the words around it."""

    document: str
    title: str
    date: str | None
    span: Span
    before: str = ""
    match: str = ""
    after: str = ""
    tags: tuple[str, ...] = ()
    """Of a passage its own; else those that lie within."""
    coder: str = ""
    note: str = ""
    annotation: str = ""
    created: str = ""


def condition(connection: sqlite3.Connection, query: Query) -> Sql:
    """Return what the rows of ``query`` satisfy. Raises ``MeipiError`` naming the place."""
    register(connection)
    asked = Compiler(query, Names(connection, query.text)).condition()
    return joined("AND", [_THERE, asked]) if query.unit is Unit.PASSAGES else asked


def rows_of(unit: Unit) -> str:
    """Return the tables of the rows: ``a`` and its document ``d``."""
    return _ROWS[unit]


def find(
    connection: sqlite3.Connection, query: Query, order: Order = BY_PLACE, *, sift: str = ""
) -> Keys:
    """Return the rows of ``query`` in order; ``sift`` keeps those with these words to be seen."""
    where = joined("AND", [condition(connection, query), _sifted(query.unit, sift)])
    columns = ", ".join(_KEYS[query.unit])
    sql = (
        f"SELECT {columns} FROM {_ROWS[query.unit]} WHERE {where.text} "  # noqa: S608 - made of constants
        f"ORDER BY {_ordering(query.unit, order)} LIMIT {MOST + 1}"
    )
    cursor = connection.cursor()
    cursor.row_factory = None  # bare tuples: half the time where there are many
    numbers = array("q", chain.from_iterable(cursor.execute(sql, where.values)))
    width = len(_KEYS[query.unit])
    more = len(numbers) > MOST * width
    return Keys(query.unit, numbers[: MOST * width], more)


def count(connection: sqlite3.Connection, query: Query) -> int:
    """Return how many rows ``query`` has."""
    where = condition(connection, query)
    sql = f"SELECT count(*) FROM {_ROWS[query.unit]} WHERE {where.text}"  # noqa: S608 - made of constants
    return int(connection.execute(sql, where.values).fetchone()[0])


def page(connection: sqlite3.Connection, keys: Keys, start: int, stop: int) -> list[Found | None]:
    """Return some of the rows; nothing for one that is gone meanwhile."""
    return _PAGES[keys.unit](connection, keys.slice(start, stop))


_SAID = 200
"""Names offered at most."""


def said(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the coders of passages and the sources of documents, the most frequent first."""
    found = {}
    for name, table in (("coder", "annotations"), ("source", "documents")):
        rows = connection.execute(
            f"SELECT {name} FROM {table} WHERE coalesce({name}, '') <> '' "  # noqa: S608 - constants
            f"GROUP BY {name} ORDER BY count(*) DESC LIMIT {_SAID}"
        )
        found[name] = [str(row[0]) for row in rows]
    return found


def attribute_values(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the attributes by name, each with the values it was given, some at most."""
    found: dict[str, list[str]] = {}
    for row in connection.execute("SELECT id, name FROM attributes ORDER BY position").fetchall():
        values = connection.execute(
            "SELECT DISTINCT value FROM attribute_values WHERE attribute = ? LIMIT ?",
            (row["id"], _SAID),
        )
        found[str(row["name"])] = [str(value[0]) for value in values]
    return found


def _ordering(unit: Unit, order: Order) -> str:
    by = order.by if order.by in _OF_DOCUMENTS or unit is Unit.PASSAGES else "place"
    columns = _OF_DOCUMENTS.get(by) or (*_OF_PASSAGES[by], "d.title", "d.id")
    first = [f"{column}{' DESC' if order.reverse else ''}" for column in columns]
    return ", ".join((*first, _IN_TEXT))


def _sifted(unit: Unit, sift: str) -> Sql:
    if not sift.strip():
        return TRUE
    columns = ["d.title"]
    if unit is Unit.PASSAGES:
        columns += ["a.prefix || a.quote || a.suffix", "a.note", "coalesce(t.name, '')", "a.coder"]
    joint = " || char(10) || ".join(columns)
    return Sql(f"has_folded(?, {joint})", (fold(sift.strip()),))


def _passages(
    connection: sqlite3.Connection, keys: Sequence[tuple[int, ...]]
) -> list[Found | None]:
    found: dict[int, Found] = {}
    for part in _parts([key[0] for key in keys]):
        rows = connection.execute(
            "SELECT a.rowid AS number, a.*, d.title, d.date FROM annotations a "  # noqa: S608 - question marks
            f"JOIN documents d ON d.id = a.document WHERE a.rowid IN ({_marks(part)})",
            part,
        )
        found |= {row["number"]: _passage(row) for row in rows}
    return [found.get(key[0]) for key in keys]


def _passage(row: sqlite3.Row) -> Found:
    return Found(
        row["document"],
        row["title"],
        row["date"],
        Span(row["start"], row["end"]),
        _line(row["prefix"]),
        _line(row["quote"]),
        _line(row["suffix"]),
        () if row["tag"] is None else (row["tag"],),
        row["coder"],
        row["note"],
        row["id"],
        row["created"],
    )


def _paragraphs(
    connection: sqlite3.Connection, keys: Sequence[tuple[int, ...]]
) -> list[Found | None]:
    texts: dict[int, str] = {}
    found: list[Found | None] = []
    for number, start, end in keys:
        row = _document(connection, number)
        if row is None:
            found.append(None)
            continue
        if row["reading"] not in texts:
            texts = {row["reading"]: _text(connection, row["reading"])}
        match = texts[row["reading"]][start : min(end, start + _SHOWN)]
        tags = _tags_within(connection, row["id"], start, end)
        span = Span(start, max(start, end))
        found.append(
            Found(row["id"], row["title"], row["date"], span, match=_line(match), tags=tags)
        )
    return found


def _documents(
    connection: sqlite3.Connection, keys: Sequence[tuple[int, ...]]
) -> list[Found | None]:
    found: list[Found | None] = []
    for (number,) in keys:
        row = _document(connection, number)
        if row is None:
            found.append(None)
            continue
        match = _line(_text(connection, row["reading"])[:_SHOWN])
        tags = _tags_within(connection, row["id"], 0, row["length"] + 1)
        found.append(
            Found(row["id"], row["title"], row["date"], Span(0, 0), match=match, tags=tags)
        )
    return found


def _document(connection: sqlite3.Connection, number: int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "SELECT id, title, date, reading, length FROM documents WHERE rowid = ?", (number,)
    ).fetchone()
    return row


def _tags_within(
    connection: sqlite3.Connection, document: str, start: int, end: int
) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT DISTINCT a.tag FROM annotations a JOIN tags t ON t.id = a.tag "
        'WHERE a.document = ? AND a.start < ? AND a."end" > ? ORDER BY t.position',
        (document, end, start),
    )
    return tuple(row["tag"] for row in rows)


def _text(connection: sqlite3.Connection, reading: int) -> str:
    try:
        return load_text(connection, reading)
    except UNREADABLE:  # a damaged text is reported where it is opened
        return ""


def _line(words: str) -> str:
    return " ".join(words.split())


def _parts(numbers: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(numbers), 500):
        yield numbers[at : at + 500]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


_PAGES = {
    Unit.PASSAGES: _passages,
    Unit.PARAGRAPHS: _paragraphs,
    Unit.DOCUMENTS: _documents,
}
