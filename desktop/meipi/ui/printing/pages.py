"""Cuts a document, set as on the page, into pages of paper, and places the notes beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QPageSize

from meipi.core.document import Role
from meipi.ui.presenters.notes import words_of
from meipi.ui.reader.layers import Layers
from meipi.ui.reader.margin import Wish, place_cards
from meipi.ui.reader.notes import break_note
from meipi.ui.reader.reading import Reading
from meipi.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meipi.core.script import Script
    from meipi.ui.reader.content import ReaderContent
    from meipi.ui.reader.layers import AnnotationMark, LayerName
    from meipi.ui.reader.layout import RowLayout
    from meipi.ui.reader.setup import PageSetup
    from meipi.ui.reader.shown import Convert
    from meipi.ui.reader.words import Words

PAPERS: dict[str, QPageSize.PageSizeId] = {
    "A4": QPageSize.PageSizeId.A4,
    "B5": QPageSize.PageSizeId.JisB5,
    "A5": QPageSize.PageSizeId.A5,
}
_EM_PT = 10.5
"""The size of the text on paper, the Chinese number five (五号)."""
_EDGE_EM, _TOP_EM, _BOTTOM_EM = 4.2, 4.6, 4.4
_NOTE_EM, _GAP_EM = 11.0, 1.6
NOTE_SCALE = 0.76
_LEADING = 1.5
_ENDLESS = 100_000
"""A viewport so wide that the page has the measure asked for."""


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """What of a document goes on paper."""

    paper: str = "A4"
    notes: bool = True
    entities: bool = True
    repairs: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper in the units of the text (its em is the reading size in pixels)."""

    size: QSizeF
    em: int
    left: float
    top: float
    width: int
    height: float
    note_left: float
    note_width: int
    points: float
    """Points of one unit."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Lines ``first`` to ``stop`` of a row; ``top`` is where the whole row would begin."""

    row: int
    first: int
    stop: int
    top: float


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a page: its number, words in lines, place, and the line it belongs to.

    ``line_y`` is nothing on a page after the one that has its words.
    """

    number: int
    mark: AnnotationMark
    title: str
    lines: tuple[str, ...]
    top: float = 0.0
    line_y: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one sheet."""

    number: int
    slices: tuple[Slice, ...]
    notes: tuple[Note, ...]
    reached: int
    """The offset at which the next page begins."""


