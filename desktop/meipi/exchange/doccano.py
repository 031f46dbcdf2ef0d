"""doccano's JSONL in both its shapes: spans as triples, and entities with relations.

Offsets are code points. What doccano knows nothing of travels under the key ``meipi``, which it
keeps as metadata and gives back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.exchange.flat import EXTRAS, FlatDocument, FlatSet, Mark, Parsed, beside, rejoined
from meipi.exchange.flat_format import Flat, Keeps
from meipi.exchange.json_lines import (
    Plain,
    facts_of,
    line,
    list_at,
    object_at,
    read_objects,
    text_at,
)
from meipi.exchange.records import Record, as_span, checked_text
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import escape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from meipi.core.spans import Span

_TRIPLES = re.compile(rb'"labels?"\s*:\s*\[')
_ENTITIES = re.compile(rb'"(entities|annotations)"\s*:\s*\[\s*(\]|\{[^}]*"start_offset")')

UNTAGGED = "批注"
"""The label of annotations without a tag."""


def _common(flat: FlatDocument) -> Plain:
    return {
        "meipi": {
            "id": flat.id,
            "sha256": flat.sha256,
            "name": flat.name,
            "title": flat.title,
            "marks": beside(flat.marks),
        },
        "text": flat.text,
    }


def write_spans(chosen: FlatSet) -> Iterator[str]:
    """Yield a document a line, its spans as triples."""
    for flat in chosen.documents:
        spans = [[m.span.start, m.span.end, m.label or UNTAGGED] for m in flat.marks]
        notes = [mark.note for mark in flat.marks if mark.note]
        yield line({**_common(flat), "label": spans, "Comments": notes})


def write_entities(chosen: FlatSet) -> Iterator[str]:
    """Yield a document a line, its spans as entities."""
    for flat in chosen.documents:
        entities = [
            {
                "id": number,
                "label": mark.label or UNTAGGED,
                "start_offset": mark.span.start,
                "end_offset": mark.span.end,
            }
            for number, mark in enumerate(flat.marks)
        ]
        yield line({**_common(flat), "entities": entities, "relations": []})


def parse(stream: BinaryIO) -> Parsed:
    """Read either shape, ours or doccano's own."""
    return Parsed(_documents(stream))


def _documents(stream: BinaryIO) -> Iterator[FlatDocument]:
    for number, value in read_objects(stream):
        try:
            yield _document(value, number)
        except Refused as refused:
            raise refused.at(number) from None


def _document(value: Plain, number: int) -> FlatDocument:
    text = text_at(value, "data" if "data" in value and "text" not in value else "text")
    if not {"label", "labels", "entities", "annotations"} & set(value):
        raise Refused("missing", where="label")
    said = facts_of(value, "id", "sha256", "name", "title")
    ours = "meipi" in value
    marks = (_mark(span, label, ours=ours) for span, label in _labels(value))
    return FlatDocument(
        name=said.get("name", f"doccano-{value.get('id', number)}.txt"),
        text=text,
        marks=tuple(rejoined(marks, object_at(value, "meipi").get("marks"))),
        id=said.get("id", ""),
        sha256=said.get("sha256", ""),
        title=said.get("title", ""),
        passed_over={"relation": len(list_at(value, "relations"))},
    )


def _mark(span: Span, label: str, *, ours: bool) -> Mark:
    if ours:
        return Mark(span, "" if label == UNTAGGED else label)
    return Mark(span, escape(label))


def _labels(value: Plain) -> Iterator[tuple[Span, str]]:
    for key in ("label", "labels"):
        for at, one in enumerate(list_at(value, key)):
            where = f"{key}[{at}]"
            if not isinstance(one, list) or len(one) != 3:
                raise Refused("not_span", where=where)
            yield as_span(one[:2], where), checked_text(one[2], where)
    for key in ("entities", "annotations"):
        for at, one in enumerate(list_at(value, key)):
            record = Record(one, f"{key}[{at}]")
            place = [record.integer("start_offset"), record.integer("end_offset")]
            yield as_span(place, record.where), _label(one)


def _label(one: object) -> str:
    """Return the label of an entity; old exports name it by its number."""
    label = one.get("label") if isinstance(one, dict) else None
    if type(label) is int:
        return str(label)
    return checked_text(label, "label")


_KEEPS = Keeps(
    mark=frozenset({"note", "entity", *EXTRAS}),
    document=frozenset({"text", "name", "id", "sha256", "title"}),
)

SPANS = Flat(
    name="doccano",
    label_zh="doccano JSONL(区间)",
    label_en="doccano JSONL (spans)",
    suffix=".doccano.jsonl",
    keeps=_KEEPS,
    write=write_spans,
    parse=parse,
    recognises=lambda head: b'"text"' in head and _TRIPLES.search(head) is not None,
).format()

ENTITIES = Flat(
    name="doccano-entities",
    label_zh="doccano JSONL(实体与关系)",
    label_en="doccano JSONL (entities and relations)",
    suffix=".doccano-entities.jsonl",
    keeps=_KEEPS,
    write=write_entities,
    parse=parse,
    recognises=lambda head: b'"text"' in head and _ENTITIES.search(head) is not None,
).format()
