"""The ring around what has the keyboard: one for every button, list and tab of every window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

OWN_RING = "own_ring"
"""The property of widgets that show by themselves that they have the keyboard."""
_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit)
"""Fields have an edge, which takes the colour."""


class FocusRing(QObject):
    """Follows the keyboard; what the mouse chose needs no ring."""

    def __init__(self) -> None:
        super().__init__()
        self._ring: _Ring | None = None
        self._application().focusChanged.connect(self._follow)

    def stop(self) -> None:
        """Follow no more."""
        self._application().focusChanged.disconnect(self._follow)
        self._put(None)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        self._put(None if now is None or by_mouse or _has_own(now) else now)

    def _put(self, widget: QWidget | None) -> None:
        """Put the ring on ``widget``; a dialog that was deleted took the one before along."""
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None if widget is None else _Ring(widget)

    @staticmethod
    def _application() -> QApplication:
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - there are widgets
        return application


class _Ring(QWidget):
    """A ring in the accent, with a line of the ground inside it: some buttons are of the accent."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(widget.rect())
        widget.installEventFilter(self)
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, edge = self.palette(), QRectF(self.rect())
        for inset, width, color in (
            (2.5, 1.0, palette.base().color()),
            (1.0, 2.0, palette.link().color()),
        ):
            painter.setPen(QPen(color, width))
            painter.drawRoundedRect(edge.adjusted(inset, inset, -inset, -inset), 5, 5)
        painter.end()


def _has_own(widget: QWidget) -> bool:
    return isinstance(widget, _FIELDS) or bool(widget.property(OWN_RING))
