"""A table of passages that holds only the pages looked at, however many rows there are."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from meipi.ui.models.rows import RowRole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from meipi.services.retrieving import Found
    from meipi.ui.models.rows import Index

PAGE = 100
"""Rows read at once."""
_KEPT = 60
"""Pages kept: what one scrolls back to is there still."""
_DISPLAYED = {
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.ToolTipRole),
    int(Qt.ItemDataRole.AccessibleTextRole),
}


class FoundModel(QAbstractTableModel):
    """Asks for pages as they come into sight; ``say`` words a cell, ``head`` a column."""

    page_wanted = Signal(int)
    """The number of a page that is to be read."""

    def __init__(
        self,
        say: Callable[[Found, str], str],
        head: Callable[[str], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._say = say
        self._head = head
        self._columns: tuple[str, ...] = ()
        self._count = 0
        self._pages: OrderedDict[int, Sequence[Found | None]] = OrderedDict()
        self._asked: set[int] = set()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return self._columns

    def show(self, count: int, columns: tuple[str, ...]) -> None:
        """Show ``count`` rows that are yet to be read."""
        self.beginResetModel()
        self._count, self._columns = count, columns
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def put_page(self, number: int, rows: Sequence[Found | None]) -> None:
        """Take in a page that was read."""
        self._asked.discard(number)
        self._pages[number] = rows
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        last = min(self._count, number * PAGE + len(rows)) - 1
        if last >= number * PAGE:
            top = self.index(number * PAGE, 0)
            self.dataChanged.emit(top, self.index(last, len(self._columns) - 1))

    def row(self, at: int) -> Found | None:
        """Return a row that was read; asks for it otherwise."""
        number, within = divmod(at, PAGE)
        rows = self._pages.get(number)
        if rows is None:
            if number not in self._asked:
                self._asked.add(number)
                self.page_wanted.emit(number)
            return None
        return rows[within] if within < len(rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            side = Qt.AlignmentFlag.AlignRight if column == "before" else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role not in _DISPLAYED and role != RowRole:
            return None
        row = self.row(index.row())
        if role == RowRole or row is None:
            return row
        return self._say(row, column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:
        if role != int(Qt.ItemDataRole.DisplayRole):
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._head(self._columns[section]) if section < len(self._columns) else None
        return section + 1

    def reword(self) -> None:
        """Word everything again: the language or the script changed."""
        if self._count and self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
            corner = self.index(self._count - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), corner)

    def parent(self, child: QModelIndex | None = None) -> Any:  # type: ignore[override]
        """Return no index: a table has no branches."""
        return QModelIndex() if child is not None else super().parent()
