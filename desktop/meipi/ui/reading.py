"""What is open: loads a document beside the window and keeps text and panels up to date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from meipi.core.changes import Changes
from meipi.core.spans import Span
from meipi.ui.presenters.credit import credit_line
from meipi.ui.presenters.entities import EntityIndex
from meipi.ui.presenters.opened import (
    OpenDocument,
    carried,
    open_document,
    with_mentions_of,
)
from meipi.ui.reader.content import ReaderContent
from meipi.ui.reader.layers import AnnotationMark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.core.annotation import Annotation, Suggestion, Tag
    from meipi.core.errors import MeipiError
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.annotations import AnnotationRow
    from meipi.ui.presenters.links import Linked
    from meipi.ui.presenters.repairs import Row
    from meipi.ui.reader.view import ReaderView

_UNTAGGED = 9
"""The colour of a note without a tag: the grey at the end of the row."""
_LONG = 300_000
"""Characters from which the page is shown first, and then the entities as they are kept."""
_SETTLE_MS = 700
"""A place is worth keeping once the reader has stayed there this long."""


class ReadingController(QObject):
    """Opens one document at a time. Everything it shows has come through the bridge.

    ``channel`` keeps what one controller asks for apart from what another does.
    """

    opened = Signal(object)
    """`OpenDocument`; also when its text changed."""
    closed = Signal()
    loading = Signal()
    leaving = Signal()
    """What is open is about to go; it still is there."""
    going = Signal()
    """A place of what is open is about to be shown."""
    failed = Signal(object)
    annotations_changed = Signal(object)
    """`OpenDocument` with other annotations or tags."""
    mentions_changed = Signal(object)
    """`OpenDocument` with its entities found."""
    reworded = Signal(object)
    """`OpenDocument` with its repairs in other words: another language, other decisions."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        reader: ReaderView,
        *,
        labels: Mapping[str, tuple[str, str]],
        words: Words,
        channel: str = "",
    ) -> None:
        super().__init__()
        self._channel = channel
        self._labels = labels
        self._workspace = workspace
        self._bridge = bridge
        self._reader = reader
        self._words = words
        self.coder: str | None = None
        """Whose annotations alone are shown on this page; nothing for everybody's."""
        self.searched = False
        """Whether entities are being looked for: what is found is then shown by who looks."""
        self._open: OpenDocument | None = None
        self._wanted = ""
        self._place: Span | None = None
        self._previews: dict[str, AnnotationRow] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self.keep_position)
        bridge.changed.connect(self._take_changes)
        reader.position_changed.connect(lambda _: self._timer.start())

    @property
    def document(self) -> OpenDocument | None:
        """What is open."""
        return self._open

    @property
    def wanted(self) -> str:
        """The id of the document that is open or being opened; empty where there is none."""
        return self._wanted

    def open(self, document: str, *, position: int = 0, place: Span | None = None) -> None:
        """Open ``document`` where it was left, or at ``place``."""
        if self._open is not None and self._open.id == document:
            if place is not None:
                self.go_to(place)
            return
        self.leaving.emit()
        self.keep_position()
        self._wanted, self._place = document, place
        self.loading.emit()
        at = position if place is None else place.start
        self._bridge.read(
            f"{self._channel}document",
            lambda: self._load(document),
            lambda loaded: self._show(loaded, at),
            self._fail,
        )

    def show_coder(self, name: str | None) -> None:
        """Show the annotations of ``name`` alone on this page, or everybody's again."""
        if name != self.coder:
            self.coder = name
            self._take_changes(Changes(coders=frozenset([name or ""])))

    def _shown(self, document: str) -> list[Annotation]:
        found = self._workspace.coders.shown(self._workspace.annotating.of(document))
        return [one for one in found if self.coder is None or one.coder == self.coder]

    def stand(self) -> Stand | None:
        """Return what is open and how it stands in the window."""
        if self._open is None or self._open.id != self._wanted:
            return None
        return Stand(self._open, *self._reader.reading.top(), self._reader.selection())

    def take_over(self, stand: Stand) -> None:
        """Show at once what another page showed, just as it stood there."""
        self.leaving.emit()
        self.keep_position()
        self._bridge.forget(f"{self._channel}document")
        self._wanted, self._place = stand.opened.id, None
        self._put(stand.opened, stand.offset)
        self._reader.place_line(stand.offset, stand.y)
        self._reader.set_selection(stand.selected)
        self.opened.emit(stand.opened)

    def show_beginning(self, content: ReaderContent) -> None:
        """Show the first page of a file whose document is still being made."""
        self.close()
        self.loading.emit()
        self._reader.set_document(content)

    def go_to(self, place: Span) -> None:
        """Show ``place`` and select it."""
        self.going.emit()
        self._reader.scroll_to(place.start, select=place)

    def keep_position(self) -> None:
        """Note the place reached."""
        self._timer.stop()
        if self._open is not None:
            self._workspace.documents.set_position(self._open.id, self._reader.top_offset())

    def close(self) -> None:
        """Show nothing."""
        self.leaving.emit()
        self.keep_position()
        self._bridge.forget(f"{self._channel}document")
        self._open, self._wanted = None, ""
        self._reader.set_document(None)
        self.closed.emit()

    def relabel(self) -> None:
        """Put what the view and the list of repairs say into the window's language."""
        opened = self._open
        if opened is not None:
            self._show_annotations(opened)
            self._bridge.read(
                f"{self._channel}repair words",
                lambda: (opened.id, opened.repairs.rows(self._labels, self._words)),
                lambda worded: self._reword(*worded),
            )

    def _reword(self, document: str, rows: tuple[Row, ...]) -> None:
        if self._open is not None and self._open.id == document:
            self._open = replace(self._open, repair_rows=rows)
            self.reworded.emit(self._open)

    def _load(self, document: str, before: OpenDocument | None = None) -> OpenDocument:
        tags = self._workspace.codebook.tags()
        annotations = self._shown(document)
        suggestions = self._workspace.suggesting.of(document)
        links = self._workspace.linking.of(document)
        reading = self._workspace.documents.reading(document)
        long = len(reading.repaired.text) > _LONG
        opened = open_document(
            reading,
            None if long else self._workspace.entities.stored(document),
            labels=self._labels,
            words=self._words,
            before=before,
        )
        return opened.annotated(annotations, tags, suggestions, links)

    def _show(self, loaded: OpenDocument, position: int) -> None:
        self._put(loaded, position)
        if self._place is not None:
            self._reader.scroll_to(self._place.start, select=self._place)
            self._place = None
        self._workspace.documents.mark_opened(loaded.id)
        self.opened.emit(loaded)

    def _put(self, loaded: OpenDocument, position: int) -> None:
        """Lay the text with all its layers on the page."""
        self._previews.clear()
        self._open = loaded
        reading = loaded.reading
        credit = credit_line(reading.structure)
        self._reader.set_document(ReaderContent(loaded.text, reading.structure, position, credit))
        self._reader.set_repairs(loaded.repairs.edits, loaded.repairs.lost)
        self._reader.set_entities(loaded.mentions or ())
        self._show_annotations(loaded)

    def show_entities(self, document: str, entities: EntityIndex) -> None:
        """Show what was found in ``document``, if that is still open."""
        if self._open is None or self._open.id != document:
            return
        self._open = replace(self._open, entities=entities, provisional=False)
        self._reader.set_entities(entities.mentions)
        self.mentions_changed.emit(self._open)

    def preview(self, row: AnnotationRow) -> None:
        """Show an annotation as it will be once the library has written it."""
        if self._open is not None:
            self._previews[row.id] = row
            self._open = self._open.with_row(row)
            self._show_annotations(self._open)

    def end_preview(self, row: AnnotationRow, *, again: bool = False) -> None:
        """Let what the library says of an annotation count again; ``again`` asks it now."""
        if self._previews.get(row.id) is row:
            del self._previews[row.id]
        if again and self._open is not None:
            self._take_changes(Changes(annotated=frozenset([self._open.id])))

    def _show_annotations(self, loaded: OpenDocument) -> None:
        note = self._words("hover.note")
        self._reader.set_annotations([mark for row in loaded.rows for mark in marks_of(row, note)])

    def _fail(self, error: MeipiError) -> None:
        self._open, self._wanted = None, ""
        self._reader.set_document(None)
        self.failed.emit(error)

    def _take_changes(self, changes: Changes) -> None:
        if self._open is None:
            return
        if self._open.id in changes.documents:
            self._reload()
            return
        if changes.decided & {self._open.id, ""}:
            self._take_decisions(self._open)
        document = self._open.id
        touched = document in changes.annotated | changes.suggested
        if touched or changes.tags or changes.coders:
            self._bridge.read(
                f"{self._channel}annotations", lambda: self._annotations(document), self._retake
            )
        if document in changes.entities and self._open.mentions is not None and not self.searched:
            self._bridge.read(
                f"{self._channel}entities", lambda: self._entities(document), self._take_entities
            )

    def _reload(self) -> None:
        """Load the open document again: its text is another, or it is gone."""
        assert self._open is not None  # noqa: S101 - asked by the caller
        before = self._open
        self._bridge.read(
            f"{self._channel}document",
            lambda: self._load_again(before),
            self._show_again,
            lambda _: self._vanish(),
        )

    def _load_again(self, before: OpenDocument) -> OpenDocument:
        loaded = self._load(before.id, before)
        same = loaded.reading.source_text == before.reading.source_text
        return with_mentions_of(before, loaded) if same else loaded

    def _show_again(self, loaded: OpenDocument) -> None:
        """Show the same document with another text; its place and the caret stay on their words."""
        before = self._open
        if before is None or before.id != loaded.id:
            return
        offset, y = self._reader.reading.top()
        caret, had = self._reader.selection(), self._reader.hasFocus()
        if loaded.reading.source_text == before.reading.source_text:
            offset, caret = (
                carried(before, loaded, Span(offset, offset)).start,
                carried(before, loaded, caret),
            )
        self._show(loaded, offset)
        self._reader.place_line(offset, y)
        if had or caret:
            self._reader.set_selection(caret)

    def _take_decisions(self, opened: OpenDocument) -> None:
        """Show what is decided on repairs where that left the text as it is."""

        def load() -> OpenDocument:
            decisions = self._workspace.documents.reading(opened.id).decisions
            return opened.decided(decisions, self._words, self._labels)

        self._bridge.read(f"{self._channel}repair words", load, self._retake_decisions)

    def _retake_decisions(self, loaded: OpenDocument) -> None:
        if self._open is None or self._open.reading.repaired is not loaded.reading.repaired:
            return
        self._open = replace(
            self._open,
            reading=loaded.reading,
            repairs=loaded.repairs,
            repair_rows=loaded.repair_rows,
        )
        self._reader.set_repairs(loaded.repairs.edits, loaded.repairs.lost)
        self.reworded.emit(self._open)

    def _vanish(self) -> None:
        self._open, self._wanted = None, ""
        self._reader.set_document(None)
        self.closed.emit()

    def _entities(self, document: str) -> tuple[str, EntityIndex | None]:
        """Return the entities as they are kept; nothing while they are being looked for."""
        stored = self._workspace.entities.stored(document)
        return document, None if stored is None else EntityIndex(stored)

    def _take_entities(self, found: tuple[str, EntityIndex | None]) -> None:
        document, entities = found
        if entities is not None:
            self.show_entities(document, entities)

    def _annotations(self, document: str) -> _Annotated:
        return _Annotated(
            document,
            self._shown(document),
            self._workspace.codebook.tags(),
            self._workspace.suggesting.of(document),
            self._workspace.linking.of(document),
        )

    def _retake(self, found: _Annotated) -> None:
        if self._open is None or self._open.id != found.document:
            return
        self._open = self._open.annotated(
            found.annotations, found.tags, found.suggestions, found.links
        )
        for row in self._previews.values():
            self._open = self._open.with_row(row)
        self._show_annotations(self._open)
        self.annotations_changed.emit(self._open)


class Stand(NamedTuple):
    """An open document as it stands in the window: the line at height ``y``, the selection."""

    opened: OpenDocument
    offset: int
    y: float
    selected: Span


class _Annotated(NamedTuple):
    """What lies on a document, as it was read anew."""

    document: str
    annotations: list[Annotation]
    tags: list[Tag]
    suggestions: list[Suggestion]
    links: list[Linked]


def marks_of(row: AnnotationRow, untagged: str) -> list[AnnotationMark]:
    """Return a mark for each piece of an annotation."""
    return [
        AnnotationMark(
            id=row.id,
            span=span,
            color=_UNTAGGED if row.color is None else row.color,
            title=row.tag or untagged,
            shortcut=row.shortcut,
            note=row.note,
            needs_review=row.needs_review,
            part=number,
            beside=tuple(link.text for link in row.links),
        )
        for number, span in enumerate(row.pieces)
    ]
