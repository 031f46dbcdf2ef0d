"""Entities as rows of a table, beside the annotations: type, name, normal form or code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType, Mention
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.spans import Span
    from meipi.exchange.records import Record

Row = dict[str, str]

MENTION_COLUMNS = ("kind", "type", "name", "normal", "code", "by")
ANNOTATION, ENTITY = "annotation", "entity"
CORRECTED = "corrected"
_CODED = frozenset({EntityType.LOC, EntityType.FAC})
"""Types whose normal form is the code of an administrative division."""


def mention_rows(annotated: AnnotatedDocument) -> Iterator[Row]:
    """Yield the cells in which entities differ from annotations; other cells stay empty."""
    for mention in annotated.mentions or ():
        source = annotated.repaired.map.to_source_span(mention.span)
        coded = mention.type in _CODED
        yield {
            "kind": ENTITY,
            "type": mention.type,
            "name": mention.canonical,
            "normal": "" if coded else mention.normal or "",
            "code": mention.normal or "" if coded else "",
            "by": mention.by,
            "quote": mention.text,
            "start": str(mention.span.start),
            "end": str(mention.span.end),
            "source_start": str(source.start),
            "source_end": str(source.end),
            "state": CORRECTED if mention.corrected else "",
        }


def read_mention(record: Record, span: Span) -> Mention:
    """Return the entity of a row. Raises ``Refused`` where a cell is not as it must be."""
    state = record.text("state")
    if state not in {"", CORRECTED}:
        raise Refused("value", where="state", value=state)
    return Mention(
        span=span,
        type=record.one_of("type", EntityType),
        text=record.text("quote"),
        canonical=record.text("name"),
        by=record.text("by"),
        normal=record.text("normal") or record.text("code") or None,
        corrected=bool(state),
    )


def kept_mentions(
    annotated: AnnotatedDocument, clean: Callable[[str], str]
) -> tuple[Mention, ...] | None:
    """Return what is left of the entities of a document once ``clean`` cells were read."""
    return (
        tuple(
            replace(
                mention,
                text=clean(mention.text),
                canonical=clean(mention.canonical),
                by=clean(mention.by),
                normal=clean(mention.normal or "") or None,
            )
            for mention in annotated.mentions or ()
        )
        or None
    )


def mention_words(annotated: AnnotatedDocument) -> Iterator[str]:
    """Yield what cells of entities say in words."""
    for mention in annotated.mentions or ():
        yield from (mention.text, mention.canonical, mention.by, mention.normal or "")
