"""How long the window's thread stood still: the longest time between two turns of its loop."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer


class Pauses(QObject):
    """Notes the longest pause, in seconds, since it was started or asked last."""

    def __init__(self) -> None:
        super().__init__()
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        """Begin to note."""
        self._last, self._longest = time.perf_counter(), 0.0
        self._timer.start()

    def stop(self) -> float:
        """Return the longest pause and note no more."""
        self._turn()
        self._timer.stop()
        return self._longest

    def _turn(self) -> None:
        now = time.perf_counter()
        self._longest, self._last = max(self._longest, now - self._last), now
