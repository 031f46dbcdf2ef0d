"""What the columns of a table of passages say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.query import Unit
from meipi.ui.presenters.dates import word_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from meipi.services.retrieving import Found
    from meipi.ui.i18n import Words

COLUMNS: dict[Unit, tuple[str, ...]] = {
    Unit.PASSAGES: ("before", "match", "after", "tag", "document", "date", "coder", "note"),
    Unit.PARAGRAPHS: ("match", "tag", "document", "date"),
    Unit.DOCUMENTS: ("document", "date", "tag", "match"),
}
"""The columns in order; each is sorted by its own name where that can be."""
SORTED: dict[Unit, frozenset[str]] = {
    Unit.PASSAGES: frozenset(COLUMNS[Unit.PASSAGES]),
    Unit.PARAGRAPHS: frozenset({"document", "date"}),
    Unit.DOCUMENTS: frozenset({"document", "date"}),
}
WIDTHS = {
    "before": 190,
    "match": 210,
    "after": 190,
    "tag": 90,
    "document": 150,
    "date": 95,
    "coder": 80,
    "note": 160,
}
"""In pixels of the usual size, or in what share of the room there is."""
BEYOND = frozenset({"coder", "note"})
"""The columns that keep their width, and lie beyond the edge where the room is small."""


def said(
    row: Found, column: str, *, names: Mapping[str, str], words: Words, show: Callable[[str], str]
) -> str:
    """Return what ``row`` says in ``column``; ``show`` gives words in the script chosen."""
    match column:
        case "tag":
            return "、".join(show(names.get(tag, "")) for tag in row.tags if tag in names)
        case "date":
            return word_date(row.date, words)
        case "document":
            return show(row.title)
        case "note" | "coder":
            return str(getattr(row, column))
        case _:
            return show(str(getattr(row, column)))
