"""What the lists beside the text share: filter as one types, in the window's words and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from meipi.ui.presenters.matching import fits
from meipi.ui.presenters.sifting import Sift
from meipi.ui.widgets.filtered_list import FilteredList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.ui.i18n import Words
    from meipi.ui.models.rows import Row
    from meipi.ui.panels.painting import ThemedDelegate
    from meipi.ui.theme import Theme


class ListPanel(QWidget):
    """Shows those of its rows that fit what is typed; ``name`` is its key among the words."""

    def __init__(
        self, name: str, words: Words, delegate: ThemedDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.words = words
        self.delegate = delegate
        self.rows = FilteredList(delegate, self)
        self._name = name
        self._all: Sequence[Row] = ()
        self._none = "side.no_document"
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.rows)
        self.rows.query_changed.connect(self.filter)
        self.retranslate()

    def set_all(self, rows: Sequence[Row] | None, *, none: str = "") -> None:
        """Show ``rows``, or say ``none`` where there are none; without a document say that."""
        self._all = rows or ()
        self._none = "side.no_document" if rows is None else none or f"side.no_{self._name}"
        self.filter()

    def filter(self) -> None:
        """Look again which rows fit."""
        self.rows.sift(
            Sift(self._all, self.fits_now()),
            finish=self.finished,
            none=self.words("side.no_match" if self._all else self._none),
        )

    def fits_now(self) -> Callable[[Any], bool]:
        """Return what says whether a row fits what is typed now."""
        query = self.rows.query()
        return (lambda row: fits(query, row.text)) if query.strip() else (lambda _: True)

    def finished(self, found: list[Any]) -> Sequence[Row]:
        """Return what is shown of the rows that fit."""
        return found

    def reveal(self, row: Row) -> None:
        """Go to ``row``; what is typed is taken back where it hides it."""
        if not self.rows.reveal(row):
            self.rows.field.clear()
            self.rows.reveal(row)

    def set_theme(self, theme: Theme) -> None:
        """Draw in ``theme``."""
        self.delegate.theme = theme
        self.refresh()

    def refresh(self) -> None:
        """Draw names in the script now chosen."""
        self.rows.list.viewport().update()

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        self.rows.field.setPlaceholderText(self.words("side.filter_pinyin"))
        self.rows.field.setAccessibleName(self.words("side.filter_pinyin"))
        self.rows.list.setAccessibleName(self.words(f"side.{self._name}"))
        self.filter()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
