"""Annotations in several pieces: passages are added, moved and taken out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import merge_spans
from meipi.library import queries
from meipi.library.coding_queries import put_parts
from meipi.library.rows import anchor_row
from meipi.library.times import now
from meipi.services.anchoring import Anchoring
from meipi.services.labels import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Future

    from meipi.core.anchors import Anchor
    from meipi.core.annotation import Annotation
    from meipi.core.changes import Changes
    from meipi.core.spans import Span
    from meipi.library import Library
    from meipi.library.transaction import Transaction


class Passages:
    """The pieces of an annotation, counted by place from nought."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._anchoring = Anchoring(library)

    def add(self, annotation: str, span: Span) -> Future[Changes]:
        """Let an annotation lie on ``span`` too; what it overlaps or touches becomes one piece."""

        def work(transaction: Transaction) -> None:
            item = found(transaction, annotation)
            words = self._anchoring.anchor(transaction, item.document, span).quote
            if any(one.contains(span) for one in item.spans):
                raise MeipiError(ErrorCode.PASSAGE_THERE, quote=short(words))
            put_spans(self._anchoring, transaction, item, [*item.spans, span])
            quote = short(item.anchor.quote)
            transaction.name("passage_add", quote=quote, passage=short(words))

        return self._library.submit(work)

    def remove(self, annotation: str, number: int) -> Future[Changes]:
        """Take one piece out. Fails with ``PASSAGE_LAST`` where it is the only one."""

        def work(transaction: Transaction) -> None:
            item = found(transaction, annotation)
            gone = passage(item, number)
            left = [one for one in item.anchors if one is not gone]
            if not left:
                raise MeipiError(ErrorCode.PASSAGE_LAST)
            write_anchors(transaction, item, left)
            quote = short(left[0].quote)
            transaction.name("passage_remove", quote=quote, passage=short(gone.quote))

        return self._library.submit(work)


def found(transaction: Transaction, annotation: str) -> Annotation:
    """Return an annotation as it stands; raise ``ANNOTATION_UNKNOWN``."""
    item = queries.annotation(transaction.connection, annotation)
    if item is None:
        raise MeipiError(ErrorCode.ANNOTATION_UNKNOWN, annotation=annotation)
    return item


def passage(item: Annotation, number: int) -> Anchor:
    """Return one piece of ``item``; raise ``PASSAGE_UNKNOWN``."""
    if not 0 <= number < len(item.anchors):
        raise MeipiError(ErrorCode.PASSAGE_UNKNOWN, number=number + 1)
    return item.anchors[number]


def put_spans(
    anchoring: Anchoring, transaction: Transaction, item: Annotation, spans: Iterable[Span]
) -> None:
    """Let ``item`` lie on ``spans``; pieces whose place stays keep their anchors."""
    kept = {one.span: one for one in item.anchors}
    anchors = [
        kept.get(span) or anchoring.anchor(transaction, item.document, span)
        for span in merge_spans(spans)
    ]
    write_anchors(transaction, item, anchors)


def write_anchors(transaction: Transaction, item: Annotation, anchors: Sequence[Anchor]) -> None:
    """Write the pieces by place: the first is the annotation's own. The same change nothing."""
    first, *rest = sorted(anchors, key=lambda one: one.span)
    if item.anchors == (first, *rest):
        return
    transaction.update("annotations", item.id, modified=now(), **anchor_row(first))
    put_parts(transaction, replace(item, anchor=first, parts=tuple(rest)))
