"""The library: a card for every document, the one being read last on top."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QMenu,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from meipi.ui.models.rows import Index, row_of
from meipi.ui.panels.painting import (
    ThemedDelegate,
    break_lines,
    draw_left,
    draw_right,
    smaller,
)
from meipi.ui.presenters.library import CardRow, filter_cards
from meipi.ui.widgets.filtered_list import FilteredList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

_EDGE = 10
_PADDING = 10
_LINES = 2
_TAG_GAP = 3


class LibraryPanel(QWidget):
    """Lists documents; opens, exports and removes nothing itself."""

    document_chosen = Signal(str)
    tab_asked = Signal(str)
    """A document is to have a tab of its own."""
    removal_asked = Signal(str)
    encoding_asked = Signal(str)
    export_asked = Signal(str)
    original_asked = Signal(str)
    """The file of a document is to be saved as it came."""
    properties_asked = Signal(object)
    """Documents whose attributes are to be shown, a list."""
    tag_asked = Signal(object)
    """Documents that are to be tagged as a whole."""
    pointer_left = Signal()

    def __init__(
        self, words: Words, theme: Theme, showing: Showing, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._cards: list[CardRow] = []
        self._delegate = CardDelegate(theme, showing)
        self.rows = FilteredList(self._delegate, self, edge=_EDGE)
        self.rows.list.setSpacing(0)
        self.rows.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows)
        self._connect()
        self.retranslate()

    @property
    def cards(self) -> Sequence[CardRow]:
        """Every card, whatever is typed."""
        return self._cards

    def set_cards(self, cards: Sequence[CardRow], *, count: int | None = None) -> None:
        """Show ``cards`` as far as they fit what is typed; ``count`` where they are the first."""
        self._cards = list(cards)
        count = len(cards) if count is None else count
        self.rows.field.setPlaceholderText(self._words("library.filter", count=count))
        self._filter(self.rows.query())

    def chosen(self) -> str:
        """Return the document of the current row; nothing where there is none."""
        row = row_of(self.rows.list.currentIndex())
        return row.id if row is not None else ""

    def chosen_all(self) -> list[str]:
        """Return the documents that are selected, from the top."""
        indexes = sorted(self.rows.list.selectedIndexes(), key=lambda index: index.row())
        return [row.id for index in indexes if (row := row_of(index)) is not None]

    def set_theme(self, theme: Theme) -> None:
        """Draw in ``theme``."""
        self._delegate.theme = theme
        self.rows.list.viewport().update()

    def refresh(self) -> None:
        """Draw names in the script now chosen; they may break differently."""
        self.rows.list.scheduleDelayedItemsLayout()
        self.rows.list.viewport().update()

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        self.rows.field.setPlaceholderText(self._words("library.filter", count=len(self._cards)))
        self.rows.field.setAccessibleName(self._words("library.filter", count=len(self._cards)))
        self.rows.list.setAccessibleName(self._words("library.name"))
        self.rows.list.set_empty_text(self._words("library.nothing") if self._cards else "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointer_left.emit()

    def menu_for(self, row: CardRow) -> QMenu:
        """Return the menu of what can be done with ``row``."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, signal in (
            ("library.open", self.document_chosen),
            ("library.open_tab", self.tab_asked),
            ("library.encoding", self.encoding_asked),
            ("library.export", self.export_asked),
            ("library.original", self.original_asked),
        ):
            menu.addAction(self._words(key), partial(signal.emit, row.id))
        chosen = self.chosen_all()
        several = chosen if row.id in chosen else [row.id]
        menu.addAction(
            self._words("library.properties"), lambda: self.properties_asked.emit(several)
        )
        menu.addAction(self._words("library.tag"), lambda: self.tag_asked.emit(several))
        menu.addSeparator()
        menu.addAction(self._words("library.remove"), lambda: self.removal_asked.emit(row.id))
        return menu

    def _connect(self) -> None:
        self.rows.query_changed.connect(self._filter)
        self.rows.row_activated.connect(lambda row: self.document_chosen.emit(row.id))
        self.rows.list.doubleClicked.connect(self._ask_tab)
        self.rows.list.delete_pressed.connect(self._remove_current)
        self.rows.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.rows.list.customContextMenuRequested.connect(self._open_menu)

    def _ask_tab(self, index: Index) -> None:
        row = row_of(index)
        if row is not None:
            self.tab_asked.emit(row.id)

    def _filter(self, query: str) -> None:
        self.rows.model.set_rows(filter_cards(self._cards, query))
        self.rows.list.set_empty_text(self._words("library.nothing") if self._cards else "")

    def _remove_current(self) -> None:
        row = row_of(self.rows.list.currentIndex())
        if row is not None:
            self.removal_asked.emit(row.id)

    def _open_menu(self, at: QPoint) -> None:
        row = row_of(self.rows.list.indexAt(at))
        if row is not None:
            self.menu_for(row).popup(self.rows.list.viewport().mapToGlobal(at))


