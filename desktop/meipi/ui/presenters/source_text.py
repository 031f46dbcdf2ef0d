"""The source text as it is set beside the reading text: the same blocks, its damage marked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from meipi.core.document import Block, Role, Structure
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.core.repairs import Lost, RepairEdit
    from meipi.core.textmap import TextMap
    from meipi.ui.presenters.opened import OpenDocument


@dataclass(frozen=True, slots=True)
class SourceText:
    """What the second view shows of a document."""

    document: str
    text: str
    structure: Structure
    edits: tuple[RepairEdit, ...]
    lost: tuple[Lost, ...]
    map: TextMap
    """From the source text to the reading text."""


def source_text(opened: OpenDocument) -> SourceText:
    """Set the source text of ``opened`` in the blocks of its reading text."""
    reading, repairs = opened.reading, opened.repairs
    repaired = reading.repaired
    repaired.map.invert()
    edits = tuple(
        replace(edit, start=edit.source_start, end=edit.source_end) for edit in repairs.edits
    )
    sources = {lost.source: lost for lost in repaired.lost}
    lost = tuple(replace(sources[span], span=span) for span in sorted(sources) if span)
    blocks = tuple(_blocks(reading.source_text, reading.structure.blocks, repaired.map))
    structure = replace(reading.structure, blocks=blocks)
    return SourceText(opened.id, reading.source_text, structure, edits, lost, repaired.map)


def _blocks(text: str, blocks: tuple[Block, ...], text_map: TextMap) -> Iterator[Block]:
    """Yield the blocks over the source text, with what repair took away between them."""
    end = 0
    for at, block in enumerate(blocks):
        span = text_map.to_source_span(block.span)
        start, stop = max(end, span.start), max(end, span.end)
        following = (
            len(text)
            if at + 1 == len(blocks)
            else max(stop, text_map.to_source_span(blocks[at + 1].span).start)
        )
        yield from _loose(text, end, start)
        stop += _to_line_end(text, stop, following)
        if stop > start:
            hidden = (text_map.to_source_span(gap) for gap in block.hidden)
            inside = tuple(gap for gap in hidden if start <= gap.start < gap.end <= stop)
            yield replace(block, span=Span(start, stop), hidden=inside)
        end = max(end, stop)
    yield from _loose(text, end, len(text))


def _to_line_end(text: str, start: int, limit: int) -> int:
    """Count the characters on the rest of a line that are more than blanks."""
    rest = text[start:limit].split("\n", 1)[0]
    return len(rest) if rest.strip() else 0


def _loose(text: str, start: int, end: int) -> Iterator[Block]:
    """Yield the lines that no block of the reading text stands for any more."""
    at = start
    for line in text[start:end].split("\n"):
        if line.strip():
            yield Block(Span(at, at + len(line)), Role.PARAGRAPH)
        at += len(line) + 1
