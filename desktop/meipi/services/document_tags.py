"""Tags on whole documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.attributes import DocumentTag
from meipi.core.errors import ErrorCode, MeipiError
from meipi.library import attributes as rows
from meipi.library.times import now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.library import Library
    from meipi.library.transaction import Transaction


class DocumentTags:
    """Which documents bear which tags as a whole. Every change is one entry of the history."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def of(self, document: str) -> list[DocumentTag]:
        """Return the tags on a document as they were put on."""
        with self._library.reading() as connection:
            return rows.document_tags(connection, document)

    def all(self) -> dict[str, list[DocumentTag]]:
        """Return the tags by document, for the documents that have any."""
        with self._library.reading() as connection:
            found = rows.document_tags(connection)
        by_document: dict[str, list[DocumentTag]] = {}
        for one in found:
            by_document.setdefault(one.document, []).append(one)
        return by_document

    def add(self, documents: Iterable[str], tag: str) -> Future[Changes]:
        """Put a tag on documents; those that have it keep it as it is."""
        keys = list(dict.fromkeys(documents))

        def work(transaction: Transaction) -> None:
            name = _tag_name(transaction, tag)
            for key in keys:
                _check_document(transaction, key)
                new = DocumentTag(key, tag, transaction.coder, now())
                if transaction.find("document_tags", new.id) is None:
                    transaction.insert("document_tags", rows.document_tag_row(new))
            transaction.name("document_tag_add", name=name, count=len(keys))

        return self._library.submit(work)

    def remove(self, documents: Iterable[str], tag: str) -> Future[Changes]:
        """Take a tag off documents; those without it are left alone."""
        keys = list(dict.fromkeys(documents))

        def work(transaction: Transaction) -> None:
            name = _tag_name(transaction, tag)
            for key in keys:
                _check_document(transaction, key)
                old = DocumentTag(key, tag)
                if transaction.find("document_tags", old.id) is not None:
                    transaction.delete("document_tags", old.id)
            transaction.name("document_tag_remove", name=name, count=len(keys))

        return self._library.submit(work)


def _tag_name(transaction: Transaction, tag: str) -> str:
    row = transaction.find("tags", tag)
    if row is None:
        raise MeipiError(ErrorCode.TAG_UNKNOWN, tag=tag)
    return str(row["name"])


def _check_document(transaction: Transaction, key: str) -> None:
    row = transaction.find("documents", key)
    if row is None or row["removed"]:
        raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=key)
