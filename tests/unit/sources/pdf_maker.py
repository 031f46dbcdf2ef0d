"""Makes PDFs with words at given places, for the tests of their reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from meipi.ui.fonts import reading_font

if TYPE_CHECKING:
    from collections.abc import Sequence


class Put(NamedTuple):
    """Words on a page: points from its upper left corner, the size in points."""

    text: str
    x: float
    y: float
    size: float = 12


def make(pages: Sequence[Sequence[Put]], *, title: str = "") -> bytes:
    """Return an A4 PDF with these words."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    writer.setTitle(title)
    page = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    for at, puts in enumerate(pages):
        if at:
            writer.newPage()
        for put in puts:
            font = QFont(reading_font(put.size))
            font.setPixelSize(round(put.size))
            painter.setFont(font)
            painter.drawText(QPointF(put.x, put.y), put.text)
    painter.end()
    buffer.close()
    return bytes(data.data())
