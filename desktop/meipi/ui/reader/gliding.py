"""Scrolling that glides: a notch of the wheel runs out in a few frames, a flick of a finger slowly.

Both move the text by pixels from where it is: it has no height as a whole to be scrolled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtWidgets import QScroller

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QScrollEvent, QScrollPrepareEvent
    from PySide6.QtWidgets import QWidget

_FRAME_MS = 16
_SHARE = 0.4
"""Of what is left, what each frame takes: nine tenths are done within five."""
_LAST = 1.0
"""Pixels that are done at once."""
_RANGE = 1e7
"""Pixels a flick could go in either direction; the ends of the text stop it before."""


class Glide(QObject):
    """Moves a view by pixels over several frames; ``move`` says whether there was room to."""

    def __init__(self, viewport: QWidget, move: Callable[[float], bool]) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self._move = move
        self._left = 0.0
        self._at = 0.0
        self._touched: QScroller | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_under_way(self) -> bool:
        """Say whether the wheel still runs out."""
        return self._timer.isActive()

    def by(self, pixels: float) -> None:
        """Go ``pixels`` further; the first part of it at once."""
        if self._left * pixels < 0:
            self._left = 0.0  # the other way: what was left to go is not wanted any more
        self._left += pixels
        self._go_on()

    def stop(self) -> None:
        """Stay where the text is."""
        self._end_wheel()
        if self._touched is not None:
            self._touched.stop()

    def accept_touch(self) -> None:
        """Let a finger push the text, and let it run on."""
        QScroller.grabGesture(self._viewport, QScroller.ScrollerGestureType.TouchGesture)
        self._touched = QScroller.scroller(self._viewport)

    def prepare(self, event: QScrollPrepareEvent) -> None:
        """Begin to follow a finger from where the text is."""
        self._end_wheel()
        self._at = _RANGE
        event.setViewportSize(QSizeF(self._viewport.size()))
        event.setContentPosRange(QRectF(0, 0, 0, 2 * _RANGE))
        event.setContentPos(QPointF(0, self._at))
        event.accept()

    def follow(self, event: QScrollEvent) -> None:
        """Go where the finger, or what it set going, has come to."""
        at = event.contentPos().y()
        pixels, self._at = at - self._at, at
        if pixels and not self._move(pixels):
            self.stop()
        event.accept()

    def _end_wheel(self) -> None:
        self._timer.stop()
        self._left = 0.0

    def _go_on(self) -> None:
        step = self._left if abs(self._left) <= _LAST else self._left * _SHARE
        self._left -= step
        if not self._move(step) or not self._left:
            self._end_wheel()
        elif not self._timer.isActive():
            self._timer.start()
