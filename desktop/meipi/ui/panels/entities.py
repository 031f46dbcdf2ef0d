"""The entities of the document, with the legend that switches types on and off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from meipi.ui.models.rows import Index, row_of
from meipi.ui.panels.legend import Legend
from meipi.ui.panels.painting import (
    ThemedDelegate,
    draw_ground,
    draw_left,
    draw_mark,
    draw_right,
    smaller,
)
from meipi.ui.presenters.entities import (
    EntityRow,
    count_types,
    entity_rows,
    filter_entities,
    next_place,
)
from meipi.ui.widgets.filtered_list import FilteredList
from meipi.ui.widgets.sizes import scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.core.entity import EntityType, Mention
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

_EDGE = 14
_SAMPLE = 16


class EntitiesPanel(QWidget):
    """Lists entities; each click goes to the next place one is named at."""

    place_chosen = Signal(object)
    hidden_types_changed = Signal(object)

    def __init__(
        self, words: Words, theme: Theme, showing: Showing, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._all: list[EntityRow] = []
        self._looked = True
        self._last: tuple[EntityRow, int] | None = None
        self._delegate = EntityDelegate(theme, showing)
        self.rows = FilteredList(self._delegate, self)
        self.legend = Legend(words, theme, self)
        self.rows.set_header(self.legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows)
        self.rows.query_changed.connect(self._filter)
        self.rows.row_activated.connect(self._walk)
        self.legend.hidden_types_changed.connect(self._hide_types)
        self.retranslate()

    def set_mentions(self, mentions: Sequence[Mention] | None) -> None:
        """Show the entities of ``mentions``; none means that they are being looked for."""
        self._looked = mentions is not None
        self._all = entity_rows(mentions or ())
        self._last = None
        self.legend.set_counts(count_types(mentions or ()))
        self._filter(self.rows.query())

    def clear(self) -> None:
        """Show that no document is open."""
        self.set_mentions(())
        self.rows.list.set_empty_text(self._words("side.no_document"))

    def set_hidden_types(self, hidden: frozenset[EntityType]) -> None:
        """Leave ``hidden`` types out."""
        self.legend.set_hidden_types(hidden)
        self._filter(self.rows.query())

    def set_theme(self, theme: Theme) -> None:
        """Draw in ``theme``."""
        self._delegate.theme = theme
        self.legend.set_theme(theme)
        self.refresh()

    def refresh(self) -> None:
        """Draw names in the script now chosen."""
        self.rows.list.viewport().update()

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        self.rows.field.setPlaceholderText(self._words("side.filter_pinyin"))
        self.rows.field.setAccessibleName(self._words("side.filter_pinyin"))
        self.rows.list.setAccessibleName(self._words("side.entities"))
        self._filter(self.rows.query())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _filter(self, query: str) -> None:
        self.rows.model.set_rows(filter_entities(self._all, query, self.legend.hidden_types()))
        key = "side.no_match" if self._all else "side.no_entities"
        self.rows.list.set_empty_text(self._words(key if self._looked else "side.finding_entities"))

    def _hide_types(self, hidden: frozenset[EntityType]) -> None:
        self._filter(self.rows.query())
        self.hidden_types_changed.emit(hidden)

    def _walk(self, row: EntityRow) -> None:
        after = self._last[1] if self._last and self._last[0] == row else -1
        place = next_place(row.spans, after)
        self._last = (row, place.start)
        self.place_chosen.emit(place)


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
