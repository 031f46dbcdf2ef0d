"""Find in the open document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from meipi.ui.i18n import number
from meipi.ui.presenters.finding import LIMIT, ExpressionError, Finds, Query, find_query

if TYPE_CHECKING:
    from meipi.core.spans import Span
    from meipi.services.settings import Settings
    from meipi.ui.appearance import Appearance
    from meipi.ui.bridge import Bridge
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController
    from meipi.ui.widgets.find_bar import FindBar

_WORD = 40
"""A selection up to this long is what one means to find."""


class FindController(QObject):
    """Joins the find bar to the text: in either script, by expression, by pinyin, whole words."""

    def __init__(
        self,
        bridge: Bridge,
        reading: ReadingController,
        reader: ReaderView,
        bar: FindBar,
        *,
        settings: Settings,
        appearance: Appearance,
        words: Words,
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._reading = reading
        self._reader = reader
        self._bar = bar
        self._words = words
        self._finds = Finds()
        self._appearance = appearance
        self._folded: tuple[str, str] = ("", "")
        self._problem = ""
        self._ways: list[str] = settings.get("find_ways")
        bar.choose(self._ways)
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

    def switch(self, way: str) -> None:
        """Find in another way, or no longer so; opens the bar where it is closed."""
        if self._bar.isHidden():
            self.open()
        self._bar.ways[way].click()

    @property
    def finds(self) -> Finds:
        """The places found."""
        return self._finds

    @property
    def sought(self) -> str:
        """What is looked for."""
        return self._bar.field.text()

    def _find_again(self) -> None:
        if not self._bar.isHidden():
            self._find(self._bar.field.text())

    def _find(self, text: str) -> None:
        document = self._reading.document
        if document is None or self._bar.isHidden():
            return
        self._problem = ""
        query = self._query(text)
        if not text:
            self._bridge.forget("find")
            self._show(Finds())
            return
        self._bridge.read("find", lambda: self._search(document, query), self._found)

    def _query(self, text: str) -> Query:
        """Return what the bar asks for; of two ways that exclude each other, the later."""
        chosen = self._bar.chosen()
        if "regex" in chosen and "pinyin" in chosen:
            chosen.remove("pinyin" if "pinyin" in self._ways else "regex")
            self._bar.choose(chosen)
        if chosen != self._ways:
            self._ways = chosen
            self._appearance.keep({"find_ways": chosen})
        return Query(text, "regex" in chosen, "pinyin" in chosen, "words" in chosen)

    def _search(self, document: OpenDocument, query: Query) -> tuple[Span, ...] | ExpressionError:
        """Run beside the window: folding a long text takes longer than a frame."""
        if self._folded[0] is not document.text:
            from meipi.ui.scanning import fold_long

            self._folded = (document.text, fold_long(document.text))
        cut = self._reader.word_cut() if query.words else list
        try:
            return find_query(self._folded[1], query, cut)
        except ExpressionError as error:
            return error

    def _found(self, found: tuple[Span, ...] | ExpressionError) -> None:
        if isinstance(found, ExpressionError):
            reason = str(found)
            key = "find.bad" if reason else "find.slow"
            self._problem = self._words(key, reason=reason)
            self._show(Finds())
            return
        self._show(Finds.beginning_at(found, self._reader.selection().start))
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
            key = "find.count" if len(finds.places) < LIMIT else "find.more"
            return words(key, current=number(finds.current + 1), total=total)
        if self._problem:
            return self._problem
        return words("find.none") if self._bar.field.text() else ""
