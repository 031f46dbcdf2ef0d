"""The page of an entity: its mentions in context, its names, its company, and charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from meipi.ui.fonts import reading_font
from meipi.ui.i18n import number
from meipi.ui.models.rows import row_of
from meipi.ui.panels.concordance import CompanyDelegate, ConcordanceDelegate
from meipi.ui.panels.entity_page_parts import (
    link,
    paper_list,
    row_of_widgets,
    scrolling_page,
    under,
)
from meipi.ui.panels.mark_sample import MarkSample
from meipi.ui.presenters.entity_page import (
    SORTS,
    FormGroup,
    bars_csv,
    company_rows,
    form_groups,
    line_rows,
    lines_csv,
    summary,
    time_bars,
    type_bars,
)
from meipi.ui.widgets.bar_chart import BarChart
from meipi.ui.widgets.buttons import IconButton, Segmented
from meipi.ui.widgets.chips import Chips
from meipi.ui.widgets.fields import FilterField
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from meipi.core.entity import EntityName
    from meipi.services.concordance import EntityPage
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

PAGE_ACTS = ("entity_rename", "entity_type", "entity_merge", "entity_split", "entity_tag")
_NARROW = 860
"""Below this width, in the usual size of the interface, company and charts stand underneath."""
_LOWEST = 560
_SHOWN_FORMS = 24
_SIDE_WIDTH = 320


class EntityPageView(QWidget):
    """Shows what is known of an entity; says what is asked for."""

    left = Signal()
    line_chosen = Signal(object)
    """`LineRow` to go to."""
    entity_chosen = Signal(object)
    """`EntityName` whose page is wanted instead."""
    act_asked = Signal(str)
    """The command to run on the entity."""

    def __init__(
        self, words: Words, theme: Theme, showing: Showing, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = words
        self._theme = theme
        self._showing = showing
        self._page: EntityPage | None = None
        self._groups: list[FormGroup] = []
        self.chips = Chips((), self)
        self.chart = BarChart(self)
        self.chart_of = Segmented(("time", "types"), self)
        self._make_parts()
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def entity(self) -> EntityName | None:
        """Whose page it is."""
        return self._page.entity if self._page is not None else None

    def forms(self) -> list[str]:
        """Return the ways in which it is written."""
        return [group.name for group in self._groups]

    def chosen_form(self) -> str:
        """Return the one way of writing that is left on; empty where there are several."""
        chosen = [group.name for group in self._groups if group.key in self._chosen_forms()]
        return chosen[0] if len(chosen) == 1 and len(self._groups) > 1 else ""

    def set_page(self, page: EntityPage) -> None:
        """Show ``page``; the same entity again keeps its place in the list."""
        again = self.entity == page.entity
        at = self.lines.verticalScrollBar().value() if again else 0
        self._page = page
        self._groups = form_groups(page.variants)
        if not again:
            self.filter.clear()
        self._fill_head()
        self._fill_forms()
        self._fill_lines()
        self._fill_company()
        self._fill_chart()
        self.lines.verticalScrollBar().setValue(at)

    def choose_next(self, name: str) -> None:
        """Go on to the next choice of ``sort``, ``within`` or ``chart``."""
        switches = {"sort": self.sort, "within": self.within, "chart": self.chart_of}
        switches[name].choose_next()

    def copy(self, name: str) -> None:
        """Copy ``lines``, ``bars`` or ``picture``, where there are any."""
        buttons = {
            "lines": self.copy_lines,
            "bars": self.copy_bars,
            "picture": self.copy_picture,
        }
        buttons[name].click()

    def set_theme(self, theme: Theme) -> None:
        """Draw in ``theme``."""
        self._theme = theme
        self._drawn_lines.theme = self._drawn_company.theme = theme
        self._fill_head()
        self._fill_forms()
        self._color_chart()
        self.update()

    def refresh(self) -> None:
        """Draw names in the script now chosen."""
        self._fill_head()
        for view in (self.lines, self.company):
            view.viewport().update()

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        words = self._words
        self.back.setToolTip(words("entity.back"))
        self.back.setAccessibleName(words("entity.back"))
        for act, button in self.acts.items():
            button.setText(words(f"entity.{act.removeprefix('entity_')}"))
        self.sort.set_texts([(words(f"entity.sort_{key}"), "") for key in SORTS])
        self.within.set_texts([(words(f"entity.{key}"), "") for key in ("sentence", "paragraph")])
        self.chart_of.set_texts([(words(f"entity.{key}"), "") for key in ("time", "types")])
        self.filter.setPlaceholderText(words("entity.filter"))
        self.filter.setAccessibleName(words("entity.filter"))
        self.lines.setAccessibleName(words("entity.lines"))
        self.company.setAccessibleName(words("entity.company"))
        self.company_head.setText(words("entity.company"))
        self.copy_lines.setText(words("entity.copy_table"))
        self.copy_picture.setText(words("entity.copy_picture"))
        self.copy_bars.setText(words("entity.copy_table"))
        if self._page is not None:
            self.set_page(self._page)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < scaled(self, _NARROW)
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.split.orientation() is not wanted:
            self.split.setOrientation(wanted)
            beside = QBoxLayout.Direction.LeftToRight
            self._side.setDirection(beside if narrow else QBoxLayout.Direction.TopToBottom)
            self._share_room()

    # Filling.

    def _fill_head(self) -> None:
        if self._page is None:
            return
        entity = self._page.entity
        self.name.setText(self._showing.text(entity.name))
        self.name.setFont(reading_font(self.font().pixelSize() * 1.9, bold=True))
        self.kind.setText(self._words(f"type.{entity.type}"))
        self.mark.show_mark(self._theme.entities[entity.type])
        self.summary.setText(summary(self._page, self._words))
        self.acts["entity_split"].setVisible(len(self._groups) > 1)

    def _fill_forms(self) -> None:
        if self._page is None:
            return
        color = self._theme.entities[self._page.entity.type].color
        items = [
            (group.key, f"{self._showing.text(group.name)}  {number(group.times)}", color)
            for group in self._groups[:_SHOWN_FORMS]
        ]
        fresh = Chips(items, self)
        fresh.setVisible(len(items) > 1)
        fresh.changed.connect(self._fill_lines)
        self._column.replaceWidget(self.chips, fresh)
        self.chips.hide()
        self.chips.deleteLater()
        self.chips = fresh

    def _fill_lines(self) -> None:
        if self._page is None:
            return
        rows = line_rows(
            self._page.lines,
            self._words,
            sort=self.sort.current(),
            query=self.filter.text(),
            forms=self._chosen_forms(),
        )
        self.lines_model.set_rows(rows)
        none = "entity.no_line" if self._page.lines else "entity.no_mention"
        self.lines.set_empty_text(self._words(none))
        self.copy_lines.setEnabled(bool(rows))

    def _fill_company(self) -> None:
        if self._page is None:
            return
        page = self._page
        near = page.same_sentence if self.within.current() == "sentence" else page.same_paragraph
        self.company_model.set_rows(company_rows(near))
        self.company.set_empty_text(self._words("entity.alone"))

    def _fill_chart(self) -> None:
        if self._page is None:
            return
        if self.chart_of.current() == "time":
            self._bars = time_bars(self._page.dates or {}, self._words)
        else:
            self._bars = type_bars(self._page.same_paragraph, self._words)
        sideways = self.chart_of.current() == "types"
        self.chart.set_bars([(bar.label, bar.value) for bar in self._bars], sideways=sideways)
        self._color_chart()

    def _color_chart(self) -> None:
        if self._page is not None:
            theme = self._theme
            bar = theme.entities[self._page.entity.type].color
            self.chart.set_colors(ground=theme.paper, ink=theme.ink_soft, bar=bar)

    def _chosen_forms(self) -> set[str]:
        """Return the forms that are on; those too rare for a chip always are."""
        beyond = (group.key for group in self._groups[_SHOWN_FORMS:])
        return {*self.chips.chosen(), *beyond}

    # Making.

    def _make_parts(self) -> None:
        self.back = IconButton("left", self)
        self.name = QLabel(self)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)
        self.mark = MarkSample(self)
        self.kind = QLabel(self)
        self.summary = QLabel(self)
        for label in (self.kind, self.summary):
            label.setProperty("part", "soft")
        self.acts = {act: QPushButton(self) for act in PAGE_ACTS}
        self.sort = Segmented(SORTS, self)
        self.sort.set_current("document")
        self.filter = FilterField(self)
        self.lines, self.lines_model = paper_list(self)
        self._drawn_lines = ConcordanceDelegate(self._theme, self._showing)
        self._drawn_lines.setParent(self.lines)
        self.lines.setItemDelegate(self._drawn_lines)
        self.company_head = QLabel(self)
        self.company_head.setProperty("part", "headline")
        self.within = Segmented(("sentence", "paragraph"), self)
        self.within.set_current("sentence")
        self.company, self.company_model = paper_list(self)
        self._drawn_company = CompanyDelegate(self._theme, self._showing)
        self._drawn_company.setParent(self.company)
        self.company.setItemDelegate(self._drawn_company)
        self.chart_of.set_current("time")
        self._bars = time_bars({}, self._words)
        self.copy_lines, self.copy_picture, self.copy_bars = (link(self) for _ in range(3))

    def _lay_out(self) -> None:
        inside = scrolling_page(self, scaled(self, _LOWEST))
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(22, 16, 22, 10)
        self._column.setSpacing(10)
        top, middle = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
        head = row_of_widgets(10)
        head.addWidget(self.back, 0, top)
        head.addWidget(self.name, 1)
        head.addWidget(self.mark, 0, middle)
        head.addWidget(self.kind, 0, middle)
        self._column.addLayout(head)
        self._column.addWidget(self.summary)
        acts = row_of_widgets(6, *self.acts.values())
        acts.addStretch(1)
        self._column.addLayout(acts)
        self._column.addWidget(self.chips)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(self._left_side())
        self.split.addWidget(self._right_side())
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(18)
        self.split.setProperty("part", "bare")
        self._column.addWidget(self.split, 1)
        self._share_room()

    def _left_side(self) -> QWidget:
        side = QFrame(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.sort)
        row.addWidget(self.filter, 1)
        row.addWidget(self.copy_lines)
        column.addLayout(row)
        column.addWidget(self.lines, 1)
        return side

    def _right_side(self) -> QWidget:
        side = QFrame(self)
        self._side = QBoxLayout(QBoxLayout.Direction.TopToBottom, side)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(12)
        self._side.addLayout(under((self.company_head, None, self.within), self.company), 3)
        above = (self.chart_of, None, self.copy_picture, self.copy_bars)
        self._side.addLayout(under(above, self.chart), 2)
        return side

    def _share_room(self) -> None:
        side = scaled(self, _SIDE_WIDTH)
        if self.split.orientation() is Qt.Orientation.Horizontal:
            self.split.setSizes([max(side, self.width() - side), side])
        else:
            self.split.setSizes([self.height() * 3 // 5, self.height() * 2 // 5])
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        for act, button in self.acts.items():
            button.clicked.connect(lambda _=False, act=act: self.act_asked.emit(act))
        self.sort.chosen.connect(lambda _: self._fill_lines())
        self.filter.textChanged.connect(lambda _: self._fill_lines())
        self.filter.down_pressed.connect(self._go_to_lines)
        self.within.chosen.connect(lambda _: self._fill_company())
        self.chart_of.chosen.connect(lambda _: self._fill_chart())
        self.lines.row_activated.connect(lambda index: self.line_chosen.emit(row_of(index)))
        self.company.row_activated.connect(
            lambda index: self.entity_chosen.emit(row_of(index).entity)
        )
        clipboard = QGuiApplication.clipboard
        self.copy_lines.clicked.connect(
            lambda: clipboard().setText(lines_csv(self.lines_model.rows))  # type: ignore[arg-type]
        )
        self.copy_bars.clicked.connect(lambda: clipboard().setText(bars_csv(self._bars)))
        self.copy_picture.clicked.connect(self.chart.copy_picture)

    def _go_to_lines(self) -> None:
        self.lines.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.lines.currentIndex().isValid():
            self.lines.setCurrentIndex(self.lines_model.index(0))
