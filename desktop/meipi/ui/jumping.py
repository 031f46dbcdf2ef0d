"""Back and forward through the jumps made by clicks, finds, links and other documents."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from meipi.core.spans import Span
from meipi.ui.presenters.jumps import Jumps, Stand

if TYPE_CHECKING:
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController

_PASSING_S = 1.0
"""A place one stayed at for less was only passed: stepping through finds keeps the first."""


class JumpController(QObject):
    """Notes where the reader is before each jump, and leads back."""

    def __init__(self, reading: ReadingController, reader: ReaderView) -> None:
        super().__init__()
        self._reading = reading
        self._reader = reader
        self._jumps = Jumps()
        self._arrived = float("-inf")
        self._turning = False
        reader.jumping.connect(self._leave)
        reading.leaving.connect(self._leave)

    def back(self) -> None:
        """Go to where the last jump began."""
        self._go(self._jumps.back(self._here()))

    def forward(self) -> None:
        """Go to where the reader came back from."""
        self._go(self._jumps.forward(self._here()))

    def _leave(self) -> None:
        here, now = self._here(), time.monotonic()
        if here is None or self._turning:
            return
        if now - self._arrived > _PASSING_S:
            self._jumps.leave(here)
        self._arrived = now

    def _here(self) -> Stand | None:
        document = self._reading.document
        if document is None:
            return None
        caret = self._reader.selection().start
        return Stand(document.id, self._reader.top_offset(), caret)

    def _go(self, stand: Stand | None) -> None:
        if stand is None:
            return
        self._turning = True
        document = self._reading.document
        if document is not None and document.id == stand.document:
            self._reader.set_selection(Span(stand.caret, stand.caret))
            self._reader.put_top(stand.top)
        else:
            self._reading.open(stand.document, position=stand.top)
        self._turning = False
        self._arrived = float("-inf")
