"""A document's result as a row of Parquet, and back: nothing of what was found is lost."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from meipi.core.document import Block, Decoded, Role, Structure
from meipi.core.entity import EntityType, Mention
from meipi.core.extras import need
from meipi.core.lines import one_line
from meipi.core.messages import word
from meipi.core.reading import Prepared
from meipi.core.repairs import Lost, Proof, Repaired, RepairEdit, apply_edits
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meipi.core.errors import MeipiError
    from meipi.sources.containers import Item

EXTRA = "batch"
FORMAT = "meipi batch 1"
"""Stands in the metadata of every file of results."""
_ORIGIN = ("input", "name", "key", "file", "sha256")
_READ_AS = ("encoding", "format")
_METADATA = ("title", "date", "source", "region")
_NAME = 120
"""Characters of the name that a document without a file of its own gets."""
_PLACE = ("start", "end")
_SOURCE_PLACE = ("source_start", "source_end")


@dataclass(frozen=True, slots=True)
class Result:
    """A row read back: a document made ready, with its entities and the bytes it came as."""

    name: str
    data: bytes
    prepared: Prepared
    mentions: tuple[Mention, ...]


def schema(settings: str) -> Any:
    """Return the columns of results; ``settings`` go into the metadata."""
    arrow = need("pyarrow", EXTRA)
    text, number = arrow.string(), arrow.int32()

    def structs(**fields: Any) -> Any:
        return arrow.list_(arrow.struct(list(fields.items())))

    places = dict.fromkeys(_PLACE, number)
    both = places | dict.fromkeys(_SOURCE_PLACE, number)
    columns = [
        *((name, text) for name in (*_ORIGIN, "error_code", "error")),
        *((name, text) for name in (*_READ_AS, *_METADATA)),
        ("authors", arrow.list_(text)),
        ("text", text),
        ("edits", structs(**both, before=text, after=text, channel=text,
                          confidence=arrow.float64(), proof=text)),
        ("lost", structs(**both, channel=text, reason=text)),
        ("blocks", structs(**places, role=text, level=number, hidden=structs(**places))),
        ("entities", structs(**places, type=text, text=text, canonical=text, normal=text, by=text)),
        ("confidence", arrow.float64()),
        ("bom", arrow.bool_()),
        ("replaced", number),
        ("declared", arrow.map_(text, text)),
        ("data", arrow.binary()),
    ]  # fmt: skip
    return arrow.schema(columns, metadata={"generator": FORMAT, "settings": settings})


def row_of(
    source: str, item: Item, prepared: Prepared, mentions: Iterable[Mention], *, originals: bool
) -> dict[str, Any]:
    """Return the row of a document; ``originals`` keeps its bytes in it."""
    decoded, structure = prepared.decoded, prepared.structure
    return {
        **_head(source, item),
        "encoding": decoded.encoding,
        "format": decoded.format,
        "confidence": decoded.confidence,
        "bom": decoded.bom,
        "replaced": decoded.replaced,
        "declared": list(decoded.declared.items()),
        "title": structure.title,
        "date": structure.date,
        "source": structure.source,
        "authors": list(structure.authors),
        "region": structure.region,
        "text": prepared.repaired.text,
        "edits": [asdict(edit) for edit in prepared.repaired.edits],
        "lost": [_lost_row(lost) for lost in prepared.repaired.lost],
        "blocks": [_block_row(block) for block in structure.blocks],
        "entities": [_mention_row(mention) for mention in mentions],
        "data": item.data if originals else None,
    }


def failed_row(source: str, item: Item, error: MeipiError) -> dict[str, Any]:
    """Return the row of a document that could not be worked on, with the reason."""
    return {**_head(source, item), "error_code": error.code.value, "error": word(error, "en")}


def result_of(row: dict[str, Any]) -> Result:
    """Return what a row holds. Raises ``ValueError`` where its parts do not fit each other."""
    text = row["text"]
    edits = tuple(
        RepairEdit(**{**edit, "proof": Proof(edit["proof"])}) for edit in row["edits"] or ()
    )
    decoded = _decoded(row, _undone(text, edits))
    again, text_map = apply_edits(decoded.text, edits)
    if again != text:
        raise ValueError("its edits do not make its text")
    lost = tuple(_lost(item, text) for item in row["lost"] or ())
    blocks = tuple(_block(item, text) for item in row["blocks"] or ())
    metadata = (row["title"], row["date"], row["source"], tuple(row["authors"] or ()))
    structure = Structure(blocks, *metadata, row["region"])
    prepared = Prepared(decoded, Repaired(text, edits, text_map, lost), structure)
    mentions = tuple(_mention(mention, text) for mention in row["entities"] or ())
    return Result(_called(row), _data(row, decoded.text), prepared, mentions)


def _head(source: str, item: Item) -> dict[str, Any]:
    digest = hashlib.sha256(item.data).hexdigest() if item.data else None
    return dict(zip(_ORIGIN, (source, item.name, item.key, item.file, digest), strict=True))


def _decoded(row: dict[str, Any], text: str) -> Decoded:
    """Return the source text; without the bytes it came as, it is a file of its own."""
    replaced, declared = row["replaced"], dict(row["declared"] or ())
    if row["data"] is None:
        return Decoded(text, "utf-8", replaced=replaced, declared=declared)
    read_as = (row["encoding"], row["confidence"], row["bom"], row["format"])
    return Decoded(text, *read_as, replaced, declared)


def _called(row: dict[str, Any]) -> str:
    """Return the name of the document's file; a line or a page has none of its own."""
    file, suffix = PurePath(row["file"]), PurePath(row["file"]).suffix
    if row["data"] is None:
        suffix = ".txt"
    stem = file.stem
    if stem in {"document", "page"}:
        stem = one_line(f"{PurePath(row['input']).stem} {row['key'] or row['name']}")[:_NAME]
    return stem + suffix


