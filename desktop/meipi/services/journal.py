"""The journal in words: who did what when, to read, to filter and to take along as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.library import journal, queries
from meipi.library.journal import Sought

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from meipi.library import Library
    from meipi.library.journal import Note, Way
    from meipi.library.transaction import Value

__all__ = ["COLUMNS", "Journal", "Line", "Sought"]

COLUMNS = ("number", "made", "coder", "way", "act", "documents", "label", "entry")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal in words; ``documents`` are titles."""

    id: int
    entry: int | None
    way: Way
    act: str
    label: str
    coder: str
    made: str
    documents: tuple[str, ...]


class Journal:
    """Reads the journal of a library."""

    def __init__(self, library: Library, word: Callable[[str, Mapping[str, Value]], str]) -> None:
        self._library = library
        self._word = word

    def lines(
        self, sought: Sought | None = None, *, limit: int = 500, before: int | None = None
    ) -> list[Line]:
        """Return the lines that are sought, the latest first; ``before`` goes on from a line."""
        with self._library.reading() as connection:
            titles = {one.id: one.title for one in queries.documents(connection)}
            found = journal.notes(connection, sought or Sought(), limit=limit, before=before)
            return [self._line(note, titles) for note in found]

    def coders(self) -> list[str]:
        """Return everybody whom the journal knows."""
        with self._library.reading() as connection:
            return journal.coders(connection)

    def csv(self, sought: Sought | None = None) -> str:
        """Return the lines that are sought as CSV, the earliest first."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for line in reversed(self.lines(sought, limit=-1)):
            told = "; ".join(line.documents)
            row = (line.id, line.made, line.coder, line.way, line.act, told, line.label)
            writer.writerow([*map(_cell, row), "" if line.entry is None else line.entry])
        return out.getvalue()

    def _line(self, note: Note, titles: Mapping[str, str]) -> Line:
        documents = tuple(titles.get(one, one) for one in note.documents)
        act = self._word(note.label, note.fields)
        words = (act, note.label, note.coder, note.made, documents)
        return Line(note.id, note.entry, note.way, *words)


def _cell(value: object) -> object:
    """Keep a spreadsheet from taking words for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else value


def days(lines: list[Line]) -> Iterator[str]:
    """Yield the days of ``lines`` in their order, each once."""
    yield from dict.fromkeys(line.made[:10] for line in lines)
