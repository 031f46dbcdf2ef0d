"""The entities of the document, with the legend that switches types on and off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter

from meipi.ui.models.rows import Index, row_of
from meipi.ui.panels.legend import Legend
from meipi.ui.panels.list_panel import ListPanel
from meipi.ui.panels.painting import (
    ThemedDelegate,
    draw_ground,
    draw_left,
    draw_mark,
    draw_right,
    smaller,
)
from meipi.ui.presenters.places import Walk
from meipi.ui.widgets.sizes import scale_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from meipi.core.entity import EntityType
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.entities import EntityIndex, EntityRow
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

_EDGE = 14
_SAMPLE = 16


class EntitiesPanel(ListPanel):
    """Lists entities; each click goes to the next place one is named at."""

    place_chosen = Signal(object)
    hidden_types_changed = Signal(object)

    def __init__(
        self, words: Words, theme: Theme, showing: Showing, parent: QWidget | None = None
    ) -> None:
        self.legend = Legend(words, theme)
        super().__init__("entities", words, EntityDelegate(theme, showing), parent)
        self._walk = Walk()
        self.rows.set_header(self.legend)
        self.rows.list.setUniformItemSizes(True)
        self.rows.row_activated.connect(lambda row: self.place_chosen.emit(self._walk.to(row)))
        self.legend.hidden_types_changed.connect(self._hide_types)

    def set_entities(self, entities: EntityIndex | None) -> None:
        """Show ``entities``; none means that they are being looked for."""
        self._walk.begin()
        self.legend.set_counts(entities.counts if entities else {})
        if entities is None:
            self.set_all((), none="side.finding_entities")
        else:
            self.set_all(entities.rows)

    def clear(self) -> None:
        """Show that no document is open."""
        self._walk.begin()
        self.legend.set_counts({})
        self.set_all(None)

    def fits_now(self) -> Callable[[EntityRow], bool]:
        """Return what says whether an entity is of a shown type and fits what is typed."""
        hidden, fits = self.legend.hidden_types(), super().fits_now()
        return (lambda row: row.type not in hidden and fits(row)) if hidden else fits

    def set_hidden_types(self, hidden: frozenset[EntityType]) -> None:
        """Leave ``hidden`` types out."""
        self.legend.set_hidden_types(hidden)
        self.filter()

    def set_theme(self, theme: Theme) -> None:
        """Draw in ``theme``."""
        self.legend.set_theme(theme)
        super().set_theme(theme)

    def _hide_types(self, hidden: frozenset[EntityType]) -> None:
        self.filter()
        self.hidden_types_changed.emit(hidden)


class EntityDelegate(ThemedDelegate):
    """Draws mark, name, other names and normal form, count."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self.row_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: EntityRow = row_of(index)
        theme, rect = self.theme, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, rect.adjusted(6, 1, -6, -1), option, theme)
        sample = round(_SAMPLE * scale_of(option.font))
        middle = rect.center().y() + option.fontMetrics.height() * 0.28
        draw_mark(painter, theme.entities[row.type], rect.left() + _EDGE, sample, middle)
        painter.setFont(option.font)
        inner = rect.adjusted(_EDGE + sample + 9, 0, -_EDGE, 0)
        inner.setRight(
            inner.right() - draw_right(painter, inner, str(row.count), theme.ink_soft) - 10
        )
        taken = draw_left(painter, inner, self.showing.text(row.name), theme.ink)
        painter.setFont(smaller(option.font))
        beside = " · ".join(filter(None, (row.normal, *map(self.showing.text, row.variants))))
        draw_left(painter, inner.adjusted(taken + 9, 0, 0, 0), beside, theme.ink_soft)
        painter.restore()
