"""Finds the entities of what is open: the screen first, then all of it, to be stopped at will."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from meipi.ui.presenters.entities import EntityIndex

if TYPE_CHECKING:
    from meipi.core.changes import Changes
    from meipi.core.entity import Mention
    from meipi.core.errors import MeipiError
    from meipi.services.entity_search import Progress
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.panels.foot import Foot
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController

_GROWTH = 1.5
"""The lists are made anew when so many times as much was found: they cost what they hold."""
_SCREEN = 1_500
"""Characters from the top of the view within which a find is shown at once."""


class EntitySeeker(QObject):
    """Starts, follows, stops and goes on with the search in the open document."""

    def __init__(
        self,
        workspace: Workspace,
        bridge: Bridge,
        reading: ReadingController,
        reader: ReaderView,
        foot: Foot,
    ) -> None:
        super().__init__()
        self._entities = workspace.entities
        self._bridge = bridge
        self._reading = reading
        self._reader = reader
        self._foot = foot
        self._turn = 0
        self._share = 0.0
        self._shown = 0
        self._running = ""
        self._so_far: tuple[Mention, ...] = ()
        bridge.changed.connect(self._take_changes)
        reading.opened.connect(self._begin)
        reading.leaving.connect(self._leave)
        reading.closed.connect(self._rest)
        reading.failed.connect(self._rest)
        reader.position_changed.connect(self._turn_to)
        foot.search_asked.connect(self.toggle)

    @property
    def is_running(self) -> bool:
        """Whether a search goes on."""
        return bool(self._running)

    def toggle(self) -> None:
        """Stop the search that goes on; go on with the one that was stopped."""
        document = self._reading.document
        if self._running:
            self._entities.stop(self._running)
        elif document is not None and self._entities.progress(document.id) is not None:
            self._search(document.id)

    def _begin(self, document: OpenDocument) -> None:
        self._rest()
        if document.mentions is not None and not document.provisional:
            return
        self._shown, self._share = 0, 0.0
        stopped = self._entities.progress(document.id)
        if stopped is None:
            self._search(document.id)
            return
        self._show(stopped)
        self._foot.show_search(stopped.share, stopped=True)

    def _search(self, document: str) -> None:
        self._turn += 1
        turn, self._running = self._turn, document
        self._reading.searched = True
        self._bridge.follow(
            self._entities.find(
                document,
                place=self._reader.top_offset(),
                report=self._bridge.reporter(lambda progress: self._take(turn, progress)),
            ),
            lambda mentions: self._finish(turn, document, mentions),
            lambda error: self._fail(turn, error),
        )

    def _take(self, turn: int, progress: Progress) -> None:
        # What is found in one step is shown when it is kept.
        if turn != self._turn or progress.done == progress.total:
            return
        self._share = progress.share
        self._foot.show_search(progress.share)
        if len(progress.mentions) >= self._shown * _GROWTH or self._on_screen(progress):
            self._show(progress)

    def _on_screen(self, progress: Progress) -> bool:
        top, seen = self._reader.top_offset(), progress.seen
        return seen is not None and seen.start < top + _SCREEN and top < seen.end

    def _show(self, progress: Progress) -> None:
        self._shown, self._so_far = len(progress.mentions), progress.mentions
        self._make_index(progress.document, progress.mentions)

    def _make_index(self, document: str, mentions: tuple[Mention, ...]) -> None:
        self._bridge.read(
            "entities",
            lambda: EntityIndex(self._entities.laid(document, mentions)),
            lambda entities: self._reading.show_entities(document, entities),
        )

    def _take_changes(self, changes: Changes) -> None:
        """Show at once what the reader corrects while more is being found."""
        document = self._reading.document
        if self._so_far and document is not None and document.id in changes.entities:
            self._make_index(document.id, self._so_far)

    def _finish(self, turn: int, document: str, mentions: tuple[Mention, ...] | None) -> None:
        if turn != self._turn:
            return
        self._running = ""
        if mentions is None:
            self._foot.show_search(self._share, stopped=True)
            return
        self._so_far, self._reading.searched = (), False
        self._foot.hide_search()
        self._make_index(document, mentions)

    def _fail(self, turn: int, error: MeipiError) -> None:
        if turn == self._turn:
            self._rest()
        self._bridge.failed.emit(error)

    def _turn_to(self, place: int) -> None:
        if self._running:
            self._entities.look_at(self._running, place)

    def _leave(self) -> None:
        if self._running:
            self._entities.stop(self._running, leave=True)
        self._rest()

    def _rest(self) -> None:
        """Show no search; answers still to come are of one that is over."""
        self._turn += 1
        self._running, self._so_far, self._reading.searched = "", (), False
        self._foot.hide_search()
