"""A list model of rows that are ticked or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal

from meipi.ui.models.rows import RowsModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.ui.models.rows import Index, Row

_CHECK = int(Qt.ItemDataRole.CheckStateRole)


class CheckedModel(RowsModel):
    """Holds rows with a tick each; those ``fixed`` cannot be ticked."""

    ticks_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ticked: list[bool] = []
        self._fixed: frozenset[int] = frozenset()

    def offer(self, rows: Sequence[Row], *, fixed: frozenset[int] = frozenset()) -> None:
        """Show ``rows``, all ticked but those at ``fixed``."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._fixed = fixed
        self._ticked = [at not in fixed for at in range(len(rows))]
        self.endResetModel()
        self.ticks_changed.emit()

    def ticked(self) -> list[int]:
        """Return the positions that are ticked."""
        return [at for at, on in enumerate(self._ticked) if on]

    def tick_all(self, *, on: bool) -> None:
        """Tick every row that can be, or none."""
        self._ticked = [on and at not in self._fixed for at in range(len(self._rows))]
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [_CHECK])
        self.ticks_changed.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.row() in self._fixed:
            return flags & ~Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if role == _CHECK and index.isValid():
            on = self._ticked[index.row()]
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if role != _CHECK or not index.isValid() or index.row() in self._fixed:
            return False
        self._ticked[index.row()] = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index, [role])
        self.ticks_changed.emit()
        return True
