"""How far the work behind a dialog is, told into the window, and the wish to stop it."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from meipi.core.errors import MeipiError

if TYPE_CHECKING:
    from meipi.core.errors import ErrorCode


class Progress(QObject):
    """Carries the share that is done out of the thread that works, and ``stop`` back into it."""

    came_on = Signal(int)
    """The percentage, each once."""

    def __init__(self, cancelled: ErrorCode, parent: QObject) -> None:
        super().__init__(parent)
        self._cancelled = cancelled
        self._stopped = threading.Event()
        self._percent = 0

    def stop(self) -> None:
        """Stop the work at its next word."""
        self._stopped.set()

    def watch(self, share: float) -> None:
        """Take in which share is done; called in the thread that works."""
        if self._stopped.is_set():
            raise MeipiError(self._cancelled)
        percent = int(100 * share)
        if percent != self._percent:
            self._percent = percent
            with contextlib.suppress(RuntimeError):  # the dialog may be gone by now
                self.came_on.emit(percent)
