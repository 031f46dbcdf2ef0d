"""Source and reading text side by side: one place, one caret, seen in both."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from meipi.core.spans import Span
from meipi.ui.presenters.source_text import SourceText, source_text
from meipi.ui.presenters.targets import Target
from meipi.ui.reader.content import ReaderContent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from meipi.ui.bridge import Bridge
    from meipi.ui.cards import Cards
    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words
    from meipi.ui.parts import Parts
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.reader.hover import HoverTarget
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController


class BesideController(QObject):
    """Shows the source text while it is wanted and there is room, and keeps the two together."""

    def __init__(
        self,
        bridge: Bridge,
        reading: ReadingController,
        parts: Parts,
        *,
        cards: Cards,
        feedback: Feedback,
        words: Words,
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._reading = reading
        self._centre = parts.centre
        self._reader = parts.reader
        self._source = parts.source
        self._cards = cards
        self._feedback = feedback
        self._words = words
        self._shown: SourceText | None = None
        self._leading = False
        self._connect()

    @property
    def source(self) -> SourceText | None:
        """The source text now shown."""
        return self._shown

    def toggle(self) -> None:
        """Show the source text beside the reading text, or put it away."""
        self._centre.want_source(wanted=not self._centre.source_wanted)
        if self._centre.source_wanted and not self._centre.has_room:
            self._feedback.say(self._words("source.no_room"))

    def _connect(self) -> None:
        view = self._source.view
        self._centre.source_shown.connect(self._show)
        self._centre.pair.splitterMoved.connect(lambda *_: self._lead_place())
        self._centre.resized.connect(self._lead_place)
        self._source.close_button.clicked.connect(self.toggle)
        self._reading.opened.connect(lambda _: self._load())
        self._reading.reworded.connect(lambda _: self._load())
        self._reading.closed.connect(self._clear)
        self._reader.selection_changed.connect(self._lead_caret)
        view.selection_changed.connect(self._follow_caret)
        self._reader.position_changed.connect(lambda _: self._lead_place())
        view.position_changed.connect(lambda _: self._follow_place())
        view.clicked_target.connect(self._open_card)

    def _show(self, shown: bool) -> None:
        for view in (self._reader, self._source.view):
            view.set_echo(on=shown)
        if shown:
            self._load()
        elif self._source.view.hasFocus():
            self._reader.setFocus()

    def _load(self) -> None:
        opened = self._reading.document
        if opened is None or self._source.isHidden():
            self._shown = None
            return
        self._bridge.read("source", lambda: source_text(opened), lambda t: self._take(opened, t))

    def _take(self, opened: OpenDocument, text: SourceText) -> None:
        if self._reading.document is None or self._reading.document.reading is not opened.reading:
            return
        before, self._shown = self._shown, text
        same = before is not None and (before.text, before.structure) == (text.text, text.structure)
        with self._lead():
            if not same:
                self._source.view.set_document(ReaderContent(text.text, text.structure))
            self._source.view.set_repairs(text.edits, text.lost)
        self._lead_caret(self._reader.selection())

    def _clear(self) -> None:
        self._bridge.forget("source")
        self._shown = None
        with self._lead():
            self._source.view.set_document(None)

    @contextmanager
    def _lead(self) -> Iterator[None]:
        """Move one view without being led by it in turn."""
        before, self._leading = self._leading, True
        try:
            yield
        finally:
            self._leading = before

    def _lead_caret(self, selected: Span) -> None:
        if self._shown is not None and not self._leading:
            source = self._shown.map.to_source_span(selected)
            self._put_caret(self._source.view, source, selected)
            self._lead_place()

    def _follow_caret(self, selected: Span) -> None:
        if self._shown is not None and not self._leading:
            target = self._shown.map.to_target_span(selected)
            self._put_caret(self._reader, target, selected)
            self._follow_place()

    def _put_caret(self, view: ReaderView, span: Span, led_by: Span) -> None:
        with self._lead():
            view.set_selection(span if led_by else Span(span.start, span.start))

    def _lead_place(self) -> None:
        if self._shown is not None and not self._leading:
            self._align(self._reader, self._source.view, self._shown.map.to_source)

    def _follow_place(self) -> None:
        if self._shown is not None and not self._leading:
            self._align(self._source.view, self._reader, self._shown.map.to_target)

    def _align(self, leader: ReaderView, follower: ReaderView, carry: Callable[[int], int]) -> None:
        """Put the line of the caret at one height in both, or where it is away, the top line."""
        caret, lower = leader.reading.caret_rect(), _height(leader) - _height(follower)
        with self._lead():
            if caret is None or not 0 <= caret.top() < leader.viewport().height():
                offset, y = leader.reading.top()
                follower.place_line(carry(offset), y + lower)
                return
            wanted = caret.top() + lower
            follower.place_line(follower.reading.caret.position, wanted)
            there = follower.reading.caret_rect()
            if there is not None:
                follower.scroll_pixels(there.top() - wanted)

    def _open_card(self, target: HoverTarget) -> None:
        """Open the card of what was repaired here, beside its words in the reading text."""
        document = self._reading.document
        if document is not None and target.kind == "repair":
            found = Target("repair", target.index)
            span = found.span(document)
            self._reader.scroll_to(span.start, select=Span(span.start, span.start))
            self._cards.open_target(found)


def _height(view: ReaderView) -> int:
    """Return where the view's page begins, as the eye sees it."""
    return view.viewport().mapToGlobal(QPoint(0, 0)).y()
