"""What of a library is exported, read one document at a time: a library may not fit in memory."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from meipi.core.annotated_set import AnnotatedDocument
from meipi.core.attributes import CERTAINTY
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.memo import MemoKind
from meipi.library import attributes, coding_queries, queries, readings
from meipi.services.entities import corrected

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from meipi.core.annotation import Annotation, Link, Tag
    from meipi.core.attributes import Attribute
    from meipi.core.document import Document
    from meipi.core.entity import Mention
    from meipi.core.memo import Memo


class Entities(StrEnum):
    """Which entities go into an export."""

    ALL = "all"
    ACCEPTED = "accepted"
    """Those the reader had a hand in."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the annotations and entities is chosen; ``None`` and empty choose all.

    ``since`` and ``until`` are days (``2026-03-01``) of the making of an annotation, both included.
    """

    coders: frozenset[str] | None = None
    entities: Entities = Entities.ALL
    since: str = ""
    until: str = ""

    @property
    def narrows(self) -> bool:
        """Say whether annotations may be left out."""
        return bool(self.coders is not None or self.since or self.until)

    def has(self, annotation: Annotation) -> bool:
        """Say whether ``annotation`` is chosen."""
        day = annotation.created[:10]
        return (
            (self.coders is None or annotation.coder in self.coders)
            and (not self.since or day >= self.since)
            and (not self.until or "" < day <= self.until)
        )

    def of(self, mentions: tuple[Mention, ...] | None) -> tuple[Mention, ...] | None:
        """Return the mentions that are chosen."""
        if self.entities is Entities.ALL or mentions is None:
            return mentions
        if self.entities is Entities.NONE:
            return None
        return tuple(one for one in mentions if one.corrected)


ALL = Choice()


class LibrarySet:
    """The chosen documents, the annotations with the chosen tags and the codebook they need.

    ``None`` chooses all. Chosen by tags, coders or days alone, documents without such an annotation
    are left out. Raises ``MeipiError`` where a document or a tag is not known.
    """

    passed_over: tuple[tuple[str, int], ...] = ()
    """A library holds nothing that Meipi has no place for."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        documents: Collection[str] | None = None,
        tags: Collection[str] | None = None,
        choice: Choice = ALL,
    ) -> None:
        codebook = queries.tags(connection)
        known = queries.documents(connection)
        _check_documents(documents, known)
        _check_tags(tags, codebook)
        self.tags: Sequence[Tag] = tuple(
            codebook if tags is None else _with_parents(codebook, tags)
        )
        chosen = [one for one in known if documents is None or one.id in documents]
        bearing = None if tags is None else frozenset(tag.id for tag in self.tags)
        self.documents = _Documents(
            connection, chosen, tags, choice, all_kept=documents is not None, bearing=bearing
        )
        self.attributes: Sequence[Attribute] = tuple(_attributes(connection))
        kept = {tag.id for tag in self.tags}
        self.memos: Sequence[Memo] = tuple(
            memo
            for memo in coding_queries.memos(connection)
            if memo.kind is not MemoKind.DOCUMENT
            and (memo.kind is not MemoKind.TAG or memo.subject in kept)
        )


class _Documents(Collection[AnnotatedDocument]):
    """Loads each document when its turn comes, as often as it is asked."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        chosen: list[Document],
        tags: Collection[str] | None,
        choice: Choice,
        *,
        all_kept: bool,
        bearing: Collection[str] | None,
    ) -> None:
        self._bearing = bearing
        self._connection = connection
        self._tags = tags
        self._choice = choice
        kept = all_kept or (tags is None and not choice.narrows)
        self._chosen = [one for one in chosen if kept or self._annotations(one)]
        self._ids = frozenset(one.id for one in self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)

    def __contains__(self, item: object) -> bool:
        return any(item == one for one in self)

    def __iter__(self) -> Iterator[AnnotatedDocument]:
        return map(self._load, self._chosen)

    def _annotations(self, document: Document) -> tuple[Annotation, ...]:
        found = queries.annotations_of(self._connection, document.id)
        return tuple(filter(self._has, found))

    def _has(self, annotation: Annotation) -> bool:
        tagged = self._tags is None or annotation.tag in self._tags
        return tagged and self._choice.has(annotation)

    def _links(self, document: Document, there: Collection[str | None]) -> Iterator[Link]:
        """Yield the links that begin on a document and end at something that is chosen too."""
        for link in coding_queries.links_of(self._connection, document.id):
            if link.source not in there:
                continue
            target = queries.annotation(self._connection, link.target)
            if target is not None and target.document in self._ids and self._has(target):
                yield link

    def _load(self, document: Document) -> AnnotatedDocument:
        number = queries.reading_number(self._connection, document.id)
        prepared = readings.load(self._connection, number)
        annotations = self._annotations(document)
        there = {None, *(one.id for one in annotations)}
        said = attributes.values_on(self._connection, document.id)
        borne = attributes.document_tags(self._connection, document.id)
        return AnnotatedDocument(
            document=document,
            data=queries.original(self._connection, document.sha256),
            source_text=prepared.decoded.text,
            repaired=prepared.repaired,
            structure=prepared.structure,
            annotations=annotations,
            links=tuple(self._links(document, there)),
            memos=tuple(coding_queries.memos(self._connection, MemoKind.DOCUMENT, document.id)),
            values=tuple(one for one in said if one.annotation in there),
            tags=tuple(one for one in borne if self._bearing is None or one.tag in self._bearing),
            mentions=self._choice.of(
                corrected(self._connection, document, number, prepared.repaired.text)
            ),
        )


def _attributes(connection: sqlite3.Connection) -> Iterator[Attribute]:
    """Yield the definitions, that of certainty only where it is in use."""
    counts = attributes.value_counts(connection)
    for one in attributes.attributes(connection):
        if one.id != CERTAINTY or one.name != CERTAINTY or counts.get(one.id):
            yield one


def _check_documents(wanted: Collection[str] | None, known: list[Document]) -> None:
    ids = {one.id for one in known}
    for document in wanted or ():
        if document not in ids:
            raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=document)


def _check_tags(wanted: Collection[str] | None, known: list[Tag]) -> None:
    ids = {one.id for one in known}
    for tag in wanted or ():
        if tag not in ids:
            raise MeipiError(ErrorCode.TAG_UNKNOWN, tag=tag)


def _with_parents(codebook: list[Tag], chosen: Collection[str]) -> Iterator[Tag]:
    by_id = {tag.id: tag for tag in codebook}
    kept: set[str] = set()
    for tag in chosen:
        at: str | None = tag
        while at is not None and at not in kept:
            kept.add(at)
            at = by_id[at].parent
    return (tag for tag in codebook if tag.id in kept)
