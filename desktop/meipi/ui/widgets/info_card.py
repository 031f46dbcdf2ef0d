"""A card that says one thing and can be neither clicked nor focused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from meipi.ui.widgets.overlay import Overlay
from meipi.ui.widgets.saying import Saying
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QColor

_WIDEST = 440
_AROUND = 36


class InfoCard(Overlay):
    """Says something for as long as the pointer rests."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.saying = Saying(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 9)
        column.addWidget(self.saying)

    def set_content(
        self, *, headline: str, kind: str, lines: Sequence[str], edge: QColor | None = None
    ) -> None:
        """Say ``headline`` and ``lines``; ``edge`` colours the left edge."""
        self.saying.set_content(headline=headline, kind=kind, lines=lines)
        self.set_edge(edge)
        limit = min(scaled(self, _WIDEST), self.host.width() - 24)
        self.setFixedWidth(min(self.saying.width_of_words() + _AROUND, limit))

    def say_near(self, near: QRect) -> None:
        """Show what was set near ``near``."""
        self.show_near(near)
