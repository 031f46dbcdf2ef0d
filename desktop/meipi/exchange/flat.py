"""A set as other tools know it: texts, and labelled stretches of them.

Formats that know nothing of repairs, structure or anchors write and read these; a label is a tag's
path (`meipi.exchange.tag_paths`) or the type of an entity.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from meipi.core.anchors import Anchor, AnchorState, make_anchor
from meipi.core.annotated_set import AnnotatedDocument, AnnotatedSet
from meipi.core.annotation import Annotation, Link
from meipi.core.attributes import AttributeValue, DocumentTag
from meipi.core.document import Structure
from meipi.core.entity import EntityType, Mention
from meipi.core.memo import MemoKind
from meipi.core.repairs import Repaired, apply_edits
from meipi.core.spans import Span
from meipi.exchange.bare import bare_document
from meipi.exchange.records import checked_text
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import paths, read_path, used_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from meipi.core.annotation import Tag
    from meipi.core.attributes import Attribute
    from meipi.core.memo import Memo
    from meipi.core.repairs import Lost, RepairEdit
    from meipi.exchange.counting import SetLike

TYPES = frozenset(EntityType)
"""The labels of entities."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One labelled stretch: an annotation, or an entity.

    ``label`` is empty where there is no tag. ``quote`` is what is said to stand there, if it is.
    """

    span: Span
    label: str
    note: str = ""
    coder: str = ""
    created: str = ""
    modified: str = ""
    id: str = ""
    quote: str | None = None
    entity: bool = False
    canonical: str = ""
    normal: str | None = None
    prefix: str = ""
    suffix: str = ""
    parts: tuple[Span, ...] = ()
    """The further pieces of one that is not in one piece."""

    def fits(self, text: str) -> bool:
        """Say whether the quote is what stands at its place."""
        return self.quote is None or self.span.slice(text) == self.quote


@dataclass(frozen=True, slots=True)
class FlatLink:
    """A labelled relation between two marks of a document, named by their ids."""

    source: str
    target: str
    label: str = ""
    id: str = ""
    coder: str = ""
    created: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class FlatTag:
    """A tag on the whole of a document."""

    label: str
    coder: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class FlatDocument:
    """A text with its marks; ``id`` and ``sha256`` are Meipi's, where they are known."""

    name: str
    text: str
    marks: tuple[Mark, ...] = ()
    id: str = ""
    sha256: str = ""
    title: str = ""
    date: str | None = None
    source: str | None = None
    source_text: str = ""
    edits: Sequence[RepairEdit] = ()
    lost: tuple[Lost, ...] = ()
    passed_over: Mapping[str, int] = field(default_factory=dict)
    """What stands on it that is no mark, counted by kind."""
    links: tuple[FlatLink, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    """What attributes say of the document: their ids with the values."""
    tags: tuple[FlatTag, ...] = ()
    memos: tuple[str, ...] = ()
    """In words, for reports."""


class FlatSet:
    """What a flat format writes: documents made one at a time, and the codebook."""

    def __init__(self, annotated: SetLike) -> None:
        self._annotated = annotated
        self.tags: Sequence[Tag] = annotated.tags
        self.attributes: Sequence[Attribute] = annotated.attributes
        self.paths = paths(annotated.tags)
        self.memos = tuple(map(memo_words, annotated.memos))

    def __len__(self) -> int:
        return len(self._annotated.documents)

    @property
    def documents(self) -> Iterator[FlatDocument]:
        """The documents, each made as its turn comes."""
        return (flatten(one, self.paths) for one in self._annotated.documents)

    def labels(self) -> tuple[str, ...]:
        """Return every label that may occur: the tags' paths, then the types of entities."""
        return (*dict.fromkeys(self.paths.values()), *EntityType)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds: its documents, and its codebook where it has one.

    ``passed_over`` counts what belongs to no document and has no place in Meipi, by kind.
    """

    documents: Iterable[FlatDocument]
    tags: tuple[Tag, ...] | None = None
    passed_over: Mapping[str, int] = field(default_factory=dict)
    attributes: tuple[Attribute, ...] = ()


def flatten(annotated: AnnotatedDocument, tag_paths: Mapping[str, str]) -> FlatDocument:
    """Return a document as a text with marks: annotations in order, then entities."""
    document = annotated.document
    annotations = (_of_annotation(one, tag_paths) for one in annotated.annotations)
    mentions = (_of_mention(one) for one in annotated.mentions or ())
    return FlatDocument(
        name=document.name,
        text=annotated.repaired.text,
        marks=(*annotations, *mentions),
        id=document.id,
        sha256=document.sha256,
        title=document.title,
        date=document.date,
        source=document.source,
        source_text=annotated.source_text,
        lost=annotated.repaired.lost,
        edits=annotated.repaired.edits,
        links=tuple(_near_links(annotated)),
        values=tuple((v.attribute, v.value) for v in annotated.values if v.annotation is None),
        tags=tuple(FlatTag(tag_paths[t.tag], t.coder, t.created) for t in annotated.tags),
        memos=tuple(map(memo_words, annotated.memos)),
    )


def memo_words(memo: Memo) -> str:
    """Return the title and the text of a memo, after the name of the entity it is about."""
    about = memo.subject if memo.kind is MemoKind.ENTITY else ""
    return "：".join(filter(None, (about, memo.title, memo.text)))


def _near_links(annotated: AnnotatedDocument) -> Iterator[FlatLink]:
    """Yield the links that do not leave the document: files of one text know no others."""
    there = {annotation.id for annotation in annotated.annotations}
    for link in annotated.links:
        if link.target in there:
            times = link.created, link.modified
            yield FlatLink(link.source, link.target, link.label, link.id, link.coder, *times)


def far_links(annotated: AnnotatedDocument) -> int:
    """Count the links that lead to other documents."""
    return len(annotated.links) - len(list(_near_links(annotated)))


def _of_annotation(annotation: Annotation, tag_paths: Mapping[str, str]) -> Mark:
    return Mark(
        span=annotation.span,
        label=tag_paths[annotation.tag] if annotation.tag is not None else "",
        note=annotation.note,
        coder=annotation.coder,
        created=annotation.created,
        modified=annotation.modified,
        id=annotation.id,
        quote=annotation.anchor.quote,
        prefix=annotation.anchor.prefix,
        suffix=annotation.anchor.suffix,
        parts=tuple(part.span for part in annotation.parts),
    )


def _of_mention(mention: Mention) -> Mark:
    return Mark(
        span=mention.span,
        label=mention.type,
        entity=True,
        canonical=mention.canonical,
        normal=mention.normal,
    )


def inflate_all(parsed: Parsed) -> AnnotatedSet:
    """Return what was parsed as a set; without a codebook the labels make one."""
    ids = {path: key for key, path in paths(parsed.tags or ()).items()}
    unique: dict[str, int] = {}
    passed_over: Counter[str] = Counter()
    made: list[AnnotatedDocument] = []
    for flat in parsed.documents:
        passed_over.update(flat.passed_over)
        made.append(_inflate(flat, ids, unique))
    passed_over.update(parsed.passed_over)  # now: it may be counted as documents are read
    tags = used_paths(made) if parsed.tags is None else parsed.tags
    counted = ((kind, count) for kind, count in sorted(passed_over.items()) if count)
    return AnnotatedSet(tuple(made), tags, tuple(counted), attributes=parsed.attributes)


def _inflate(
    flat: FlatDocument, ids: Mapping[str, str], unique: dict[str, int]
) -> AnnotatedDocument:
    repaired = _repaired(flat)
    source_text = flat.source_text or flat.text
    key = _free(flat.id or flat.name or hashlib.sha256(flat.text.encode()).hexdigest(), unique)
    document = bare_document(
        id=key,
        sha256=flat.sha256,
        name=flat.name,
        title=flat.title,
        date=flat.date,
        source=flat.source,
    )
    marks = [(n, m) for n, m in enumerate(flat.marks, 1) if not m.entity]
    mentions = tuple(_mention(m, flat.text) for m in flat.marks if m.entity)
    names = {id(m): _free(m.id or f"{key}#{n}", unique) for n, m in marks}
    known = {m.id: names[id(m)] for _, m in marks if m.id}
    return AnnotatedDocument(
        document=replace(document, length=len(flat.text)),
        data=b"",
        source_text=source_text,
        repaired=repaired,
        structure=Structure(()),
        annotations=tuple(_annotation(m, key, names[id(m)], ids, repaired) for _, m in marks),
        links=tuple(_links(flat, key, known, unique)),
        values=tuple(AttributeValue(name, key, value) for name, value in flat.values),
        tags=tuple(
            DocumentTag(key, ids.get(one.label, one.label), one.coder, one.created)
            for one in dict.fromkeys(flat.tags)
        ),
        mentions=mentions or None,
    )


def _links(
    flat: FlatDocument, document: str, known: Mapping[str, str], unique: dict[str, int]
) -> Iterator[Link]:
    for number, link in enumerate(flat.links, 1):
        ends = known.get(link.source), known.get(link.target)
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            key = _free(link.id or f"{document}#L{number}", unique)
            said = link.label, link.coder, link.created, link.modified
            yield Link(key, ends[0], ends[1], *said)


def _free(key: str, unique: dict[str, int]) -> str:
    """Return ``key``, numbered where it was given before."""
    count = unique[key] = unique.get(key, 0) + 1
    return key if count == 1 else _free(f"{key}~{count}", unique)


def _repaired(flat: FlatDocument) -> Repaired:
    source = flat.source_text or flat.text
    try:
        text, text_map = apply_edits(source, flat.edits)
    except ValueError as error:
        raise Refused("edits", detail=str(error)) from None
    if text != flat.text:
        raise Refused("edits", detail="other text")
    return Repaired(text, flat.edits, text_map)


def _annotation(
    mark: Mark, document: str, key: str, ids: Mapping[str, str], repaired: Repaired
) -> Annotation:
    label = read_path(mark.label) if mark.label else ""
    return Annotation(
        id=key,
        document=document,
        anchor=_anchor(mark, repaired),
        tag=ids.get(label, label) if label else None,
        note=mark.note,
        coder=mark.coder,
        created=mark.created,
        modified=mark.modified,
        parts=tuple(_anchor(replace(mark, span=one, quote=None), repaired) for one in mark.parts),
    )


def _anchor(mark: Mark, repaired: Repaired) -> Anchor:
    text, length = repaired.text, len(repaired.text)
    if not text and mark.quote is not None:
        return _anchor_alone(mark, mark.quote)
    if mark.span.end > length:
        if mark.quote is None:
            raise Refused(
                "outside", where=mark.label, start=mark.span.start, end=mark.span.end, length=length
            )
        span = Span(min(mark.span.start, length), length)
    else:
        span = mark.span
    anchor = make_anchor(text, span, repaired.map)
    if mark.quote is None or mark.quote == anchor.quote:
        return anchor
    return replace(anchor, quote=mark.quote, state=AnchorState.NEEDS_REVIEW)


def _anchor_alone(mark: Mark, quote: str) -> Anchor:
    """Anchor a mark whose text did not come with it: sure only where length and quote agree."""
    state = AnchorState.EXACT if len(quote) == len(mark.span) else AnchorState.NEEDS_REVIEW
    return Anchor(mark.span, quote, mark.prefix, mark.suffix, Span(0, 0), state)


def _mention(mark: Mark, text: str) -> Mention:
    if mark.label not in TYPES:
        raise Refused("value", where="entity", value=mark.label)
    if mark.span.end > len(text):
        raise Refused(
            "outside",
            where=mark.label,
            start=mark.span.start,
            end=mark.span.end,
            length=len(text),
        )
    words = mark.span.slice(text)
    return Mention(
        span=mark.span,
        type=EntityType(mark.label),
        text=words,
        canonical=mark.canonical or words,
        by="import",
        normal=mark.normal,
    )


EXTRAS = ("id", "coder", "created", "modified", "canonical", "normal")
"""Fields of a mark that most formats can hold only beside their own vocabulary."""


def extras(mark: Mark) -> dict[str, object]:
    """Return what Meipi says of a mark besides place, label and note, as JSON values."""
    said: dict[str, object] = {"entity": True} if mark.entity else {}
    return said | {name: value for name in EXTRAS if (value := getattr(mark, name))}


def beside(marks: Iterable[Mark]) -> list[list[object]]:
    """Return what a label alone does not say of ``marks``, each with the place it is about."""
    said = ((mark, extras(mark) | ({"note": mark.note} if mark.note else {})) for mark in marks)
    return [[m.span.start, m.span.end, m.label, facts] for m, facts in said if facts]


def rejoined(marks: Iterable[Mark], said: object) -> Iterator[Mark]:
    """Yield ``marks`` with what `beside` said of them; what lies elsewhere now stays bare."""
    known: dict[tuple[object, ...], list[Mapping[str, object]]] = {}
    for one in said if isinstance(said, list) else ():
        if isinstance(one, list) and len(one) == 4 and isinstance(one[3], dict):
            known.setdefault((str(one[0]), str(one[1]), str(one[2])), []).append(one[3])
    for mark in marks:
        facts = known.get((str(mark.span.start), str(mark.span.end), mark.label))
        yield with_extras(mark, facts.pop(0)) if facts else mark


def with_extras(mark: Mark, said: Mapping[str, object]) -> Mark:
    """Return ``mark`` with what `extras` said of it, as far as that can be true."""
    named = (*EXTRAS, "note")
    texts = {name: value for name in named if isinstance(value := said.get(name), str)}
    for name, value in texts.items():
        checked_text(value, name)
    return replace(
        mark,
        entity=said.get("entity") is True and mark.label in TYPES,
        id=texts.get("id", mark.id).replace("\0", ""),
        coder=texts.get("coder", mark.coder),
        created=texts.get("created", mark.created),
        modified=texts.get("modified", mark.modified),
        canonical=texts.get("canonical", mark.canonical),
        normal=texts.get("normal", mark.normal),
        note=texts.get("note", mark.note),
    )
