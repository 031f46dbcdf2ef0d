"""A raised card that floats over the window's content, placed near what it speaks of."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QWidget

_GAP = 6
_EDGE = 8


class Overlay(QFrame):
    """A child of ``host`` drawn above it; it never is a window of its own.

    A window of its own could not be placed under Wayland and would take the keyboard.
    """

    hidden = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.host = host
        self.setProperty("part", "overlay")
        self.setAutoFillBackground(True)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._near = QRect()
        self.hide()

    def show_near(self, near: QRect) -> None:
        """Show the card below ``near``, a place in the host, or above it where it fits better."""
        self._near = near
        self._fit_height()
        self.move(self._place(near))
        self.show()
        self.raise_()

    def fit(self) -> None:
        """Take the size that other words need, at the same place."""
        self.show_near(self._near)

    def set_edge(self, edge: QColor | None) -> None:
        """Colour the left edge."""
        name = type(self).__name__
        style = f"{name} {{ border-left: 3px solid {edge.name()}; }}" if edge else ""
        if style != self.styleSheet():
            self.setStyleSheet(style)

    def show_at_top(self, width: int) -> None:
        """Show the card in the upper middle of its host."""
        host = self.host.rect()
        self.resize(min(width, host.width() - 2 * _EDGE), self.sizeHint().height())
        self.move((host.width() - self.width()) // 2, max(_EDGE, host.height() // 8))
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Hide the card; say so if it was shown."""
        if not self.isHidden():
            self._let_go_of_focus()
            self.hide()
            self.hidden.emit()

    def _let_go_of_focus(self) -> None:
        """Give the keyboard up before hiding: Qt would hand it on as if Tab had been pressed."""
        focused = self.focusWidget()
        if focused is not None and focused.hasFocus():
            focused.clearFocus()

    def _fit_height(self) -> None:
        """Take the height that the words need at the width there is."""
        self.adjustSize()
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _place(self, near: QRect) -> QPoint:
        host = self.host.rect()
        size = self.size()
        top = near.bottom() + _GAP
        if top + size.height() > host.height() - _EDGE:
            above = near.top() - _GAP - size.height()
            top = above if above >= _EDGE else max(_EDGE, host.height() - _EDGE - size.height())
        left = max(_EDGE, min(near.left(), host.width() - _EDGE - size.width()))
        return QPoint(left, top)
