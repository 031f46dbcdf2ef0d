"""Collects garbage where and when it does no harm: in the window's thread, a little at a time.

Left to itself Python collects in whichever thread allocates. A full collection among the objects of
a long document stops every thread for a tenth of a second, and a widget freed outside the window's
thread ends the program.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from meipi.ui.app import App

_INTERVAL_MS = 1_000
_FLOOD = 10_000
"""So many new objects are those of a document; to go through them would take a frame."""
_MANY = 50_000
"""So many older ones are too: a full collection among them takes several frames."""


class GarbageCollector(QObject):
    """Replaces Python's own collection for as long as the window is open."""

    def __init__(self) -> None:
        super().__init__()
        self._thresholds = gc.get_threshold()
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """Take over."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Hand back."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def follow(self, app: App) -> None:
        """Let go of what ``app`` reads whenever it has been read."""
        app.reading.opened.connect(self.settle)
        app.reading.mentions_changed.connect(self.settle)
        app.reading.reworded.connect(self.settle)

    def settle(self) -> None:
        """Look no more at what is there now: a document's objects hold no cycles."""
        if self._timer.isActive():
            gc.freeze()

    def _collect(self) -> None:
        counts = gc.get_count()
        if counts[0] > _FLOOD:
            gc.freeze()
            return
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                if generation and _objects(generation) > _MANY:
                    gc.freeze()
                else:
                    gc.collect(generation)
                return


def _objects(generation: int) -> int:
    """Count what a collection of ``generation`` goes through; the count takes a tenth of it."""
    return sum(len(gc.get_objects(one)) for one in range(generation + 1))
