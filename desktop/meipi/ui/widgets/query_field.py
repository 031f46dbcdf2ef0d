"""A field with what may be typed next under it; the keyboard stays in the field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from meipi.ui.models.rows import RowsModel, row_of
from meipi.ui.widgets.announcing import announce
from meipi.ui.widgets.overlay import Overlay
from meipi.ui.widgets.picker import PickDelegate, PickRow
from meipi.ui.widgets.row_list import RowList
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QFocusEvent, QKeyEvent

_WIDTH = 360


@dataclass(frozen=True, slots=True)
class Completion:
    """What can replace the characters from ``start`` to ``end``, by the keys of its rows."""

    start: int
    end: int
    rows: Sequence[PickRow]
    """The key of each is what is typed for it."""


class QueryField(QLineEdit):
    """Offers completions as one types: arrows choose, Tab or Enter puts the chosen one in."""

    asked = Signal()
    """Enter was pressed and nothing was being completed."""
    down_pressed = Signal()
    escaped = Signal()

    def __init__(
        self, complete: Callable[[str, int], Completion | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "filter")
        self._complete = complete
        self._offered: Completion | None = None
        self._list: CompletionList | None = None
        self.textEdited.connect(lambda _: self._offer())

    @property
    def offered(self) -> Completion | None:
        """Return what is on offer."""
        return self._offered

    def close_offers(self) -> None:
        """Offer nothing more for now."""
        self._offered = None
        if self._list is not None:
            self._list.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, offered = event.key(), self._offered
        if offered is not None and self._list is not None and self._press(Qt.Key(key)):
            return
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.close_offers()
            self.asked.emit()
        elif key == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Tab leads out of the field before a key press reaches it.
        tab = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab  # type: ignore[attr-defined]
        if tab and self._offered is not None:
            self._take_current()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_offers()

    def _press(self, key: Qt.Key) -> bool:
        """Do what ``key`` does while something is on offer; say whether it did anything."""
        assert self._list is not None  # noqa: S101 - asked before
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key)
        if step:
            self._list.step(step)
        elif key == Qt.Key.Key_Escape:
            self.close_offers()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._list.chosen:
            self._take_current()
        else:
            return False
        return True

    def _offer(self) -> None:
        found = self._complete(self.text(), self.cursorPosition())
        if found is None or not found.rows:
            self.close_offers()
            return
        self._offered = found
        if self._list is None:
            self._list = CompletionList(self.window())
            self._list.list.row_activated.connect(self._take)
        corner = self.mapTo(self._list.host, QPoint(0, 0))
        self._list.offer(found.rows, QRect(corner, self.size()))

    def _take_current(self) -> None:
        if self._list is not None:
            self._take(self._list.list.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        row, offered = row_of(index), self._offered
        if isinstance(row, PickRow) and offered is not None:
            text = self.text()
            tail = text[offered.end :]
            gap = "" if row.key.endswith(("=", ":", " ")) or tail.startswith(" ") else " "
            self.setText(f"{text[: offered.start]}{row.key}{gap}{tail}")
            self.setCursorPosition(offered.start + len(row.key) + len(gap))
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.close_offers()
            self.textEdited.emit(self.text())


class CompletionList(Overlay):
    """Stands under a field without taking the keyboard."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.chosen = False
        """Whether the reader went to a row: only then Enter takes it."""
        self.list = RowList(self)
        self.model = RowsModel(self)
        self.list.setModel(self.model)
        self._delegate = PickDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setProperty("part", "picks")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.list)

    def offer(self, rows: Sequence[PickRow], near: QRect) -> None:
        """Offer ``rows`` under ``near``; the first is current."""
        self.chosen = False
        self.model.set_rows(rows)
        self.list.setCurrentIndex(self.model.index(0))
        self.list.setFixedHeight(self._delegate.row_height(self.list) * len(rows) + 2)
        self.setFixedWidth(min(scaled(self, _WIDTH), self.host.width() - 24))
        self.show_near(near)

    def step(self, by: int) -> None:
        """Go to another row."""
        count = self.model.rowCount()
        # The first key down takes the first row, which was only shown until then.
        at = 0 if not self.chosen and by > 0 else (self.list.currentIndex().row() + by) % count
        self.chosen = True
        self.list.setCurrentIndex(self.model.index(at))
        row = row_of(self.list.currentIndex())
        if isinstance(row, PickRow):
            announce(self, row.text)
