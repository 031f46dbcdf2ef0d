"""Writes the pages one after another, a few milliseconds at a time, until all are there."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from meipi.ui.fonts import reading_font, ui_font
from meipi.ui.printing.draw import draw_page
from meipi.ui.printing.pages import PAPERS
from meipi.ui.printing.readable import put_right

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPagedPaintDevice

    from meipi.ui.printing.pages import Printed

_AT_ONCE_S = 0.012
_DOTS = 1200


class PrintJob(QObject):
    """Prints a document on ``device``; the window stays free meanwhile."""

    came_on = Signal(int, int)
    """Characters printed, and all of them."""
    finished = Signal(int)
    """How many pages there are."""
    failed = Signal()

    def __init__(self, printed: Printed, device: QPagedPaintDevice, title: str) -> None:
        super().__init__()
        self._printed, self._device, self._title = printed, device, title
        self._pages = printed.pages()
        self._painter = QPainter()
        self._count = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin; answers come as signals."""
        if self._painter.begin(self._device):
            self._timer.start()
        else:
            self.failed.emit()

    def stop(self) -> None:
        """Print no more; what was written is not whole."""
        self._timer.stop()
        if self._painter.isActive():
            self._painter.end()

    def _go_on(self) -> None:
        until = time.monotonic() + _AT_ONCE_S
        reached = 0
        while time.monotonic() < until:
            page = next(self._pages, None)
            if page is None:
                self._end()
                return
            if self._count and not self._device.newPage():
                self._fail()
                return
            self._count += 1
            self._painter.save()
            unit = self._device.logicalDpiX() / 72 * self._printed.paper.points
            self._painter.scale(unit, unit)
            draw_page(self._painter, self._printed, page, self._title)
            self._painter.restore()
            reached = page.reached
        self.came_on.emit(reached, self._printed.length)

    def _end(self) -> None:
        self._timer.stop()
        if self._painter.end():
            self.finished.emit(self._count)
        else:
            self.failed.emit()

    def _fail(self) -> None:
        self.stop()
        self.failed.emit()


class PdfJob(PrintJob):
    """Prints into a PDF that is at its place only once it is whole."""

    def __init__(self, printed: Printed, path: Path, title: str) -> None:
        self.path = path
        self._part = path.with_name(path.name + ".part")
        super().__init__(printed, _writer(self._part, printed, title), title)

    def start(self) -> None:
        try:
            self._part.touch()
        except OSError:
            self.failed.emit()
        else:
            super().start()

    def stop(self) -> None:
        super().stop()
        with contextlib.suppress(OSError):
            self._part.unlink(missing_ok=True)

    def _end(self) -> None:
        self._timer.stop()
        try:
            # The tables are at the end, and few.
            if not self._painter.end():
                raise OSError(self._part)  # noqa: TRY301 - one way out for both
            bold = (False, True)
            faces = [face(20, bold=heavy) for face in (reading_font, ui_font) for heavy in bold]
            put_right(self._part, self._printed.used, faces)
            self._part.replace(self.path)
        except OSError:
            self._fail()
        else:
            self.finished.emit(self._count)


def _writer(path: Path, printed: Printed, title: str) -> QPdfWriter:
    writer = QPdfWriter(str(path))
    writer.setResolution(_DOTS)
    writer.setTitle(title)
    writer.setCreator("Meipi")
    set_paper(writer, printed.options.paper)
    return writer


def set_paper(device: QPagedPaintDevice, paper: str) -> None:
    """Give ``device`` the paper; the margins are ours."""
    whole = QPageLayout(
        QPageSize(PAPERS[paper]), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
    )
    whole.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(whole)
