"""Whence a character of the reading text comes: its bytes, their decoding, its repair and proof."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.core.spans import Span
from meipi.services.encoding import ByteOffsets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.core.reading import Prepared
    from meipi.core.repairs import Lost, RepairEdit

_AROUND = 24
"""Characters on each side by which a place is found again in a page whose text was taken out."""
_MOST_BYTES = 48


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one character comes from.

    ``text`` is the character with all that came of the same source characters, ``source`` those.
    ``bytes_at`` is where ``data`` stands in the file; nothing where the format does not tell.
    ``again`` is how the proof was made: ``damaged`` by the forward program of its channel,
    ``inserted`` behind the words, or otherwise.
    """

    span: Span
    text: str
    source_span: Span
    source: str
    encoding: str
    bytes_at: int | None
    data: bytes
    edit: RepairEdit | None
    proposal: RepairEdit | None
    lost: Lost | None
    again: str = ""
    insertion: str = ""


def trace(
    data: bytes, prepared: Prepared, proposed: Sequence[RepairEdit], offset: int
) -> Provenance:
    """Trace the character at ``offset`` of the reading text back to the file's ``data``.

    Raises ``IndexError`` where the text has no such character.
    """
    repaired, decoded = prepared.repaired, prepared.decoded
    if not 0 <= offset < len(repaired.text):
        raise IndexError(offset)
    edit = _holding(repaired.edits, offset)
    span = edit.span if edit is not None and edit.span else Span(offset, offset + 1)
    source_span = (
        Span(edit.source_start, edit.source_end)
        if edit is not None
        else repaired.map.to_source_span(span)
    )
    place = _bytes_of(data, prepared, source_span)
    proposal = next(
        (p for p in proposed if (p.source_start, p.source_end) == _ends(source_span)), None
    )
    proposal = proposal or _covering(proposed, source_span)
    lost = next((one for one in repaired.lost if one.span.contains(Span(offset, offset + 1))), None)
    again, insertion = _again(edit)
    return Provenance(
        span,
        span.slice(repaired.text),
        source_span,
        source_span.slice(decoded.text),
        decoded.encoding,
        place.start if place is not None else None,
        data[place.start : min(place.end, place.start + _MOST_BYTES)] if place else b"",
        edit,
        proposal,
        lost,
        again,
        insertion,
    )


def _holding(edits: Sequence[RepairEdit], offset: int) -> RepairEdit | None:
    at = bisect_right(edits, offset, key=attrgetter("start")) - 1
    while at >= 0 and edits[at].start == edits[at].end == offset:
        at -= 1  # what was only taken out here is no part of the character
    return edits[at] if at >= 0 and edits[at].start <= offset < edits[at].end else None


def _covering(edits: Sequence[RepairEdit], span: Span) -> RepairEdit | None:
    at = bisect_right(edits, span.start, key=attrgetter("source_start")) - 1
    return edits[at] if at >= 0 and edits[at].source_end >= span.end and span else None


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _bytes_of(data: bytes, prepared: Prepared, source: Span) -> Span | None:
    decoded = prepared.decoded
    offsets = ByteOffsets.of(data, decoded)
    if offsets is not None:
        return Span(offsets.to_byte(source.start), offsets.to_byte(source.end))
    return _found_again(data, decoded.text, decoded.encoding, source)


def _found_again(data: bytes, text: str, encoding: str, source: Span) -> Span | None:
    """Find a place of a text that was taken out of a page by the words around it, if only once."""
    before = text[max(0, source.start - _AROUND) : source.start].rpartition("\n")[2]
    after = text[source.end : source.end + _AROUND].partition("\n")[0]
    try:
        head, words, tail = (part.encode(encoding) for part in (before, source.slice(text), after))
    except (UnicodeEncodeError, LookupError):
        return None
    whole = head + words + tail
    at = data.find(whole)
    if at < 0 or data.find(whole, at + 1) >= 0:
        return None
    return Span(at + len(head), at + len(head) + len(words))


def _again(edit: RepairEdit | None) -> tuple[str, str]:
    if edit is None:
        return "", ""
    from meipi.repair.replay import damaged_again, inserted

    insertion = inserted(edit) if edit.proof is not Proof.READER else ""
    if insertion:
        return "inserted", insertion
    # What repair calls replayed it has damaged again itself, in its surroundings.
    replayed = edit.proof is Proof.REPLAYED or damaged_again(edit)
    return ("damaged", "") if replayed else ("", "")
