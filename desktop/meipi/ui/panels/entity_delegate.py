"""How an entity stands in its list: mark, name, other names and normal form, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QToolTip

from meipi.ui.models.rows import Index, row_of
from meipi.ui.panels.painting import (
    ThemedDelegate,
    bolder,
    draw_ground,
    draw_left,
    draw_mark,
    draw_right,
    smaller,
)
from meipi.ui.presenters.entities import EntityRow, FormRow, TypeRow
from meipi.ui.presenters.hovering import word_elsewhere, word_here, word_known
from meipi.ui.widgets.icons import draw_icon
from meipi.ui.widgets.sizes import scale_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

    from meipi.core.entity import EntityType
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.entities import ListedRow
    from meipi.ui.presenters.hovering import Elsewhere
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

    Key = tuple[EntityType, str]

_EDGE = 14
_SAMPLE = 16
_ARROW = 10


class EntityDelegate(ThemedDelegate):
    """Draws mark, name, other names and normal form, counts here and elsewhere."""

    fold_asked = Signal(object)
    """`EntityRow` whose arrow was clicked."""

    def __init__(self, theme: Theme, showing: Showing) -> None:
        super().__init__(theme, showing)
        self.elsewhere: Mapping[Key, Elsewhere] = {}
        self.unfolded: set[Key] = set()
        self.words: Words | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.row_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ListedRow = row_of(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, TypeRow):
            self._draw_type(painter, option, row)
        else:
            draw_ground(painter, option.rect.adjusted(6, 1, -6, -1), option, self.theme)
            if isinstance(row, EntityRow):
                self._draw_entity(painter, option, row)
            else:
                self._draw_form(painter, option, row)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        row = row_of(index)
        pressed = event.type() in {
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.MouseButtonPress,
        }
        if pressed and isinstance(row, EntityRow) and len(row.forms) > 1:
            x = event.position().x()  # type: ignore[attr-defined]  # a mouse event
            if x < option.rect.left() + _EDGE + 2:
                if event.type() == QEvent.Type.MouseButtonPress:
                    self.fold_asked.emit(row)
                return True
        return super().editorEvent(event, model, option, index)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        row = row_of(index)
        if not isinstance(row, EntityRow) or self.words is None:
            return False
        QToolTip.showText(event.globalPos(), self._tip(row, self.words), view)
        return True

    def _tip(self, row: EntityRow, words: Words) -> str:
        counts = word_here(row.count, words), word_elsewhere(self.elsewhere.get(row.key), words)
        names = words.pick("、", ", ").join(map(self.showing.text, row.variants))
        lines = (
            f"{self.showing.text(row.name)} · {words(f'type.{row.type}')}",
            word_known(row.type, row.normal, words),
            words("hover.other_names", names=names) if names else "",
            " · ".join(filter(None, counts)),
            words("hover.corrected") if row.corrected else "",
        )
        return "\n".join(filter(None, lines))

    def _draw_type(self, painter: QPainter, option: QStyleOptionViewItem, row: TypeRow) -> None:
        inner = option.rect.adjusted(_EDGE, 4, -_EDGE, 0)
        painter.setFont(smaller(option.font))
        taken = draw_right(painter, inner, str(row.count), self.theme.ink_soft)
        painter.setFont(bolder(smaller(option.font)))
        draw_left(painter, inner.adjusted(0, 0, -taken - 8, 0), row.title, self.theme.ink_soft)
        painter.setPen(QPen(self.theme.line, 1))
        painter.drawLine(inner.bottomLeft(), inner.bottomRight())

    def _draw_entity(self, painter: QPainter, option: QStyleOptionViewItem, row: EntityRow) -> None:
        theme, rect = self.theme, option.rect
        sample = round(_SAMPLE * scale_of(option.font))
        middle = rect.center().y() + option.fontMetrics.height() * 0.28
        if len(row.forms) > 1:
            self._draw_arrow(painter, option, row)
        draw_mark(painter, theme.entities[row.type], rect.left() + _EDGE + 4, sample, middle)
        painter.setFont(option.font)
        inner = rect.adjusted(_EDGE + 4 + sample + 9, 0, -_EDGE, 0)
        inner = self._draw_counts(painter, option, row, inner)
        if row.corrected:
            inner = self._draw_brush(painter, option, inner)
        taken = draw_left(painter, inner, self.showing.text(row.name), theme.ink)
        painter.setFont(smaller(option.font))
        beside = " · ".join(filter(None, (row.normal, *map(self.showing.text, row.variants))))
        draw_left(painter, inner.adjusted(taken + 9, 0, 0, 0), beside, theme.ink_soft)

    def _draw_counts(
        self, painter: QPainter, option: QStyleOptionViewItem, row: EntityRow, inner: QRect
    ) -> QRect:
        """Draw how often here, and softly how often elsewhere; return what room is left."""
        beside = self.elsewhere.get(row.key)
        taken = 0
        if beside is not None and beside.times:
            painter.setFont(smaller(option.font))
            taken = draw_right(painter, inner, f"+{beside.times}", self.theme.ink_soft) + 6
        painter.setFont(option.font)
        here = inner.adjusted(0, 0, -taken, 0)
        taken += draw_right(painter, here, str(row.count), self.theme.ink)
        return inner.adjusted(0, 0, -taken - 10, 0)

    def _draw_brush(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect) -> QRect:
        """Draw the small dot of cinnabar that says the reader had a hand in it."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.accent)
        radius = 2.2 * scale_of(option.font)
        painter.drawEllipse(
            QRect(inner.right() - 5, inner.center().y(), 0, 0).toRectF().center(), radius, radius
        )
        return inner.adjusted(0, 0, -14, 0)

    def _draw_arrow(self, painter: QPainter, option: QStyleOptionViewItem, row: EntityRow) -> None:
        side = round(_ARROW * scale_of(option.font))
        rect = option.rect
        place = QRect(rect.left() + 5, rect.center().y() - side // 2 + 1, side, side)
        draw_icon(
            painter,
            "down" if row.key in self.unfolded else "right",
            self.theme.line_strong,
            place.toRectF(),
        )

    def _draw_form(self, painter: QPainter, option: QStyleOptionViewItem, row: FormRow) -> None:
        left = _EDGE + 4 + round(_SAMPLE * scale_of(option.font)) + 9 + 12
        inner = option.rect.adjusted(left, 0, -_EDGE, 0)
        painter.setFont(smaller(option.font))
        taken = draw_right(painter, inner, str(len(row.spans)), self.theme.ink_soft)
        inner.setRight(inner.right() - taken - 10)
        draw_left(painter, inner, self.showing.text(row.form), self.theme.ink_soft)
