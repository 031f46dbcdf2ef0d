"""The scroll position as (row, pixels into it), so that nothing laid out later moves the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.ui.reader.page import PAGE_BOTTOM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.ui.reader.layout import RowLayout
    from meipi.ui.reader.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and its top in viewport pixels."""

    index: int
    row: RowLayout
    top: float


class Scroller:
    """Where the window stands in a sheet, and the moves it can make."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.height = 0
        self.index = 0
        self.y = 0.0

    def visible(self, *, above: float = 0.0) -> Iterator[Placed]:
        """Yield the rows in the window from the top; ``above`` also takes in paper before it."""
        index, top = self.index, -self.y
        while top > -above and index > 0:
            index -= 1
            top -= self.sheet.row(index).height
        while top < self.height and self.sheet.table.has_row(index):
            row = self.sheet.row(index)
            yield Placed(index, row, top)
            top += row.height
            index += 1

    def placed(self, index: int) -> Placed | None:
        """Return row ``index`` where it is in the window."""
        return next((row for row in self.visible() if row.index == index), None)

    def at(self, y: float) -> Placed | None:
        """Return the row at viewport height ``y``, the last one where the text ends above."""
        last = None
        for last in self.visible():
            if y < last.top + last.row.height:
                break
        return last

    def go_to(self, index: int, y: float) -> None:
        """Put ``y`` pixels into row ``index`` at the top of the window."""
        self.index, self.y = index, y
        self._settle()

    def scroll(self, pixels: float) -> bool:
        """Move down by ``pixels`` (up where negative); say whether anything moved."""
        before = (self.index, self.y)
        self.y += pixels
        self._settle()
        return (self.index, self.y) != before

    def reveal(self, index: int, top: float, bottom: float, *, padding: float) -> bool:
        """Scroll as little as needed to show ``top`` to ``bottom`` of row ``index``."""
        placed = self.placed(index)
        if placed is not None:
            if placed.top + bottom > self.height - padding:
                return self.scroll(placed.top + bottom - self.height + padding)
            if placed.top + top < padding:
                return self.scroll(placed.top + top - padding)
            return False
        return self.centre(index, top)

    def centre(self, index: int, y: float) -> bool:
        """Put ``y`` pixels into row ``index`` a third down the window."""
        before = (self.index, self.y)
        self.go_to(index, y - self.height / 3)
        return (self.index, self.y) != before

    # The scroll bar.

    @property
    def value(self) -> int:
        """The position in the scroll bar's units."""
        if not len(self.sheet):
            return 0
        table = self.sheet.table
        within = min(1.0, self.y / max(1.0, self.sheet.row(self.index).height))
        return round(table.weight_before(self.index) + within * table.weight(self.index))

    def go_to_value(self, value: int) -> None:
        """Go to a position of the scroll bar."""
        table = self.sheet.table
        index = table.at_weight(value)
        if not table.has_row(index):
            return
        within = (value - table.weight_before(index)) / max(1, table.weight(index))
        self.go_to(index, within * self.sheet.row(index).height)

    def page_weight(self) -> int:
        """Return how much of the scroll bar's range the window shows."""
        table, total = self.sheet.table, 0.0
        for placed in self.visible():
            top, bottom = max(0.0, placed.top), placed.top + placed.row.height
            part = (min(bottom, self.height) - top) / max(1.0, placed.row.height)
            total += max(0.0, part) * table.weight(placed.index)
        return max(1, round(total))

    def _settle(self) -> None:
        """Move whole rows out of the pixels, and stop at both ends of the text."""
        if not self.sheet.table.has_row(self.index):
            self.index, self.y = 0, 0.0
            return
        self._climb()
        while self.y >= (height := self.sheet.row(self.index).height):
            if not self.sheet.table.has_row(self.index + 1):
                break
            self.y -= height
            self.index += 1
        missing = self.height - PAGE_BOTTOM - self._below()
        if missing > 0:
            self.y -= missing
            self._climb()

    def _climb(self) -> None:
        while self.y < 0 and self.index > 0:
            self.index -= 1
            self.y += self.sheet.row(self.index).height
        self.y = max(0.0, self.y)

    def _below(self) -> float:
        """Return the height of text from the top of the window on, as far as it matters."""
        index, height = self.index, -self.y
        while height < self.height and self.sheet.table.has_row(index):
            height += self.sheet.row(index).height
            index += 1
        return height

    def last_value(self) -> int:
        """Return the scroll bar's value where the end of the text is shown; needs every row."""
        table, index, height = self.sheet.table, len(self.sheet), float(PAGE_BOTTOM)
        while index > 0 and height < self.height:
            index -= 1
            height += self.sheet.row(index).height
        if index == len(self.sheet) or height <= self.height:
            return 0
        within = (height - self.height) / self.sheet.row(index).height
        return round(table.weight_before(index) + within * table.weight(index))
