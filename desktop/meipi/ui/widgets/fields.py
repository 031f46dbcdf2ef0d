"""Text fields: one that filters what stands under it, one with a magnifying glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QWidget

from meipi.ui.widgets.icons import draw_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent


class FilterField(QLineEdit):
    """A field that filters as one types; Esc empties it, Down goes to the list.

    With ``escape_empties`` off, Esc leaves it at once.
    """

    down_pressed = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None, *, escape_empties: bool = True) -> None:
        super().__init__(parent)
        self._escape_empties = escape_empties
        self.setProperty("part", "filter")
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() and self._escape_empties:
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)


class SearchField(FilterField):
    """A filter field with a magnifying glass and, while empty, the key that leads to it."""

    def __init__(self, parent: QWidget | None = None, *, escape_empties: bool = True) -> None:
        super().__init__(parent, escape_empties=escape_empties)
        self._key = ""
        self.setProperty("part", "search")
        self._make_room()

    def set_key(self, key: str) -> None:
        """Show ``key`` at the right end while nothing is typed."""
        self._key = key
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        soft = self.palette().placeholderText().color()
        side = self.fontMetrics().height()
        rect = QRectF(9, (self.height() - side) / 2, side, side)
        draw_icon(painter, "search", soft, rect)
        if self._key and not self.text() and self._key_fits():
            painter.setPen(soft)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(self.rect().adjusted(0, 0, -10, 0), flags, self._key)

    def _key_fits(self) -> bool:
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(self.placeholderText() + self._key)
        return words + metrics.height() + 46 < self.width()

    def _make_room(self) -> None:
        self.setTextMargins(self.fontMetrics().height() + 4, 0, 0, 0)
