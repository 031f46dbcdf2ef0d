"""Where words of the text lie in the window, for what floats beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from meipi.core.spans import Span
    from meipi.ui.reader.view import ReaderView


class Places:
    """Turns places of the text into places of the window."""

    def __init__(self, reader: ReaderView, host: QWidget) -> None:
        self._reader = reader
        self._host = host

    def of(self, span: Span) -> QRect:
        """Return where ``span`` is painted, in the host's coordinates."""
        return self.from_view(self._reader.rect_of(span))

    def from_view(self, rect: QRect) -> QRect:
        """Carry ``rect`` from the view's coordinates to the host's."""
        corner = self._reader.viewport().mapTo(self._host, QPoint(0, 0))
        return rect.translated(corner)