class CardDelegate(ThemedDelegate):
    """Draws a title in two lines at most, over where it came from and what was done to it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.widget.viewport().width()  # type: ignore[attr-defined]  # it is the list
        row: CardRow = row_of(index)
        lines = self._lines(row, option, width - 2 * (_EDGE + _PADDING))
        metrics = QFontMetrics(option.font)
        meta = QFontMetrics(smaller(option.font)).height()
        tags = meta + _TAG_GAP if row.tags else 0
        height = len(lines) * self._leading(metrics) + meta + tags + 2 * _PADDING + 4
        return QSize(width, height + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CardRow = row_of(index)
        card = option.rect.adjusted(_EDGE, 2, -_EDGE, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_card(painter, card, option, row)
        inner = card.adjusted(_PADDING, _PADDING - 1, -_PADDING, -_PADDING + 1)
        leading = self._leading(QFontMetrics(option.font))
        painter.setFont(option.font)
        for at, line in enumerate(self._lines(row, option, inner.width())):
            box = QRect(inner.left(), inner.top() + at * leading, inner.width() + 4, leading)
            draw_left(painter, box, line, self.theme.ink)
        if row.tags:
            inner = self._draw_tags(painter, option, inner, row)
        self._draw_meta(painter, option, inner, row)
        painter.restore()

    def _draw_tags(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, row: CardRow
    ) -> QRect:
        """Draw the tags of the document in the last line; return what is left above it."""
        painter.setFont(smaller(option.font))
        metrics = QFontMetrics(painter.font())
        height, side = metrics.height(), metrics.height() * 2 // 3
        box = QRect(inner.left(), inner.bottom() - height + 1, inner.width(), height)
        for name, color in row.tags:
            if box.width() < side * 4:
                break
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.tag_color(color))
            top = box.top() + (height - side) // 2
            painter.drawRoundedRect(box.left(), top, side, side, 2, 2)
            words = box.adjusted(side + 4, 0, 0, 0)
            draw_left(painter, words, name, self.theme.ink_soft)
            used = metrics.horizontalAdvance(self.showing.text(name))
            box = words.adjusted(used + 10, 0, 0, 0)
        return inner.adjusted(0, 0, 0, -height - _TAG_GAP)

    def _lines(self, row: CardRow, option: QStyleOptionViewItem, width: int) -> list[str]:
        return break_lines(self.showing.text(row.title), option.font, width, _LINES) or [""]

    def _leading(self, metrics: QFontMetrics) -> int:
        return metrics.height() + 1

    def _draw_card(
        self, painter: QPainter, card: QRect, option: QStyleOptionViewItem, row: CardRow
    ) -> None:
        theme, radius = self.theme, self.theme.space.radius
        hovered = option.state & QStyle.StateFlag.State_MouseOver
        focused = option.state & QStyle.StateFlag.State_HasFocus
        painter.setPen(Qt.PenStyle.NoPen)
        if row.current:
            painter.setBrush(theme.accent)
            painter.drawRoundedRect(card, radius, radius)
            painter.setBrush(theme.panel_raised)
            painter.drawRoundedRect(card.adjusted(3, 0, 0, 0), radius - 2, radius - 2)
        elif option.state & QStyle.StateFlag.State_Selected and _several(option):
            painter.setBrush(theme.accent_soft)
            painter.drawRoundedRect(card, radius, radius)
        elif hovered:
            painter.setBrush(theme.panel_raised)
            painter.drawRoundedRect(card, radius, radius)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.accent, 1))
            painter.drawRoundedRect(card, radius, radius)

    def _draw_meta(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, row: CardRow
    ) -> None:
        painter.setFont(smaller(option.font))
        height = QFontMetrics(painter.font()).height()
        box = QRect(inner.left(), inner.bottom() - height + 1, inner.width(), height)
        taken = draw_right(painter, box, row.counts, self.theme.ink_soft)
        room = box.adjusted(0, 0, -taken - 8 if taken else 0, 0)
        draw_left(painter, room, self.showing.text(row.origin), self.theme.ink_soft)


def _several(option: QStyleOptionViewItem) -> bool:
    """Say whether more than one row is selected: a single one is the one the keyboard is on."""
    view = option.widget
    return isinstance(view, QListView) and len(view.selectedIndexes()) > 1
