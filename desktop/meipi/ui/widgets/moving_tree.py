"""A tree whose rows are dragged to other places, renamed in place and moved by keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDropEvent, QIcon, QKeyEvent
    from PySide6.QtWidgets import QWidget

_KEY = Qt.ItemDataRole.UserRole
_PADDING = 8
_OPEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
_FLAGS = _OPEN | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
_Where = QAbstractItemView.DropIndicatorPosition


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A row: its key, that of the row above it, and the words of its columns."""

    key: str
    parent: str | None
    cells: tuple[str, ...]
    icon: QIcon | None = None
    tip: str = ""


@dataclass(frozen=True, slots=True)
class TreeMove:
    """Rows that are to stand below ``parent``, before one of its rows or at the end."""

    keys: tuple[str, ...]
    parent: str | None
    before: str | None = None


class MovingTree(QTreeWidget):
    """Shows rows; what is done to them is asked for, never done here."""

    move_asked = Signal(object)
    """A `TreeMove`."""
    renamed = Signal(str, str)
    delete_pressed = Signal()

    def __init__(self, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._folded: set[str] = set()
        self._filling = False
        self.setHeaderLabels(list(columns))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._lay_out(len(columns))
        self.itemCollapsed.connect(lambda item: self._fold(item, folded=True))
        self.itemExpanded.connect(lambda item: self._fold(item, folded=False))
        self.itemChanged.connect(self._changed)

    def show_rows(self, rows: Sequence[TreeRow], *, unfold: bool = False) -> None:
        """Show ``rows``, those above before those below; what was chosen and folded stays so."""
        chosen, current = set(self.chosen()), self.current_key()
        at = self.verticalScrollBar().value()
        self._filling = True
        self.clear()
        self._items = {}
        for row in rows:
            self._add(row, unfold=unfold)
        for key in chosen & self._items.keys():
            self._items[key].setSelected(True)
        if current in self._items:
            self.setCurrentItem(
                self._items[current], 0, self.selectionModel().SelectionFlag.NoUpdate
            )
        self._filling = False
        self.verticalScrollBar().setValue(at)
        self.itemSelectionChanged.emit()

    def chosen(self) -> list[str]:
        """Return the keys of the selected rows from the top."""
        return [key for key, item in self._items.items() if item.isSelected()]

    def current_key(self) -> str:
        """Return the key of the row the keyboard is on."""
        item = self.currentItem()
        return _key_of(item)

    def choose(self, key: str) -> None:
        """Select one row and bring it into sight."""
        item = self._items.get(key)
        if item is not None:
            self.clearSelection()
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def rename_current(self) -> None:
        """Let the name of the current row be written."""
        item = self.currentItem()
        if item is not None:
            self.editItem(item, 0)

    def place_of_drop(self, target: QTreeWidgetItem | None, where: _Where) -> TreeMove:
        """Return what dropping the selected rows ``where`` at ``target`` asks for."""
        keys = tuple(self.chosen())
        if target is None or where is _Where.OnViewport:
            return TreeMove(keys, None)
        key = _key_of(target)
        if where is _Where.OnItem:
            return TreeMove(keys, key)
        above = target.parent()
        parent = _key_of(above) if above is not None else None
        if where is _Where.AboveItem:
            return TreeMove(keys, parent, key)
        if target.isExpanded() and target.childCount():
            return TreeMove(keys, key, _key_of(target.child(0)))
        return TreeMove(keys, parent, self._after(target, set(keys)))

    def dropEvent(self, event: QDropEvent) -> None:
        target = self.itemAt(event.position().toPoint())
        asked = self.place_of_drop(target, self.dropIndicatorPosition())
        # Not a move of Qt's: the rows are shown anew once they stand elsewhere on the disk.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if asked.keys and asked.parent not in asked.keys:
            self.move_asked.emit(asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def _after(self, target: QTreeWidgetItem, moving: set[str]) -> str | None:
        """Return the row that follows ``target`` among its like and stays where it is."""
        above = target.parent() or self.invisibleRootItem()
        for at in range(above.indexOfChild(target) + 1, above.childCount()):
            key = _key_of(above.child(at))
            if key not in moving:
                return key
        return None

    def _add(self, row: TreeRow, *, unfold: bool) -> None:
        above = self._items.get(row.parent or "")
        item = QTreeWidgetItem(above or self.invisibleRootItem(), list(row.cells))
        item.setFlags(_FLAGS)
        item.setData(0, _KEY, row.key)
        item.setToolTip(0, row.tip)
        item.setSizeHint(0, QSize(0, self.fontMetrics().height() + _PADDING))
        if row.icon is not None:
            item.setIcon(0, row.icon)
        for column in range(1, len(row.cells)):
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            item.setTextAlignment(column, side)
        self._items[row.key] = item
        if above is not None:
            above.setExpanded(unfold or row.parent not in self._folded)

    def _fold(self, item: QTreeWidgetItem, *, folded: bool) -> None:
        if not self._filling:
            (self._folded.add if folded else self._folded.discard)(_key_of(item))

    def _changed(self, item: QTreeWidgetItem, column: int) -> None:
        if not self._filling and column == 0:
            self.renamed.emit(_key_of(item), item.text(0))

    def _lay_out(self, columns: int) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, columns):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)


def _key_of(item: QTreeWidgetItem | None) -> str:
    return "" if item is None else str(item.data(0, _KEY))
