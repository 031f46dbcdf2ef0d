"""Find in the open document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from meipi.ui.i18n import number
from meipi.ui.presenters.finding import Finds, find_all

if TYPE_CHECKING:
    from meipi.core.spans import Span
    from meipi.ui.bridge import Bridge
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController
    from meipi.ui.widgets.find_bar import FindBar

_WORD = 40
"""A selection up to this long is what one means to find."""


class FindController(QObject):
    """Joins the find bar to the text: literal, in either script."""

    def __init__(
        self,
        bridge: Bridge,
        reading: ReadingController,
        reader: ReaderView,
        bar: FindBar,
        words: Words,
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._reading = reading
        self._reader = reader
        self._bar = bar
        self._words = words
        self._finds = Finds()
        self._folded: tuple[str, str] = ("", "")
        bar.query_changed.connect(self._find)
        bar.stepped.connect(self.step)
        bar.closed.connect(self.close)
        reading.opened.connect(lambda _: self._find_again())
        reading.closed.connect(self.close)

    def open(self) -> None:
        """Open the bar with the selected words in it."""
        document, span = self._reading.document, self._reader.selection()
        if document is None:
            return
        words = span.slice(document.text) if 0 < len(span) <= _WORD else ""
        self._bar.open(words.strip())
        self._find(self._bar.field.text())

    def close(self) -> None:
        """Close the bar; the words found last stay selected."""
        if self._bar.isHidden():
            return
        # First the focus: a hidden field would hand it on as if Tab had been pressed.
        self._reader.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bar.hide()
        self._show(Finds())

    def step(self, by: int) -> None:
        """Go to the next or a previous place; opens the bar where it is closed."""
        if self._bar.isHidden():
            self.open()
            return
        self._show(self._finds.step(by))
        self._go()

    @property
    def finds(self) -> Finds:
        """The places found."""
        return self._finds

    def _find_again(self) -> None:
        if not self._bar.isHidden():
            self._find(self._bar.field.text())

    def _find(self, query: str) -> None:
        document = self._reading.document
        if document is None or self._bar.isHidden():
            return
        if not query:
            self._bridge.forget("find")
            self._show(Finds())
            return
        self._bridge.read("find", lambda: self._search(document, query), self._found)

    def _search(self, document: OpenDocument, query: str) -> tuple[Span, ...]:
        """Run beside the window: folding a long text takes longer than a frame."""
        if self._folded[0] is not document.text:
            from meipi.core.fold import fold

            self._folded = (document.text, fold(document.text))
        return find_all(self._folded[1], query)

    def _found(self, places: tuple[Span, ...]) -> None:
        self._show(Finds.beginning_at(places, self._reader.selection().start))
        self._go()

    def _go(self) -> None:
        if self._finds.place is not None:
            self._reader.scroll_to(self._finds.place.start, select=None)

    def _show(self, finds: Finds) -> None:
        self._finds = finds
        self._reader.set_finds(finds.places, finds.current)
        self._bar.set_count(self._count(), found=bool(finds.places))

    def _count(self) -> str:
        finds, words = self._finds, self._words
        if finds.places:
            total = number(len(finds.places))
            return words("find.count", current=number(finds.current + 1), total=total)
        return words("find.none") if self._bar.field.text() else ""
