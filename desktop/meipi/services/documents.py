"""Documents: put in, listed, read, read again in another encoding, taken out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from meipi.core.changes import Changes
from meipi.core.decisions import Decided
from meipi.core.errors import ErrorCode, FileError, MeipiError
from meipi.library import queries, readings
from meipi.library.attributes import tags_by_document
from meipi.library.coding_queries import move_annotations
from meipi.services import pipeline
from meipi.services.correcting import move_corrections
from meipi.services.encoding import EncodingPreview, Rereading
from meipi.services.folders import expand
from meipi.services.labels import short
from meipi.services.provenance import trace
from meipi.services.settling import settled, site_of
from meipi.services.storing import describe, document_columns, store_document, store_reading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from concurrent.futures import Future
    from pathlib import Path

    from meipi.core.decisions import Decision
    from meipi.core.document import Document, Structure
    from meipi.core.reading import Prepared
    from meipi.core.repairs import Repaired
    from meipi.library import Library
    from meipi.library.transaction import Row, Transaction
    from meipi.services.jobs import Jobs
    from meipi.services.provenance import Provenance

__all__ = ["Added", "DocumentCard", "Documents", "EncodingPreview", "Reading", "expand"]


@dataclass(frozen=True, slots=True)
class Added:
    """Which document a file became; not ``new`` where the library had these bytes."""

    document: str
    new: bool
    changes: Changes


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document in the list. ``opened`` and ``added`` are UTC, ISO 8601."""

    id: str
    title: str
    source: str | None
    date: str | None
    region: str | None
    encoding: str
    repairs: int
    inferred: int
    lost: int
    annotations: int
    opened: str | None
    added: str
    name: str
    length: int
    position: int
    tags: tuple[tuple[str, int], ...] = ()
    """The names and colours of the tags on the whole of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its text and everything found in making it."""

    document: Document
    source_text: str
    repaired: Repaired
    structure: Structure
    proposed: Repaired
    """What repair made of the source text before the reader decided on it."""
    decisions: tuple[Decision, ...] = ()
    site: str | None = None
    """The publisher, by which remembered decisions know the document."""

    @property
    def decided(self) -> Decided | None:
        """What is decided on its repairs; nothing where nothing is."""
        if not self.decisions:
            return None
        return Decided(self.decisions, document=self.document.id, site=self.site)


