"""What of a library is exported, read one document at a time: a library may not fit in memory."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from meipi.core.annotated_set import AnnotatedDocument
from meipi.core.errors import ErrorCode, MeipiError
from meipi.library import queries, readings
from meipi.services.entities import corrected

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from meipi.core.annotation import Annotation, Tag
    from meipi.core.document import Document


class LibrarySet:
    """The chosen documents, the annotations with the chosen tags and the codebook they need.

    ``None`` chooses all. Chosen by tag alone, documents without such an annotation are left out.
    Raises ``MeipiError`` where a document or a tag is not known.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        documents: Collection[str] | None = None,
        tags: Collection[str] | None = None,
    ) -> None:
        codebook = queries.tags(connection)
        known = queries.documents(connection)
        _check_documents(documents, known)
        _check_tags(tags, codebook)
        self.tags: Sequence[Tag] = tuple(
            codebook if tags is None else _with_parents(codebook, tags)
        )
        chosen = [one for one in known if documents is None or one.id in documents]
        self.documents = _Documents(connection, chosen, tags, all_kept=documents is not None)


class _Documents(Collection[AnnotatedDocument]):
    """Loads each document when its turn comes, as often as it is asked."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        chosen: list[Document],
        tags: Collection[str] | None,
        *,
        all_kept: bool,
    ) -> None:
        self._connection = connection
        self._tags = tags
        kept = all_kept or tags is None
        self._chosen = [one for one in chosen if kept or self._annotations(one)]

    def __len__(self) -> int:
        return len(self._chosen)

    def __contains__(self, item: object) -> bool:
        return any(item == one for one in self)

    def __iter__(self) -> Iterator[AnnotatedDocument]:
        return map(self._load, self._chosen)

    def _annotations(self, document: Document) -> tuple[Annotation, ...]:
        found = queries.annotations_of(self._connection, document.id)
        return tuple(one for one in found if self._tags is None or one.tag in self._tags)

    def _load(self, document: Document) -> AnnotatedDocument:
        number = queries.reading_number(self._connection, document.id)
        prepared = readings.load(self._connection, number)
        return AnnotatedDocument(
            document=document,
            data=queries.original(self._connection, document.sha256),
            source_text=prepared.decoded.text,
            repaired=prepared.repaired,
            structure=prepared.structure,
            annotations=self._annotations(document),
            mentions=corrected(self._connection, document, number, prepared.repaired.text),
        )


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
