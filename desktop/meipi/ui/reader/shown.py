"""The text of one row as it is drawn, and the way from its offsets to Qt's and back. No Qt."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.document import Role, ShownText, hide
from meipi.core.offsets import Utf16Map
from meipi.core.script import Script
from meipi.core.textmap import TextMap

if TYPE_CHECKING:
    from meipi.core.spans import Span
    from meipi.ui.reader.content import Row, RowTable

Convert = Callable[[str, Script], ShownText]

# Qt breaks a line at U+2028 only; controls and lone surrogates have no glyph and upset shaping.
_UNDRAWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\n]")
_BREAKS = "\n\r\x0b\x0c"


def identity(text: str, _script: Script) -> ShownText:
    """Show ``text`` as it is."""
    return ShownText(text, TextMap.identity(len(text)))


@dataclass(frozen=True, slots=True)
class ShownRow:
    """What a row shows; ``units`` counts its text in UTF-16 as Qt does.

    ``lead`` is how many shown characters belong to a run-in heading.
    """

    start: int
    text: str
    map: TextMap
    units: Utf16Map
    lead: int = 0

    def unit(self, offset: int) -> int:
        """Return the UTF-16 place before which reading ``offset`` is shown."""
        return self.units.to_utf16(self.map.to_target(max(0, offset - self.start)))

    def unit_span(self, span: Span) -> tuple[int, int]:
        """Return the UTF-16 range that covers ``span``; empty where none of it is here."""
        start = max(0, span.start - self.start)
        end = min(self.map.source_length, span.end - self.start)
        if end <= start:
            return 0, 0
        first, last = self.map.to_target(start), self.map.end_to_target(end)
        return self.units.to_utf16(first), self.units.to_utf16(max(first, last))

    def offset(self, unit: int) -> int:
        """Return the reading offset of what is shown after UTF-16 place ``unit``."""
        return self.start + self.map.to_source(self.units.to_code_point(unit))

    def end_offset(self, unit: int) -> int:
        """Return where what is shown before UTF-16 place ``unit`` ends in the reading text."""
        return self.start + self.map.invert().end_to_target(self.units.to_code_point(unit))


def show(table: RowTable, row: Row, *, convert: Convert, script: Script) -> ShownRow:
    """Return what ``row`` shows of the reading text in ``script``."""
    blocks = table.blocks[row.first_block : row.stop_block]
    hidden = tuple(
        clipped for block in blocks for gap in block.hidden if (clipped := gap.clip(row.span))
    )
    visible = hide(table.text, row.span, hidden)
    shown = convert(visible.text, script)
    way = visible.map if shown.map.is_identity else visible.map.compose(shown.map)
    lead = 0
    if blocks[0].role is Role.RUN_IN_HEADING and blocks[0].span.end > row.span.start:
        lead = way.end_to_target(min(blocks[0].span.end, row.span.end) - row.span.start)
    return ShownRow(row.span.start, _drawable(shown.text), way, Utf16Map(shown.text), lead)


def _drawable(text: str) -> str:
    """Replace, one to one, what cannot be drawn."""
    if not _UNDRAWABLE.search(text):
        return text
    return _UNDRAWABLE.sub(lambda m: "\u2028" if m[0] in _BREAKS else "\ufffd", text)
