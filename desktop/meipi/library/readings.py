"""Readings: a source text, its repairs, the map between them and the structure, packed in a row."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from meipi.core.document import Block, Decoded, Role, Structure
from meipi.core.reading import Prepared
from meipi.core.repairs import Lost, Proof, Repaired, RepairEdit
from meipi.core.spans import Span
from meipi.core.textmap import Piece, TextMap

if TYPE_CHECKING:
    import sqlite3

_LARGE = 1_000_000
"""Bytes from which packing fast counts for more than packing small."""


UNREADABLE = (LookupError, ValueError, TypeError, zlib.error)
"""What reading a damaged row may raise."""


def insert(connection: sqlite3.Connection, document: str, reading: Prepared) -> int:
    """Store a reading of ``document`` and return its number."""
    decoded, repaired = reading.decoded, reading.repaired
    inferred = sum(edit.proof is Proof.INFERRED for edit in repaired.edits)
    same = repaired.text == decoded.text
    cursor = connection.execute(
        "INSERT INTO readings (document, confidence, bom, replaced, repairs, inferred, lost, "
        "source_text, text, layers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(document, decoded.confidence, decoded.bom, decoded.replaced),
            *(len(repaired.edits), inferred, len(repaired.lost)),
            *(_pack(decoded.text), None if same else _pack(repaired.text)),
            _pack(_layers(reading)),
        ),
    )
    assert cursor.lastrowid is not None  # noqa: S101 - SQLite gives every inserted row a number
    return cursor.lastrowid


def load(connection: sqlite3.Connection, number: int) -> Prepared:
    """Return the reading ``number``. Raises ``LookupError`` where there is none."""
    row = connection.execute("SELECT * FROM readings WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise LookupError(f"no reading {number}")
    source = _unpack(row["source_text"])
    text = source if row["text"] is None else _unpack(row["text"])
    layers = json.loads(_unpack(row["layers"]))
    return Prepared(_decoded(row, source, layers), _repaired(text, layers), _structure(layers))


def load_text(connection: sqlite3.Connection, number: int) -> str:
    """Return only the reading text of reading ``number``."""
    row = connection.execute(
        "SELECT coalesce(text, source_text) AS text FROM readings WHERE id = ?", (number,)
    ).fetchone()
    if row is None:
        raise LookupError(f"no reading {number}")
    return _unpack(row["text"])


def _pack(text: str) -> bytes:
    data = text.encode("utf-8")
    return zlib.compress(data, 1 if len(data) > _LARGE else 6)


def _unpack(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8")


def _layers(reading: Prepared) -> str:
    decoded, repaired, structure = reading.decoded, reading.repaired, reading.structure
    layers = {
        "encoding": decoded.encoding,
        "format": decoded.format,
        "declared": decoded.declared,
        "edits": [_edit_values(edit) for edit in repaired.edits],
        "map": repaired.map.pieces,
        "lost": [(*_ends(x.span), *_ends(x.source), x.channel, x.reason) for x in repaired.lost],
        "blocks": [
            (*_ends(block.span), block.role, block.level, [_ends(gap) for gap in block.hidden])
            for block in structure.blocks
        ],
        "title": structure.title,
        "date": structure.date,
        "source": structure.source,
        "authors": structure.authors,
        "region": structure.region,
    }
    return json.dumps(layers, ensure_ascii=False, separators=(",", ":"))


def _edit_values(edit: RepairEdit) -> tuple[object, ...]:
    return (
        *(edit.start, edit.end, edit.source_start, edit.source_end, edit.before, edit.after),
        *(edit.channel, edit.confidence, edit.proof),
    )


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _decoded(row: sqlite3.Row, source: str, layers: dict[str, Any]) -> Decoded:
    return Decoded(
        source,
        layers["encoding"],
        confidence=row["confidence"],
        bom=bool(row["bom"]),
        format=layers["format"],
        replaced=row["replaced"],
        declared=layers["declared"],
    )


def _repaired(text: str, layers: dict[str, Any]) -> Repaired:
    edits = tuple(_edit(*values) for values in layers["edits"])
    lost = tuple(Lost(Span(a, b), Span(c, d), *words) for a, b, c, d, *words in layers["lost"])
    pieces = (Piece(a, b, c, d, linear=linear) for a, b, c, d, linear in layers["map"])
    return Repaired(text, edits, TextMap(pieces), lost)


def _edit(*values: Any) -> RepairEdit:
    start, end, source_start, source_end, before, after, channel, confidence, proof = values
    where = (start, end, source_start, source_end)
    return RepairEdit(*where, before, after, channel, confidence, Proof(proof))


def _structure(layers: dict[str, Any]) -> Structure:
    blocks = tuple(
        Block(Span(start, end), Role(role), level, tuple(Span(*gap) for gap in hidden))
        for start, end, role, level, hidden in layers["blocks"]
    )
    return Structure(
        blocks,
        title=layers["title"],
        date=layers["date"],
        source=layers["source"],
        authors=tuple(layers["authors"]),
        region=layers["region"],
    )
