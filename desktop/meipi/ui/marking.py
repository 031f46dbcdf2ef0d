"""The annotation the reader is at, and what is done to annotations: all goes to the library."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from meipi.core.attributes import Status
from meipi.core.spans import Span
from meipi.ui.presenters.annotations import annotation_at
from meipi.ui.presenters.ends import moved

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.core.changes import Changes
    from meipi.core.errors import MeipiError
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.places import Places
    from meipi.ui.presenters.annotations import AnnotationRow
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController

Marked = Span | str
"""Selected words, or an annotation's id."""

_SHOWN_QUOTE = 60


class Marking:
    """Knows what keys and cards act on, and carries out what they ask for."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        reading: ReadingController,
        reader: ReaderView,
        *,
        places: Places,
        showing: Showing,
    ) -> None:
        self._workspace = workspace
        self._bridge = bridge
        self._reading = reading
        self._reader = reader
        self._places = places
        self._showing = showing
        self.active = ""
        """The id of the annotation that was opened or moved last, while the caret stays in it."""
        self.last = ""
        """The id of the annotation one was at last, wherever the caret went since."""

    # What is there.

    @property
    def selected(self) -> Span | None:
        """The selected words; empty where there is only a caret, nothing without a document."""
        return self._reader.selection() if self._reading.document is not None else None

    @property
    def current(self) -> AnnotationRow | None:
        """The annotation that keys act on: the one opened, else the innermost at the caret."""
        document = self._reading.document
        if document is None or self._reader.selection():
            return None
        return self.row(self.active) or annotation_at(document.rows, self._reader.selection().start)

    @property
    def target(self) -> Marked | None:
        """The selected words, else the id of the current annotation."""
        current = self.current
        return self.selected or (current.id if current else None)

    def row(self, annotation: str) -> AnnotationRow | None:
        """Return the annotation with that id."""
        document = self._reading.document
        return document.row(annotation) if document is not None else None

    def span(self, marked: Marked) -> Span | None:
        """Return where ``marked`` stands."""
        if isinstance(marked, Span):
            return marked
        row = self.row(marked)
        return row.span if row else None

    def place(self, marked: Marked) -> QRect:
        """Return where ``marked`` is painted in the window."""
        span = self.span(marked)
        return self._places.of(span) if span is not None else QRect()

    def words(self, marked: Marked) -> str:
        """Return the beginning of the words of ``marked`` in quotes, in the script shown."""
        document, span = self._reading.document, self.span(marked)
        if document is None or span is None:
            return ""
        return self.quote(document.text[span.start : min(span.end, span.start + _SHOWN_QUOTE)])

    def quote(self, words: str) -> str:
        """Return the beginning of ``words`` in quotes, in the script shown."""
        return f"“{self._showing.text(words[:_SHOWN_QUOTE])}”"

    # What is done.

    def tag(self, marked: Marked, tag: str) -> None:
        """Put ``tag`` on words, or in the place of the one an annotation has."""
        if isinstance(marked, str):
            self._bridge.write(self._workspace.annotating.set_tag(marked, tag))
        else:
            self._add(marked, tag=tag)

    def tag_anew(self, name: str, done: Callable[[str], None]) -> None:
        """Make a tag called ``name``, then call ``done`` with its id."""

        def made(changes: Changes) -> None:
            for tag in changes.tags:
                done(tag)

        self._bridge.write(self._workspace.codebook.add(name), made)

    def note(self, marked: Marked, text: str) -> None:
        """Write ``text`` beside words or an annotation; without tag and text that goes."""
        if isinstance(marked, Span):
            if text:
                self._add(marked, note=text)
            return
        row = self.row(marked)
        if row is None or row.note == text:
            return
        if text or row.tag:
            self._bridge.write(self._workspace.annotating.set_note(marked, text))
        else:
            self.delete(marked)

    def settle(self, annotations: Sequence[str]) -> None:
        """Confirm that annotations are where they belong."""
        self._bridge.write(self._workspace.annotating.settle(annotations))

    def anchor(self, annotation: str) -> bool:
        """Put an annotation on the selected words; say whether there are any."""
        if self.selected:
            self._bridge.write(self._workspace.annotating.set_span(annotation, self.selected))
        return bool(self.selected)

    def delete(self, annotation: str) -> None:
        """Delete an annotation."""
        self._bridge.write(self._workspace.annotating.delete([annotation]))

    def move(self, name: str, row: AnnotationRow | None = None) -> None:
        """Move an end of the piece at the caret: ``start_left``, ``end_right_word`` ….

        It is painted at once: the next key counts from there, however busy the disk is.
        """
        row, document = row or self.current, self._reading.document
        if row is None or document is None:
            return
        self.active = self.last = row.id
        number = row.piece_at(self._reader.selection().start)
        before = row.pieces[number]
        span = moved(document.text, before, name, self._reader.cut)
        if span == before:
            return
        pieces = tuple(span if at == number else one for at, one in enumerate(row.pieces))
        shown = replace(row, span=min(pieces), spans=pieces if row.spans else (), moved=False)
        self._reading.preview(shown)
        self._keep_caret_inside(span)

        def failed(error: MeipiError) -> None:
            self._reading.end_preview(shown, again=True)
            self._bridge.failed.emit(error)

        self._bridge.write(
            self._workspace.annotating.set_span(row.id, span, number=number),
            lambda _: self._reading.end_preview(shown),
            failed,
        )

    def _keep_caret_inside(self, span: Span) -> None:
        caret = self._reader.selection().start
        if not span.start <= caret <= span.end:
            at = min(max(caret, span.start), span.end)
            self._reader.set_selection(Span(at, at))

    def extend(self) -> AnnotationRow | None:
        """Let the annotation one was at last lie on the selected words too; return it."""
        span, row = self.selected, self.row(self.last)
        if not span or row is None:
            return None
        self._bridge.write(self._workspace.passages.add(row.id, span))
        self._reader.set_selection(Span(span.end, span.end))
        self.active = row.id
        return row

    def take_out(self, row: AnnotationRow, number: int | None = None) -> None:
        """Take a piece out of an annotation: the one at the caret, or that ``number``."""
        at = row.piece_at(self._reader.selection().start) if number is None else number
        self._bridge.write(self._workspace.passages.remove(row.id, at))

    def review(self, row: AnnotationRow) -> None:
        """Mark an annotation to be reviewed, or no longer so."""
        status = Status.NONE if row.status == Status.REVIEW else Status.REVIEW
        self._bridge.write(self._workspace.attributes.set_status([row.id], status))

    def _remember(self, changes: Changes) -> None:
        self.last = next(iter(changes.annotations), self.last)

    def _add(self, span: Span, *, tag: str | None = None, note: str = "") -> None:
        document = self._reading.document
        if document is not None:
            future = self._workspace.annotating.add(document.id, span, tag=tag, note=note)
            self._bridge.write(future, self._remember)
            self._reader.set_selection(Span(span.end, span.end))
