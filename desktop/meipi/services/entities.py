"""Entities of documents: found once by the worker, kept in the library, as the reader has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.changes import Changes
from meipi.core.corrections import NameRules, apply_corrections
from meipi.core.errors import ErrorCode, MeipiError
from meipi.library import naming, naming_queries, queries
from meipi.library.readings import load_text
from meipi.services.concordance import EntityPage, describe_entity
from meipi.services.entity_search import Searches

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from concurrent.futures import Future

    from meipi.core.document import Document
    from meipi.core.entity import EntityName, EntityType, Mention
    from meipi.library import Library
    from meipi.library.naming_queries import Counted
    from meipi.library.transaction import Transaction
    from meipi.services.entity_search import Progress
    from meipi.services.jobs import Jobs

_COUNTING_S = 0.5


class Entities:
    """The entities in the documents of a library, corrected by the reader."""

    def __init__(self, library: Library, jobs: Jobs) -> None:
        self._library = library
        self._jobs = jobs
        self._searches = Searches()
        self._kept: tuple[tuple[str, int, str | None], tuple[Mention, ...]] | None = None
        """What was found in the document read last; by the document, its reading and the time."""

    def stored(self, document: str) -> tuple[Mention, ...] | None:
        """Return the mentions of a document by place; nothing where they are yet to be found."""
        item, number = self._document(document)
        text = self._library.load_reading(number).repaired.text
        with self._library.reading() as connection:
            return self._stored(connection, item, number, text)

    def find(
        self,
        document: str,
        *,
        place: int | None = None,
        report: Callable[[Progress], None] | None = None,
    ) -> Future[tuple[Mention, ...] | None]:
        """Find the mentions of a document, unless that was done, and keep them.

        What stands around ``place`` comes first; ``report`` is told of every step, in another
        thread. The answer is nothing where the search was stopped; asking again goes on with it.
        """
        self._searches.allow(document)
        return self._jobs.later(self._find, document, place, report)

    def keep(self, document: str, mentions: tuple[Mention, ...], *, of: str) -> None:
        """Keep what was found elsewhere in the text ``of``, if the document still reads so."""
        _, number = self._document(document)
        if self._library.load_reading(number).repaired.text == of:
            self._keep(document, number, mentions)

    def look_at(self, document: str, place: int) -> None:
        """Let a search that goes on turn to ``place`` next."""
        self._searches.look_at(document, place)

    def stop(self, document: str, *, leave: bool = False) -> None:
        """Stop the search in a document; with ``leave`` only until it is opened again."""
        self._searches.stop(document, leave=leave)

    def progress(self, document: str) -> Progress | None:
        """Return how far a search has come that the reader stopped; nothing where none is."""
        return self._searches.stopped(document)

    def find_next(self) -> Future[int]:
        """Look in one more document where nobody looked yet; return how many are left."""
        return self._jobs.later(self._find_next)

    def unsearched(self) -> int:
        """Return in how many documents entities are yet to be found."""
        with self._library.reading() as connection:
            return len(naming_queries.unsearched(connection))

    def uncounted(self) -> int:
        """Return how many documents are yet to be counted anew after a correction."""
        with self._library.reading() as connection:
            return len(naming.stale_documents(connection))

    def counts(self, entity: EntityName) -> dict[str, int]:
        """Return in which documents an entity is named, and how often in each."""
        with self._library.reading() as connection:
            number = naming_queries.entity_id(connection, entity)
            return {} if number is None else naming_queries.counts(connection, number)

    def elsewhere(self, document: str) -> list[Counted]:
        """Return for each entity of a document how often others name it, those that do."""
        with self._library.reading() as connection:
            return naming_queries.counts_elsewhere(connection, document)

    def all(self) -> list[Counted]:
        """Return the entities of the library, the most frequent first."""
        with self._library.reading() as connection:
            return naming_queries.all_entities(connection)

    def laid(self, document: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Lay the corrections of a document over mentions while more are being found."""
        item, number = self._document(document)
        text = self._library.load_reading(number).repaired.text
        with self._library.reading() as connection:
            return _laid(connection, item, mentions, text)

    def corrected(self, text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Lay what the reader said of names everywhere over mentions of any text."""
        with self._library.reading() as connection:
            rules = NameRules(queries.name_corrections(connection))
        return apply_corrections(mentions, (), rules, text)

    def page(self, entity: EntityName) -> EntityPage:
        """Return all there is to say of an entity across the library."""
        with self._library.reading() as connection:
            return describe_entity(connection, entity)

    def _find(
        self,
        document: str,
        place: int | None = None,
        report: Callable[[Progress], None] | None = None,
    ) -> tuple[Mention, ...] | None:
        item, number = self._document(document)
        prepared = self._library.load_reading(number)
        text = prepared.repaired.text
        search = self._searches.of(document, item.name, text, prepared.structure)
        with search.lock:
            with self._library.reading() as connection:
                known = self._stored(connection, item, number, text)
            if known is not None:
                return known
            if place is not None:
                search.look_at(place)
            found = search.run(self._jobs.engine, report)
            if found is not None:
                self._keep(document, number, found)
        if found is None:
            return None
        self._searches.drop(document)
        with self._library.reading() as connection:
            return _laid(connection, item, found, text)

    def _stored(
        self, connection: sqlite3.Connection, document: Document, reading: int, text: str
    ) -> tuple[Mention, ...] | None:
        """Return what is kept of ``reading``, corrected; what was read last is not read again."""
        key, kept = (document.id, reading, queries.searched_at(connection, reading)), self._kept
        if kept is not None and kept[0] == key:
            return _laid(connection, document, kept[1], text)
        found = queries.mentions(connection, reading)
        if found is None:
            return None
        self._kept = key, found
        return _laid(connection, document, found, text)

    def _keep(self, document: str, number: int, found: tuple[Mention, ...]) -> None:

        def work(transaction: Transaction) -> None:
            connection = transaction.connection
            queries.put_mentions(connection, number, found)
            naming.mark_found(connection, number)
            counted = naming.catch_up(connection, seconds=_COUNTING_S)
            transaction.touch(Changes(entities=frozenset([document]), counted=counted))

        self._library.submit(work).result()

    def _find_next(self) -> int:
        with self._library.reading() as connection:
            waiting = naming_queries.unsearched(connection)
        waiting = [document for document in waiting if not self._searches.is_stopped(document)]
        # What is being searched already would be waited for, and read a second time.
        free = [document for document in waiting if not self._searches.is_going_on(document)]
        if free:
            self._find(free[0])
        return len(waiting) - bool(free)

    def _document(self, document: str) -> tuple[Document, int]:
        with self._library.reading() as connection:
            found = queries.document(connection, document)
        if found is None:
            raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=document)
        return found


def corrected(
    connection: sqlite3.Connection, document: Document, reading: int, text: str | None = None
) -> tuple[Mention, ...] | None:
    """Return the mentions of a document as the reader has them; nothing where not looked for."""
    found = queries.mentions(connection, reading)
    if found is None:
        return None
    text = load_text(connection, reading) if text is None else text
    return _laid(connection, document, found, text)


def _laid(
    connection: sqlite3.Connection, document: Document, found: tuple[Mention, ...], text: str
) -> tuple[Mention, ...]:
    places = queries.place_corrections(connection, document.id)
    rules = NameRules(queries.name_corrections(connection))
    return apply_corrections(found, places, rules, text, normalise=normaliser(document.date))


def normaliser(date: str | None) -> Callable[[EntityType, str], str | None]:
    """Return what gives the normal form of a figure in a document of ``date``."""

    def normalise(kind: EntityType, written: str) -> str | None:
        from meipi.core.fold import fold
        from meipi.entities.normalise import normal_form
        from meipi.entities.published import published_on

        return normal_form(kind, fold(written), published_on(date))

    return normalise
