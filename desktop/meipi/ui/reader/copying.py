"""What is copied: the text as it is shown, in the script it is shown in. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.reader.shown import show

if TYPE_CHECKING:
    from meipi.core.spans import Span
    from meipi.ui.reader.sheet import Sheet


def shown_text(sheet: Sheet, span: Span) -> str:
    """Return what is shown of ``span``, a paragraph a line, without what is folded away."""
    parts: list[str] = []
    index = sheet.table.at(span.start)
    while sheet.table.has_row(index):
        row = sheet.table.row(index)
        if row.span.start >= span.end:
            break
        index += 1
        if row.fold >= 0:
            continue
        shown = show(sheet.table, row, convert=sheet.convert, script=sheet.script)
        inside = span.clip(row.span)
        if inside is not None:
            parts.append(shown.map.to_target_span(inside.shift(-row.span.start)).slice(shown.text))
            if row.ends and span.end > row.span.end:
                parts.append("\n")
    text = "".join(parts)
    return text.replace("\u2028", "\n")
