"""The underline of a type of entity, drawn beside its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from meipi.ui.panels.painting import draw_mark
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from meipi.ui.theme import Mark


class MarkSample(QWidget):
    """The underline of a type of entity, to stand beside its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark: Mark | None = None
        self.setFixedSize(scaled(self, 20), scaled(self, 16))

    def show_mark(self, mark: Mark) -> None:
        """Draw ``mark`` from now on."""
        self._mark = mark
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._mark is not None:
            painter = QPainter(self)
            draw_mark(painter, self._mark, 1, self.width() - 2, self.height() * 0.62)
