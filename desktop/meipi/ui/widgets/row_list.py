"""A list of rows that filters, activates by click or Enter, and says when it is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

_SELECTING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_BATCH = 60
"""Rows measured at a time; with two lines each some six milliseconds."""


class RowList(QListView):
    """A quiet list; rows are drawn by a delegate."""

    row_activated = Signal(QModelIndex)
    """A row was clicked, or Enter was pressed on it."""
    delete_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty_text = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        # Rows are measured by their delegate as the width changes: two-line titles.
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(self._click)

    def lay_out_in_batches(self) -> None:
        """Measure rows of unequal height a few at a time: a thousand take more than a frame."""
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)

    def _click(self, index: QModelIndex) -> None:
        """Activate a row; with Ctrl or Shift a click only selects where several can be."""
        several = self.selectionMode() is QAbstractItemView.SelectionMode.ExtendedSelection
        if not (several and QApplication.keyboardModifiers() & _SELECTING):
            self.row_activated.emit(index)

    def set_empty_text(self, text: str) -> None:
        """Set what is said in place of rows."""
        self._empty_text = text
        self.viewport().update()

    def empty_text(self) -> str:
        """Return what is said in place of rows."""
        return self._empty_text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.row_activated.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        model = self.model()
        if self._empty_text and (model is None or model.rowCount() == 0):
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            rect = self.viewport().rect().adjusted(14, 14, -14, -14)
            flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            painter.drawText(rect, int(flags | Qt.TextFlag.TextWordWrap), self._empty_text)
