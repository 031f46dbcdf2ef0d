"""Goes to the page of an entity, from there to a place in a text, and back the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from meipi.core.entity import EntityName
from meipi.core.fold import fold
from meipi.core.spans import Span
from meipi.ui.presenters.hovering import Elsewhere
from meipi.ui.widgets.bar_chart import load as load_charts

if TYPE_CHECKING:
    from meipi.core.changes import Changes
    from meipi.core.entity import EntityType
    from meipi.services.concordance import EntityPage
    from meipi.services.workspace import Workspace
    from meipi.ui.bridge import Bridge
    from meipi.ui.parts import Parts
    from meipi.ui.presenters.entity_page import LineRow
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.reading import ReadingController

_PAUSE_MS = 250
"""Counts that come one after another are shown together."""
_REMEMBERED = 50

Stop = EntityName | tuple[str, int]
"""The page of an entity, or a document and a place in it."""


class EntityPages(QObject):
    """Shows entity pages in the place of the text, and remembers the way."""

    def __init__(
        self, workspace: Workspace, bridge: Bridge, reading: ReadingController, parts: Parts
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._bridge = bridge
        self._reading = reading
        self._parts = parts
        self._way: list[Stop] = []
        self._counting = False
        self._wanted: EntityName | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._count_again)
        view = parts.entity_page
        view.left.connect(self.back)
        view.line_chosen.connect(self._go_to_line)
        view.entity_chosen.connect(self.open)
        bridge.changed.connect(self._take_changes)
        reading.loading.connect(self._leave)
        reading.going.connect(self._leave)
        reading.mentions_changed.connect(self._count_elsewhere)
        reading.opened.connect(self._count_elsewhere)

    def open(self, entity: EntityName) -> None:
        """Show the page of ``entity``."""
        self._remember()
        self._show(entity)

    @property
    def leads_back(self) -> bool:
        """Say whether a page is open, or the reader came from one."""
        return self._wanted is not None or bool(self._way)

    def back(self) -> None:
        """Go back to where the page was opened from, or to the page left last."""
        if not self._way:
            self._leave()
            return
        stop = self._way.pop()
        if isinstance(stop, EntityName):
            self._show(stop)
            return
        self._leave()
        document, at = stop
        if self._reading.wanted != document:
            self._reading.open(document, place=Span(at, at))
        self._parts.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def _show(self, entity: EntityName) -> None:
        self._wanted = entity
        self._bridge.read(
            "entity page",
            lambda: self._load(entity),
            lambda page: self._present(entity, page),
        )

    def _load(self, entity: EntityName) -> EntityPage:
        """Read the page in, and what will draw its charts."""
        page = self._workspace.entities.page(entity)
        load_charts()
        return page

    def _present(self, asked: EntityName, page: EntityPage) -> None:
        if asked != self._wanted:
            return
        # It may have been renamed or merged into another meanwhile.
        self._wanted = page.entity
        shown = self._parts.entity_page.isVisible()
        self._parts.entity_page.set_page(page)
        self._parts.centre.show_entity()
        if not shown:
            self._parts.entity_page.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remember(self) -> None:
        if self._wanted is not None:
            self._way.append(self._wanted)
        elif self._reading.wanted:
            self._way.append((self._reading.wanted, self._parts.reader.selection().start))
        del self._way[:-_REMEMBERED]

    def _leave(self) -> None:
        self._wanted = None
        self._bridge.forget("entity page")
        self._parts.centre.show_page()

    def _go_to_line(self, row: LineRow) -> None:
        self._remember()
        self._leave()
        self._reading.open(row.document, place=row.span)
        self._parts.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    # Counts that change while they are shown.

    def _take_changes(self, changes: Changes) -> None:
        if changes.counted or changes.documents or changes.entities:
            self._timer.start()
        if len(changes.entities - changes.counted) > 1:
            self._show_counting(1)

    def _count_again(self) -> None:
        if self._wanted is not None:
            self._show(self._wanted)
        if self._counting:
            count = self._workspace.entities.uncounted
            self._bridge.read("entities to count", count, self._show_counting)
        if self._reading.document is not None:
            self._count_elsewhere(self._reading.document)

    def _show_counting(self, left: int) -> None:
        """Show by the hairline that a correction is still reaching documents of the library."""
        if self._counting is not bool(left):
            self._counting = bool(left)
            self._parts.centre.set_working(on=self._counting)
        if self._counting:
            self._timer.start()

    def _count_elsewhere(self, document: OpenDocument) -> None:
        def count() -> dict[tuple[EntityType, str], Elsewhere]:
            found = self._workspace.entities.elsewhere(document.id)
            return {
                (one.entity.type, fold(one.entity.name)): Elsewhere(one.documents, one.times)
                for one in found
            }

        self._bridge.read("counts elsewhere", count, self._parts.entities.set_elsewhere)
