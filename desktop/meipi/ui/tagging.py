"""Tagging: what keys and the picker do to selected words and to the annotation at the caret."""

from __future__ import annotations

from bisect import bisect_right
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
    from meipi.ui.feedback import Feedback
    from meipi.ui.i18n import Words
    from meipi.ui.linking import LinkController
    from meipi.ui.marking import Marked, Marking
    from meipi.ui.noting import NoteController
    from meipi.ui.picking import TagPicker
    from meipi.ui.presenters.annotations import AnnotationRow
    from meipi.ui.presenters.keymap import Keymap
    from meipi.ui.presenters.links import LinkRow
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController


class TaggingController(QObject):
    """Puts tags and notes on words. Every act goes to the library and can be undone."""

    entity_key_pressed = Signal(str)
    """The command that was asked for by a key while the card of a mention is open."""
    entity_end_moved = Signal(str)
    """``start_left``, ``end_right`` …."""

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        reading: ReadingController,
        reader: ReaderView,
        marking: Marking,
        *,
        picker: TagPicker,
        notes: NoteController,
        feedback: Feedback,
        words: Words,
        cards: Cards,
        linking: LinkController,
        keymap: Keymap,
    ) -> None:
        super().__init__()
        self.linking = linking
        self._keymap = keymap
        self._feedback = feedback
        self._words = words
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
        self._cards.annotations.link_chosen.connect(self.go_along)
        self._cards.annotations.link_asked.connect(
            lambda link: self.linking.ask(link, self._cards.annotations.place)
        )
        self.linking.going.connect(self.go_along)

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
            Act.MOVE_END: lambda key: self.move(self._command(Context.WORDS, key)),
            Act.REPEAT: lambda _: self.repeat(),
            Act.EXTEND: lambda _: self.extend(),
            Act.TAKE_OUT: lambda _: self.take_out(),
            Act.REVIEW: lambda _: self.review(),
            Act.LINK: lambda _: self.linking.begin(),
            Act.FOLLOW: lambda _: self.linking.follow(),
            Act.LINK_HERE: lambda _: self.linking.choose_here(),
            Act.LEAVE_LINK: lambda _: self.linking.leave(),
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
            linking=self.linking.is_on,
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

    def repeat(self) -> None:
        """Put the tag used last on the selected words or the current annotation."""
        document, last = self._reading.document, self._picker.last
        if document is None or all(tag.id != last for tag in document.tags):
            self._feedback.say(self._words("tag.none_yet"))
            return
        if not self._picker.is_open:
            self._target = self._marking.target
        self._apply_tag(last)

    def extend(self) -> None:
        """Let the annotation one was at last lie on the selected words too."""
        self._picker.close()
        if self._marking.selected and self._marking.extend() is None:
            self._feedback.say(self._words("passage.none"))
        self._back_to_text()

    def take_out(self) -> None:
        """Take the piece at the caret out of the current annotation."""
        row = self._marking.current
        if row is not None:
            self._marking.take_out(row)

    def review(self) -> None:
        """Mark the current annotation to be reviewed, or no longer so."""
        row = self._marking.current
        if row is not None:
            self._marking.review(row)

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what the commands do that are about the annotation at the caret."""
        return {
            "repeat_tag": self.repeat,
            "passage_add": self.extend,
            "passage_remove": self.take_out,
            "annotation_review": self.review,
            "annotation_link": self.linking.begin,
            "link_follow": self.linking.follow,
            "annotation_next": lambda: self.step(1),
            "annotation_previous": lambda: self.step(-1),
        }

    def step(self, by: int) -> None:
        """Go to the next or the previous annotation, round the ends."""
        document = self._reading.document
        if document is None or not document.rows:
            return
        at = self._reader.selection().start
        current = self._marking.current
        starts = [row.span.start for row in document.rows]
        if current in document.rows:
            to = document.rows.index(current) + by
        else:
            to = bisect_right(starts, at) - (by < 0)
        self.go_to(document.rows[to % len(document.rows)])

    def go_along(self, link: LinkRow) -> None:
        """Go to the other end of a link, in whatever document that is."""
        row = self._marking.row(link.other)
        if row is not None:
            self.go_to(row)
        else:
            self._reading.open(link.document, place=link.span)

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
