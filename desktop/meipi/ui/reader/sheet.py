"""A document set on the page: rows laid out on demand and kept while they are near the window."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.core.offsets import Utf16Map
from meipi.core.script import Script
from meipi.core.spans import Span
from meipi.core.textmap import TextMap
from meipi.ui.fonts import for_paper
from meipi.ui.reader.content import ReaderContent, RowTable, plain_structure
from meipi.ui.reader.layout import RowLayout, Typesetter, row_font
from meipi.ui.reader.page import (
    FOLD_STYLE,
    PAGE_TOP,
    PageGeometry,
    RowStyle,
    heading_scale,
    page_geometry,
    row_styles,
)
from meipi.ui.reader.setup import PageSetup
from meipi.ui.reader.shown import Convert, ShownRow, identity, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from meipi.core.document import Block
    from meipi.ui.reader.content import Row
    from meipi.ui.reader.words import Words
    from meipi.ui.theme import Theme

_KEPT = 192
"""Rows kept laid out: a few screens of short ones."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the laid-out text: row and UTF-16 unit in it."""

    row: int
    unit: int


class Sheet:
    """Rows of one document with their layouts; knows no widget and no scrolling."""

    def __init__(self, content: ReaderContent, *, theme: Theme, words: Words) -> None:
        self.content = content
        self.text = content.text
        blocks = content.structure.blocks or plain_structure(content.text).blocks
        self.table = RowTable(content.text, blocks)
        self.convert: Convert = identity
        self.script = Script.ORIGINAL
        self.words = words
        self.exact = False
        """Whether letters have the widths of paper, not those of a screen's pixels."""
        self._theme = theme
        self._size = theme.type.reading_size_px
        self._setup = PageSetup()
        self._styles = row_styles(self._setup.scaled(theme.type))
        self._fonts: dict[RowStyle, QFont] = {}
        self._layouts: OrderedDict[int, RowLayout] = OrderedDict()
        self._typesetter = Typesetter(width=1, size=self._size)
        self._credit = content.credit
        self._credited = _last_title(blocks) if content.credit else -1
        self.geometry = PageGeometry(self._size, 0, 1, 1, 0)

    @property
    def size(self) -> int:
        """The reading size in pixels."""
        return self._size

    @property
    def credit_font(self) -> QFont:
        """Return the face of the line under the title, that of bylines."""
        font = row_font(self._styles[Role.BYLINE], self._size)
        if self.exact:
            for_paper(font)
        return font

    def fit(self, viewport: int, *, size: int, setup: PageSetup) -> bool:
        """Fit the page into ``viewport`` pixels; say whether lines may have changed."""
        scale = setup.scaled(self._theme.type)
        geometry = page_geometry(viewport, size, scale, self._theme.space)
        before = (self.geometry.width, self._size, self._setup)
        changed = before != (geometry.width, size, setup)
        self.geometry = geometry
        if changed:
            self._size, self._setup = size, setup
            self._styles = row_styles(scale)
            self._typesetter = Typesetter(geometry.width, size, spaced=setup.spaced)
            self._fonts.clear()
            self._layouts.clear()
        return changed

    def set_script(self, script: Script, convert: Convert) -> None:
        """Show the text in ``script``."""
        self.script, self.convert = script, convert
        self._layouts.clear()

    def set_words(self, words: Words) -> None:
        """Word the fold lines anew."""
        self.words = words
        self._layouts.clear()

    def toggle(self, fold: int) -> None:
        """Unfold boilerplate or fold it again."""
        self.table.toggle(fold)
        self._layouts.clear()

    def __len__(self) -> int:
        """Count the rows known so far."""
        return len(self.table)

    def row(self, index: int) -> RowLayout:
        """Return row ``index`` laid out."""
        found = self._layouts.get(index)
        if found is None:
            found = self._layouts[index] = self._set(index)
            if len(self._layouts) > _KEPT:
                self._layouts.popitem(last=False)
        else:
            self._layouts.move_to_end(index)
        return found

    def place(self, offset: int) -> Place:
        """Return where reading ``offset`` is shown."""
        index = self.table.at(offset)
        row = self.row(index)
        return Place(index, 0 if row.row.fold >= 0 else row.shown.unit(offset))

    def offset(self, place: Place) -> int:
        """Return the reading offset of what is shown after ``place``."""
        row = self.row(place.row)
        return row.row.span.start if row.row.fold >= 0 else row.shown.offset(place.unit)

    def end_offset(self, place: Place) -> int:
        """Return where the text shown before ``place`` ends in the reading text."""
        row = self.row(place.row)
        if row.row.fold >= 0:
            return row.row.span.start
        return row.shown.end_offset(place.unit)

    def tight(self, span: Span) -> Span:
        """Return ``span`` without hidden characters at its ends."""
        if not span:
            return span
        start = self.offset(self.place(span.start))
        last = self.place(max(span.start, span.end - 1))
        row = self.row(last.row)
        if row.row.fold >= 0:
            return Span(min(start, span.end), span.end)
        _, stop = row.shown.unit_span(Span(span.start, span.end))
        end = row.shown.end_offset(stop) if stop else span.end
        return Span(start, max(start, min(end, span.end)))

    def _set(self, index: int) -> RowLayout:
        row = self.table.row(index)
        style = self._style(row)
        font = self._fonts.get(style)
        if font is None:
            font = self._fonts[style] = row_font(style, self._size, self._setup.face)
            if self.exact:
                for_paper(font)
        above = PAGE_TOP if index == 0 else 0
        credit = self._credit_of(row)
        return self._typesetter.set(row, self._shown(row), style, font, above=above, credit=credit)

    def _credit_of(self, row: Row) -> str:
        if row.first_block != self._credited or not row.ends:
            return ""
        return self.convert(self._credit, self.script).text

    def _style(self, row: Row) -> RowStyle:
        if row.fold >= 0:
            return FOLD_STYLE
        block = self.table.blocks[row.first_block]
        if row.stop_block - row.first_block > 1:
            return self._styles[Role.PARAGRAPH]
        return heading_scale(self._styles[block.role], block.level)

    def _shown(self, row: Row) -> ShownRow:
        if row.fold < 0:
            return show(self.table, row, convert=self.convert, script=self.script)
        fold = self.table.folds[row.fold]
        label = self.words.fold(fold.paragraphs, fold.characters, self.table.is_open(row.fold))
        return ShownRow(row.span.start, label, TextMap.identity(0), Utf16Map(label))


def _last_title(blocks: Sequence[Block]) -> int:
    """Return the last block of the title the text begins with, -1 where it begins otherwise."""
    last = -1
    for index, block in enumerate(blocks):
        if block.role is not Role.TITLE:
            break
        last = index
    return last