def _data(row: dict[str, Any], source_text: str) -> bytes:
    data: bytes | None = row["data"]
    if data is None:
        return source_text.encode()
    if hashlib.sha256(data).hexdigest() != row["sha256"]:
        raise ValueError("its bytes are not those of its sha256")
    return data


def _undone(text: str, edits: tuple[RepairEdit, ...]) -> str:
    """Return the source text that ``edits`` made ``text`` of."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError("its edits lie outside its text")
        parts += (text[at : edit.start], edit.before)
        at = edit.end
    return "".join((*parts, text[at:]))


def _span(row: dict[str, Any], text: str, names: tuple[str, str] = _PLACE) -> Span:
    start, end = (row[name] for name in names)
    if not 0 <= start <= end <= len(text):
        raise ValueError("a place lies outside its text")
    return Span(start, end)


def _lost_row(lost: Lost) -> dict[str, Any]:
    return {
        **dict(zip(_PLACE, (lost.span.start, lost.span.end), strict=True)),
        **dict(zip(_SOURCE_PLACE, (lost.source.start, lost.source.end), strict=True)),
        "channel": lost.channel,
        "reason": lost.reason,
    }


def _lost(row: dict[str, Any], text: str) -> Lost:
    source = Span(*(row[name] for name in _SOURCE_PLACE))
    return Lost(_span(row, text), source, row["channel"], row["reason"])


def _block_row(block: Block) -> dict[str, Any]:
    hidden = [{"start": span.start, "end": span.end} for span in block.hidden]
    place = {"start": block.span.start, "end": block.span.end}
    return {**place, "role": block.role.value, "level": block.level, "hidden": hidden}


def _block(row: dict[str, Any], text: str) -> Block:
    hidden = tuple(_span(gap, text) for gap in row["hidden"] or ())
    return Block(_span(row, text), Role(row["role"]), row["level"], hidden)


def _mention_row(mention: Mention) -> dict[str, Any]:
    values = {"start": mention.span.start, "end": mention.span.end, "type": mention.type.value}
    names = ("text", "canonical", "normal", "by")
    return values | {name: getattr(mention, name) for name in names}


def _mention(row: dict[str, Any], text: str) -> Mention:
    span = _span(row, text)
    if span.slice(text) != row["text"]:
        raise ValueError("an entity is not what stands at its place")
    kind = EntityType(row["type"])
    return Mention(span, kind, row["text"], row["canonical"], row["by"], row["normal"])
