"""A list under the field that filters it, with room for something between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from meipi.ui.models.rows import RowsModel, row_of
from meipi.ui.widgets.fields import FilterField
from meipi.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QStyledItemDelegate

_EDGE = 14


class FilteredList(QWidget):
    """Shows what rows it is given; says what is typed and which row is activated."""

    query_changed = Signal(str)
    row_activated = Signal(object)
    """The row, as it stands in the model."""

    def __init__(
        self, delegate: QStyledItemDelegate, parent: QWidget | None = None, *, edge: int = _EDGE
    ) -> None:
        super().__init__(parent)
        self.field = FilterField(self)
        self.list = RowList(self)
        self.model = RowsModel(self)
        self.list.setModel(self.model)
        delegate.setParent(self.list)
        self.list.setItemDelegate(delegate)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 0, 0)
        self._column.setSpacing(8)
        self._edge = edge
        self._add_inset(self.field)
        self._column.addWidget(self.list, 1)
        self.field.textChanged.connect(self.query_changed)
        self.field.down_pressed.connect(self._go_to_list)
        self.list.row_activated.connect(self._activate)

    def set_header(self, header: QWidget) -> None:
        """Put ``header`` between the field and the list."""
        self._add_inset(header, at=1)

    def query(self) -> str:
        """Return what is typed."""
        return self.field.text()

    def _add_inset(self, widget: QWidget, at: int = 0) -> None:
        box = QWidget(self)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(self._edge, 0, self._edge, 0)
        inner.addWidget(widget)
        self._column.insertWidget(at, box)

    def _go_to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))

    def _activate(self, index: QModelIndex) -> None:
        self.row_activated.emit(row_of(index))
