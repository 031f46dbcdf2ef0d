"""A field over a short list to pick from: tags under a selection, commands in the palette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from meipi.ui.models.rows import RowsModel, row_of
from meipi.ui.widgets.announcing import announce
from meipi.ui.widgets.fields import FilterField
from meipi.ui.widgets.overlay import Overlay
from meipi.ui.widgets.row_list import RowList
from meipi.ui.widgets.sizes import scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent, QObject

_PADDING = 8
_SWATCH = 14
_TINT = 0.13
"""How much of the accent the ground of the current row has."""


@dataclass(frozen=True, slots=True)
class PickRow:
    """A line to pick: its words, a hint at the right, a swatch at the left."""

    key: str
    label: str
    hint: str = ""
    color: QColor | None = None

    @property
    def text(self) -> str:
        """What is read aloud."""
        return f"{self.label} {self.hint}".strip()


class Picker(Overlay):
    """Offers rows for what is typed; the first is chosen until arrows say otherwise."""

    query_changed = Signal(str)
    picked = Signal(str)
    """The key of the row picked."""
    left = Signal()
    """Esc was pressed in its field."""

    def __init__(self, host: QWidget, *, shown_rows: int = 8) -> None:
        super().__init__(host)
        self.field = FilterField(self)
        self.list = RowList(self)
        self.model = RowsModel(self)
        self.foot = QLabel(self)
        self.foot.setProperty("part", "soft")
        self._shown_rows = shown_rows
        self.list.setModel(self.model)
        self._delegate = PickDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setProperty("part", "picks")
        self.field.installEventFilter(self)
        self._lay_out()
        self.field.textChanged.connect(self.query_changed)
        self.field.escaped.connect(self.left)
        self.list.row_activated.connect(self._pick)

    def set_rows(self, rows: Sequence[PickRow]) -> None:
        """Offer ``rows``; the first becomes the current one."""
        self.model.set_rows(rows)
        if rows:
            self.list.setCurrentIndex(self.model.index(0))
        height = self._delegate.row_height(self.list) * min(max(1, len(rows)), self._shown_rows)
        self.list.setFixedHeight(height + 2)
        self.adjustSize()
        self._announce()

    def set_foot(self, text: str) -> None:
        """Say under the list which keys do what."""
        self.foot.setText(text)
        self.foot.setVisible(bool(text))

    def step(self, by: int) -> None:
        """Make the next or previous row the current one, round the ends."""
        count = self.model.rowCount()
        if count:
            at = (self.list.currentIndex().row() + by) % count
            self.list.setCurrentIndex(self.model.index(at))
            self._announce()

    def pick_current(self) -> None:
        """Pick the current row."""
        self._pick(self.list.currentIndex())

    def current(self) -> PickRow | None:
        """Return the current row."""
        row = row_of(self.list.currentIndex())
        return row if isinstance(row, PickRow) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == event.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]  # the stubs give filters a bare QEvent
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key)
            if step:
                self.step(step)
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.pick_current()
                return True
        return super().eventFilter(watched, event)

    def _announce(self) -> None:
        """Say which row Enter would take: the keyboard is elsewhere."""
        row = self.current()
        if row is not None and self.isVisible():
            announce(self, row.text)

    def _pick(self, index: QModelIndex) -> None:
        row = row_of(index)
        if isinstance(row, PickRow):
            self.picked.emit(row.key)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self.foot)
        self.foot.hide()


class PickDelegate(QStyledItemDelegate):
    """Draws a swatch, the label and the hint; the current row on a soft ground."""

    def row_height(self, widget: QWidget) -> int:
        """Return the height of a row in the widget's font."""
        return max(28, widget.fontMetrics().height() + 10)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(120, self.row_height(option.widget))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = row_of(index)
        if not isinstance(row, PickRow):
            return
        painter.save()
        painter.setFont(option.font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            ground = QColor(option.palette.link().color())
            ground.setAlphaF(_TINT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(rect, 4, 4)
        self._draw_words(painter, option, row, self._draw_swatch(painter, row, rect))
        painter.restore()

    def _draw_swatch(self, painter: QPainter, row: PickRow, rect: QRect) -> QRect:
        if row.color is None:
            return rect.adjusted(_PADDING, 0, -_PADDING, 0)
        side = round(_SWATCH * scale_of(painter.font()))
        top = rect.center().y() - side // 2 + 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(row.color)
        painter.drawRoundedRect(rect.left() + _PADDING, top, side, side, 3, 3)
        return rect.adjusted(_PADDING * 2 + side, 0, -_PADDING, 0)

    def _draw_words(
        self, painter: QPainter, option: QStyleOptionViewItem, row: PickRow, rect: QRect
    ) -> None:
        metrics = option.fontMetrics
        middle = Qt.AlignmentFlag.AlignVCenter
        hint_width = metrics.horizontalAdvance(row.hint)
        painter.setPen(option.palette.placeholderText().color())
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, row.hint)
        room = rect.width() - hint_width - _PADDING
        painter.setPen(option.palette.text().color())
        label = metrics.elidedText(row.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignLeft, label)
