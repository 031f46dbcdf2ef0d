"""Parquet, ready for `datasets`: a document a row, with its spans, characters and BIO tags.

Offsets are code points. The columns ``tokens`` and ``ner_tags`` hold what a column of tags can: of
marks that overlap the longest. ``spans`` holds them all.
"""

from __future__ import annotations

from io import BytesIO
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from meipi.core.extras import need
from meipi.exchange.conll import overlapping
from meipi.exchange.flat import FlatDocument, FlatSet, Mark, Parsed
from meipi.exchange.flat_format import Flat, Keeps
from meipi.exchange.records import as_span, checked_text
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import escape
from meipi.exchange.trimming import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from meipi.core.spans import Span

MODULE, EXTRA = "pyarrow", "formats"
_CHUNK = 1 << 20
_MAX_FILE = 1 << 30
_OURS = "meipi"
_SPAN = ("label", "note", "coder", "created", "modified", "id", "canonical", "normal")
_DOCUMENT = ("id", "sha256", "name", "title")
_ROWS = 64
"""Documents written at a time."""


def _schema(arrow: Any) -> Any:
    text = arrow.string()
    span = arrow.struct(
        [
            ("start", arrow.int64()),
            ("end", arrow.int64()),
            *((name, text) for name in _SPAN),
            ("entity", arrow.bool_()),
        ]
    )
    columns = [
        *((name, text) for name in _DOCUMENT),
        ("text", text),
        ("spans", arrow.list_(span)),
        ("tokens", arrow.list_(text)),
        ("ner_tags", arrow.list_(text)),
    ]
    return arrow.schema(columns, metadata={"generator": _OURS})


def write(chosen: FlatSet) -> Iterator[bytes]:
    """Yield the file."""
    arrow = need("pyarrow", EXTRA)
    parquet = need("pyarrow.parquet", EXTRA)
    schema = _schema(arrow)
    with TemporaryFile() as file:
        with parquet.ParquetWriter(file, schema) as writer:
            rows: list[dict[str, object]] = []
            for flat in chosen.documents:
                rows.append(_row(flat))
                if len(rows) == _ROWS:
                    writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
                    rows = []
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
        file.seek(0)
        while part := file.read(_CHUNK):
            yield part


def _row(flat: FlatDocument) -> dict[str, object]:
    tokens, tags = _tagged(flat)
    return {
        **{name: getattr(flat, name) for name in _DOCUMENT},
        "text": flat.text,
        "spans": [_span(mark) for mark in flat.marks],
        "tokens": tokens,
        "ner_tags": tags,
    }


def _span(mark: Mark) -> dict[str, object]:
    said = {name: getattr(mark, name) for name in _SPAN}
    return {"start": mark.span.start, "end": mark.span.end, **said, "entity": mark.entity}


def _tagged(flat: FlatDocument) -> tuple[list[str], list[str]]:
    lost = overlapping(flat)
    tags = ["O"] * len(flat.text)
    for number, mark in enumerate(flat.marks):
        if number not in lost:
            span = trimmed(flat.text, mark.span)
            for at in range(span.start, span.end):
                tags[at] = f"{'B' if at == span.start else 'I'}-{mark.label}"
    kept = [at for at, character in enumerate(flat.text) if not character.isspace()]
    return [flat.text[at] for at in kept], [tags[at] for at in kept]


def parse(stream: BinaryIO) -> Parsed:
    """Read a file with a text and a list of spans in each row, ours or another's."""
    parquet = need("pyarrow.parquet", EXTRA)
    data = stream.read(_MAX_FILE + 1)
    if len(data) > _MAX_FILE:
        raise Refused("too_large", limit=f"{_MAX_FILE:,} bytes")
    try:
        file = parquet.ParquetFile(BytesIO(data))
        names = set(file.schema_arrow.names)
        ours = (file.schema_arrow.metadata or {}).get(b"generator") == _OURS.encode()
    except (OSError, ValueError, KeyError) as error:
        raise _broken(error) from None
    if not {"text", "spans"} <= names:
        raise Refused("columns", where="text, spans")
    columns = [name for name in (*_DOCUMENT, "text", "spans") if name in names]
    return Parsed(_documents(file, columns, ours=ours))


def _broken(error: Exception) -> Refused:
    return Refused("not_this", format="Parquet", detail=str(error)[:80])


def _documents(file: Any, columns: list[str], *, ours: bool) -> Iterator[FlatDocument]:
    number = 0
    try:
        for batch in file.iter_batches(batch_size=_ROWS, columns=columns):
            for row in batch.to_pylist():
                number += 1
                yield _document(row, number, ours=ours)
    except Refused:
        raise
    except (OSError, ValueError, KeyError, UnicodeDecodeError) as error:
        raise _broken(error) from None


def _document(row: dict[str, Any], number: int, *, ours: bool) -> FlatDocument:
    facts = {name: _text(row, name) for name in _DOCUMENT}
    spans = row["spans"] or []
    if not isinstance(spans, list):
        raise Refused("not_span", where="spans")
    return FlatDocument(
        name=facts["name"] if ours else facts["name"] or f"parquet-{number}.txt",
        text=checked_text(row["text"], "text"),
        marks=tuple(_mark(span, ours=ours) for span in spans),
        id=facts["id"],
        sha256=facts["sha256"],
        title=facts["title"],
    )


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)


def _mark(value: Any, *, ours: bool) -> Mark:
    if not isinstance(value, dict):
        raise Refused("not_object", where="spans")
    place: Span = as_span([value.get("start"), value.get("end")], "spans")
    label = _text(value, "label")
    if not ours:
        return Mark(place, escape(label))
    entity = value.get("entity") is True
    return Mark(
        place,
        label,
        note=_text(value, "note"),
        coder=_text(value, "coder"),
        created=_text(value, "created"),
        modified=_text(value, "modified"),
        id=_text(value, "id"),
        entity=entity,
        canonical=_text(value, "canonical"),
        normal=value.get("normal") if entity else None,
    )


FORMAT = Flat(
    name="parquet",
    label_zh="Parquet(datasets)",
    label_en="Parquet (datasets)",
    suffix=".parquet",
    keeps=Keeps(
        mark=frozenset(
            {"id", "note", "coder", "created", "modified", "entity", "canonical", "normal"}
        ),
        document=frozenset({"text", *_DOCUMENT}),
    ),
    write=write,
    parse=parse,
    recognises=lambda head: head.startswith(b"PAR1"),
    module=MODULE,
    extra=EXTRA,
).format()
