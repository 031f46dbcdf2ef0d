"""The reader's annotations: added, tagged, noted, moved and deleted."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.annotation import Annotation
from meipi.core.changes import Changes
from meipi.core.errors import ErrorCode, MeipiError
from meipi.library import queries
from meipi.library.rows import annotation_row, storable
from meipi.library.times import now
from meipi.services.anchoring import Anchoring
from meipi.services.labels import short
from meipi.services.passages import found, passage, put_spans, write_anchors

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Future

    from meipi.core.anchors import Anchor
    from meipi.core.spans import Span
    from meipi.library import Library
    from meipi.library.transaction import Row, Transaction, Value


@dataclass(frozen=True, slots=True)
class NewAnnotation:
    """A passage to annotate."""

    document: str
    span: Span
    tag: str | None = None
    note: str = ""


class Annotating:
    """The annotations of a library. Every change is one entry of the history."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._anchoring = Anchoring(library)

    def of(self, document: str) -> list[Annotation]:
        """Return the annotations of a document by place."""
        with self._library.reading() as connection:
            return queries.annotations_of(connection, document)

    def all(self) -> list[Annotation]:
        """Return the annotations of all documents."""
        with self._library.reading() as connection:
            return queries.annotations_of(connection)

    def get(self, annotation: str) -> Annotation:
        """Return one annotation. Raises ``MeipiError`` where there is none with this id."""
        with self._library.reading() as connection:
            found = queries.annotation(connection, annotation)
        if found is None:
            raise MeipiError(ErrorCode.ANNOTATION_UNKNOWN, annotation=annotation)
        return found

    def add(
        self, document: str, span: Span, *, tag: str | None = None, note: str = ""
    ) -> Future[Changes]:
        """Annotate a passage; `Changes.annotations` holds the new id.

        The same tag on the same words by the same coder changes nothing and names what there is.
        """
        new = NewAnnotation(document, span, tag, note)

        def work(transaction: Transaction) -> None:
            same = _find_same(transaction, new)
            if same is not None:
                transaction.touch(Changes(annotations=frozenset([same])))
                return
            quote = short(self.put(transaction, new).anchor.quote)
            if tag is None:
                transaction.name("annotation_add", quote=quote)
            else:
                transaction.name("annotation_tag", quote=quote, tag=_tag_name(transaction, tag))

        return self._library.submit(work)

    def anchor(self, transaction: Transaction, document: str, span: Span) -> Anchor:
        """Anchor ``span`` inside ``transaction``. Raises ``MeipiError`` where it is outside."""
        return self._anchoring.anchor(transaction, document, span)

    def stands(self, transaction: Transaction, new: NewAnnotation, quote: str) -> bool:
        """Say whether ``quote`` still stands at the place of ``new`` and is not tagged so yet."""
        text = self._anchoring.text(transaction, new.document)
        return new.span.slice(text) == quote and _find_same(transaction, new) is None

    def put(self, transaction: Transaction, new: NewAnnotation) -> Annotation:
        """Write a new annotation inside ``transaction``."""
        if new.tag is not None:
            _tag_name(transaction, new.tag)
        moment = now()
        annotation = Annotation(
            id=uuid.uuid4().hex,
            document=new.document,
            anchor=self._anchoring.anchor(transaction, new.document, new.span),
            tag=new.tag,
            note=new.note,
            coder=transaction.coder,
            created=moment,
            modified=moment,
        )
        transaction.insert("annotations", annotation_row(annotation))
        return annotation

    def set_tag(self, annotation: str, tag: str | None) -> Future[Changes]:
        """Give an annotation another tag, or none."""

        def work(transaction: Transaction) -> None:
            row = _change(transaction, annotation, tag=tag)
            if tag is None:
                transaction.name("annotation_untag", quote=_quote(row))
            else:
                name = _tag_name(transaction, tag)
                transaction.name("annotation_retag", quote=_quote(row), tag=name)

        return self._library.submit(work)

    def set_note(self, annotation: str, note: str) -> Future[Changes]:
        """Write the note of an annotation anew."""

        def work(transaction: Transaction) -> None:
            row = _change(transaction, annotation, note=storable(note))
            transaction.name("annotation_note", quote=_quote(row))

        return self._library.submit(work)

    def set_span(self, annotation: str, span: Span, *, number: int = 0) -> Future[Changes]:
        """Move the ends of an annotation; one that needed review is settled by this.

        ``number`` says which of its pieces; one that meets another becomes one with it.
        """

        def work(transaction: Transaction) -> None:
            item = found(transaction, annotation)
            old = passage(item, number)
            anchor = self._anchoring.anchor(transaction, item.document, span)
            others = [one for one in item.anchors if one is not old]
            if any(span.start <= one.span.end and one.span.start <= span.end for one in others):
                spans = [span, *(one.span for one in others)]
                put_spans(self._anchoring, transaction, item, spans)
            else:
                write_anchors(transaction, item, [anchor, *others])
            transaction.name("annotation_move", quote=short(anchor.quote))

        return self._library.submit(work)

    def settle(self, annotations: Iterable[str]) -> Future[Changes]:
        """Confirm that annotations are where they belong, all in one act.

        The words that stand there now are theirs from here on.
        """
        keys = list(dict.fromkeys(annotations))

        def work(transaction: Transaction) -> None:
            quotes = []
            for key in keys:
                item = found(transaction, key)
                anchors = [
                    self._anchoring.anchor(transaction, item.document, span) for span in item.spans
                ]
                write_anchors(transaction, item, anchors)
                quotes.append(short(anchors[0].quote))
            if len(keys) == 1:
                transaction.name("annotation_settle", quote=quotes[0])
            else:
                transaction.name("annotations_settle", count=len(keys))

        return self._library.submit(work)

    def delete(self, annotations: Iterable[str]) -> Future[Changes]:
        """Delete annotations, all in one act."""
        keys = list(dict.fromkeys(annotations))

        def work(transaction: Transaction) -> None:
            quotes = [_quote(_find(transaction, key)) for key in keys]
            for key in keys:
                transaction.delete("annotations", key)
            if len(keys) == 1:
                transaction.name("annotation_delete", quote=quotes[0])
            else:
                transaction.name("annotations_delete", count=len(keys))

        return self._library.submit(work)


def _find(transaction: Transaction, annotation: str) -> Row:
    row = transaction.find("annotations", annotation)
    if row is None:
        raise MeipiError(ErrorCode.ANNOTATION_UNKNOWN, annotation=annotation)
    return row


def _change(transaction: Transaction, annotation: str, **values: Value) -> Row:
    """Change columns of an annotation and when it was changed; the same values change nothing."""
    row = _find(transaction, annotation)
    if any(row[name] != value for name, value in values.items()):
        transaction.update("annotations", annotation, modified=now(), **values)
    return row


def _tag_name(transaction: Transaction, tag: str) -> str:
    row = transaction.find("tags", tag)
    if row is None:
        raise MeipiError(ErrorCode.TAG_UNKNOWN, tag=tag)
    return str(row["name"])


def _quote(row: Row) -> str:
    return short(str(row["quote"]))


def _find_same(transaction: Transaction, new: NewAnnotation) -> str | None:
    if new.tag is None or new.note:
        return None
    place = (new.document, new.span.start, new.span.end)
    return queries.annotation_at(
        transaction.connection, *place, tag=new.tag, coder=transaction.coder
    )
