"""Search over the whole library: from the field of the toolbar to a place in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal

from meipi.ui.i18n import number
from meipi.ui.presenters.searching import HitRow, hit_rows

if TYPE_CHECKING:
    from meipi.services.searching import SearchHit
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.i18n import Words
    from meipi.ui.panels.search_results import SearchResults
    from meipi.ui.widgets.fields import SearchField

_PAUSE_MS = 120
_MOST = 200


class SearchController(QObject):
    """Asks the library while one types, shows hits, goes to the one chosen."""

    hit_chosen = Signal(object)
    """`HitRow`."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        field: SearchField,
        results: SearchResults,
        words: Words,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._field = field
        self._results = results
        self._words = words
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._search)
        field.textChanged.connect(self._typed)
        field.returnPressed.connect(results.choose_first)
        field.down_pressed.connect(results.focus_list)
        field.escaped.connect(self.close)
        results.hit_chosen.connect(self._go)

    def open(self) -> None:
        """Give the field the keyboard, and show again what was found last."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        if self._field.text().strip():
            self._search()

    def close(self) -> None:
        """Hide the hits."""
        self._timer.stop()
        self._bridge.forget("search")
        self._results.dismiss()

    def _typed(self, query: str) -> None:
        if query.strip():
            self._timer.start()
        else:
            self.close()

    def _search(self) -> None:
        query = self._field.text().strip()
        if query:
            self._bridge.read(
                "search",
                lambda: self._workspace.search(query, limit=_MOST + 1),
                lambda hits: self._show(query, hits),
            )

    def _show(self, query: str, hits: list[SearchHit]) -> None:
        corner = self._field.mapTo(self._results.host, QPoint(0, 0))
        rows = hit_rows(hits[:_MOST])
        near = QRect(corner, self._field.size())
        self._results.show_hits(rows, self._summary(query, hits), near)
        if len(hits) > _MOST:
            self._bridge.read(
                "search count",
                lambda: self._workspace.count_documents(query),
                lambda count: self._show_count(query, count),
            )

    def _show_count(self, query: str, count: int) -> None:
        """Say in how many documents there is more than what is listed."""
        if query == self._field.text().strip() and not self._results.isHidden():
            words = self._words("search.more_in", shown=_MOST, count=number(count))
            self._results.summary.setText(words)

    def _summary(self, query: str, hits: list[SearchHit]) -> str:
        if not hits:
            return self._words("search.none", query=query)
        if len(hits) > _MOST:
            return self._words("search.more", count=_MOST)
        return self._words("search.count", count=number(len(hits)))

    def _go(self, row: HitRow) -> None:
        self.close()
        self.hit_chosen.emit(row)
