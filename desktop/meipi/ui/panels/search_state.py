"""How far the search for entities has come, at the foot of the window, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from meipi.ui.i18n import Words

_THICKNESS = 2


class ShareLine(QWidget):
    """A hairline along the upper edge of its parent, as long as the share that is done."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._share = 0.0
        self.hide()

    @property
    def share(self) -> float:
        """The part that is done, from 0 to 1."""
        return self._share

    def set_share(self, share: float) -> None:
        """Show the part that is done."""
        self._share = share
        self.place()
        self.show()
        self.raise_()
        self.update()

    def place(self) -> None:
        """Lie along the whole upper edge."""
        self.setGeometry(0, 0, self._panel.width(), _THICKNESS)

    def paintEvent(self, event: QPaintEvent) -> None:
        width = self.width() * self._share
        QPainter(self).fillRect(QRectF(0, 0, width, _THICKNESS), self.palette().link())


class SearchState(QWidget):
    """The share in words beside the button; the line lies on the panel this belongs to."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self.line = ShareLine(panel)
        self.label = QLabel(self)
        self.button = QToolButton(self)
        self.button.setProperty("part", "link")
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._share = 0.0
        self._stopped = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.label)
        row.addWidget(self.button)
        self.hide()

    def show_share(self, share: float, words: Words, *, stopped: bool) -> None:
        """Show the part that is done."""
        self._share, self._stopped = share, stopped
        self.line.set_share(share)
        self.line.setVisible(not stopped)
        self.retranslate(words)
        self.show()

    def clear(self) -> None:
        """Show nothing."""
        self.line.hide()
        self.hide()

    def retranslate(self, words: Words) -> None:
        """Put it into the window's language."""
        said, offered = ("stopped", "resume") if self._stopped else ("searching", "stop")
        self.label.setText(words(f"foot.{said}", percent=int(self._share * 100)))
        self.button.setText(words(f"foot.{offered}"))
