"""Puts drawings on the clipboard: points for whatever takes those, lines where SVG is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRect, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter

if TYPE_CHECKING:
    from collections.abc import Callable

_DENSITY = 2
SVG = "image/svg+xml"


def copy_picture(size: QSize, draw: Callable[[QPainter], object]) -> None:
    """Copy what ``draw`` draws, as an image and as SVG at once."""
    data = QMimeData()
    data.setImageData(image_of(size, draw))
    data.setData(SVG, svg_of(size, draw))
    QGuiApplication.clipboard().setMimeData(data)


def image_of(size: QSize, draw: Callable[[QPainter], object]) -> QImage:
    """Return the drawing in points, sharp on dense screens."""
    image = QImage(size * _DENSITY, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(_DENSITY)
    image.fill(0)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


def svg_of(size: QSize, draw: Callable[[QPainter], object]) -> QByteArray:
    """Return the drawing as SVG."""
    from PySide6.QtSvg import QSvgGenerator

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    painter = QPainter(generator)
    draw(painter)
    painter.end()
    buffer.close()
    return data