def paper_of(options: PrintOptions, em: int) -> Paper:
    """Return the sheet that ``options`` ask for, with a margin for notes where there are any."""
    points = _EM_PT / em
    size = QPageSize(PAPERS[options.paper]).size(QPageSize.Unit.Point)
    wide, high = size.width() / points, size.height() / points
    margin = (_NOTE_EM + _GAP_EM) * em if options.notes else 0.0
    width = int((wide - 2 * _EDGE_EM * em - margin) // em * em)
    if options.notes:  # the margin of notes reaches into that of the paper
        width += 2 * em
    left = (wide - width - margin) / 2
    note_left = left + width + _GAP_EM * em
    height = high - (_TOP_EM + _BOTTOM_EM) * em
    units = QSizeF(wide, high)
    note = round(_NOTE_EM * em) if options.notes else 0
    return Paper(units, em, left, _TOP_EM * em, width, height, note_left, note, points)


class Printed:
    """A document set for paper. Pages come one after another; none is kept."""

    def __init__(
        self,
        content: ReaderContent,
        layers: Layers,
        options: PrintOptions,
        *,
        setup: PageSetup,
        script: Script,
        words: Words,
        convert: Convert,
    ) -> None:
        theme = replace(Theme.load("light"), paper=QColor("#FFFFFF"))
        self.reading = Reading(theme, convert=convert, cut=list)
        self.options = options
        self.paper = paper_of(options, self.reading.size)
        self.reading.words = words
        self.reading.script = script
        self.reading.setup = replace(setup, measure=self.paper.width // self.paper.em)
        self.reading.width = _ENDLESS
        self.reading.load(replace(content, position=0))
        self.reading.sheet.exact = True
        sheet = self.reading.sheet
        sheet.geometry = replace(sheet.geometry, left=0)
        self.reading.layers = _chosen(layers, options)
        self._noted = 0
        self.used: set[str] = set()
        """Every character drawn so far."""

    @property
    def length(self) -> int:
        """How many characters there are to print."""
        return len(self.reading.sheet.text)

    def pages(self) -> Iterator[Page]:
        """Yield the pages in order; a note that finds no room comes on the next."""
        waiting: list[Note] = []
        number = 0
        for slices, reached in self._cut():
            number += 1
            waiting += self._notes(slices)
            placed, waiting = _fit(waiting, self.paper.height, self._line, self._head)
            yield Page(number, slices, placed, reached)
            waiting = [replace(note, line_y=None) for note in waiting]
        while waiting:
            number += 1
            placed, waiting = _fit(waiting, self.paper.height, self._line, self._head)
            yield Page(number, (), placed, self.length)

    def row(self, index: int) -> RowLayout:
        """Return a row set in lines."""
        return self.reading.sheet.row(index)

    @property
    def note_size(self) -> int:
        """The size of a note's letters."""
        return round(self.paper.em * NOTE_SCALE)

    @property
    def _line(self) -> float:
        return self.note_size * _LEADING

    @property
    def _head(self) -> float:
        return self.note_size * (_LEADING + 0.9)

    def _cut(self) -> Iterator[tuple[tuple[Slice, ...], int]]:
        """Yield the slices of each page, and the offset where the next one begins."""
        slices: list[Slice] = []
        y, index = 0.0, 0
        table = self.reading.sheet.table
        while table.has_row(index):
            row = self.row(index)
            first = 0
            while first < len(row.lines):
                room = self.paper.height - y
                stop = self._lines_in(row, first, room, empty=not slices)
                if stop > first:
                    lead = row.lines[first].top if first else 0.0
                    slices.append(Slice(index, first, stop, y - lead))
                    whole = stop == len(row.lines)
                    y += (row.height if whole else row.lines[stop].top) - lead
                    first = stop
                if first < len(row.lines):
                    yield tuple(slices), _offset(row, first)
                    slices, y = [], 0.0
            index += 1
        if slices or not index:
            yield tuple(slices), self.length

    def _lines_in(self, row: RowLayout, first: int, room: float, *, empty: bool) -> int:
        """Return how far the lines of ``row`` fit; a heading keeps two lines of text with it."""
        lead = row.lines[first].top if first else 0.0
        ends = (line.top + line.height - lead for line in row.lines[first:])
        stop = first + sum(end <= room for end in ends)
        left = len(row.lines) - stop
        if empty:
            return max(stop, first + 1)
        if self._heads(row) and (left or row.height + 3.6 * self.paper.em > room):
            return first
        if left == 1 and stop - first > 2:
            stop -= 1  # no last line alone on a page
        if left and stop - first == 1 and first == 0:
            return first  # no first line alone under one
        return stop

    def _heads(self, row: RowLayout) -> bool:
        return self.reading.sheet.table.blocks[row.row.first_block].role is Role.HEADING

    def _notes(self, slices: Sequence[Slice]) -> list[Note]:
        """Return the notes whose words begin on this page."""
        annotations, found = self.reading.layers.annotations, []
        if not self.options.notes:
            return []
        for part in slices:
            row = self.row(part.row)
            for at in annotations.starting(row.row.span.start, row.row.span.end):
                mark = annotations.marks[at]
                if mark.part:
                    continue
                line = row.lines[0]
                if row.row.fold < 0:
                    line = row.line_at(row.shown.unit(mark.span.start))
                if line in row.lines[part.first : part.stop]:
                    found.append(self._note(mark, part.top + line.baseline))
        return found

    def _note(self, mark: AnnotationMark, y: float) -> Note:
        self._noted += 1
        width = self.paper.note_width - 10
        lines = break_note(words_of(mark.note), width, self.note_size, most=None)
        return Note(self._noted, mark, mark.title, lines if mark.note else (), line_y=y)


def _chosen(layers: Layers, options: PrintOptions) -> Layers:
    wanted: dict[LayerName, bool] = {
        "entities": options.entities,
        "annotations": True,
        "repairs": options.repairs,
    }
    return Layers(
        entities=layers.entities,
        annotations=layers.annotations,
        repairs=layers.repairs,
        lost=layers.lost,
        hidden_types=layers.hidden_types,
        shown={name for name, on in wanted.items() if on},
    )


def _offset(row: RowLayout, line: int) -> int:
    if row.row.fold >= 0:
        return row.row.span.start
    return row.shown.offset(row.lines[line].start)


def _fit(
    notes: Sequence[Note], height: float, line: float, head: float
) -> tuple[tuple[Note, ...], list[Note]]:
    """Place as many ``notes`` as a page takes, none over another; return also those that wait."""
    taken: list[Note] = []
    used, rest = 0.0, list(notes)
    while rest:
        high = head + line * len(rest[0].lines)
        if used + high > height:
            break
        used += high + _CARD_GAP
        taken.append(rest.pop(0))
    if rest and not taken:  # longer than a page: what fits of it
        fits = max(1, int((height - head) // line))
        taken.append(replace(rest[0], lines=rest[0].lines[:fits]))
        rest[0] = replace(rest[0], lines=rest[0].lines[fits:], line_y=None)
    wishes = [
        Wish(
            (note.line_y or 0.0) - head * 0.6 if note.line_y else 0.0, head + line * len(note.lines)
        )
        for note in taken
    ]
    tops = place_cards(wishes)
    limit = height
    for at in range(len(tops) - 1, -1, -1):
        tops[at] = max(0.0, min(tops[at], limit - wishes[at].height))
        limit = tops[at] - _CARD_GAP
    return tuple(replace(note, top=top) for note, top in zip(taken, tops, strict=True)), rest


_CARD_GAP = 8.0
