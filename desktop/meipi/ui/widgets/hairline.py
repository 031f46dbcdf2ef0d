"""A hairline of progress along the upper edge of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_STEP_MS = 40


class Hairline(QWidget):
    """Runs while something is being worked on; shown only while it runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(2)
        self._at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._advance)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def start(self) -> None:
        """Show that work goes on."""
        self._at = 0.0
        self._timer.start()
        self.show()

    def stop(self) -> None:
        """Show nothing."""
        self._timer.stop()
        self.hide()

    def is_running(self) -> bool:
        """Say whether it shows that work goes on."""
        return self._timer.isActive()

    def paintEvent(self, event: QPaintEvent) -> None:
        width = self.width() * 0.24
        left = (self.width() + width) * self._at - width
        QPainter(self).fillRect(QRectF(left, 0, width, 2), self.palette().link())

    def _advance(self) -> None:
        self._at = (self._at + 0.02) % 1.0
        self.update()
