"""Tagging: what keys and the picker do to selected words and to the annotation at the caret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from meipi.core.spans import Span
from meipi.ui.keys import key_of
from meipi.ui.presenters.commands import Context
from meipi.ui.presenters.keys import Act, Key, Situation, meaning
from meipi.ui.presenters.tagging import tag_of_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.ui.cards import Cards
    from meipi.ui.marking import Marked, Marking
    from meipi.ui.noting import NoteController
    from meipi.ui.picking import TagPicker
    from meipi.ui.presenters.annotations import AnnotationRow
    from meipi.ui.presenters.keymap import Keymap
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController


class TaggingController(QObject):
    """Puts tags and notes on words. Every act goes to the library and can be undone."""

    entity_key_pressed = Signal(str)
    """The command that was asked for by a key while the card of a mention is open."""
    entity_end_moved = Signal(str)
    """``start_left``, ``end_right`` …."""

    def __init__(
        self,
        reading: ReadingController,
        reader: ReaderView,
        marking: Marking,
        *,
        picker: TagPicker,
        notes: NoteController,
        cards: Cards,
        keymap: Keymap,
    ) -> None:
        super().__init__()
        self._keymap = keymap
        self._reading = reading
        self._reader = reader
        self._marking = marking
        self._picker = picker
        self._notes = notes
        self._cards = cards
        self._target: Marked | None = None
        """What the picker is for."""
        self._acts: dict[Act, Callable[[Key], None]] = self._table()
        self._connect()

    def go_to(self, row: AnnotationRow) -> None:
        """Scroll to an annotation, put the caret into it and open its card."""
        at = row.span.start
        self._reader.scroll_to(at, select=Span(at, at))
        self._cards.open_annotation(row.id)

    def write_note(self) -> None:
        """Open the editor for the selected words or the current annotation."""
        if self._marking.target is not None:
            self._write_note(self._marking.target)

    def pick_tag(self) -> None:
        """Open the picker for the selected words or the current annotation."""
        if self._marking.target is not None:
            self._open_picker(self._marking.target)

    def delete(self, annotation: str) -> None:
        """Delete ``annotation``."""
        self._cards.dismiss()
        self._marking.delete(annotation)

    def settle(self, annotations: Sequence[str]) -> None:
        """Confirm that annotations are where they belong."""
        self._marking.settle(annotations)

    def anchor(self, annotation: str) -> None:
        """Put an annotation on the selected words; without any, go where it stands now."""
        if not self._marking.anchor(annotation):
            row = self._marking.row(annotation)
            if row is not None:
                self.go_to(row)

    def leave(self) -> None:
        """Hide whatever floats; a note that was begun is kept."""
        self._notes.keep()
        self._picker.close()
        self._cards.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that mean something here before the text moves its caret by them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = key_of(event)
            act = meaning(key, self._situation(), self._keymap)
            if act is not None:
                self._acts[act](key)
                return True
        if event.type() == QEvent.Type.Resize:
            # After the text has been laid out anew.
            QTimer.singleShot(0, self, self._follow_text)
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self._reader.installEventFilter(self)
        self._reader.selection_changed.connect(self._selection_changed)
        self._reader.selection_finished.connect(self._selection_finished)
        self._reader.position_changed.connect(lambda _: self._follow_text())
        self._reading.opened.connect(lambda _: self._forget())
        self._reading.closed.connect(self._forget)
        self._reading.leaving.connect(self.leave)
        self._picker.tag_chosen.connect(self._apply_tag)
        self._picker.new_tag_chosen.connect(self._apply_new_tag)
        self._picker.note_chosen.connect(self._note_for_target)
        self._picker.left.connect(self._leave_picker)
        self._notes.left.connect(self._back_to_text)
        for cards in (self._cards.annotations, self._cards.targets, self._cards.origins):
            cards.left.connect(self._leave_card)
        self._cards.annotations.tag_asked.connect(self._pick_for)
        self._cards.annotations.note_asked.connect(self._write_note)
        self._cards.targets.tag_asked.connect(self._pick_for)

    def _table(self) -> dict[Act, Callable[[Key], None]]:
        return {
            Act.TAG: lambda key: self.tag_by_digit(self._command(Context.WORDS, key)[-1]),
            Act.TYPE: lambda key: self._picker.type(key.text),
            Act.ERASE: lambda _: self._picker.erase(),
            Act.NEXT: lambda _: self._picker.step(1),
            Act.PREVIOUS: lambda _: self._picker.step(-1),
            Act.PICK: lambda _: self._picker.pick(),
            Act.FIELD: lambda _: self._picker.focus_field(),
            Act.LEAVE: lambda _: self._leave_picker(),
            Act.NOTE: lambda _: self.write_note(),
            Act.DELETE: lambda _: self.delete_current(),
            Act.CARD: lambda _: self._cards.open_at_caret(),
            Act.INTO_CARD: lambda _: self._cards.enter(),
            Act.LEAVE_CARD: lambda _: self._cards.dismiss(),
            Act.START_LEFT: lambda _: self.move("start_left"),
            Act.START_RIGHT: lambda _: self.move("start_right"),
            Act.END_LEFT: lambda _: self.move("end_left"),
            Act.END_RIGHT: lambda _: self.move("end_right"),
            Act.ENTITY: lambda key: self.entity_key_pressed.emit(
                self._command(Context.MENTION, key)
            ),
            Act.ACCEPT: lambda _: self._cards.targets.act("accept"),
            Act.REJECT: lambda _: self._cards.targets.act("reject"),
            Act.EDIT: lambda _: self._cards.targets.act("edit"),
        }

    def _command(self, context: Context, key: Key) -> str:
        return self._keymap.command(context, key.stroke)

    def _situation(self) -> Situation:
        selected = bool(self._marking.selected)
        return Situation(
            picking=self._picker.is_open,
            typed=self._picker.typed,
            selected=selected,
            annotation=not selected and self._marking.current is not None,
            card=self._cards.is_open,
            repair=self._cards.targets.is_on_repair,
            entity=self._on_entity,
        )

    @property
    def _on_entity(self) -> bool:
        target = self._cards.targets.target
        return target is not None and target.kind == "entity"

    def move(self, name: str) -> None:
        """Move an end of the mention whose card is open, or else of the current annotation."""
        if self._on_entity:
            self.entity_end_moved.emit(name)
        else:
            self._marking.move(name)

    def settle_current(self) -> None:
        """Confirm that the current annotation is where it belongs."""
        row = self._marking.current
        if row is not None and not row.is_settled:
            self._marking.settle([row.id])

    # What the text view says.

    def _selection_changed(self, span: Span) -> None:
        if not span:
            self._picker.close()

    def _selection_finished(self, span: Span) -> None:
        if span and self._reading.document is not None and self._reader.hasFocus():
            self._open_picker(span)

    def _follow_text(self) -> None:
        """Keep the picker beside its words while the text scrolls under it."""
        if self._picker.is_open and self._target is not None:
            self._picker.move_to(self._marking.place(self._target))

    def _forget(self) -> None:
        self._target = None
        self._picker.close()

    # Tags.

    def _open_picker(self, target: Marked) -> None:
        document = self._reading.document
        if document is None:
            return
        self._cards.dismiss()
        self._target = target
        near = self._marking.place(target)
        self._picker.open(near, document.tags, with_note=isinstance(target, Span))

    def _pick_for(self, target: Marked) -> None:
        if isinstance(target, Span):
            self._reader.set_selection(target)
        self._open_picker(target)
        self._back_to_text()

    def tag_by_digit(self, digit: str) -> None:
        """Put the tag that has ``digit`` on the selected words or the current annotation."""
        document = self._reading.document
        tag = tag_of_key(digit, document.tags) if document else None
        if tag is not None:
            if not self._picker.is_open:
                self._target = self._marking.target
            self._apply_tag(tag.id)

    def _apply_tag(self, tag: str) -> None:
        target = self._target
        self._picker.close()
        if target is not None:
            self._picker.remember(tag)
            self._marking.tag(target, tag)
            self._back_to_text()

    def _apply_new_tag(self, name: str) -> None:
        target = self._target
        self._picker.close()

        def tag_it(tag: str) -> None:
            self._target = target
            self._apply_tag(tag)

        self._marking.tag_anew(name, tag_it)

    def _leave_picker(self) -> None:
        self._picker.close()
        self._back_to_text()

    def _leave_card(self) -> None:
        self._cards.dismiss()
        self._back_to_text()

    # Notes, and the current annotation.

    def _note_for_target(self) -> None:
        if self._target is not None:
            self._write_note(self._target)

    def _write_note(self, target: Marked) -> None:
        self._picker.close()
        self._cards.dismiss()
        self._notes.write(target)

    def delete_current(self) -> None:
        """Delete the current annotation."""
        row = self._marking.current
        if row is not None:
            self.delete(row.id)

    def _back_to_text(self) -> None:
        self._reader.setFocus(Qt.FocusReason.OtherFocusReason)
