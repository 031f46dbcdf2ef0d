"""Entities of documents: found once by the worker, then kept in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.changes import Changes
from meipi.core.errors import ErrorCode, MeipiError
from meipi.library import queries
from meipi.services import pipeline

if TYPE_CHECKING:
    from concurrent.futures import Future

    from meipi.core.entity import EntityType, Mention
    from meipi.library import Library
    from meipi.library.transaction import Transaction
    from meipi.services.jobs import Jobs


class Entities:
    """The entities in the documents of a library."""

    def __init__(self, library: Library, jobs: Jobs) -> None:
        self._library = library
        self._jobs = jobs

    def stored(self, document: str) -> tuple[Mention, ...] | None:
        """Return the mentions of a document by place; nothing where they are yet to be found."""
        number = self._reading_of(document)[0]
        with self._library.reading() as connection:
            return queries.mentions(connection, number)

    def find(self, document: str) -> Future[tuple[Mention, ...]]:
        """Find the mentions of a document, unless that was done, and keep them."""
        return self._jobs.later(self._find, document)

    def counts(self, canonical: str, kind: EntityType) -> dict[str, int]:
        """Return in which documents an entity is named, and how often in each."""
        with self._library.reading() as connection:
            return queries.mention_counts(connection, canonical, kind)

    def _find(self, document: str) -> tuple[Mention, ...]:
        number, name = self._reading_of(document)
        with self._library.reading() as connection:
            known = queries.mentions(connection, number)
        if known is not None:
            return known
        prepared = self._library.load_reading(number)
        found = self._jobs.engine.call(
            name, pipeline.find_mentions, prepared.repaired.text, prepared.structure
        )

        def work(transaction: Transaction) -> None:
            queries.put_mentions(transaction.connection, number, found)
            transaction.touch(Changes(entities=frozenset([document])))

        self._library.submit(work).result()
        return found

    def _reading_of(self, document: str) -> tuple[int, str]:
        with self._library.reading() as connection:
            found = queries.document(connection, document)
        if found is None:
            raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=document)
        return found[1], found[0].name
