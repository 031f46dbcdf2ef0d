"""The card of an annotation: opened beside its words, kept true while it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from meipi.core.spans import Span
    from meipi.ui.marking import Marking
    from meipi.ui.panels.annotation_card import AnnotationCard
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController


class AnnotationCards(QObject):
    """Opens the card of one annotation and says what is asked for with its buttons."""

    tag_asked = Signal(str)
    """The id of the annotation, as with the next."""
    note_asked = Signal(str)
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
        card.tag_asked.connect(lambda: self.tag_asked.emit(marking.active))
        card.note_asked.connect(lambda: self.note_asked.emit(marking.active))
        card.deletion_asked.connect(self._delete)
        card.settling_asked.connect(lambda: marking.settle([marking.active]))
        card.end_moved.connect(lambda name: marking.move(name, marking.row(marking.active)))
        card.left.connect(self.left)
        reader.selection_changed.connect(self._selection_changed)
        reader.position_changed.connect(lambda _: self.dismiss())
        reading.annotations_changed.connect(self._refresh)
        reading.opened.connect(lambda _: self._forget())
        reading.closed.connect(self._forget)

    @property
    def annotation(self) -> str:
        """The id of the annotation whose card is open; empty where none is."""
        return "" if self._card.isHidden() else self._marking.active

    def open(self, annotation: str) -> None:
        """Open the card of ``annotation`` beside its words."""
        row = self._marking.row(annotation)
        if row is not None:
            self._marking.active = annotation
            quote = self._marking.quote(row.quote)
            self._card.show_row(row, quote, self._marking.place(annotation))

    def enter(self) -> None:
        """Lead the keyboard into the card."""
        self._card.enter()

    def dismiss(self) -> None:
        """Hide the card."""
        self._card.dismiss()

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
        if row is None or not row.span.start <= selected.start <= row.span.end:
            self._forget()

    def _refresh(self, document: OpenDocument) -> None:
        if self._card.isHidden():
            return
        if document.row(self._marking.active) is None:
            self.dismiss()
        else:
            self.open(self._marking.active)
