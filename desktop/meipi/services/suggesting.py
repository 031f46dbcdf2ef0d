"""Tags from entities: put on all mentions at once, or suggested and judged one by one."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from meipi.core.annotation import Suggestion
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.turns import in_turns
from meipi.library import naming_queries, queries
from meipi.library.rows import suggestion_row
from meipi.library.times import now
from meipi.services.anchoring import Anchoring
from meipi.services.annotating import NewAnnotation
from meipi.services.entities import corrected
from meipi.services.labels import short

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.core.entity import EntityName, EntityType
    from meipi.core.spans import Span
    from meipi.library import Library
    from meipi.library.naming_queries import Place
    from meipi.library.transaction import Row, Transaction
    from meipi.services.annotating import Annotating


class Suggesting:
    """Makes annotations and suggestions of the entities of a library."""

    def __init__(self, library: Library, annotating: Annotating) -> None:
        self._library = library
        self._annotating = annotating
        self._anchoring = Anchoring(library)

    def of(self, document: str) -> list[Suggestion]:
        """Return the suggestions for a document that wait to be judged, by place."""
        with self._library.reading() as connection:
            found = queries.suggestions_of(connection, document)
        return [one for one in found if not one.rejected]

    def untagged(
        self, entity: EntityName, tag: str, *, document: str | None = None
    ) -> list[tuple[str, Span]]:
        """Return the mentions that `tag_mentions` would tag, in one document or in all."""
        with self._library.reading() as connection:
            return _untagged(connection, entity, tag, document)

    def tag_mentions(
        self, entity: EntityName, tag: str, *, document: str | None = None
    ) -> Future[Changes]:
        """Put ``tag`` on every mention of ``entity`` that has it not yet, as one act."""

        def work(transaction: Transaction) -> None:
            places = _untagged(transaction.connection, entity, tag, document)
            for key, span in places:
                self._annotating.put(transaction, NewAnnotation(key, span, tag))
            fields = {"name": short(entity.name), "tag": _tag_name(transaction, tag)}
            transaction.name("mentions_tag", count=len(places), **fields)

        return self._library.submit(work)

    def suggest(self, document: str, types: Collection[EntityType], tag: str) -> Future[Changes]:
        """Suggest ``tag`` for every mention of ``types`` in a document.

        What is tagged so already, waits or was rejected before is not suggested again.
        """

        def work(transaction: Transaction) -> None:
            name = _tag_name(transaction, tag)
            count = self._suggest_in(transaction, document, types, tag)
            transaction.name("suggest", tag=name, count=count)

        return self._library.submit(work)

    def suggest_in(
        self, documents: Iterable[str], types: Collection[EntityType], tag: str
    ) -> Future[Changes]:
        """Suggest ``tag`` for every mention of ``types`` in several documents, as one act.

        Documents whose entities are yet to be found are left out.
        """
        keys = tuple(dict.fromkeys(documents))

        def work(transaction: Transaction) -> None:
            name = _tag_name(transaction, tag)
            counts = [self._suggest_in(transaction, key, types, tag) for key in in_turns(keys)]
            among = sum(count > 0 for count in counts)
            transaction.name("suggest_all", tag=name, count=sum(counts), documents=among)

        return self._library.submit(work)

    def _suggest_in(
        self, transaction: Transaction, document: str, types: Collection[EntityType], tag: str
    ) -> int:
        connection = transaction.connection
        found = queries.document(connection, document)
        if found is None:
            raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=document)
        mentions = corrected(connection, *found) or ()
        known = {one.span for one in queries.suggestions_of(connection, document) if one.tag == tag}
        known |= {
            one.span for one in queries.annotations_of(connection, document) if one.tag == tag
        }
        spans = [m.span for m in mentions if m.type in types and m.span not in known]
        for span in spans:
            transaction.insert("suggestions", self._row(transaction, document, span, tag))
        return len(spans)

    def accept(self, suggestions: Iterable[str]) -> Future[Changes]:
        """Make annotations of suggestions, all in one act."""
        keys = list(dict.fromkeys(suggestions))

        def work(transaction: Transaction) -> None:
            judged = [_find(transaction, key) for key in keys]
            for one in judged:
                new = NewAnnotation(one.document, one.span, one.tag)
                self._annotating.put(transaction, new)
                transaction.delete("suggestions", one.id)
            _name(transaction, "accept", judged)

        return self._library.submit(work)

    def reject(self, suggestions: Iterable[str]) -> Future[Changes]:
        """Reject suggestions, all in one act; they are not made again."""
        keys = list(dict.fromkeys(suggestions))

        def work(transaction: Transaction) -> None:
            judged = [_find(transaction, key) for key in keys]
            for one in judged:
                transaction.update("suggestions", one.id, rejected=1)
            _name(transaction, "reject", judged)

        return self._library.submit(work)

    def _row(self, transaction: Transaction, document: str, span: Span, tag: str) -> Row:
        anchor = self._anchoring.anchor(transaction, document, span)
        key = uuid.uuid4().hex
        return suggestion_row(Suggestion(key, document, anchor, tag, rejected=False, created=now()))


def _untagged(
    connection: sqlite3.Connection, entity: EntityName, tag: str, document: str | None
) -> list[tuple[str, Span]]:
    number = naming_queries.entity_id(connection, entity)
    if number is None:
        return []
    found = map(_place, naming_queries.places(connection, number))
    tagged = {(one.document, one.span) for one in queries.tagged(connection, tag)}
    return [one for one in found if document in {None, one[0]} and one not in tagged]


def _place(place: Place) -> tuple[str, Span]:
    return place.document, place.span


def _find(transaction: Transaction, key: str) -> Suggestion:
    found = queries.suggestion(transaction.connection, key)
    if found is None or found.rejected:
        raise MeipiError(ErrorCode.SUGGESTION_UNKNOWN, suggestion=key)
    return found


def _tag_name(transaction: Transaction, tag: str) -> str:
    row = transaction.find("tags", tag)
    if row is None:
        raise MeipiError(ErrorCode.TAG_UNKNOWN, tag=tag)
    return str(row["name"])


def _name(transaction: Transaction, act: str, judged: list[Suggestion]) -> None:
    if len(judged) == 1:
        (one,) = judged
        fields = {"quote": short(one.anchor.quote), "tag": _tag_name(transaction, one.tag)}
        transaction.name(f"suggestion_{act}", **fields)
    else:
        transaction.name(f"suggestions_{act}", count=len(judged))
