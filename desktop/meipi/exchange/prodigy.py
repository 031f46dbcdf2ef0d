"""Prodigy's JSONL: a text a line with its spans. Offsets are code points."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from meipi.exchange.flat import EXTRAS, FlatDocument, FlatSet, Mark, Parsed, extras, with_extras
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
from meipi.exchange.records import Record, as_span
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import escape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from meipi.core.spans import Span

_SPANS = re.compile(rb'"spans"\s*:\s*\[\s*(\]|\{[^}]*"start")')

UNTAGGED = "批注"
"""The label of annotations without a tag."""


def write(chosen: FlatSet) -> Iterator[str]:
    """Yield a document a line."""
    for flat in chosen.documents:
        facts = {"id": flat.id, "sha256": flat.sha256, "name": flat.name, "title": flat.title}
        yield line(
            {
                "meta": {"source": flat.name, "meipi": facts},
                "text": flat.text,
                "spans": [_span(mark) for mark in flat.marks],
                "answer": "accept",
            }
        )


def _span(mark: Mark) -> Plain:
    note = {"note": mark.note} if mark.note else {}
    place = {"start": mark.span.start, "end": mark.span.end, "label": mark.label or UNTAGGED}
    return {**place, "meipi": extras(mark) | note}


def parse(stream: BinaryIO) -> Parsed:
    """Read texts with spans; those that were rejected or ignored are passed over."""
    passed_over: Counter[str] = Counter()
    return Parsed(_documents(stream, passed_over), passed_over=passed_over)


def _documents(stream: BinaryIO, passed_over: Counter[str]) -> Iterator[FlatDocument]:
    for number, value in read_objects(stream):
        try:
            if value.get("answer", "accept") == "accept":
                yield _document(value, number)
            else:
                passed_over["rejected"] += 1
        except Refused as refused:
            raise refused.at(number) from None


def _document(value: Plain, number: int) -> FlatDocument:
    if "spans" not in value:
        raise Refused("missing", where="spans")
    meta = object_at(value, "meta")
    said = facts_of(meta, "id", "sha256", "name", "title")
    return FlatDocument(
        name=said.get("name", f"prodigy-{number}.txt"),
        text=text_at(value, "text"),
        marks=tuple(_mark(one, at) for at, one in enumerate(list_at(value, "spans"))),
        id=said.get("id", ""),
        sha256=said.get("sha256", ""),
        title=said.get("title", ""),
        passed_over={"relation": len(list_at(value, "relations"))},
    )


def _mark(value: object, at: int) -> Mark:
    record = Record(value, f"spans[{at}]")
    span: Span = as_span([record.integer("start"), record.integer("end")], record.where)
    label = record.text("label")
    if "meipi" not in record:
        return Mark(span, escape(label))
    said = object_at(value, "meipi") if isinstance(value, dict) else {}
    return with_extras(Mark(span, "" if label == UNTAGGED else label), said)


FORMAT = Flat(
    name="prodigy",
    label_zh="Prodigy JSONL",
    label_en="Prodigy JSONL",
    suffix=".prodigy.jsonl",
    keeps=Keeps(
        mark=frozenset({"note", "entity", *EXTRAS}),
        document=frozenset({"text", "name", "id", "sha256", "title"}),
    ),
    write=write,
    parse=parse,
    recognises=lambda head: _SPANS.search(head) is not None and b'"text"' in head,
).format()
