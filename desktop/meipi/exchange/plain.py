"""A document and its layers as plain JSON values and back: the vocabulary of Meipi JSONL."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from meipi.core.annotated_set import AnnotatedDocument
from meipi.core.annotation import Annotation, Tag
from meipi.core.document import Document
from meipi.core.entity import EntityType, Mention
from meipi.exchange.plain_attributes import (
    described_to_plain,
    document_tags_from_plain,
    values_from_plain,
)
from meipi.exchange.plain_coding import (
    anchor_from_plain,
    anchor_to_plain,
    coded_to_plain,
    links_from_plain,
    memos_from_plain,
    parts_from_plain,
    parts_to_plain,
)
from meipi.exchange.plain_text import (
    Plain,
    pair,
    reading_from_plain,
    reading_to_plain,
    structure_from_plain,
    structure_to_plain,
)
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from meipi.exchange.records import Record

_RULES = ("examples", "include", "exclude")


def document_to_plain(annotated: AnnotatedDocument) -> Plain:
    """Return everything about a document as JSON values."""
    document = annotated.document
    return {
        "id": document.id,
        "sha256": document.sha256,
        "name": document.name,
        "added": document.added,
        "encoding": document.encoding,
        "format": document.format,
        "title": document.title,
        "date": document.date,
        "source": document.source,
        "authors": document.authors,
        "region": document.region,
        "length": document.length,
        "data": base64.b64encode(annotated.data).decode("ascii"),
        "source_text": annotated.source_text,
        "reading": reading_to_plain(annotated),
        "structure": structure_to_plain(annotated.structure),
        "mentions": _mentions_to_plain(annotated.mentions),
        "annotations": [_annotation_to_plain(a) for a in annotated.annotations],
        **described_to_plain(annotated),
        **coded_to_plain(annotated),
    }


def document_from_plain(record: Record) -> AnnotatedDocument:
    """Read a document, each value of its type; `meipi.exchange.integrity` checks the rest."""
    document = _document(record)
    source_text = record.text("source_text")
    made = AnnotatedDocument(
        document=document,
        data=_bytes(record),
        source_text=source_text,
        repaired=reading_from_plain(record.record("reading"), source_text),
        structure=structure_from_plain(record.record("structure")),
        annotations=tuple(_annotation(r, document.id) for r in record.records("annotations")),
        mentions=_mentions(record),
        values=values_from_plain(record, document.id),
        tags=document_tags_from_plain(record, document.id),
        links=links_from_plain(record),
        memos=memos_from_plain(record),
    )
    record.done()
    return made


def tag_to_plain(tag: Tag) -> Plain:
    """Return a tag as JSON values."""
    return {
        "id": tag.id,
        "name": tag.name,
        "color": tag.color,
        "shortcut": tag.shortcut,
        "definition": tag.definition,
        "parent": tag.parent,
        "position": tag.position,
        **{name: text for name in _RULES if (text := getattr(tag, name))},
    }


def tag_from_plain(record: Record) -> Tag:
    """Read a tag."""
    tag = Tag(
        id=record.name("id"),
        name=record.name("name"),
        color=record.integer("color"),
        shortcut=record.text("shortcut"),
        definition=record.text("definition"),
        parent=record.optional_text("parent"),
        position=record.integer("position"),
        **{name: record.text(name) for name in _RULES if name in record},
    )
    record.done()
    return tag


def _document(record: Record) -> Document:
    return Document(
        id=record.name("id"),
        sha256=record.text("sha256"),
        name=record.text("name"),
        added=record.text("added"),
        encoding=record.text("encoding"),
        format=record.text("format"),
        title=record.text("title"),
        date=record.optional_text("date"),
        source=record.optional_text("source"),
        authors=record.texts("authors"),
        region=record.optional_text("region"),
        length=record.integer("length"),
    )


def _bytes(record: Record) -> bytes:
    try:
        return base64.b64decode(record.text("data").encode(), validate=True)
    except (binascii.Error, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("base64", where="data") from None


def _mention_to_plain(mention: Mention) -> Plain:
    plain: Plain = {
        "span": pair(mention.span),
        "type": mention.type,
        "text": mention.text,
        "canonical": mention.canonical,
        "by": mention.by,
        "normal": mention.normal,
    }
    if mention.corrected:
        plain["corrected"] = True
    return plain


def _mentions_to_plain(mentions: tuple[Mention, ...] | None) -> list[Plain] | None:
    return None if mentions is None else [_mention_to_plain(m) for m in mentions]


def _mentions(record: Record) -> tuple[Mention, ...] | None:
    if record.is_null("mentions"):
        return None
    return tuple(_mention(r) for r in record.records("mentions"))


def _mention(record: Record) -> Mention:
    mention = Mention(
        span=record.span("span"),
        type=record.one_of("type", EntityType),
        text=record.text("text"),
        canonical=record.text("canonical"),
        by=record.text("by"),
        normal=record.optional_text("normal"),
        corrected="corrected" in record and record.truth("corrected"),
    )
    record.done()
    return mention


def _annotation_to_plain(annotation: Annotation) -> Plain:
    anchor = annotation.anchor
    return {
        "id": annotation.id,
        "tag": annotation.tag,
        "note": annotation.note,
        "coder": annotation.coder,
        "created": annotation.created,
        "modified": annotation.modified,
        **anchor_to_plain(anchor),
        **({"status": annotation.status} if annotation.status else {}),
        **parts_to_plain(annotation),
    }


def _annotation(record: Record, document: str) -> Annotation:
    annotation = Annotation(
        id=record.name("id"),
        document=document,
        anchor=anchor_from_plain(record),
        tag=record.optional_text("tag"),
        note=record.text("note"),
        coder=record.text("coder"),
        created=record.text("created"),
        modified=record.text("modified"),
        status=record.text("status") if "status" in record else "",
        parts=parts_from_plain(record),
    )
    record.done()
    return annotation
