"""Numbers over the passages of a query: counted beside the window, led from to passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from meipi.core.query import Relation
from meipi.services.numbers import passages_behind
from meipi.ui.presenters.numbers import shown
from meipi.ui.widgets.bar_chart import load as load_charts

if TYPE_CHECKING:
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.i18n import Words
    from meipi.ui.panels.numbers_view import NumbersView
    from meipi.ui.presenters.numbers import Shown

_BY = ("document", "source", "region", "coder", "year")
_DATES = ("month", "year")
_TOGETHER = (Relation.OVERLAP, Relation.PARAGRAPH, Relation.DOCUMENT)


class NumbersController(QObject):
    """Counts what a view shows, and says which passages are wanted."""

    query_asked = Signal(str)
    failed = Signal(object)
    """`MeipiError` of a query that is wrong."""

    def __init__(self, workspace: Workspace, bridge: Bridge, words: Words) -> None:
        super().__init__()
        self._workspace, self._bridge, self._words = workspace, bridge, words
        self._page: NumbersView | None = None
        self._view, self._text = "", ""
        self._choices = {"table": "document", "time": "month", "together": str(Relation.OVERLAP)}

    def take(self, page: NumbersView) -> None:
        """Answer for this view."""
        self._page = page
        page.cell_chosen.connect(self._go)
        page.choice_changed.connect(self._choose)

    def show(self, page: NumbersView, view: str, text: str) -> None:
        """Count what ``view`` shows of the passages of the query in ``text``."""
        self._view, self._text = view, text
        choice = self._choices.get(view, "")
        self._bridge.read(
            "numbers",
            lambda: self._count(view, text, choice),
            lambda found: self._present(page, view, *found),
            self.failed.emit,
        )

    def _count(self, view: str, text: str, choice: str) -> tuple[Shown, list[tuple[str, str]]]:
        load_charts()
        numbers = self._workspace.numbers
        attributes = list(numbers.attributes().items())
        if view == "together":
            return shown(view, numbers.together(text, Relation(choice)), ()), []
        if view == "coverage":
            return shown(view, numbers.coverage(text), numbers.coverage_of_all(text)), []
        table = numbers.by(text, choice) if choice else numbers.frequency(text)
        return shown(view, table, table.totals()), attributes

    def _present(
        self, page: NumbersView, view: str, what: Shown, attributes: list[tuple[str, str]]
    ) -> None:
        if view != self._view:
            return
        words = self._words
        keys = {"together": _TOGETHER, "table": _BY, "time": _DATES}.get(view, ())
        choices = [(str(key), words(f"numbers.by_{key}")) for key in keys]
        if view == "table":
            choices += attributes
        page.offer(choices, self._choices.get(view, ""))
        page.show_numbers(view, what)

    def _choose(self, choice: str) -> None:
        self._choices[self._view] = choice
        if self._page is not None:
            self.show(self._page, self._view, self._text)

    def _go(self, row: str, column: str) -> None:
        if self._page is not None and self._page.shown is not None:
            table, language = self._page.shown.table, self._words.language
            self.query_asked.emit(passages_behind(self._text, table, row, column, language))
