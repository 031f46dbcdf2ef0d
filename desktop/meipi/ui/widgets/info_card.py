"""A card that says one thing, and can offer actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from meipi.ui.widgets.overlay import Overlay
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QColor

_WIDEST = 440
_GAP = 14
_AROUND = 36


class InfoCard(Overlay):
    """A headline with its kind beside it, and lines under it."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.headline = _label(self, "headline")
        self.kind = _label(self, "soft")
        self.body = _label(self, "body")
        self._lay_out()

    def set_content(
        self, *, headline: str, kind: str, lines: Sequence[str], edge: QColor | None = None
    ) -> None:
        """Say ``headline`` and ``lines``; ``edge`` colours the left edge."""
        self.headline.setText(headline)
        self.kind.setText(kind)
        self.kind.setVisible(bool(kind))
        self.body.setText("\n".join(lines))
        self.body.setVisible(bool(lines))
        color = edge.name() if edge is not None else "transparent"
        self.setStyleSheet(f"InfoCard {{ border-left: 3px solid {color}; }}" if edge else "")
        self._fit()

    def say_near(self, near: QRect) -> None:
        """Show what was set near ``near``."""
        self.show_near(near)

    def _fit(self) -> None:
        """Make the card as wide as its longest line, within reason."""
        metrics = self.fontMetrics()
        bold = QFont(self.font())
        bold.setBold(True)
        head = QFontMetrics(bold).horizontalAdvance(self.headline.text())
        kind = metrics.horizontalAdvance(self.kind.text()) + _GAP if self.kind.text() else 0
        body = [metrics.horizontalAdvance(line) for line in self.body.text().split("\n")]
        widest = max(head + kind, *body) + _AROUND
        limit = scaled(self, _WIDEST)
        self.setFixedWidth(min(widest, limit, self.host.width() - 24))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 9)
        column.setSpacing(3)
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        row.addWidget(self.headline, 1)
        row.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(self.body)


def _label(parent: QWidget, part: str) -> QLabel:
    label = QLabel(parent)
    label.setProperty("part", part)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    if part == "soft":
        label.setWordWrap(False)
    return label
