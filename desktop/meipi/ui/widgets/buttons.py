"""Flat buttons: a segmented switch, underlined toggles, icon and text buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QWidget

from meipi.ui.widgets.icons import draw_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent


class IconButton(QToolButton):
    """A button that is its icon, drawn in the colour of the text, with an optional label."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setProperty("part", "icon")
        self.setAutoRaise(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        side = self.fontMetrics().height() + 10
        text = self.fontMetrics().horizontalAdvance(self.text()) + 10 if self.text() else 0
        return QSize(side + text, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        lit = self.isEnabled() and (self.underMouse() or self.hasFocus())
        if lit:
            painter.setPen(palette.mid().color() if not self.hasFocus() else palette.link().color())
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        color = palette.text().color() if lit else palette.placeholderText().color()
        side = self.fontMetrics().height()
        if not self.isEnabled():
            color = palette.mid().color()
        top = (self.height() - side) / 2
        left = 6.0 if self.text() else (self.width() - side) / 2
        draw_icon(painter, self._icon_name, color, QRectF(left, top, side, side))
        if self.text():
            painter.setPen(color)
            rect = self.rect().adjusted(side + 11, 0, -4, 0)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, self.text())


class UnderlinedToggle(QToolButton):
    """A word that is underlined in the accent colour while it is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "layer")
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class Segmented(QFrame):
    """A row of choices of which exactly one is on."""

    chosen = Signal(str)
    """The key of what the user chose."""

    def __init__(self, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "segmented")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for at, key in enumerate(keys):
            button = self._add(key)
            button.setProperty("place", _place(at, len(keys)))
            row.addWidget(button)

    def set_texts(self, texts: Sequence[tuple[str, str]]) -> None:
        """Set text and tool tip of every choice, in order."""
        for button, (text, tip) in zip(self._buttons.values(), texts, strict=True):
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)

    def set_current(self, key: str) -> None:
        """Put ``key`` on without saying so."""
        self._buttons[key].setChecked(True)

    def current(self) -> str:
        """Return the key that is on."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose_next(self) -> None:
        """Put the next choice on, round the end, and say so."""
        keys = list(self._buttons)
        self._buttons[keys[(keys.index(self.current()) + 1) % len(keys)]].click()

    def _add(self, key: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("part", "segment")
        button.setCheckable(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        self._buttons[key] = button
        return button


def _place(at: int, count: int) -> str:
    return "first" if at == 0 else "last" if at == count - 1 else "middle"
