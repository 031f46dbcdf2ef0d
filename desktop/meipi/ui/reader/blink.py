"""Shows the caret while the text has the keyboard, blinking as the platform says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable


class CaretBlink(QObject):
    """Turns the caret on and off; it stands still where the platform wants no blinking."""

    def __init__(self, parent: QObject, changed: Callable[[], None]) -> None:
        super().__init__(parent)
        self.is_on = False
        self._changed = changed
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._toggle)

    def start(self) -> None:
        """Show the caret, and begin its period anew."""
        period = QGuiApplication.styleHints().cursorFlashTime()
        self.is_on = True
        if period > 1:
            self._timer.start(period // 2)
        self._changed()

    def stop(self) -> None:
        """Hide the caret."""
        self._timer.stop()
        self.is_on = False
        self._changed()

    def _toggle(self) -> None:
        self.is_on = not self.is_on
        self._changed()
