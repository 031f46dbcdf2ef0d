"""Counting what a format cannot carry of a set, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from meipi.core.anchors import AnchorState
from meipi.core.document import Structure
from meipi.exchange.loss import Facet, LossItem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.annotation import Annotation, Tag
    from meipi.core.attributes import Attribute
    from meipi.core.memo import Memo


class SetLike(Protocol):
    """An annotated set, or anything that yields its documents one at a time, each time anew."""

    @property
    def documents(self) -> Collection[AnnotatedDocument]:
        """The documents in order."""

    @property
    def tags(self) -> Sequence[Tag]:
        """The codebook."""

    @property
    def attributes(self) -> Sequence[Attribute]:
        """The definitions of attributes."""

    @property
    def memos(self) -> Sequence[Memo]:
        """The memos on tags, entities and the whole."""


_OF_DOCUMENT: Mapping[Facet, Callable[[AnnotatedDocument], int]] = {
    Facet.BYTES: lambda d: len(d.data),
    Facet.SOURCE_TEXT: lambda d: len(d.source_text),
    Facet.READING_TEXT: lambda d: len(d.repaired.text),
    Facet.NAME: lambda d: bool(d.document.name),
    Facet.RECORD: lambda _: 1,
    Facet.TITLE: lambda d: bool(d.document.title),
    Facet.DATE: lambda d: bool(d.document.date),
    Facet.SOURCE_NAME: lambda d: bool(d.document.source),
    Facet.AUTHORS: lambda d: len(d.document.authors),
    Facet.REGION: lambda d: bool(d.document.region),
    Facet.REPAIRS: lambda d: len(d.repaired.edits),
    Facet.LOST: lambda d: len(d.repaired.lost),
    Facet.LINKS: lambda d: len(d.links),
    Facet.STRUCTURE: lambda d: len(d.structure.blocks) or d.structure != Structure(()),
    Facet.ENTITIES: lambda d: len(d.mentions or ()),
    Facet.MENTION_TEXT: lambda d: sum(
        m.text != m.span.slice(d.repaired.text) for m in d.mentions or ()
    ),
    Facet.ENTITY_SEARCH: lambda d: d.mentions == (),
    Facet.EMPTY_DOCUMENT: lambda d: not d.annotations and not d.mentions,
    Facet.DOCUMENT_VALUES: lambda d: sum(v.annotation is None for v in d.values),
    Facet.ANNOTATION_VALUES: lambda d: sum(v.annotation is not None for v in d.values),
    Facet.DOCUMENT_TAGS: lambda d: len(d.tags),
}
_OF_ANNOTATION: Mapping[Facet, Callable[[Annotation], int]] = {
    Facet.IDENTITY: lambda _: 1,
    Facet.SOURCE_PLACE: lambda _: 1,
    Facet.STATE: lambda a: a.anchor.state is not AnchorState.EXACT,
    Facet.CREATED: lambda a: bool(a.created),
    Facet.STATUS: lambda a: bool(a.status),
    Facet.PARTS: lambda a: len(a.parts),
}
_OF_TAG: Mapping[Facet, Callable[[Tag], int]] = {
    Facet.TAG_IDENTITY: lambda _: 1,
    Facet.COLOR: lambda _: 1,
    Facet.SHORTCUT: lambda t: bool(t.shortcut),
    Facet.DEFINITION: lambda t: bool(t.definition),
    Facet.RULES: lambda t: sum(map(bool, (t.examples, t.include, t.exclude))),
    Facet.HIERARCHY: lambda t: t.parent is not None,
    Facet.POSITION: lambda _: 1,
}


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a format carries, and what in annotations and documents only it has trouble with."""

    carries: frozenset[Facet]
    own: Mapping[Facet, Callable[[Annotation], int]]
    own_of_documents: Mapping[Facet, Callable[[AnnotatedDocument], int]]


def find_losses(annotated: SetLike, capacity: Capacity) -> Iterator[LossItem]:
    """Yield what a format of ``capacity`` cannot carry of the set, document by document."""
    used: set[str] = set()
    for document in annotated.documents:
        yield from _document_losses(document, capacity)
        yield from _memo_losses(document.memos, capacity)
        for annotation in document.annotations:
            used.add(annotation.tag or "")
            yield from _annotation_losses(annotation, capacity)
    yield from _memo_losses(annotated.memos, capacity)
    kept = used_tags(annotated.tags, used) if Facet.HIERARCHY in capacity.carries else used
    for tag in annotated.tags:
        yield from _tag_losses(tag, capacity.carries, used=tag.id in kept)


def used_tags(tags: Sequence[Tag], used: Collection[str]) -> set[str]:
    """Return the ids of the ``used`` tags and of all that stand above them."""
    parents = {tag.id: tag.parent for tag in tags}
    kept: set[str] = set()
    for one in used:
        tag: str | None = one
        while tag in parents and tag not in kept:
            kept.add(tag)
            tag = parents[tag]
    return kept


def _memo_losses(memos: Iterable[Memo], capacity: Capacity) -> Iterator[LossItem]:
    if Facet.MEMOS not in capacity.carries:
        for memo in memos:
            yield LossItem(Facet.MEMOS, "memo", memo.id, memo.title or memo.text)


def _document_losses(annotated: AnnotatedDocument, capacity: Capacity) -> Iterator[LossItem]:
    document = annotated.document
    missing = {f: c for f, c in _OF_DOCUMENT.items() if f not in capacity.carries}
    for facet, count in {**missing, **capacity.own_of_documents}.items():
        if lost := int(count(annotated)):
            yield LossItem(facet, "document", document.id, document.title or document.name, lost)


def _annotation_losses(annotation: Annotation, capacity: Capacity) -> Iterator[LossItem]:
    missing = {f: c for f, c in _OF_ANNOTATION.items() if f not in capacity.carries}
    for facet, count in {**missing, **capacity.own}.items():
        if lost := int(count(annotation)):
            yield LossItem(facet, "annotation", annotation.id, annotation.anchor.quote, lost)


def _tag_losses(tag: Tag, carries: frozenset[Facet], *, used: bool) -> Iterator[LossItem]:
    if not used and Facet.UNUSED_TAG not in carries:
        yield LossItem(Facet.UNUSED_TAG, "tag", tag.id, tag.name)
        return
    for facet, count in _OF_TAG.items():
        if facet not in carries and (lost := int(count(tag))):
            yield LossItem(facet, "tag", tag.id, tag.name, lost)
