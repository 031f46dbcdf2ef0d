"""The entities of the document by type, with the legend that switches types on and off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from meipi.ui.models.rows import row_of
from meipi.ui.panels.entity_delegate import EntityDelegate
from meipi.ui.panels.legend import Legend
from meipi.ui.panels.list_panel import ListPanel
from meipi.ui.presenters.entities import EntityRow, FormRow, listed
from meipi.ui.presenters.places import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from meipi.core.entity import EntityType
    from meipi.ui.i18n import Words
    from meipi.ui.models.rows import Row
    from meipi.ui.presenters.entities import EntityIndex, ListedRow
    from meipi.ui.presenters.hovering import Elsewhere
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.theme import Theme

    Key = tuple[EntityType, str]

_EDGE = 14
_SAMPLE = 16
_ARROW = 10
_SIDE = int(Qt.Key.Key_Right), int(Qt.Key.Key_Left)


class EntitiesPanel(ListPanel):
    """Lists entities; each click goes to the next place one is named at."""

    place_chosen = Signal(object)
    hidden_types_changed = Signal(object)
    menu_asked = Signal(QPoint)
    """At a place of the screen, for the entities that are chosen."""
    page_asked = Signal(object)
    """`EntityName` whose page is to be opened."""

    def __init__(
        self, words: Words, theme: Theme, showing: Showing, parent: QWidget | None = None
    ) -> None:
        self.legend = Legend(words, theme)
        self._drawn = EntityDelegate(theme, showing)
        self._unfolded = self._drawn.unfolded
        super().__init__("entities", words, self._drawn, parent)
        self._walk = Walk()
        self.rows.set_header(self.legend)
        view = self.rows.list
        view.setUniformItemSizes(True)
        view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._ask_menu)
        view.installEventFilter(self)
        self.rows.row_activated.connect(self._go)
        self._drawn.fold_asked.connect(
            lambda row: self.unfold(row, on=row.key not in self._unfolded)
        )
        self.legend.hidden_types_changed.connect(self._hide_types)

    def set_entities(self, entities: EntityIndex | None) -> None:
        """Show ``entities``; none means that they are being looked for."""
        chosen = {row.key for row in self.chosen()}
        top = self.rows.list.verticalScrollBar().value()
        self._walk.begin()
        self.legend.set_counts(entities.counts if entities else {})
        if entities is None:
            self.set_all((), none="side.finding_entities")
        else:
            self.set_all(entities.rows)
            self._choose_again(chosen, top)

    def set_elsewhere(self, found: Mapping[Key, Elsewhere]) -> None:
        """Show how often other documents name each entity."""
        self._drawn.elsewhere = found
        self.refresh()

    def clear(self) -> None:
        """Show that no document is open."""
        self._walk.begin()
        self._unfolded.clear()
        self.legend.set_counts({})
        self.set_all(None)

    def chosen(self) -> list[EntityRow]:
        """Return the entities that are selected, in their order."""
        found = [row_of(index) for index in sorted(self.rows.list.selectedIndexes())]
        owners = [row.owner if isinstance(row, FormRow) else row for row in found]
        return [row for row in dict.fromkeys(owners) if isinstance(row, EntityRow)]

    def chosen_form(self) -> str:
        """Return the way of writing that is current; empty where it is a whole entity."""
        row = row_of(self.rows.list.currentIndex())
        return row.form if isinstance(row, FormRow) else ""

    def fits_now(self) -> Callable[[EntityRow], bool]:
        """Return what says whether an entity is of a shown type and fits what is typed."""
        hidden, fits = self.legend.hidden_types(), super().fits_now()
        return (lambda row: row.type not in hidden and fits(row)) if hidden else fits

    def finished(self, found: list[EntityRow]) -> Sequence[Row]:
        """Put heads over the types and forms under the entities that are unfolded."""
        return listed(found, self._unfolded, self.words)

    def unfold(self, row: EntityRow, *, on: bool) -> None:
        """Show the ways an entity is written under it, or hide them."""
        if len(row.forms) < 2 or (row.key in self._unfolded) is on:
            return
        (self._unfolded.add if on else self._unfolded.discard)(row.key)
        top = self.rows.list.verticalScrollBar().value()
        self.filter()
        self._choose_again({row.key}, top)

    def set_hidden_types(self, hidden: frozenset[EntityType]) -> None:
        """Leave ``hidden`` types out."""
        self.legend.set_hidden_types(hidden)
        self.filter()

    def set_theme(self, theme: Theme) -> None:
        """Draw in ``theme``."""
        self.legend.set_theme(theme)
        super().set_theme(theme)

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        self._drawn.words = self.words
        super().retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        row = row_of(self.rows.list.currentIndex())
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _SIDE and isinstance(row, (EntityRow, FormRow)):
            owner = row.owner if isinstance(row, FormRow) else row
            self.unfold(owner, on=event.key() == Qt.Key.Key_Right)
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and back:
            self._go(row, by=-1)
            return True
        return False

    def _choose_again(self, keys: set[Key], top: int) -> None:
        view, model = self.rows.list, self.rows.model
        for at, row in enumerate(model.rows):
            if isinstance(row, EntityRow) and row.key in keys:
                index = model.index(at)
                view.selectionModel().select(index, view.selectionModel().SelectionFlag.Select)
                view.selectionModel().setCurrentIndex(
                    index, view.selectionModel().SelectionFlag.NoUpdate
                )
        view.verticalScrollBar().setValue(top)

    def _go(self, row: ListedRow, *, by: int = 1) -> None:
        if isinstance(row, (EntityRow, FormRow)):
            self.place_chosen.emit(self._walk.to(row) if by > 0 else self._walk.back(row))

    def _ask_menu(self, at: QPoint) -> None:
        view = self.rows.list
        index = view.indexAt(at)
        if isinstance(row_of(index), (EntityRow, FormRow)):
            if not view.selectionModel().isSelected(index):
                view.setCurrentIndex(index)
            self.menu_asked.emit(view.viewport().mapToGlobal(at))

    def _hide_types(self, hidden: frozenset[EntityType]) -> None:
        self.filter()
        self.hidden_types_changed.emit(hidden)
