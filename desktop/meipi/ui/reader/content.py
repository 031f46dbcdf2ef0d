"""The paragraph table: what the text view shows, row by row, in reading-text offsets. No Qt.

A row is a block, a piece of a long one, a run-in heading with its paragraph, or the one quiet line
that stands for a run of boilerplate. Rows are added as they are needed and hold no text.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from meipi.core.document import Block, Role, Structure
from meipi.core.spans import Span
from meipi.ui.reader.pieces import PIECE, cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIRST_SCREEN = 65_536
"""Characters looked at before the first paint."""
_CHUNK = 256
_ROW_WEIGHT = 20
"""What a row counts for on the scroll bar besides its characters."""

_LINE = re.compile(r"[^\r\n]*[^\s]")


@dataclass(frozen=True, slots=True)
class ReaderContent:
    """A reading text with its structure, and the offset to show first.

    ``credit`` is drawn under the title: source, date and authors, no part of the text.
    """

    text: str
    structure: Structure
    position: int = 0
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """A run of boilerplate blocks shown as one line until it is unfolded."""

    span: Span
    first_block: int
    stop_block: int
    characters: int

    @property
    def paragraphs(self) -> int:
        """Count the blocks."""
        return self.stop_block - self.first_block


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the range it shows and the blocks that lie in it.

    ``fold`` is the number of the fold this row heads, -1 for text. ``begins`` and ``ends`` say
    whether the row holds the beginning and the end of its block.
    """

    span: Span
    first_block: int
    stop_block: int
    fold: int = -1
    begins: bool = True
    ends: bool = True


