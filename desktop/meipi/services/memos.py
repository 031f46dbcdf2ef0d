"""Memos on documents, tags, entities and the library: written, changed, deleted, listed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.memo import Memo, MemoKind
from meipi.library import coding_queries, queries
from meipi.library.coding_rows import memo_row
from meipi.library.rows import storable
from meipi.library.times import now
from meipi.services.labels import short

if TYPE_CHECKING:
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.library import Library
    from meipi.library.transaction import Transaction


class Memos:
    """The memos of a library. Every change is one entry of the history."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def all(self) -> list[Memo]:
        """Return every memo but those on removed documents, the one changed last first."""
        with self._library.reading() as connection:
            return coding_queries.memos(connection)

    def of(self, kind: MemoKind, subject: str = "") -> list[Memo]:
        """Return the memos about one thing, the one changed last first."""
        with self._library.reading() as connection:
            return coding_queries.memos(connection, kind, subject)

    def get(self, memo: str) -> Memo:
        """Return one memo. Raises ``MEMO_UNKNOWN`` where there is none with this id."""
        with self._library.reading() as connection:
            return _found(coding_queries.memo(connection, memo))

    def subjects(self) -> dict[tuple[MemoKind, str], str]:
        """Return what documents and tags are called, by kind and id."""
        with self._library.reading() as connection:
            documents = queries.documents(connection)
            tags = queries.tags(connection)
        named = {(MemoKind.DOCUMENT, one.id): one.title for one in documents}
        return named | {(MemoKind.TAG, one.id): one.name for one in tags}

    def add(self, kind: MemoKind, subject: str, *, title: str, text: str) -> Future[Changes]:
        """Write a memo about something; `Changes.memos` holds the new id."""
        title, text = _checked(title, text)

        def work(transaction: Transaction) -> None:
            _check_subject(transaction, kind, subject)
            moment = now()
            memo = Memo(
                uuid.uuid4().hex, kind, subject, title, text, transaction.coder, moment, moment
            )
            transaction.insert("memos", memo_row(memo))
            transaction.name("memo_add", title=short(title or text))

        return self._library.submit(work)

    def update(self, memo: str, *, title: str, text: str) -> Future[Changes]:
        """Write a memo anew; the same words change nothing."""
        title, text = _checked(title, text)

        def work(transaction: Transaction) -> None:
            old = _found(coding_queries.memo(transaction.connection, memo))
            if (old.title, old.text) != (title, text):
                transaction.update("memos", memo, title=title, text=text, modified=now())
                transaction.name("memo_update", title=short(title or text))

        return self._library.submit(work)

    def delete(self, memo: str) -> Future[Changes]:
        """Delete a memo."""

        def work(transaction: Transaction) -> None:
            old = _found(coding_queries.memo(transaction.connection, memo))
            transaction.delete("memos", memo)
            transaction.name("memo_delete", title=short(old.title or old.text))

        return self._library.submit(work)


def _checked(title: str, text: str) -> tuple[str, str]:
    words = storable(" ".join(title.split())), storable(text.strip("\n"))
    if not any(part.strip() for part in words):
        raise MeipiError(ErrorCode.MEMO_EMPTY)
    return words


def _found(memo: Memo | None) -> Memo:
    if memo is None:
        raise MeipiError(ErrorCode.MEMO_UNKNOWN)
    return memo


def _check_subject(transaction: Transaction, kind: MemoKind, subject: str) -> None:
    """Refuse a memo about a document or a tag that is not there."""
    if kind is MemoKind.DOCUMENT and queries.document(transaction.connection, subject) is None:
        raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=subject)
    if kind is MemoKind.TAG and transaction.find("tags", subject) is None:
        raise MeipiError(ErrorCode.TAG_UNKNOWN, tag=subject)
