"""A box of choices with a quiet arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox

from meipi.ui.widgets.icons import draw_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_ARROW = 12


class ChoiceBox(QComboBox):
    """Draws its own arrow: style sheets can only show one from a file."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        top = (self.height() - _ARROW) / 2
        rect = QRectF(self.width() - _ARROW - 8, top, _ARROW, _ARROW)
        draw_icon(QPainter(self), "down", self.palette().placeholderText().color(), rect)
