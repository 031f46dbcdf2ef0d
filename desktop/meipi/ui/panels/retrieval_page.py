"""The page of retrieval: a query typed or put together, and what it finds in rows or numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from meipi.core.query import Unit
from meipi.ui.models.found import FoundModel
from meipi.ui.models.rows import row_of
from meipi.ui.panels.entity_page_parts import link, row_of_widgets
from meipi.ui.panels.found_delegate import FoundDelegate
from meipi.ui.panels.numbers_view import NumbersView
from meipi.ui.panels.query_chips import QueryChips
from meipi.ui.presenters.found_rows import BEYOND, COLUMNS, SORTED, WIDTHS, said
from meipi.ui.presenters.numbers import VIEWS
from meipi.ui.widgets.buttons import IconButton, Segmented
from meipi.ui.widgets.fields import FilterField
from meipi.ui.widgets.long_words import show_words
from meipi.ui.widgets.query_field import QueryField
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from meipi.services.retrieving import Found
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme
    from meipi.ui.widgets.query_field import Completion

ROWS = "rows"
"""The view in which passages themselves are listed."""


class RetrievalPage(QWidget):
    """Shows a query and what it found; says what is asked for."""

    left = Signal()
    row_chosen = Signal(object)
    """`Found` to go to."""
    sorted_by = Signal(str, bool)
    """The column to sort by, and whether the other way round."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        showing: Showing,
        complete: Callable[[str, int], Completion | None],
    ) -> None:
        super().__init__()
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words, self._showing = words, showing
        self._names: Mapping[str, str] = {}
        self._make_parts(theme, complete)
        self._lay_out()
        self._connect()
        self.retranslate()

    def set_names(self, names: Mapping[str, str]) -> None:
        """Call tags by these names from now on."""
        self._names = names
        self.model.reword()

    def show_rows(self, count: int, unit: Unit) -> None:
        """Show ``count`` rows, which are read as they come into sight."""
        if self.model.columns != COLUMNS[unit]:
            self.model.show(0, COLUMNS[unit])
            self._size_columns()
            self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.show(count, COLUMNS[unit])
        self.table.scrollToTop()
        if count:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.show_nothing(self._words("retrieve.nothing") if not count else "")

    def show_no_rows(self) -> None:
        """Show no rows and say nothing of it: the query could not be asked."""
        self.model.show(0, self.model.columns)
        self.table.show_nothing("")

    def show_problem(self, text: str, *, start: int = 0, end: int = 0) -> None:
        """Say what is wrong with the query, and mark the place in it."""
        show_words(self.problem, text)
        self.problem.setVisible(bool(text))
        if text and end > start:
            self.field.setSelection(start, end - start)

    def show_view(self, view: str) -> None:
        """Show the rows or one of the pictures."""
        self.views.set_current(view)
        rows = view == ROWS
        self.stack.setCurrentWidget(self.table if rows else self.numbers)
        for widget in (self.filter, self.copy, self.export):
            widget.setVisible(rows)

    def set_theme(self, theme: Theme) -> None:
        """Draw in ``theme``."""
        self._delegate.theme = theme
        self.numbers.set_theme(theme)
        self.table.viewport().update()

    def refresh(self) -> None:
        """Draw names in the script now chosen."""
        self.model.reword()
        self.chips.retranslate()
        self.numbers.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Put the words into the window's language."""
        words = self._words
        self.back.setToolTip(words("retrieve.back"))
        self.back.setAccessibleName(words("retrieve.back"))
        self.field.setPlaceholderText(words("retrieve.placeholder"))
        self.field.setAccessibleName(words("retrieve.field"))
        self.ask.setText(words("retrieve.ask"))
        self.saved.setText(words("retrieve.saved"))
        self.keep.setText(words("retrieve.keep"))
        self.copy.setText(words("retrieve.copy"))
        self.export.setText(words("retrieve.export"))
        self.filter.setPlaceholderText(words("retrieve.filter"))
        self.filter.setAccessibleName(words("retrieve.filter"))
        self.units.set_texts(
            [(words(f"retrieve.{unit}"), words(f"retrieve.{unit}_tip")) for unit in Unit]
        )
        self.views.set_texts(
            [(words(f"numbers.{view}"), words(f"numbers.{view}_says")) for view in (ROWS, *VIEWS)]
        )
        if self.table.nothing:
            self.table.show_nothing(words("retrieve.nothing"))
        self.table.setAccessibleName(words("retrieve.table"))
        self.model.reword()
        self.chips.retranslate()
        self.numbers.retranslate()

    def _say(self, row: Found, column: str) -> str:
        show = self._showing.text
        return said(row, column, names=self._names, words=self._words, show=show)

    def _make_parts(self, theme: Theme, complete: Callable[[str, int], Completion | None]) -> None:
        words, showing = self._words, self._showing
        self.back = IconButton("left", self)
        self.field = QueryField(complete, self)
        self.ask = QPushButton(self)
        self.ask.setProperty("part", "primary")
        self.saved, self.keep, self.copy, self.export = (link(self) for _ in range(4))
        self.chips = QueryChips(words, showing, self)
        self.problem = QLabel(self)
        self.problem.setProperty("part", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.units = Segmented(tuple(Unit), self)
        self.views = Segmented((ROWS, *VIEWS), self)
        self.filter = FilterField(self)
        self.summary = QLabel(self)
        self.summary.setProperty("part", "soft")
        self.table = _Table(self)
        self.model = FoundModel(self._say, lambda column: words(f"retrieve.{column}"), self.table)
        self.table.setModel(self.model)
        self._delegate = FoundDelegate(theme, showing)
        self._delegate.setParent(self.table)
        self.table.setItemDelegate(self._delegate)
        self.numbers = NumbersView(words, theme, showing, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.numbers)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 14, 22, 10)
        column.setSpacing(9)
        head = row_of_widgets(8, self.back)
        head.addWidget(self.field, 1)
        for widget in (self.ask, self.keep, self.saved):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self.chips)
        column.addWidget(self.problem)
        column.addLayout(self._switches())
        column.addLayout(self._tools())
        column.addWidget(self.stack, 1)
        self.show_view(ROWS)

    def _switches(self) -> QHBoxLayout:
        row = row_of_widgets(12, self.units, self.views)
        row.addStretch(1)
        return row

    def _tools(self) -> QHBoxLayout:
        row = row_of_widgets(10, self.summary)
        row.addStretch(1)
        row.addWidget(self.filter)
        row.addWidget(self.copy)
        row.addWidget(self.export)
        self.filter.setMinimumWidth(scaled(self, 170))
        return row

    def _size_columns(self) -> None:
        """Let the first columns take the room there is; what is said beside lies beyond."""
        names = self.model.columns
        if not names:
            return
        header = self.table.horizontalHeader()
        wanted = sum(WIDTHS[name] for name in names if name not in BEYOND)
        room = max(scaled(self, wanted) * 3 // 5, self.table.viewport().width())
        for at, name in enumerate(names):
            width = scaled(self, WIDTHS[name])
            header.resizeSection(at, width if name in BEYOND else WIDTHS[name] * room // wanted)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.field.escaped.connect(self.left)
        self.field.down_pressed.connect(self._go_to_rows)
        self.filter.down_pressed.connect(self._go_to_rows)
        self.table.row_activated.connect(self._choose)
        self.table.left.connect(self.left)
        self.table.resized.connect(self._size_columns)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)

    def _go_to_rows(self) -> None:
        target = self.table if self.stack.currentWidget() is self.table else self.numbers.grid
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, at: int) -> None:
        row = row_of(self.model.index(at, 0))
        if row is not None:
            self.row_chosen.emit(row)

    def _sort(self, section: int) -> None:
        name, header = self.model.columns[section], self.table.horizontalHeader()
        unit = next(unit for unit, names in COLUMNS.items() if names == self.model.columns)
        if name not in SORTED[unit]:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            return
        descending = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        self.sorted_by.emit(name, descending)


class _Table(QTableView):
    """A quiet table: a click or Enter goes to a row, Esc leaves."""

    row_activated = Signal(int)
    left = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.nothing = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("part", "onpaper")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 14)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.setTabKeyNavigation(False)
        self.clicked.connect(lambda index: self.row_activated.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.row_activated.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_nothing(self, text: str) -> None:
        """Say ``text`` in place of rows."""
        self.nothing = text
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.nothing and not self.model().rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(
                self.viewport().rect().adjusted(8, 12, -8, 0), int(flags), self.nothing
            )
