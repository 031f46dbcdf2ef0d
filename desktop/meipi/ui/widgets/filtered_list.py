"""A list under the field that filters it, with room for something between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from meipi.ui.models.rows import RowsModel, row_of
from meipi.ui.widgets.fields import FilterField
from meipi.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QStyledItemDelegate

    from meipi.ui.models.rows import Row

_EDGE = 14
_SLICE_S = 0.006
"""How long filtering keeps the window's thread at a time: less than half a frame."""


class Sifting(Protocol):
    """Rows being gone through a little at a time."""

    found: list[Any]

    def go_on(self, seconds: float) -> bool:
        """Look at more rows for about ``seconds``; say whether all have been seen."""


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
        self._sift: Sifting | None = None
        self._finish: Callable[[list[Any]], Sequence[Row]] = list
        self._none = ""
        self._more = QTimer(self)
        self._more.timeout.connect(self._go_on)
        self.field.textChanged.connect(self.query_changed)
        self.field.down_pressed.connect(self._go_to_list)
        self.list.row_activated.connect(self._activate)

    def set_header(self, header: QWidget) -> None:
        """Put ``header`` between the field and the list."""
        self._add_inset(header, at=1)

    def query(self) -> str:
        """Return what is typed."""
        return self.field.text()

    def sift(
        self, sift: Sifting, *, finish: Callable[[list[Any]], Sequence[Row]], none: str
    ) -> None:
        """Show what ``sift`` finds as ``finish`` returns it, or say ``none``.

        A short list is there at once; while a long one is gone through, the rows before stay.
        """
        self._sift, self._finish, self._none = sift, finish, none
        self._go_on()

    def reveal(self, row: Row) -> bool:
        """Make ``row`` the current one and bring it into sight; say whether it is listed."""
        at = self.model.place_of(row)
        if at is not None:
            index = self.model.index(at)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index, self.list.ScrollHint.PositionAtCenter)
        return at is not None

    def _go_on(self) -> None:
        if self._sift is None or self._sift.go_on(_SLICE_S):
            self._more.stop()
            self._show_found()
        elif not self._more.isActive():
            self._more.start(0)

    def _show_found(self) -> None:
        if self._sift is not None:
            self.model.set_rows(self._finish(self._sift.found))
            self.list.set_empty_text(self._none)
            self._sift = None

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
