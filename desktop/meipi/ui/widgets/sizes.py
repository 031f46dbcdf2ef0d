"""Sizes that grow with the font of the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontInfo

if TYPE_CHECKING:
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QWidget

_USUAL = 13
"""The size in pixels that all sizes are drawn for."""


def scale_of(font: QFont) -> float:
    """Return how much larger ``font`` is than the interface's usual one."""
    return QFontInfo(font).pixelSize() / _USUAL


def scaled(widget: QWidget, size: int) -> int:
    """Return ``size`` as it is for a widget in its font."""
    return round(size * scale_of(widget.font()))
