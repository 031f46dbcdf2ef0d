"""Readings: a source text, its repairs, the map between them and the structure, packed in a row."""

from __future__ import annotations

import codecs
import json
import zlib
from itertools import islice
from typing import TYPE_CHECKING, Any

from meipi.core.document import Block, Decoded, Role, Structure
from meipi.core.reading import Prepared
from meipi.core.repairs import Edits, Lost, Proof, Repaired, RepairEdit
from meipi.core.spans import Span
from meipi.core.textmap import Piece, TextMap

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

_LARGE = 1_000_000
"""Bytes from which packing fast counts for more than packing small."""
_SLICE = 65_536
"""Bytes or characters coded at a time: every other thread waits for as long."""
_IN_A_LINE = 500
"""Blocks, repairs or pieces of a map in one line of the layers, for the same reason."""


_WITH_SOURCE = """
SELECT r.*, coalesce(b.source_text, r.source_text) AS source
FROM readings r LEFT JOIN readings b ON b.id = r.base
"""

_TEXT = """
SELECT coalesce(r.text, (SELECT source_text FROM readings b WHERE b.id = r.base), r.source_text)
FROM readings r WHERE r.id = ?
"""

_LISTS = ("edits", "map", "lost", "blocks")

UNREADABLE = (LookupError, ValueError, TypeError, zlib.error)
"""What reading a damaged row may raise."""


def insert(
    connection: sqlite3.Connection, document: str, reading: Prepared, *, base: int | None = None
) -> int:
    """Store a reading of ``document`` and return its number.

    ``base`` is the reading it was made from by decisions on repairs; it shares its source text.
    """
    decoded, repaired = reading.decoded, reading.repaired
    inferred = sum(edit.proof is Proof.INFERRED for edit in repaired.edits)
    same = repaired.text == decoded.text
    cursor = connection.execute(
        "INSERT INTO readings (document, confidence, bom, replaced, repairs, inferred, lost, "
        "source_text, text, layers, base) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(document, decoded.confidence, decoded.bom, decoded.replaced),
            *(len(repaired.edits), inferred, len(repaired.lost)),
            b"" if base is not None else _pack(decoded.text),
            *(None if same else _pack(repaired.text), _pack(_layers(reading)), base),
        ),
    )
    assert cursor.lastrowid is not None  # noqa: S101 - SQLite gives every inserted row a number
    return cursor.lastrowid


def load(connection: sqlite3.Connection, number: int) -> Prepared:
    """Return the reading ``number``. Raises ``LookupError`` where there is none."""
    row = connection.execute(f"{_WITH_SOURCE} WHERE r.id = ?", (number,)).fetchone()
    if row is None:
        raise LookupError(f"no reading {number}")
    source = _unpack(row["source"])
    text = source if row["text"] is None else _unpack(row["text"])
    layers = _joined(_unpack(row["layers"]))
    repaired = _repaired(source, text, layers)
    return Prepared(_decoded(row, source, layers), repaired, _structure(layers))


def load_text(connection: sqlite3.Connection, number: int) -> str:
    """Return only the reading text of reading ``number``."""
    row = connection.execute(_TEXT, (number,)).fetchone()
    if row is None:
        raise LookupError(f"no reading {number}")
    return _unpack(row[0])


def base_of(connection: sqlite3.Connection, number: int) -> int:
    """Return the reading that ``number`` was made from by decisions, or itself."""
    row = connection.execute("SELECT base FROM readings WHERE id = ?", (number,)).fetchone()
    return number if row is None or row["base"] is None else int(row["base"])


def _pack(text: str) -> bytes:
    slices = (text[at : at + _SLICE].encode("utf-8") for at in range(0, len(text), _SLICE))
    data = b"".join(slices)
    return zlib.compress(data, 1 if len(data) > _LARGE else 6)


def _unpack(data: bytes) -> str:
    text = zlib.decompress(data)
    decoder = codecs.getincrementaldecoder("utf-8")()
    slices = [decoder.decode(text[at : at + _SLICE]) for at in range(0, len(text), _SLICE)]
    return "".join((*slices, decoder.decode(b"", final=True)))


def _layers(reading: Prepared) -> str:
    """Return the layers as lines of JSON: what there is one of, then the lists part by part."""
    decoded, repaired, structure = reading.decoded, reading.repaired, reading.structure
    one = {
        "encoding": decoded.encoding,
        "format": decoded.format,
        "declared": decoded.declared,
        "title": structure.title,
        "date": structure.date,
        "source": structure.source,
        "authors": structure.authors,
        "region": structure.region,
    }
    lines = [_line(one)]
    edits = Edits.of(decoded.text, repaired.text, repaired.edits)
    for name, values in (
        ("edits", edits.values()),
        ("map", repaired.map.pieces.values()),
        ("lost", map(_lost_values, repaired.lost)),
        ("blocks", map(_block_values, structure.blocks)),
    ):
        lines += [_line({name: part}) for part in _parts(values)]
    return "\n".join(lines)


def _line(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    each = iter(values)
    while part := list(islice(each, _IN_A_LINE)):
        yield part


def _joined(lines: str) -> dict[str, Any]:
    """Return the layers that stand in ``lines``, the lists put together again."""
    layers: dict[str, Any] = {name: [] for name in _LISTS}
    for line in lines.split("\n"):
        for name, values in json.loads(line).items():
            if name in _LISTS:
                layers[name] += values
            else:
                layers[name] = values
    return layers


def _lost_values(lost: Lost) -> tuple[object, ...]:
    return (*_ends(lost.span), *_ends(lost.source), lost.channel, lost.reason)


def _block_values(block: Block) -> tuple[object, ...]:
    return (*_ends(block.span), block.role, block.level, [_ends(gap) for gap in block.hidden])


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


def _repaired(source: str, text: str, layers: dict[str, Any]) -> Repaired:
    edits = Edits.of(source, text, [_edit(*values) for values in layers["edits"]])
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
