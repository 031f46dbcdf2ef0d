"""A line of small tags, each taken off by its cross, and a button that adds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolButton, QWidget

from meipi.ui.widgets.flow_layout import FlowLayout
from meipi.ui.widgets.icons import draw_icon
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QPaintEvent

_SWATCH, _CROSS = 10, 10


class TagBar(QWidget):
    """Shows tags; what is done to them is asked for."""

    removal_asked = Signal(str)
    addition_asked = Signal()

    def __init__(self, add: str, remove: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._remove = remove
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self, gap=5)
        self._tags: dict[str, _Tag] = {}
        self.add_button = QToolButton(self)
        self.add_button.setProperty("part", "layer")
        self.add_button.setAutoRaise(True)
        self.add_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.add_button.clicked.connect(self.addition_asked)
        self._flow.addWidget(self.add_button)
        self.set_texts(add, remove)

    def set_texts(self, add: str, remove: str) -> None:
        """Put the words into another language."""
        self._remove = remove
        self.add_button.setText(f"+ {add}")
        self.add_button.setAccessibleName(add)
        for tag in self._tags.values():
            tag.setToolTip(remove)

    def show_tags(self, tags: Sequence[tuple[str, str, QColor]]) -> None:
        """Show ``tags``: key, words and colour."""
        for tag in self._tags.values():
            self._flow.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        self._flow.removeWidget(self.add_button)
        self._tags = {key: _Tag(text, color, self) for key, text, color in tags}
        for key, tag in self._tags.items():
            tag.setToolTip(self._remove)
            tag.clicked.connect(lambda _=False, key=key: self.removal_asked.emit(key))
            self._flow.addWidget(tag)
            tag.show()
        self._flow.addWidget(self.add_button)
        self.updateGeometry()

    def texts(self) -> list[str]:
        """Return the words of the tags."""
        return [tag.text() for tag in self._tags.values()]

    def tag(self, key: str) -> QAbstractButton:
        """Return the button that takes the tag ``key`` off."""
        return self._tags[key]


class _Tag(QAbstractButton):
    def __init__(self, text: str, color: QColor, parent: QWidget) -> None:
        super().__init__(parent)
        self._color = color
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + scaled(self, _SWATCH + _CROSS) + 30
        return QSize(width, metrics.height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, swatch = self.palette(), scaled(self, _SWATCH)
        lit = self.underMouse() or self.hasFocus()
        painter.setPen(QPen((palette.link() if self.hasFocus() else palette.mid()).color(), 1))
        painter.setBrush(palette.base())
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        painter.drawRoundedRect(QRectF(8, (self.height() - swatch) / 2, swatch, swatch), 3, 3)
        painter.setPen(palette.text().color())
        cross = scaled(self, _CROSS)
        rect = self.rect().adjusted(swatch + 14, 0, -cross - 12, 0)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        color = palette.text().color() if lit else palette.placeholderText().color()
        place = QRectF(self.width() - cross - 8, (self.height() - cross) / 2, cross, cross)
        draw_icon(painter, "close", color, place)
