"""Numbers over the passages of a query, as tables that a window draws and a file holds."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from meipi.core.fold import fold
from meipi.core.query import (
    ANY,
    Compare,
    Field,
    Node,
    Not,
    Query,
    Related,
    Relation,
    Term,
    Unit,
)
from meipi.core.tag_tree import in_order, path_of
from meipi.library import numbers, queries
from meipi.library.numbers import GROUPS, TOGETHER
from meipi.library.query_names import PATH
from meipi.services.query_text import parse, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.core.messages import Language
    from meipi.library import Library

__all__ = ("GROUPS", "TOGETHER", "Numbers", "Table", "passages_behind")

_FIRST = {"year": "0000", "month": "0000-01"}
"""The earliest of the dates that are counted by."""
_FIELDS = {
    "year": Field.DATE,
    "month": Field.DATE,
    "coder": Field.CODER,
    "source": Field.SOURCE,
    "region": Field.REGION,
    "document": Field.DOCUMENT,
}


MOST = 400
"""Columns of a table at most; the greatest, or the latest, are kept."""


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers by tag and by something else; cells that are nothing are left out.

    ``by`` is one of `GROUPS` or the id of an attribute; with a ``relation`` columns are tags too.
    """

    by: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], float]
    names: Mapping[str, str] = field(default_factory=dict)
    """Of tags, documents and the attribute."""
    shares: bool = False
    """Whether the numbers are parts of a whole, from 0 to 1."""
    relation: Relation | None = None

    def name(self, key: str) -> str:
        """Return what a row or column is called."""
        return self.names.get(key, key)

    def value(self, row: str, column: str) -> float:
        """Return the number of a cell."""
        return self.cells.get((row, column), 0)

    @property
    def top(self) -> float:
        """The greatest number; of tags with themselves none counts."""
        return max(
            (n for (row, column), n in self.cells.items() if row != column),
            default=0,
        )

    def totals(self) -> list[tuple[str, float]]:
        """Return the sum of each row."""
        counted = Counter[str]()
        for (row, _), value in self.cells.items():
            counted[row] += value  # type: ignore[assignment]  # shares are not whole
        return [(row, counted[row]) for row in self.rows]

    def csv(self) -> str:
        """Return the table with commas, names first."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["", *(self.name(column) for column in self.columns)])
        for row in self.rows:
            values = [self.value(row, column) for column in self.columns]
            writer.writerow([self.name(row), *(_plain(value) for value in values)])
        return out.getvalue()


class Numbers:
    """Counts what queries find. Every method raises ``MeipiError`` for a query that is wrong."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def by(self, text: str, group: str) -> Table:
        """Count passages by tag and ``group``: one of `GROUPS` or the id of an attribute."""
        query = parse(text)
        with self._library.reading() as connection:
            found = numbers.cells(connection, query, group)
        return self._table(group, found)

    def frequency(self, text: str) -> Table:
        """Count the passages of each tag, in a table of one column."""
        counted = self.by(text, "coder")
        cells = {(row, ANY): total for row, total in counted.totals()}
        return Table("", counted.rows, (ANY,), cells, counted.names)

    def together(self, text: str, relation: Relation) -> Table:
        """Count how often tags lie together; a tag with itself, how often it is there at all."""
        query = parse(text)
        with self._library.reading() as connection:
            found = numbers.together(connection, query, relation)
        cells: dict[tuple[str, str], float] = dict(found)
        cells |= {(other, one): value for (one, other), value in found.items()}
        tags = self._tags()
        rows = tuple(tag for tag in tags if (tag, tag) in cells)
        return Table("", rows, rows, cells, tags, relation=relation)

    def coverage(self, text: str) -> Table:
        """Return which part of each document's characters lies under each tag."""
        query = parse(text)
        with self._library.reading() as connection:
            found = numbers.covered(connection, query)
            lengths = numbers.lengths(connection)
        shares: dict[tuple[str, str], float] = {
            (tag, document): count / lengths[document]
            for (tag, document), count in found.items()
            if lengths.get(document)
        }
        return self._table("document", shares, shares=True)

    def coverage_of_all(self, text: str) -> list[tuple[str, float]]:
        """Return which part of all characters in the library lies under each tag."""
        query = parse(text)
        with self._library.reading() as connection:
            found = numbers.covered(connection, query)
            total = sum(numbers.lengths(connection).values())
        counted = Counter[str]()
        for (tag, _), count in found.items():
            counted[tag] += count
        return [(tag, counted[tag] / total) for tag in self._tags() if counted[tag]]

    def attributes(self) -> dict[str, str]:
        """Return what attributes there are to count by: ids and names."""
        with self._library.reading() as connection:
            return numbers.attribute_names(connection)

    def names(self) -> dict[str, str]:
        """Return what the tags are called, in the order of their tree; namesakes by paths."""
        return self._tags()

    def _table(
        self, by: str, cells: Mapping[tuple[str, str], float], *, shares: bool = False
    ) -> Table:
        tags = self._tags()
        used = {row for row, _ in cells}
        columns = Counter[str]()
        for (_, column), value in cells.items():
            columns[column] += value  # type: ignore[assignment]
        ordered = sorted(columns) if by in _FIRST else [key for key, _ in columns.most_common()]
        names = dict(tags)
        if by == "document":
            with self._library.reading() as connection:
                names |= numbers.titles(connection, ordered[:MOST])
        elif by not in GROUPS:
            with self._library.reading() as connection:
                names |= numbers.attribute_names(connection)
        rows = tuple(tag for tag in tags if tag in used)
        kept = tuple(ordered[-MOST:] if by in _FIRST else ordered[:MOST])
        return Table(by, rows, kept, cells, names, shares=shares)

    def _tags(self) -> dict[str, str]:
        """Return what the tags are called in the order of the tree; namesakes by their paths."""
        with self._library.reading() as connection:
            known = in_order(queries.tags(connection))
        often = Counter(fold(tag.name) for tag in known)
        return {
            tag.id: tag.name if often[fold(tag.name)] == 1 else PATH.join(path_of(tag.id, known))
            for tag in known
        }


def passages_behind(text: str, table: Table, row: str, column: str, language: Language) -> str:
    """Return the query whose passages a cell of ``table`` counts, asked within ``text``.

    `ANY` in the place of a row or column stands for all of them.
    """
    node = parse(text).node
    compare = Compare.HAS if row == ANY else Compare.IS
    tag: Node = Term(Field.TAG, row if row == ANY else table.name(row), compare)
    if table.relation is not None:
        other = Term(Field.TAG, table.name(column), Compare.IS)
        found: Node = tag if column in {row, ANY} else Related(tag, table.relation, other)
    elif column == ANY:
        found = tag
    else:
        found = Related(tag, Relation.SAME, _in_column(table, column))
    if node is not None:
        found = Related(node, Relation.SAME, found)
    return write(Query(found, Unit.PASSAGES), language)


def _in_column(table: Table, column: str) -> Node:
    """Return the condition that the passages of a column satisfy."""
    name = table.names.get(table.by, "")
    kind = _FIELDS.get(table.by, Field.ATTRIBUTE)
    if not column and table.by in _FIRST:  # no date, or none as precise
        return Not(Term(kind, _FIRST[table.by], Compare.FROM))
    if not column:
        return Not(Term(kind, ANY, Compare.HAS, name))
    compare = Compare.HAS if kind is Field.DATE else Compare.IS
    return Term(kind, column, compare, name)


def _plain(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.6f}"
