"""Makes a document of what the pipeline prepared, and writes it."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from meipi.core.document import Document
from meipi.core.lines import one_line
from meipi.library import queries, readings, search
from meipi.library.rows import storable
from meipi.library.times import now

if TYPE_CHECKING:
    from meipi.core.reading import Prepared
    from meipi.library.transaction import Row, Transaction


def describe(prepared: Prepared, *, name: str, sha256: str) -> Document:
    """Return the new document that was ``prepared`` from a file called ``name``."""
    structure, declared = prepared.structure, prepared.decoded.declared
    return Document(
        id=uuid.uuid4().hex,
        sha256=sha256,
        name=storable(name),
        added=now(),
        encoding=prepared.decoded.encoding,
        format=prepared.decoded.format,
        title=structure.title or declared.get("title") or one_line(Path(name).stem),
        date=structure.date or declared.get("date"),
        source=structure.source or declared.get("source"),
        authors=structure.authors,
        region=structure.region or declared.get("region"),
        length=len(prepared.repaired.text),
    )


def store_document(
    transaction: Transaction,
    document: Document,
    data: bytes,
    prepared: Prepared,
    *,
    base: Prepared | None = None,
    removed: bool = False,
) -> int:
    """Write a document with its bytes and its reading, searchable; return the reading's number.

    ``base`` is the reading before decisions on repairs, where these made another.
    """
    first = None if base is None else store_reading(transaction, document.id, base)
    number = store_reading(transaction, document.id, prepared, base=first)
    queries.put_document(transaction, document, data, number, removed=removed)
    return number


def store_reading(
    transaction: Transaction, document: str, prepared: Prepared, *, base: int | None = None
) -> int:
    """Write a reading of a document and index its beginning.

    ``base`` is the reading that decisions on repairs made it from.
    """
    connection = transaction.connection
    number = readings.insert(connection, document, prepared, base=base)
    search.add_slices(connection, number, prepared)
    return number


def document_columns(document: Document, *, edited: str = "") -> Row:
    """Return the columns that another reading of a document may change.

    ``edited`` names those the reader wrote over, with a blank between: they stay.
    """
    kept = edited.split()
    columns = _columns(document)
    return {name: value for name, value in columns.items() if name not in kept}


def _columns(document: Document) -> Row:
    return {
        "encoding": document.encoding,
        "format": document.format,
        "title": document.title,
        "date": document.date,
        "source": document.source,
        "authors": json.dumps(document.authors, ensure_ascii=False),
        "region": document.region,
        "length": document.length,
    }
