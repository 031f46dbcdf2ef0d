"""A list model over a tuple of row values; what is shown is worked out before, without Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

RowRole = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which an index holds its row."""

Index = QModelIndex | QPersistentModelIndex


class Row(Protocol):
    """Anything with words to read aloud."""

    @property
    def text(self) -> str:
        """The row in words."""


class RowsModel(QAbstractListModel):
    """Holds rows; a delegate draws them, a screen reader reads their text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows in order."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show ``rows``; does nothing where they are the ones shown."""
        if tuple(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def place_of(self, row: Row) -> int | None:
        """Return where ``row`` stands; nothing where it is not shown."""
        return self._rows.index(row) if row in self._rows else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == RowRole:
            return row
        if role in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)}:
            return row.text
        return None


def row_of(index: Index) -> Any:
    """Return the row that ``index`` holds; nothing where it is invalid."""
    return index.data(RowRole) if index.isValid() else None
