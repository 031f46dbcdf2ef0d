"""The card of an annotation: opened beside its words, kept true while it is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect, SignalInstance

    from meipi.ui.marking import Marking
    from meipi.ui.panels.annotation_card import AnnotationCard
    from meipi.ui.presenters.annotations import AnnotationRow
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController


class AnnotationCards(QObject):
    """Opens the card of one annotation and says what is asked for with its buttons."""

    tag_asked = Signal(str)
    """The id of the annotation, as with the next."""
    note_asked = Signal(str)
    link_chosen = Signal(object)
    """The `LinkRow`, as with the next."""
    link_asked = Signal(object)
    left = Signal()

    def __init__(
        self,
        reading: ReadingController,
        reader: ReaderView,
        card: AnnotationCard,
        marking: Marking,
    ) -> None:
        super().__init__()
        self._card = card
        self._marking = marking
        self._reader = reader
        card.tag_asked.connect(lambda: self.tag_asked.emit(marking.active))
        card.note_asked.connect(lambda: self.note_asked.emit(marking.active))
        card.deletion_asked.connect(self._delete)
        card.settling_asked.connect(lambda: marking.settle([marking.active]))
        card.end_moved.connect(lambda name: marking.move(name, marking.row(marking.active)))
        card.left.connect(self.left)
        card.review_asked.connect(lambda: self._with_row(marking.review))
        card.piece_removed.connect(lambda at: self._with_row(partial(marking.take_out, number=at)))
        card.piece_chosen.connect(self._go_to_piece)
        card.link_chosen.connect(lambda key: self._ask_link(key, self.link_chosen))
        card.link_asked.connect(lambda key: self._ask_link(key, self.link_asked))
        reader.selection_changed.connect(self._selection_changed)
        reader.position_changed.connect(lambda _: self.dismiss())
        reading.annotations_changed.connect(self._refresh)
        reading.opened.connect(lambda _: self._forget())
        reading.closed.connect(self._forget)

    @property
    def annotation(self) -> str:
        """The id of the annotation whose card is open; empty where none is."""
        return "" if self._card.isHidden() else self._marking.active

    @property
    def place(self) -> QRect:
        """Where the card lies in the window."""
        return self._card.geometry()

    def open(self, annotation: str) -> None:
        """Open the card of ``annotation`` beside its words."""
        row = self._marking.row(annotation)
        if row is not None:
            self._marking.active = self._marking.last = annotation
            quote = self._marking.quote(row.quote)
            self._card.show_row(row, quote, self._marking.place(annotation))

    def enter(self) -> None:
        """Lead the keyboard into the card."""
        self._card.enter()

    def dismiss(self) -> None:
        """Hide the card."""
        self._card.dismiss()

    def _with_row(self, act: Callable[[AnnotationRow], object]) -> None:
        row = self._marking.row(self._marking.active)
        if row is not None:
            act(row)

    def _go_to_piece(self, number: int) -> None:
        def go(row: AnnotationRow) -> None:
            at = row.pieces[number].start
            self._reader.scroll_to(at, select=Span(at, at))
            self.open(row.id)

        self._with_row(go)

    def _ask_link(self, key: str, signal: SignalInstance) -> None:
        def ask(row: AnnotationRow) -> None:
            for link in row.links:
                if link.id == key:
                    signal.emit(link)

        self._with_row(ask)

    def _delete(self) -> None:
        self.dismiss()
        self._marking.delete(self._marking.active)
        self.left.emit()

    def _forget(self) -> None:
        self._marking.active = ""
        self.dismiss()

    def _selection_changed(self, selected: Span) -> None:
        row = self._marking.row(self._marking.active)
        if selected:
            return
        at = selected.start
        if row is None or not any(span.start <= at <= span.end for span in row.pieces):
            self._forget()

    def _refresh(self, document: OpenDocument) -> None:
        if self._card.isHidden():
            return
        if document.row(self._marking.active) is None:
            self.dismiss()
        else:
            self.open(self._marking.active)
