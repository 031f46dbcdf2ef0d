"""Tagging: what is done to selected words and to the annotation the reader is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from meipi.core.spans import Span
from meipi.ui.keys import key_of
from meipi.ui.presenters.annotations import annotation_at, move_end, move_start
from meipi.ui.presenters.keys import Act, Key, Situation, meaning
from meipi.ui.presenters.tagging import tag_of_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.i18n import Words
    from meipi.ui.panels.annotation_card import AnnotationCard
    from meipi.ui.picking import TagPicker
    from meipi.ui.places import Places
    from meipi.ui.presenters.annotations import AnnotationRow
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import OpenDocument, ReadingController
    from meipi.ui.widgets.note_editor import NoteEditor

_SHOWN_QUOTE = 60


class TaggingController(QObject):
    """Puts tags and notes on words. Every act goes to the library and can be undone."""

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        workspace: Workspace,
        bridge: Bridge,
        reading: ReadingController,
        reader: ReaderView,
        *,
        picker: TagPicker,
        card: AnnotationCard,
        editor: NoteEditor,
        places: Places,
        words: Words,
        showing: Showing,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._reading = reading
        self._reader = reader
        self._picker = picker
        self._card = card
        self._editor = editor
        self._places = places
        self._words = words
        self._showing = showing
        self._target: Span | str | None = None
        """What the picker or the note is for: selected words, or an annotation's id."""
        self._active = ""
        self._acts: dict[Act, Callable[[Key], None]] = self._table()
        self._connect()

    @property
    def current(self) -> AnnotationRow | None:
        """The annotation that keys act on: the one clicked, else the innermost at the caret."""
        document = self._reading.document
        if document is None or self._reader.selection():
            return None
        active = next((row for row in document.rows if row.id == self._active), None)
        return active or annotation_at(document.rows, self._reader.selection().start)

    def show_annotation(self, annotation: str) -> None:
        """Open the card of ``annotation`` beside its words."""
        row = self._row(annotation)
        if row is None:
            return
        self._picker.close()
        self._active = annotation
        quote = self._showing.text(row.quote[:_SHOWN_QUOTE])
        self._card.show_row(row, f"“{quote}”", self._places.of(row.span))

    def go_to(self, row: AnnotationRow) -> None:
        """Scroll to an annotation, put the caret into it and open its card."""
        at = row.span.start
        self._reader.scroll_to(at, select=Span(at, at))
        self.show_annotation(row.id)

    def write_note(self) -> None:
        """Open the editor for the selected words or the current annotation."""
        target = self._selected() or (self.current.id if self.current else None)
        if target is not None:
            self._open_note(target)

    def pick_tag(self) -> None:
        """Open the picker for the selected words or the current annotation."""
        selected, row = self._selected(), self.current
        if selected:
            self._open_picker(selected)
        elif row is not None:
            self._open_picker(row.id)

    def delete(self, annotation: str) -> None:
        """Delete ``annotation``."""
        self._card.dismiss()
        self._write(self._workspace.annotating.delete([annotation]))

    def leave(self) -> None:
        """Hide whatever floats; a note that was begun is kept."""
        self.keep_note()
        self._picker.close()
        self._card.dismiss()

    def keep_note(self) -> None:
        """Save a note that is being written: leaving must not lose it."""
        if not self._editor.isHidden():
            text = self._editor.text()
            self._editor.dismiss()
            self._save_note(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that mean something here before the text moves its caret by them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = key_of(event)
            act = meaning(key, self._situation())
            if act is not None:
                self._acts[act](key)
                return True
            if key.name == "Escape" and not self._card.isHidden():
                self._card.dismiss()
                return True
        if event.type() == QEvent.Type.Resize:
            # After the text has been laid out anew.
            QTimer.singleShot(0, self, self._follow_text)
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self._reader.installEventFilter(self)
        self._reader.selection_changed.connect(self._selection_changed)
        self._reader.selection_finished.connect(self._selection_finished)
        self._reader.annotation_activated.connect(self.show_annotation)
        self._reader.position_changed.connect(lambda _: self._follow_text())
        self._reading.opened.connect(lambda _: self._forget())
        self._reading.closed.connect(self._forget)
        self._reading.loading.connect(self.leave)
        self._reading.annotations_changed.connect(self._refresh_card)
        self._picker.tag_chosen.connect(self._apply_tag)
        self._picker.new_tag_chosen.connect(self._apply_new_tag)
        self._picker.note_chosen.connect(self._note_for_target)
        self._picker.left.connect(self._leave_picker)
        self._editor.saved.connect(self._note_saved)
        self._editor.cancelled.connect(self._back_to_text)
        self._card.tag_asked.connect(self._retag_active)
        self._card.note_asked.connect(lambda: self._open_note(self._active))
        self._card.deletion_asked.connect(lambda: self.delete(self._active))
        self._card.end_moved.connect(self._move_end_of_active)

    def _table(self) -> dict[Act, Callable[[Key], None]]:
        return {
            Act.TAG: lambda key: self._tag_by_digit(key.text),
            Act.TYPE: lambda key: self._picker.type(key.text),
            Act.ERASE: lambda _: self._picker.erase(),
            Act.NEXT: lambda _: self._picker.step(1),
            Act.PREVIOUS: lambda _: self._picker.step(-1),
            Act.PICK: lambda _: self._picker.pick(),
            Act.FIELD: lambda _: self._picker.focus_field(),
            Act.LEAVE: lambda _: self._leave_picker(),
            Act.NOTE: lambda _: self.write_note(),
            Act.DELETE: lambda _: self._delete_current(),
            Act.CARD: lambda _: self._card_of_current(),
            Act.START_LEFT: lambda _: self._move("start_left"),
            Act.START_RIGHT: lambda _: self._move("start_right"),
            Act.END_LEFT: lambda _: self._move("end_left"),
            Act.END_RIGHT: lambda _: self._move("end_right"),
        }

    def _situation(self) -> Situation:
        selected = bool(self._selected())
        return Situation(
            picking=self._picker.is_open,
            typed=self._picker.typed,
            selected=selected,
            annotation=not selected and self.current is not None,
        )

    def _selected(self) -> Span | None:
        return self._reader.selection() if self._reading.document is not None else None

    def _row(self, annotation: str) -> AnnotationRow | None:
        rows = self._reading.document.rows if self._reading.document else ()
        return next((row for row in rows if row.id == annotation), None)

    # What the text view says.

    def _selection_changed(self, span: Span) -> None:
        if not span:
            self._picker.close()
            row = self._row(self._active)
            if row is None or not row.span.start <= span.start <= row.span.end:
                self._active = ""
                self._card.dismiss()

    def _selection_finished(self, span: Span) -> None:
        if span and self._reading.document is not None and self._reader.hasFocus():
            self._card.dismiss()
            self._open_picker(span)

    def _follow_text(self) -> None:
        """Keep what floats beside its words while the text scrolls under it."""
        if self._picker.is_open and self._target is not None:
            self._picker.move_to(self._place(self._target))
        if not self._card.isHidden():
            self._card.dismiss()

    def _forget(self) -> None:
        self._target, self._active = None, ""
        self._picker.close()
        self._card.dismiss()

    def _refresh_card(self, document: OpenDocument) -> None:
        if not self._card.isHidden():
            if self._row(self._active) is None:
                self._card.dismiss()
            else:
                self.show_annotation(self._active)

    # Tags.

    def _open_picker(self, target: Span | str) -> None:
        document = self._reading.document
        if document is None:
            return
        self._target = target
        near = self._place(target)
        self._picker.open(near, document.tags, with_note=isinstance(target, Span))

    def _place(self, target: Span | str) -> QRect:
        if isinstance(target, Span):
            return self._places.of(target)
        row = self._row(target)
        return self._places.of(row.span) if row else QRect()

    def _retag_active(self) -> None:
        self._card.dismiss()
        self._open_picker(self._active)
        self._reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tag_by_digit(self, digit: str) -> None:
        document = self._reading.document
        tag = tag_of_key(digit, document.tags) if document else None
        if tag is not None:
            if not self._picker.is_open:
                self._target = self._selected() or (self.current.id if self.current else None)
            self._apply_tag(tag.id)

    def _apply_tag(self, tag: str) -> None:
        document, target = self._reading.document, self._target
        self._picker.close()
        if document is None or target is None:
            return
        self._picker.remember(tag)
        if isinstance(target, Span):
            self._write(self._workspace.annotating.add(document.id, target, tag=tag))
            self._reader.set_selection(Span(target.end, target.end))
        else:
            self._write(self._workspace.annotating.set_tag(target, tag))
        self._back_to_text()

    def _apply_new_tag(self, name: str) -> None:
        target = self._target
        self._picker.close()

        def tag_it(changes: Changes) -> None:
            self._target = target
            for tag in changes.tags:
                self._apply_tag(tag)

        self._bridge.write(self._workspace.codebook.add(name), tag_it)

    def _leave_picker(self) -> None:
        self._picker.close()
        self._back_to_text()

    # Notes.

    def _note_for_target(self) -> None:
        if self._target is not None:
            self._open_note(self._target)

    def _open_note(self, target: Span | str) -> None:
        self._target = target
        self._picker.close()
        self._card.dismiss()
        document = self._reading.document
        if document is None:
            return
        row = self._row(target) if isinstance(target, str) else None
        span = row.span if row else target
        if isinstance(span, Span):
            quote = self._showing.text(span.slice(document.text)[:_SHOWN_QUOTE])
            note = row.note if row else ""
            self._editor.open_near(self._places.of(span), title=f"“{quote}”", note=note)

    def _note_saved(self, text: str) -> None:
        self._save_note(text)
        self._back_to_text()

    def _save_note(self, text: str) -> None:
        document, target = self._reading.document, self._target
        if document is None or target is None:
            return
        if isinstance(target, Span):
            if text:
                self._write(self._workspace.annotating.add(document.id, target, note=text))
                self._reader.set_selection(Span(target.end, target.end))
            return
        row = self._row(target)
        if row is None or row.note == text:
            return
        if not text and not row.tag:
            self._write(self._workspace.annotating.delete([target]))
        else:
            self._write(self._workspace.annotating.set_note(target, text))

    # The current annotation.

    def _delete_current(self) -> None:
        row = self.current
        if row is not None:
            self.delete(row.id)

    def _card_of_current(self) -> None:
        row = self.current
        if row is not None:
            self.show_annotation(row.id)

    def _move_end_of_active(self, name: str) -> None:
        self._move(name, self._row(self._active))

    def _move(self, name: str, row: AnnotationRow | None = None) -> None:
        row, document = row or self.current, self._reading.document
        if row is None or document is None:
            return
        self._active = row.id
        end, by = name.split("_", maxsplit=1)[0], -1 if name.endswith("left") else 1
        length = len(document.text)
        span = move_start(row.span, by) if end == "start" else move_end(row.span, by, length)
        if span != row.span:
            self._write(self._workspace.annotating.set_span(row.id, span))

    def _back_to_text(self) -> None:
        self._reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, future: Future[Changes]) -> None:
        self._bridge.write(future)
