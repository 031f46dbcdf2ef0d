"""Retrieval: the passages, paragraphs or documents of a query, and queries kept by name."""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError
from meipi.library import queries, retrieval
from meipi.library.retrieval import BY_PLACE, SORTS, Found, Keys, Order
from meipi.library.rows import storable
from meipi.library.times import now
from meipi.services.query_text import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.core.query import Query
    from meipi.library import Library
    from meipi.library.transaction import Row, Transaction

__all__ = ("SORTS", "Found", "Keys", "Order", "Retrieving", "SavedQuery")

COLUMNS = (
    *("document", "title", "date", "start", "end", "before", "match", "after"),
    *("tags", "coder", "note", "created", "annotation"),
)
"""The columns of a table of rows."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query kept by name."""

    id: str
    name: str
    text: str


class Retrieving:
    """Asks queries of a library. Every change of saved ones is one entry of the history."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def find(self, text: str, order: Order = BY_PLACE, *, sift: str = "") -> Keys:
        """Return which rows the query in ``text`` has, in order.

        ``sift`` keeps those in which its words are to be seen. Raises ``MeipiError`` with
        ``QUERY_INVALID``, which names the place, where the query cannot be read.
        """
        query = parse(text)
        with self._library.reading() as connection:
            return retrieval.find(connection, query, order, sift=sift)

    def count(self, text: str) -> int:
        """Return how many rows the query in ``text`` has."""
        query = parse(text)
        with self._library.reading() as connection:
            return retrieval.count(connection, query)

    def check(self, text: str) -> Query:
        """Return the query in ``text``, sure to be one that can be asked. Raises ``MeipiError``."""
        query = parse(text)
        with self._library.reading() as connection:
            retrieval.condition(connection, query)
        return query

    def page(self, keys: Keys, start: int, stop: int) -> list[Found | None]:
        """Return some rows of what was found; nothing for one that is gone meanwhile."""
        with self._library.reading() as connection:
            return retrieval.page(connection, keys, start, stop)

    def rows(self, keys: Keys) -> Iterator[Found]:
        """Yield every row that is still there."""
        for start in range(0, len(keys), _AT_ONCE):
            for row in self.page(keys, start, start + _AT_ONCE):
                if row is not None:
                    yield row

    def table(self, keys: Keys) -> str:
        """Return all rows as a table with commas, a line for the names of the columns first."""
        with self._library.reading() as connection:
            names = {tag.id: tag.name for tag in queries.tags(connection)}
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(list(cells(row, names).values()) for row in self.rows(keys))
        return out.getvalue()

    def said(self) -> dict[str, list[str]]:
        """Return the coders of passages and the sources of documents, the most frequent first."""
        with self._library.reading() as connection:
            return retrieval.said(connection)

    def attribute_values(self) -> dict[str, list[str]]:
        """Return the attributes by name, each with the values it was given, some at most."""
        with self._library.reading() as connection:
            return retrieval.attribute_values(connection)

    # Saved queries.

    def saved(self) -> list[SavedQuery]:
        """Return the saved queries in their order."""
        with self._library.reading() as connection:
            rows = queries.saved_queries(connection)
        return [SavedQuery(str(row["id"]), str(row["name"]), str(row["text"])) for row in rows]

    def save(self, name: str, text: str) -> Future[Changes]:
        """Keep a query by name; `Changes.queries` holds its id. One so named is written over."""
        name = storable(name.strip())

        def work(transaction: Transaction) -> None:
            known = queries.saved_queries(transaction.connection)
            same = _called(name, known)
            if same is not None:
                transaction.update("queries", str(same["id"]), text=storable(text), modified=now())
                transaction.name("query_update", name=name)
                return
            last = max((int(str(row["position"])) for row in known), default=-1)
            moment = now()
            transaction.insert(
                "queries",
                {
                    "id": uuid.uuid4().hex,
                    "name": name,
                    "text": storable(text),
                    "position": last + 1,
                    "created": moment,
                    "modified": moment,
                },
            )
            transaction.name("query_add", name=name)

        _check_name(name)
        return self._library.submit(work)

    def rename(self, query: str, name: str) -> Future[Changes]:
        """Call a saved query otherwise."""
        name = storable(name.strip())

        def work(transaction: Transaction) -> None:
            row = _find(transaction, query)
            same = _called(name, queries.saved_queries(transaction.connection))
            if same is not None and same["id"] != query:
                raise MeipiError(ErrorCode.QUERY_EXISTS, name=name)
            transaction.update("queries", query, name=name, modified=now())
            transaction.name("query_rename", name=row["name"], to=name)

        _check_name(name)
        return self._library.submit(work)

    def delete(self, saved: Iterable[str]) -> Future[Changes]:
        """Delete saved queries, all in one act."""
        keys = list(dict.fromkeys(saved))

        def work(transaction: Transaction) -> None:
            names = [str(_find(transaction, key)["name"]) for key in keys]
            for key in keys:
                transaction.delete("queries", key)
            if len(names) == 1:
                transaction.name("query_delete", name=names[0])
            else:
                transaction.name("queries_delete", count=len(names))

        return self._library.submit(work)


def cells(row: Found, names: dict[str, str]) -> dict[str, object]:
    """Return what a row says by the names of `COLUMNS`; ``names`` are those of tags."""
    return {
        "document": row.document,
        "title": row.title,
        "date": row.date or "",
        "start": row.span.start,
        "end": row.span.end,
        "before": row.before,
        "match": row.match,
        "after": row.after,
        "tags": "; ".join(names.get(tag, tag) for tag in row.tags),
        "coder": row.coder,
        "note": row.note,
        "created": row.created,
        "annotation": row.annotation,
    }


def _called(name: str, known: Iterable[Row]) -> Row | None:
    return next((row for row in known if row["name"] == name), None)


def _check_name(name: str) -> None:
    if not name:
        raise MeipiError(ErrorCode.QUERY_NAMELESS)


def _find(transaction: Transaction, query: str) -> Row:
    row = transaction.find("queries", query)
    if row is None:
        raise MeipiError(ErrorCode.QUERY_UNKNOWN, query=query)
    return row
