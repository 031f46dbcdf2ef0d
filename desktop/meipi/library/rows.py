"""Between rows and the values of the core, both ways."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meipi.core.anchors import Anchor, AnchorState
from meipi.core.annotation import Annotation, Suggestion, Tag
from meipi.core.corrections import NameCorrection, NameRule, PlaceCorrection, PlaceRule
from meipi.core.decisions import Decision, Scope, Verdict
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
        "status": annotation.status,
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
    words = (row["tag"], row["note"], row["coder"], row["created"], row["modified"], row["status"])
    return Annotation(row["id"], row["document"], to_anchor(row), *words)


def to_anchor(row: Mapping[str, Any]) -> Anchor:
    """Return the anchor in ``row``."""
    return Anchor(
        Span(row["start"], row["end"]),
        row["quote"],
        row["prefix"],
        row["suffix"],
        Span(row["source_start"], row["source_end"]),
        AnchorState(row["state"]),
    )


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
        "examples": storable(tag.examples),
        "include": storable(tag.include),
        "exclude": storable(tag.exclude),
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
        row["examples"],
        row["include"],
        row["exclude"],
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
    return Mention(span, EntityType(row["type"]), *words, corrected=bool(row["corrected"]))


def to_place_correction(row: Mapping[str, Any]) -> PlaceCorrection:
    """Return the correction at a place in ``row``."""
    return PlaceCorrection(
        row["id"],
        row["document"],
        PlaceRule(row["rule"]),
        to_anchor(row),
        type=_type(row["target_type"]),
        canonical=row["target"],
    )


def to_name_correction(row: Mapping[str, Any]) -> NameCorrection:
    """Return the correction of a name in ``row``."""
    return NameCorrection(
        row["id"],
        NameRule(row["rule"]),
        row["name"],
        type=_type(row["type"]),
        target=row["target"] or "",
        target_type=_type(row["target_type"]),
    )


def correction_row(
    key: str,
    rule: PlaceRule | NameRule,
    *,
    created: str,
    told: Mapping[str, str | None],
    place: tuple[str, Anchor] | None = None,
) -> Row:
    """Return the row of a correction; ``place`` is a document and an anchor in it.

    ``told`` fills ``name``, ``type``, ``target`` and ``target_type``.
    """
    names = ("start", "end", "quote", "prefix", "suffix", "source_start", "source_end", "state")
    anchor: Row = dict.fromkeys(names) if place is None else anchor_row(place[1])
    filled: Row = {"name": None, "type": None, "target": None, "target_type": None, **told}
    document = None if place is None else place[0]
    return {"id": key, "rule": rule, "document": document, **anchor, **filled, "created": created}


def suggestion_row(suggestion: Suggestion) -> Row:
    """Return the row of ``suggestion``."""
    return {
        "id": suggestion.id,
        "document": suggestion.document,
        **anchor_row(suggestion.anchor),
        "tag": suggestion.tag,
        "rejected": int(suggestion.rejected),
        "created": suggestion.created,
    }


def to_suggestion(row: Mapping[str, Any]) -> Suggestion:
    """Return the suggestion in ``row``."""
    words = (row["tag"], bool(row["rejected"]), row["created"])
    return Suggestion(row["id"], row["document"], to_anchor(row), *words)


def _type(value: str | None) -> EntityType | None:
    return None if value is None else EntityType(value)


def decision_row(decision: Decision) -> Row:
    """Return the row of ``decision``."""
    scope = decision.scope
    return {
        "id": decision.id,
        "document": scope.document,
        "channel": scope.channel,
        "source_start": scope.source.start if scope.source is not None else None,
        "source_end": scope.source.end if scope.source is not None else None,
        "before": scope.before,
        "after": scope.after,
        "site": scope.site,
        "least": scope.least,
        "verdict": str(decision.verdict),
        "text": storable(decision.text),
        "made": decision.made,
    }


def to_decision(row: Mapping[str, Any]) -> Decision:
    """Return the decision in ``row``."""
    start = row["source_start"]
    scope = Scope(
        row["channel"],
        row["document"],
        None if start is None else Span(start, row["source_end"]),
        row["before"],
        row["after"],
        row["site"],
        row["least"],
    )
    return Decision(row["id"], Verdict(row["verdict"]), scope, row["made"], row["text"])