class RowTable:
    """Rows of a text in order, built from its blocks only as far as somebody looks."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.blocks = blocks
        self.folds: list[Fold] = []
        self._open: set[int] = set()
        self._next_block = 0
        self._starts = array("q")
        self._ends = array("q")
        self._first_blocks = array("l")
        self._stop_blocks = array("l")
        self._folds = array("l")
        self._weights = array("q", [0])

    def __len__(self) -> int:
        """Count the rows built so far."""
        return len(self._starts)

    @property
    def complete(self) -> bool:
        """Say whether every block has its rows."""
        return self._next_block >= len(self.blocks)

    def row(self, index: int) -> Row:
        """Return row ``index``, which must have been built."""
        first, stop = self._first_blocks[index], self._stop_blocks[index]
        start, end = self._starts[index], self._ends[index]
        return Row(
            Span(start, end),
            first,
            stop,
            self._folds[index],
            begins=start <= self.blocks[first].span.start,
            ends=end >= self.blocks[stop - 1].span.end,
        )

    def has_row(self, index: int) -> bool:
        """Say whether there is a row ``index``; builds as far as that takes."""
        while index >= len(self) and not self.complete:
            self._add_chunk()
        return 0 <= index < len(self)

    def at(self, offset: int) -> int:
        """Return the row that shows ``offset``, or the last before it; 0 in an empty table."""
        self.build(offset)
        return max(0, bisect_right(self._starts, offset) - 1)

    def build(self, until: int | None = None) -> None:
        """Add rows until one begins after offset ``until``; without it, all of them."""
        while not self.complete and (
            until is None or not self._starts or self._starts[-1] <= until
        ):
            self._add_chunk()

    def build_some(self, blocks: int) -> bool:
        """Add the rows of about ``blocks`` more blocks; say whether any are left."""
        stop = self._next_block + blocks
        while self._next_block < stop and not self.complete:
            self._add_chunk()
        return not self.complete

    # The scroll bar counts characters and rows, so it needs no heights and never jumps.

    @property
    def total_weight(self) -> int:
        """Return the length of the scroll bar; an estimate while the table is not complete."""
        if self.complete:
            return self._weights[-1]
        built = self._ends[-1] if self._ends else 0
        rest = len(self.blocks) - self._next_block
        return self._weights[-1] + len(self.text) - built + rest * _ROW_WEIGHT

    def weight_before(self, index: int) -> int:
        """Return where row ``index`` begins on the scroll bar."""
        return self._weights[index]

    def weight(self, index: int) -> int:
        """Return how much of the scroll bar row ``index`` takes."""
        return self._weights[index + 1] - self._weights[index]

    def at_weight(self, weight: int) -> int:
        """Return the row at ``weight`` of the scroll bar."""
        while not self.complete and self._weights[-1] <= weight:
            self._add_chunk()
        return max(0, min(len(self) - 1, bisect_right(self._weights, weight) - 1))

    # Folds.

    def is_open(self, fold: int) -> bool:
        """Say whether fold number ``fold`` shows its text."""
        return fold in self._open

    def fold_row(self, fold: int) -> int:
        """Return the row that heads ``fold``."""
        at = self.at(self.folds[fold].span.start)
        while self._folds[at] != fold:
            at -= 1
        return at

    def toggle(self, fold: int) -> None:
        """Unfold or fold again; the rows after the heading one change their numbers."""
        at = self.fold_row(fold)
        was_open = fold in self._open
        stop = at + 1
        while stop < len(self) and self._first_blocks[stop] < self.folds[fold].stop_block:
            stop += 1
        (self._open.remove if was_open else self._open.add)(fold)
        self._splice(at, stop, list(self._fold_rows(fold)))

    def _splice(self, at: int, stop: int, rows: list[Row]) -> None:
        self._starts[at:stop] = array("q", [row.span.start for row in rows])
        self._ends[at:stop] = array("q", [row.span.end for row in rows])
        self._first_blocks[at:stop] = array("l", [row.first_block for row in rows])
        self._stop_blocks[at:stop] = array("l", [row.stop_block for row in rows])
        self._folds[at:stop] = array("l", [row.fold for row in rows])
        after = [self.weight(index) for index in range(stop, len(self._weights) - 1)]
        base = self._weights[at]
        self._weights[at:] = array(
            "q", accumulate([*map(self._weight_of, rows), *after], initial=base)
        )

    def _weight_of(self, row: Row) -> int:
        return _ROW_WEIGHT + (len(row.span) if row.fold < 0 else 0)

    # Building.

    def _add_chunk(self) -> None:
        """Add the rows of the next blocks, those of ordinary ones many at once."""
        stop = min(self._next_block + _CHUNK, len(self.blocks))
        while self._next_block < stop:
            run = self._next_block
            while run < stop and _is_ordinary(self.blocks[run]):
                run += 1
            if run > self._next_block:
                self._add_ordinary(self.blocks[self._next_block : run])
                self._next_block = run
            else:
                self._add_rows(self._rows_at(self._next_block))

    def _add_ordinary(self, chunk: Sequence[Block]) -> None:
        first = self._next_block
        starts = [block.span.start for block in chunk]
        ends = [block.span.end for block in chunk]
        self._starts.extend(starts)
        self._ends.extend(ends)
        self._first_blocks.extend(range(first, first + len(chunk)))
        self._stop_blocks.extend(range(first + 1, first + 1 + len(chunk)))
        self._folds.extend([-1] * len(chunk))
        weights = [b - a + _ROW_WEIGHT for a, b in zip(starts, ends, strict=True)]
        self._weights.extend(accumulate(weights, initial=self._weights.pop()))

    def _add_rows(self, rows: list[Row]) -> None:
        for row in rows:
            self._starts.append(row.span.start)
            self._ends.append(row.span.end)
            self._first_blocks.append(row.first_block)
            self._stop_blocks.append(row.stop_block)
            self._folds.append(row.fold)
            self._weights.append(self._weights[-1] + self._weight_of(row))
        self._next_block = rows[-1].stop_block
        fold = rows[0].fold
        if fold >= 0:
            self._next_block = self.folds[fold].stop_block

    def _rows_at(self, block: int) -> list[Row]:
        """Return the rows that begin with ``block``."""
        role = self.blocks[block].role
        if role is Role.BOILERPLATE:
            self.folds.append(self._fold_from(block))
            return list(self._fold_rows(len(self.folds) - 1))
        if role is Role.RUN_IN_HEADING and self._runs_in(block):
            return list(self._pieces(block, block + 2))
        return list(self._pieces(block, block + 1))

    def _runs_in(self, block: int) -> bool:
        """Say whether the next block goes on in the same line as this heading."""
        if block + 1 == len(self.blocks):
            return False
        following = self.blocks[block + 1]
        between = self.text[self.blocks[block].span.end : following.span.start]
        return following.role is Role.PARAGRAPH and "\n" not in between and "\r" not in between

    def _fold_from(self, first: int) -> Fold:
        stop, characters = first, 0
        while stop < len(self.blocks) and self.blocks[stop].role is Role.BOILERPLATE:
            characters += len(self.blocks[stop].span)
            stop += 1
        span = Span(self.blocks[first].span.start, self.blocks[stop - 1].span.end)
        return Fold(span, first, stop, characters)

    def _fold_rows(self, number: int) -> Iterator[Row]:
        fold = self.folds[number]
        if number not in self._open:
            yield Row(fold.span, fold.first_block, fold.stop_block, number)
            return
        head = Span(fold.span.start, fold.span.start)
        yield Row(head, fold.first_block, fold.first_block + 1, number)
        for block in range(fold.first_block, fold.stop_block):
            yield from self._pieces(block, block + 1)

    def _pieces(self, first: int, stop: int) -> Iterator[Row]:
        start, end = self.blocks[first].span.start, self.blocks[stop - 1].span.end
        for piece in cut(self.text, Span(start, end)):
            yield Row(piece, first, stop)


def _is_ordinary(block: Block) -> bool:
    return (
        block.role is not Role.BOILERPLATE
        and block.role is not Role.RUN_IN_HEADING
        and block.span.end - block.span.start <= PIECE
    )


def plain_structure(text: str) -> Structure:
    """Return every line that is not blank as a paragraph: for a text nobody has analysed."""
    found = (Span(*match.span()) for match in _LINE.finditer(text))
    return Structure(tuple(Block(span, Role.PARAGRAPH) for span in found))
