"""Between rows and the values of the core, both ways."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meipi.core.anchors import Anchor, AnchorState
from meipi.core.annotation import Annotation, Tag
from meipi.core.document import Document
from meipi.core.entity import EntityType, Mention
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.library.transaction import Row


def storable(text: str) -> str:
    r"""Return ``text`` as SQLite can hold it: a lone surrogate is no character.

    >>> storable("批\ud800注") == "批\ufffd注"
    True
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def annotation_row(annotation: Annotation) -> Row:
    """Return the row of ``annotation``."""
    return {
        "id": annotation.id,
        "document": annotation.document,
        **anchor_row(annotation.anchor),
        "tag": annotation.tag,
        "note": storable(annotation.note),
        "coder": annotation.coder,
        "created": annotation.created,
        "modified": annotation.modified,
    }


def anchor_row(anchor: Anchor) -> Row:
    """Return the columns of ``anchor``."""
    return {
        "start": anchor.span.start,
        "end": anchor.span.end,
        "quote": anchor.quote,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "source_start": anchor.source.start,
        "source_end": anchor.source.end,
        "state": str(anchor.state),
    }


def to_annotation(row: Mapping[str, Any]) -> Annotation:
    """Return the annotation in ``row``."""
    anchor = Anchor(
        Span(row["start"], row["end"]),
        row["quote"],
        row["prefix"],
        row["suffix"],
        Span(row["source_start"], row["source_end"]),
        AnchorState(row["state"]),
    )
    words = (row["tag"], row["note"], row["coder"], row["created"], row["modified"])
    return Annotation(row["id"], row["document"], anchor, *words)


def tag_row(tag: Tag) -> Row:
    """Return the row of ``tag``."""
    return {
        "id": tag.id,
        "name": storable(tag.name),
        "color": tag.color,
        "shortcut": tag.shortcut,
        "definition": storable(tag.definition),
        "parent": tag.parent,
        "position": tag.position,
    }


def to_tag(row: Mapping[str, Any]) -> Tag:
    """Return the tag in ``row``."""
    return Tag(
        row["id"],
        row["name"],
        row["color"],
        row["shortcut"],
        row["definition"],
        row["parent"],
        row["position"],
    )


def document_row(document: Document, *, reading: int, removed: bool) -> Row:
    """Return the row of ``document``, read as ``reading``."""
    return {
        "id": document.id,
        "sha256": document.sha256,
        "name": storable(document.name),
        "added": document.added,
        "encoding": document.encoding,
        "format": document.format,
        "title": document.title,
        "date": document.date,
        "source": document.source,
        "authors": json.dumps(document.authors, ensure_ascii=False),
        "region": document.region,
        "length": document.length,
        "reading": reading,
        "removed": int(removed),
    }


def to_document(row: Mapping[str, Any]) -> Document:
    """Return the document in ``row``."""
    return Document(
        id=row["id"],
        sha256=row["sha256"],
        name=row["name"],
        added=row["added"],
        encoding=row["encoding"],
        format=row["format"],
        title=row["title"],
        date=row["date"],
        source=row["source"],
        authors=tuple(json.loads(row["authors"])),
        region=row["region"],
        length=row["length"],
    )


def to_mention(row: Mapping[str, Any]) -> Mention:
    """Return the mention in ``row``."""
    span = Span(row["start"], row["end"])
    words = (row["text"], row["canonical"], row["by"], row["normal"])
    return Mention(span, EntityType(row["type"]), *words)
