"""The reading text and its structure as plain JSON values and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.document import Block, Role, Structure
from meipi.core.repairs import Lost, Proof, Repaired, RepairEdit, apply_edits
from meipi.core.textmap import Piece, TextMap
from meipi.exchange.records import Record, as_span
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.spans import Span

Plain = dict[str, object]


def pair(span: Span) -> list[int]:
    """Return a span as a pair of offsets."""
    return [span.start, span.end]


def reading_to_plain(annotated: AnnotatedDocument) -> Plain:
    """Return the reading text, the repairs that made it and what is lost in it."""
    repaired = annotated.repaired
    plain: Plain = {
        "text": repaired.text,
        "edits": [_edit_to_plain(edit) for edit in repaired.edits],
        "lost": [
            {
                "span": pair(t.span),
                "source": pair(t.source),
                "channel": t.channel,
                "reason": t.reason,
            }
            for t in repaired.lost
        ],
    }
    if not _follows(repaired, annotated.source_text):
        plain["map"] = [list(piece) for piece in repaired.map.pieces]
    return plain


def _follows(repaired: Repaired, source_text: str) -> bool:
    """Say whether the map is the one the edits give, so that it need not be written."""
    try:
        return apply_edits(source_text, repaired.edits)[1] == repaired.map
    except ValueError:
        return False


def reading_from_plain(record: Record, source_text: str) -> Repaired:
    """Read a reading text of ``source_text``."""
    edits = tuple(_edit(r) for r in record.records("edits"))
    repaired = Repaired(
        text=record.text("text"),
        edits=edits,
        map=_map(record, source_text, edits),
        lost=tuple(_lost(r) for r in record.records("lost")),
    )
    record.done()
    return repaired


def _map(record: Record, source_text: str, edits: Sequence[RepairEdit]) -> TextMap:
    if "map" in record:
        return TextMap(_piece(item, record.path("map")) for item in record.items("map"))
    try:
        return apply_edits(source_text, edits)[1]
    except ValueError as error:
        raise Refused("edits", detail=str(error)) from None


def _piece(value: object, where: str) -> Piece:
    if not isinstance(value, list) or len(value) != 5 or not isinstance(value[4], bool):
        raise Refused("not_span", where=where)
    source, target = as_span(value[:2], where), as_span(value[2:4], where)
    return Piece(source.start, source.end, target.start, target.end, linear=value[4])


def _edit_to_plain(edit: RepairEdit) -> Plain:
    return {
        "start": edit.start,
        "end": edit.end,
        "source_start": edit.source_start,
        "source_end": edit.source_end,
        "before": edit.before,
        "after": edit.after,
        "channel": edit.channel,
        "confidence": edit.confidence,
        "proof": edit.proof,
    }


def _edit(record: Record) -> RepairEdit:
    edit = RepairEdit(
        start=record.integer("start"),
        end=record.integer("end"),
        source_start=record.integer("source_start"),
        source_end=record.integer("source_end"),
        before=record.text("before"),
        after=record.text("after"),
        channel=record.text("channel"),
        confidence=record.fraction("confidence"),
        proof=record.one_of("proof", Proof),
    )
    record.done()
    return edit


def _lost(record: Record) -> Lost:
    lost = Lost(
        record.span("span"), record.span("source"), record.text("channel"), record.text("reason")
    )
    record.done()
    return lost


def structure_to_plain(structure: Structure) -> Plain:
    """Return blocks and metadata."""
    return {
        "title": structure.title,
        "date": structure.date,
        "source": structure.source,
        "authors": structure.authors,
        "region": structure.region,
        "blocks": [
            {
                "span": pair(block.span),
                "role": block.role,
                "level": block.level,
                "hidden": [pair(span) for span in block.hidden],
            }
            for block in structure.blocks
        ],
    }


def structure_from_plain(record: Record) -> Structure:
    """Read blocks and metadata."""
    structure = Structure(
        blocks=tuple(_block(r) for r in record.records("blocks")),
        title=record.optional_text("title"),
        date=record.optional_text("date"),
        source=record.optional_text("source"),
        authors=record.texts("authors"),
        region=record.optional_text("region"),
    )
    record.done()
    return structure


def _block(record: Record) -> Block:
    block = Block(
        span=record.span("span"),
        role=record.one_of("role", Role),
        level=record.integer("level"),
        hidden=record.spans("hidden"),
    )
    record.done()
    return block
