"""How a passage stands in a table: its words on the ground of find, what is around them soft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt

from meipi.ui.panels.painting import ThemedDelegate, draw_ground

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from meipi.ui.models.rows import Index

_EDGE = 8
_SOFT = frozenset({"date", "coder", "note", "document"})


class FoundDelegate(ThemedDelegate):
    """Draws a cell; what comes before the words is cut at its beginning."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        draw_ground(painter, option.rect, option, self.theme)
        columns = index.model().columns  # type: ignore[attr-defined]  # of a FoundModel
        column = columns[index.column()]
        text = index.data(int(Qt.ItemDataRole.DisplayRole))
        if text is None:
            text = "…" if index.column() == 0 else ""
        text = " ".join(str(text).split())
        before = column == "before"
        rect = QRect(option.rect).adjusted(_EDGE, 0, -_EDGE, 0)
        elide = Qt.TextElideMode.ElideLeft if before else Qt.TextElideMode.ElideRight
        shown = option.fontMetrics.elidedText(text, elide, max(0, rect.width()))
        side = Qt.AlignmentFlag.AlignRight if before else Qt.AlignmentFlag.AlignLeft
        painter.setFont(option.font)
        if column == "match" and "before" in columns:
            height = option.fontMetrics.height() + 1
            width = option.fontMetrics.horizontalAdvance(shown)
            ground = QRect(rect.left() - 2, rect.center().y() - height // 2, width + 4, height)
            painter.fillRect(ground, self.theme.find)
        painter.setPen(self.theme.ink_soft if column in _SOFT else self.theme.ink)
        painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()
