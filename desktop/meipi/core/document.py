"""A document: its bytes' identity, its text and the structure found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from meipi.core.textmap import Replacement, TextMap

if TYPE_CHECKING:
    from meipi.core.spans import Span


@dataclass(frozen=True, slots=True)
class Decoded:
    """The source text of a file and how it was read.

    ``encoding`` is a canonical Python codec name (``utf-8``, ``gb18030``, ``big5hkscs`` …),
    ``confidence`` lies in 0..1, ``format`` is the registry name of the document format.
    ``title``, ``date``, ``source``, ``author`` hold what the file itself declares, if anything.
    """

    text: str
    encoding: str
    confidence: float = 1.0
    bom: bool = False
    format: str = "text"
    replaced: int = 0
    """How many byte sequences fit the encoding nowhere and stand as U+FFFD."""
    declared: dict[str, str] = field(default_factory=dict)


class Role(StrEnum):
    """What a block is to its reader."""

    TITLE = "title"
    BYLINE = "byline"
    HEADING = "heading"
    RUN_IN_HEADING = "run-in heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    LIST_ITEM = "list item"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Block:
    """A range of the reading text with its role.

    ``level`` counts heading depth from 1, 0 where there is none. ``hidden`` are ranges inside the
    block that are not drawn: line breaks inside a broken paragraph, markers, doubled blanks.
    """

    span: Span
    role: Role
    level: int = 0
    hidden: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """Blocks in order, disjoint, without the line breaks between them; and the metadata."""

    blocks: tuple[Block, ...]
    title: str | None = None
    date: str | None = None
    """ISO 8601, as precise as the text says: ``2025-03-01``, ``--08-17`` without a year."""
    source: str | None = None
    authors: tuple[str, ...] = ()
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the library knows it."""

    id: str
    sha256: str
    name: str
    """The file's name as it came."""
    added: str
    """UTC, ISO 8601 with milliseconds, as every time in the library."""
    encoding: str
    format: str
    title: str
    date: str | None
    source: str | None
    authors: tuple[str, ...]
    region: str | None
    length: int
    """Code points of the reading text."""


@dataclass(frozen=True, slots=True)
class ShownText:
    """Text made for the eye and the map to it from the text it shows."""

    text: str
    map: TextMap


def hide(text: str, span: Span, hidden: tuple[Span, ...]) -> ShownText:
    """Return the slice ``span`` of ``text`` without the ``hidden`` ranges.

    The map's source is the slice: offset 0 is ``span.start``.
    """
    parts, at = [], span.start
    replacements = []
    for gap in hidden:
        parts.append(text[at : gap.start])
        replacements.append(Replacement(gap.start - span.start, gap.end - span.start, 0))
        at = gap.end
    parts.append(text[at : span.end])
    return ShownText("".join(parts), TextMap.from_replacements(len(span), replacements))
