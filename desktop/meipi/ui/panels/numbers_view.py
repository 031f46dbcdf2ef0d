"""Numbers over passages as bars and a grid; a click leads to the passages behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from meipi.ui.panels.entity_page_parts import link
from meipi.ui.presenters.numbers import CHARTED, bar_labels, label
from meipi.ui.widgets.bar_chart import BarChart
from meipi.ui.widgets.choice_box import ChoiceBox
from meipi.ui.widgets.heat_grid import Grid, HeatGrid
from meipi.ui.widgets.pictures import copy_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.numbers import Shown
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

_CHART = 230


class NumbersView(QWidget):
    """Shows one table of numbers at a time."""

    cell_chosen = Signal(str, str)
    """The keys of row and column whose passages are wanted; of a bar one is empty."""
    choice_changed = Signal(str)
    """What to count by, or how tags lie together."""

    def __init__(
        self, words: Words, theme: Theme, showing: Showing, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._theme, self._showing = words, theme, showing
        self._view = ""
        self.shown: Shown | None = None
        self.choice = ChoiceBox(self)
        self.choice.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self.says = QLabel(self)
        self.says.setProperty("part", "soft")
        self.says.setWordWrap(True)
        self.copy_table, self.copy_picture = link(self), link(self)
        self.chart, self.grid = BarChart(self), HeatGrid(self)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.addWidget(self.chart)
        self.split.addWidget(self.grid)
        self.split.setChildrenCollapsible(False)
        self.split.setProperty("part", "bare")
        self._lay_out()
        self.choice.activated.connect(
            lambda _: self.choice_changed.emit(str(self.choice.currentData()))
        )
        self.grid.cell_chosen.connect(self._choose_cell)
        self.chart.bar_chosen.connect(self._choose_bar)
        self.copy_table.clicked.connect(self.copy_csv)
        self.copy_picture.clicked.connect(self.copy_image)

    def offer(self, choices: Sequence[tuple[str, str]], current: str) -> None:
        """Offer ways to count, keys and words; none where there is one only."""
        self.choice.clear()
        for key, text in choices:
            self.choice.addItem(text, key)
        self.choice.setCurrentIndex(max(0, self.choice.findData(current)))
        self.choice.setVisible(len(choices) > 1)

    def show_numbers(self, view: str, what: Shown) -> None:
        """Show a table as ``view`` has it."""
        self._view, self.shown = view, what
        words, show = self._words, self._showing.text
        self.says.setText(words(f"numbers.{view}_says"))
        self.chart.setVisible(view in CHARTED and bool(what.bars))
        self.chart.set_bars(bar_labels(what, words, show), sideways=what.sideways)
        rows = [label(what, key, words, show) for key in what.rows]
        columns = [label(what, key, words, show) for key in what.columns]
        self.grid.show_grid(Grid(rows, columns, what.text, what.heat))
        self.split.setSizes([max(_CHART, self.height() * 2 // 5), self.height() * 3 // 5])
        for button in (self.copy_table, self.copy_picture):
            button.setEnabled(bool(what.rows))
        self._color()

    def set_theme(self, theme: Theme) -> None:
        """Draw in ``theme``."""
        self._theme = theme
        self._color()

    def retranslate(self) -> None:
        """Put the words into the window's language."""
        self.copy_table.setText(self._words("numbers.copy_table"))
        self.copy_picture.setText(self._words("numbers.copy_picture"))
        self.choice.setAccessibleName(self._words("numbers.by"))
        self.grid.setAccessibleName(self._words("numbers.grid"))
        if self.shown is not None:
            self.show_numbers(self._view, self.shown)

    def copy_csv(self) -> None:
        """Put the table on the clipboard, with commas."""
        if self.shown is not None:
            QGuiApplication.clipboard().setText(self.shown.table.csv())

    def copy_image(self) -> None:
        """Put what is shown on the clipboard, as points and as SVG."""
        if self.shown is None:
            return
        chart = self.chart.size() if not self.chart.isHidden() else QSize(0, 0)
        grid = self.grid.picture_size()
        size = QSize(max(chart.width(), grid.width()), chart.height() + grid.height())

        def draw(painter: QPainter) -> None:
            painter.fillRect(0, 0, size.width(), size.height(), self._theme.paper)
            if chart.height():
                self.chart.render(painter, QPoint())
            painter.translate(0, chart.height())
            ground, ink = self._theme.paper, self._theme.ink
            self.grid.draw(painter, ground=ground, ink=ink, font=self.font())

        copy_picture(size, draw)

    def _color(self) -> None:
        theme = self._theme
        self.chart.set_colors(ground=theme.paper, ink=theme.ink_soft, bar=theme.accent)
        self.grid.set_colors(heat=theme.accent)

    def _choose_cell(self, row: int, column: int) -> None:
        if self.shown is not None:
            self.cell_chosen.emit(self.shown.rows[row], self.shown.columns[column])

    def _choose_bar(self, at: int) -> None:
        if self.shown is not None:
            key = self.shown.bars[at][0]
            if self.shown.sideways:
                self.cell_chosen.emit(key, "*")
            else:
                self.cell_chosen.emit("*", key)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.choice)
        row.addWidget(self.says, 1)
        row.addWidget(self.copy_picture)
        row.addWidget(self.copy_table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.split, 1)