class Documents:
    """The documents of a library."""

    def __init__(self, library: Library, jobs: Jobs) -> None:
        self._library = library
        self._jobs = jobs
        self._preview: tuple[str, str, Prepared] | None = None
        self._positions: dict[str, int] = {}

    def add_file(self, path: Path, *, encoding: str | None = None) -> Future[Added]:
        """Put a file in; identical bytes are the same document. Fails with ``FileError``."""
        return self._jobs.later(self._add_file, path, encoding)

    def add_bytes(self, data: bytes, *, name: str, encoding: str | None = None) -> Future[Added]:
        """Put a document in that lies in memory; ``name`` stands for its file's."""
        return self._jobs.later(self._add, data, name, encoding)

    def add_prepared(self, data: bytes, prepared: Prepared, *, name: str) -> Added:
        """Put a document in that was made ready elsewhere, and wait until it is there."""
        sha256 = hashlib.sha256(data).hexdigest()
        with self._library.reading() as connection:
            known = queries.document_of_bytes(connection, sha256)
        if known is not None:
            return self._known(str(known["id"]), removed=bool(known["removed"]))
        return self._store(describe(prepared, name=name, sha256=sha256), data, prepared)

    def cards(self, keys: Collection[str] | None = None) -> list[DocumentCard]:
        """Return the list, or ``keys`` as far as they are in it, the document read last first."""
        with self._library.reading() as connection:
            borne = tags_by_document(connection)
            rows = queries.cards(connection, keys)
        return [DocumentCard(**row, tags=borne.get(row["id"], ())) for row in rows]

    def cards_again(self, cards: list[DocumentCard], keys: Collection[str]) -> list[DocumentCard]:
        """Return ``cards``, a list read before, with ``keys`` as they are by now."""
        kept = [card for card in cards if card.id not in keys]
        return sorted([*self.cards(keys), *kept], key=_read_or_added, reverse=True)

    def get(self, document: str) -> Document:
        """Return a document. Raises ``MeipiError`` where the library has none with this id."""
        return self._find(document)[0]

    def reading(self, document: str) -> Reading:
        """Return a document with its text, repairs and structure."""
        found, number = self._find(document)
        prepared = self._library.load_reading(number)
        with self._library.reading() as connection:
            base = readings.base_of(connection, number)
            decisions = tuple(queries.decisions(connection, document))
        first = self._library.load_reading(base)
        texts = (prepared.decoded.text, prepared.repaired, prepared.structure, first.repaired)
        return Reading(found, *texts, decisions, site_of(first))

    def data(self, document: str) -> bytes:
        """Return the bytes of a document as they came."""
        found, _ = self._find(document)
        with self._library.reading() as connection:
            return queries.original(connection, found.sha256)

    def provenance(self, document: str, offset: int) -> Provenance:
        """Trace a character of the reading text back to its bytes.

        Raises ``IndexError`` where the text has no such character.
        """
        found, number = self._find(document)
        prepared = self._library.load_reading(number)
        with self._library.reading() as connection:
            data = queries.original(connection, found.sha256)
            base = readings.base_of(connection, number)
        return trace(data, prepared, self._library.load_reading(base).repaired.edits, offset)

    def of_bytes(self, data: bytes) -> str | None:
        """Return the document with exactly these bytes, if the library has one."""
        with self._library.reading() as connection:
            row = queries.document_of_bytes(connection, hashlib.sha256(data).hexdigest())
        return None if row is None or row["removed"] else str(row["id"])

    def preview_encoding(self, document: str, encoding: str) -> EncodingPreview:
        """Show what ``encoding`` would make of a document; waits for the worker."""
        found, number = self._find(document)
        old, new = self._library.load_reading(number), self._reread(found, encoding)
        with self._library.reading() as connection:
            new = settled(new, document, queries.decisions(connection, document), jobs=self._jobs)
            annotations = queries.annotations_of(connection, document)
        return Rereading(self.data(document), old, new).preview(encoding, annotations)

    def preview_encoding_later(self, document: str, encoding: str) -> Future[EncodingPreview]:
        """Do the same beside the window."""
        return self._jobs.later(self.preview_encoding, document, encoding)

    def change_encoding(self, document: str, encoding: str) -> Future[Changes]:
        """Read a document as ``encoding``; its annotations move along, and undo moves them back."""
        return self._jobs.later(self._change_encoding, document, encoding)

    def remove(self, documents: Iterable[str]) -> Future[Changes]:
        """Take documents out of the library; undo puts them back with all that is on them."""
        keys = list(dict.fromkeys(documents))

        def work(transaction: Transaction) -> None:
            titles = [str(_visible(transaction, key)["title"]) for key in keys]
            for key in keys:
                transaction.update("documents", key, removed=1)
            if len(keys) == 1:
                transaction.name("document_remove", title=short(titles[0]))
            else:
                transaction.name("documents_remove", count=len(keys))

        return self._library.submit(work)

    def mark_opened(self, document: str) -> None:
        """Note that a document is being read."""
        self._library.submit(
            lambda transaction: queries.mark_opened(transaction.connection, document)
        )

    def set_position(self, document: str, offset: int) -> None:
        """Note the place reached; of places that come faster than the disk only the last counts."""
        waiting = document in self._positions
        self._positions[document] = offset
        if not waiting:
            self._library.submit(
                lambda transaction: queries.set_position(
                    transaction.connection, document, self._positions.pop(document, offset)
                )
            )

    def _find(self, document: str) -> tuple[Document, int]:
        with self._library.reading() as connection:
            found = queries.document(connection, document)
        if found is None:
            raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=document)
        return found

    def _add_file(self, path: Path, encoding: str | None) -> Added:
        # Only the bytes here: what they are is judged in the worker, which has the models loaded.
        from meipi.sources.files import read_bytes

        try:
            return self._add(read_bytes(path), path.name, encoding)
        except FileError as error:
            raise FileError(error.code, **{**error.fields, "path": path}) from error

    def _add(self, data: bytes, name: str, encoding: str | None) -> Added:
        sha256 = hashlib.sha256(data).hexdigest()
        with self._library.reading() as connection:
            known = queries.document_of_bytes(connection, sha256)
        if known is not None:
            return self._known(str(known["id"]), removed=bool(known["removed"]))
        prepared = self._jobs.engine.call(
            name, pipeline.prepare, data, name=name, encoding=encoding
        )
        document = describe(prepared, name=name, sha256=sha256)
        return self._store(document, data, prepared)

    def _known(self, document: str, *, removed: bool) -> Added:
        if not removed:
            return Added(document, new=False, changes=Changes())

        def work(transaction: Transaction) -> None:
            row = transaction.find("documents", document) or {}
            transaction.update("documents", document, removed=0)
            transaction.name("document_restore", title=short(str(row["title"])))

        return Added(document, new=True, changes=self._library.submit(work).result())

    def _store(self, document: Document, data: bytes, base: Prepared) -> Added:
        def work(transaction: Transaction) -> None:
            connection = transaction.connection
            if queries.document_of_bytes(connection, document.sha256) is not None:
                return
            reading = settled(base, document.id, queries.decisions(connection, document.id))
            fresh = describe(reading, name=document.name, sha256=document.sha256)
            item = replace(fresh, id=document.id, added=document.added)
            first = None if reading is base else base
            number = store_document(transaction, item, data, reading, base=first)
            transaction.afterwards.append(partial(self._library.keep_reading, number, reading))

        changes = self._library.submit(work).result()
        self._library.index_later()
        if not changes:  # the same bytes came twice at once, and the other was first
            with self._library.reading() as connection:
                known = queries.document_of_bytes(connection, document.sha256) or {}
            return Added(str(known["id"]), new=False, changes=changes)
        return Added(document.id, new=True, changes=changes)

    def _reread(self, document: Document, encoding: str) -> Prepared:
        """Read a document again, before any decision on its repairs."""
        kept = self._preview
        if kept is not None and kept[:2] == (document.id, encoding):
            return kept[2]
        prepared = self._jobs.engine.call(
            document.name,
            pipeline.prepare,
            self.data(document.id),
            name=document.name,
            encoding=encoding,
        )
        self._preview = (document.id, encoding, prepared)
        return prepared

    def _change_encoding(self, key: str, encoding: str) -> Changes:
        document, _ = self._find(key)
        base, data = self._reread(document, encoding), self.data(key)

        def work(transaction: Transaction) -> None:
            connection = transaction.connection
            row = _visible(transaction, key)
            old = readings.load(connection, int(str(row["reading"])))
            new = settled(base, key, queries.decisions(connection, key))
            fresh = describe(new, name=document.name, sha256=document.sha256)
            number = store_reading(transaction, key, base)
            if new is not base:
                number = store_reading(transaction, key, new, base=number)
            columns = document_columns(fresh, edited=str(row["edited"]))
            transaction.update("documents", key, reading=number, **columns)
            rereading = Rereading(data, old, new)
            move_annotations(transaction, key, rereading.move)
            move_corrections(transaction, key, rereading.move)
            transaction.name("encoding_change", title=short(fresh.title), encoding=encoding)

        changes = self._library.submit(work).result()
        self._library.index_later()
        self._preview = None
        return changes


def _visible(transaction: Transaction, document: str) -> Row:
    row = transaction.find("documents", document)
    if row is None or row["removed"]:
        raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=document)
    return row


def _read_or_added(card: DocumentCard) -> str:
    return card.opened or card.added
