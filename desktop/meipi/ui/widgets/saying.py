"""What a card says: a headline with its kind beside it, and lines under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 14


class Saying(QWidget):
    """A headline, its kind, and lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline = _label(self, "headline")
        self.kind = _label(self, "soft")
        self.body = _label(self, "body")
        self._lay_out()

    def set_content(self, *, headline: str, kind: str, lines: Sequence[str]) -> None:
        """Say ``headline`` and ``lines``."""
        self.headline.setText(headline)
        self.kind.setText(kind)
        self.kind.setVisible(bool(kind))
        self.body.setText("\n".join(lines))
        self.body.setVisible(bool(lines))

    def width_of_words(self) -> int:
        """Return how wide the words are where none is broken."""
        metrics = self.fontMetrics()
        bold = QFont(self.font())
        bold.setBold(True)
        head = QFontMetrics(bold).horizontalAdvance(self.headline.text())
        kind = metrics.horizontalAdvance(self.kind.text()) + _GAP if self.kind.text() else 0
        body = [metrics.horizontalAdvance(line) for line in self.body.text().split("\n")]
        return max(head + kind, *body)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
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
    label.setWordWrap(part != "soft")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return label
