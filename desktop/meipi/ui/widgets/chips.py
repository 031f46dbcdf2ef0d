"""Small toggles in lines, each with its colour: any number of them may be on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from meipi.ui.widgets.flow_layout import FlowLayout
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QColor, QPaintEvent

_SWATCH = 12


class Chips(QWidget):
    """A chip for each of some keys; all are on at first."""

    changed = Signal()

    def __init__(
        self, items: Sequence[tuple[str, str, QColor]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = FlowLayout(self, gap=5)
        self._chips = {key: _Chip(text, color, self) for key, text, color in items}
        for chip in self._chips.values():
            flow.addWidget(chip)
            chip.clicked.connect(lambda _: self.changed.emit())

    def chip(self, key: str) -> QAbstractButton:
        """Return the chip of ``key``."""
        return self._chips[key]

    def chosen(self) -> tuple[str, ...]:
        """Return the keys that are on."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def choose(self, keys: Collection[str] | None) -> None:
        """Turn on the chips of ``keys`` and no others; ``None`` turns all on."""
        for key, chip in self._chips.items():
            chip.setChecked(keys is None or key in keys)

    def count(self) -> int:
        """Count the chips."""
        return len(self._chips)


class _Chip(QAbstractButton):
    def __init__(self, text: str, color: QColor, parent: QWidget) -> None:
        super().__init__(parent)
        self._color = color
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        metrics, swatch = self.fontMetrics(), scaled(self, _SWATCH)
        return QSize(metrics.horizontalAdvance(self.text()) + swatch + 22, metrics.height() + 9)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, on, swatch = self.palette(), self.isChecked(), scaled(self, _SWATCH)
        lit = self.underMouse()
        ring = palette.link() if self.hasFocus() else palette.dark() if lit else palette.mid()
        painter.setPen(QPen(ring.color(), 1))
        painter.setBrush(palette.base() if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(QPen(self._color, 1.5))
        painter.setBrush(self._color if on else Qt.BrushStyle.NoBrush)
        top = (self.height() - swatch) / 2
        painter.drawRoundedRect(QRectF(8, top, swatch, swatch), 3, 3)
        painter.setPen(palette.text().color() if on else palette.placeholderText().color())
        rect = self.rect().adjusted(swatch + 14, 0, -2, 0)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), self.text())
