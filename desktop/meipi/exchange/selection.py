"""A part of an annotated set: some documents, some tags."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.annotated_set import AnnotatedSet
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.memo import MemoKind
from meipi.exchange.counting import used_tags

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from meipi.core.annotated_set import AnnotatedDocument


def selection(
    annotated: AnnotatedSet,
    *,
    documents: Collection[str] | None = None,
    tags: Collection[str] | None = None,
) -> AnnotatedSet:
    """Return the part with these ``documents`` and the annotations that bear these ``tags``.

    ``None`` selects all. Chosen by tag alone, documents without such an annotation are left out;
    the codebook keeps the chosen tags and those above them. A chosen tag does not choose the tags
    below it. Raises ``DOCUMENT_UNKNOWN`` or ``TAG_UNKNOWN``.
    """
    _check_known(annotated, documents, tags)
    chosen = tuple(_selected(annotated, documents, tags))
    if tags is None:
        return AnnotatedSet(
            tuple(_linked(chosen)),
            annotated.tags,
            attributes=annotated.attributes,
            memos=annotated.memos,
        )
    kept = used_tags(annotated.tags, tags)
    return AnnotatedSet(
        tuple(_linked([_narrowed(one, kept) for one in chosen])),
        tuple(tag for tag in annotated.tags if tag.id in kept),
        attributes=annotated.attributes,
        memos=tuple(m for m in annotated.memos if m.kind is not MemoKind.TAG or m.subject in kept),
    )


def _linked(chosen: Sequence[AnnotatedDocument]) -> Iterator[AnnotatedDocument]:
    """Leave out the links of which an end is not there."""
    there = {annotation.id for one in chosen for annotation in one.annotations}
    for one in chosen:
        links = tuple(link for link in one.links if {link.source, link.target} <= there)
        yield one if links == one.links else replace(one, links=links)


def _narrowed(annotated: AnnotatedDocument, tags: Collection[str]) -> AnnotatedDocument:
    """Leave out what is said of annotations, or by tags, that are not there."""
    there = {None, *(one.id for one in annotated.annotations)}
    return replace(
        annotated,
        values=tuple(one for one in annotated.values if one.annotation in there),
        tags=tuple(one for one in annotated.tags if one.tag in tags),
    )


def _selected(
    annotated: AnnotatedSet, documents: Collection[str] | None, tags: Collection[str] | None
) -> Iterator[AnnotatedDocument]:
    for one in annotated.documents:
        if documents is not None and one.document.id not in documents:
            continue
        if tags is None:
            yield one
            continue
        annotations = tuple(a for a in one.annotations if a.tag in tags)
        if annotations or documents is not None:
            yield replace(one, annotations=annotations)


def _check_known(
    annotated: AnnotatedSet, documents: Collection[str] | None, tags: Collection[str] | None
) -> None:
    known = {one.document.id for one in annotated.documents}
    for document in documents or ():
        if document not in known:
            raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=document)
    codebook = {tag.id for tag in annotated.tags}
    for tag in tags or ():
        if tag not in codebook:
            raise MeipiError(ErrorCode.TAG_UNKNOWN, tag=tag)
