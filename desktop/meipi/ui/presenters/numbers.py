"""Tables of numbers as bars and grids: what is shown of them, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.query import ANY
from meipi.ui.i18n import number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.services.numbers import Table
    from meipi.ui.i18n import Words

VIEWS = ("frequency", "together", "table", "time", "coverage")
"""The pictures there are."""
CHARTED = frozenset({"frequency", "time", "coverage"})
"""Those with bars."""
_BARS = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it is shown: the keys of its rows and columns, and bars by their keys."""

    table: Table
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    bars: tuple[tuple[str, float], ...] = ()
    sideways: bool = True

    def text(self, row: int, column: int) -> str:
        """Return the words of a cell, none for nothing."""
        return worded(self.value(row, column), shares=self.table.shares)

    def value(self, row: int, column: int) -> float:
        """Return the number of a cell."""
        return self.table.value(self.rows[row], self.columns[column])

    def heat(self, row: int, column: int) -> float:
        """Return how much of the most a cell is."""
        top = self.table.top
        one, other = self.rows[row], self.columns[column]
        alone = self.table.relation is not None and one == other
        return 0.0 if alone or not top else self.table.value(one, other) / top


def shown(view: str, table: Table, totals: Sequence[tuple[str, float]]) -> Shown:
    """Return what a view shows of ``table``; ``totals`` are the bars of tags."""
    if view == "time":
        counted = dict.fromkeys(table.columns, 0.0)
        for (_, column), value in table.cells.items():
            if column in counted:
                counted[column] += value
        bars = tuple(counted.items())
    elif view in CHARTED:
        bars = tuple(sorted(totals, key=lambda pair: -pair[1])[:_BARS])
    else:
        bars = ()
    return Shown(table, table.rows, table.columns, bars, sideways=view != "time")


def bar_labels(what: Shown, words: Words, show: Callable[[str], str]) -> list[tuple[str, float]]:
    """Return the bars with names; shares in hundredths."""
    scale = 100 if what.table.shares else 1
    return [(label(what, key, words, show), value * scale) for key, value in what.bars]


def label(what: Shown, key: str, words: Words, show: Callable[[str], str]) -> str:
    """Return what a row, a column or a bar is called."""
    if key == ANY:
        return words("numbers.total")
    return show(what.table.name(key)) if key else words("numbers.none")


def worded(value: float, *, shares: bool) -> str:
    """Word a number, nothing for none.

    >>> worded(0, shares=False), worded(0.0312, shares=True), worded(0.00001, shares=True)
    ('', '3.1 %', '< 0.1 %')
    """
    if not value:
        return ""
    if not shares:
        return number(int(value))
    return f"{value * 100:.1f} %" if value >= 0.001 else "< 0.1 %"
