"""A grid of numbers whose grounds deepen with them; it can be copied as a picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFont, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from meipi.ui.models.rows import Index

_CELL, _WIDEST, _SIDE = 72, 150, 220
"""Widths of a cell, least and most, and most of the names of rows, in the usual size."""
_STRONGEST = 0.42
"""How much of the accent the ground of the greatest number has: ink stays legible on it."""
MOST_DRAWN = 60
"""Rows and columns of a picture at most."""


@dataclass(frozen=True, slots=True)
class Grid:
    """What is shown: names, and by place the words of a cell and how much of the most it is."""

    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    text: Callable[[int, int], str] = field(default=lambda _row, _column: "")
    heat: Callable[[int, int], float] = field(default=lambda _row, _column: 0.0)


class HeatGrid(QTableView):
    """Shows a `Grid`; a click or Enter chooses a cell."""

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = Grid()
        self._model = _GridModel(self)
        self.setModel(self._model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("part", "onpaper")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        )
        self.clicked.connect(self._choose)

    def show_grid(self, grid: Grid) -> None:
        """Show ``grid``."""
        self.grid = grid
        self._model.show(grid)
        metrics = self.fontMetrics()
        height = metrics.height() + 12
        self.horizontalHeader().setFixedHeight(height)
        widest = max((metrics.horizontalAdvance(name) for name in grid.columns), default=0)
        self.horizontalHeader().setDefaultSectionSize(self._width(widest + 20))
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setFixedWidth(self._side(metrics))

    def set_colors(self, *, heat: QColor) -> None:
        """Deepen grounds towards this colour from now on."""
        self._model.heat = heat
        self.viewport().update()

    def picture_size(self) -> QSize:
        """Return how large a picture of the grid is."""
        rows, columns = self._drawn()
        height = self.fontMetrics().height() + 12
        width = (
            self._side(self.fontMetrics()) + columns * self.horizontalHeader().defaultSectionSize()
        )
        return QSize(width + 16, (rows + 1) * height + 16)

    def draw(self, painter: QPainter, *, ground: QColor, ink: QColor, font: QFont) -> None:
        """Draw the whole grid, not only what is in sight."""
        size, metrics = self.picture_size(), self.fontMetrics()
        painter.fillRect(0, 0, size.width(), size.height(), ground)
        painter.setFont(font)
        painter.setPen(ink)
        side = self._side(metrics)
        width = self.horizontalHeader().defaultSectionSize()
        height = metrics.height() + 12
        rows, columns = self._drawn()
        for row in range(rows + 1):
            for column in range(columns + 1):
                left = 8 + (side + (column - 1) * width if column else 0)
                rect = QRectF(left, 8 + row * height, width if column else side, height)
                self._draw_cell(painter, rect, row - 1, column - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _draw_cell(self, painter: QPainter, rect: QRectF, row: int, column: int) -> None:
        text, middle = "", Qt.AlignmentFlag.AlignVCenter
        align = middle | (
            Qt.AlignmentFlag.AlignLeft if column < 0 else Qt.AlignmentFlag.AlignHCenter
        )
        if row >= 0 and column >= 0:
            painter.fillRect(rect.adjusted(1, 1, -1, -1), self._model.ground(row, column))
            text = self.grid.text(row, column)
        elif row >= 0:
            text = self.grid.rows[row]
        elif column >= 0:
            text = self.grid.columns[column]
        inner = rect.adjusted(4, 0, -4, 0)
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, int(align), shown)

    def _drawn(self) -> tuple[int, int]:
        return min(len(self.grid.rows), MOST_DRAWN), min(len(self.grid.columns), MOST_DRAWN)

    def _width(self, wanted: int) -> int:
        return min(scaled(self, _WIDEST), max(scaled(self, _CELL), wanted))

    def _side(self, metrics: QFontMetrics) -> int:
        widest = max((metrics.horizontalAdvance(name) for name in self.grid.rows), default=0)
        return min(scaled(self, _SIDE), widest + 26)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self.grid.text(index.row(), index.column()):
            self.cell_chosen.emit(index.row(), index.column())


class _GridModel(QAbstractTableModel):
    def __init__(self, parent: HeatGrid) -> None:
        super().__init__(parent)
        self._grid = Grid()
        self.heat = QColor()

    def show(self, grid: Grid) -> None:
        self.beginResetModel()
        self._grid = grid
        self.endResetModel()

    def ground(self, row: int, column: int) -> QColor:
        color, share = QColor(self.heat), self._grid.heat(row, column)
        color.setAlphaF(min(1.0, share) * _STRONGEST)
        return color

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._grid.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._grid.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._grid.text(row, column)
            case Qt.ItemDataRole.BackgroundRole:
                return self.ground(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignCenter)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                names = f"{self._grid.rows[row]} · {self._grid.columns[column]}"
                return f"{names}: {self._grid.text(row, column) or 0}"
            case _:
                return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:
        if role not in {int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)}:
            return None
        names = self._grid.columns if orientation is Qt.Orientation.Horizontal else self._grid.rows
        return names[section] if section < len(names) else None
