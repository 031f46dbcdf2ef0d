"""Tabs over the page, and two documents side by side: what is open where, kept for next time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from meipi.ui.presenters.tabs import Side, Tab
from meipi.ui.second import SecondPage
from meipi.ui.tab_strips import TabStrips

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from meipi.core.changes import Changes
    from meipi.services.documents import DocumentCard
    from meipi.services.settings import Settings
    from meipi.services.workspace import Workspace
    from meipi.ui.appearance import Appearance
    from meipi.ui.bridge import Bridge
    from meipi.ui.i18n import Words
    from meipi.ui.library import LibraryController
    from meipi.ui.look import Look
    from meipi.ui.parts import Parts
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.reader.view import ReaderView
    from meipi.ui.reading import ReadingController

_HERE, _THERE = 0, 1
"""The side the keyboard is in, and the other."""
_REMEMBERED = 40


class TabsController(QObject):
    """Opens, orders, closes and brings back tabs. A tab behind is a place, no more."""

    def __init__(  # noqa: PLR0913 - the parts it joins
        self,
        workspace: Workspace,
        bridge: Bridge,
        reading: ReadingController,
        parts: Parts,
        library: LibraryController,
        *,
        settings: Settings,
        appearance: Appearance,
        look: Look,
        words: Words,
        showing: Showing,
    ) -> None:
        super().__init__()
        self._workspace, self._bridge = workspace, bridge
        self._reading, self._parts, self._library = reading, parts, library
        self._appearance, self._look = appearance, look
        self._words = words
        self.strips = TabStrips(parts.window, words, showing)
        self._sides = [_restored(settings.get("open_tabs")), Side()]
        self._other = list(settings.get("other_tabs"))
        self._closed: list[Tab] = []
        self._titles: dict[str, str] = {}
        self._keep_next = False
        self._known: set[str] | None = None
        self.second: SecondPage | None = None
        self._connect()

    def table(self) -> dict[str, Callable[[], object]]:
        """Return what the commands of tabs do."""
        return {
            "tab_next": lambda: self.step(1),
            "tab_previous": lambda: self.step(-1),
            "tab_close": lambda: self.close(_HERE, self._sides[_HERE].current),
            "tab_reopen": self.reopen,
            "tab_keep": self.keep,
            "split": self.split,
            "tab_other": self.move_over,
            "side_other": self.go_over,
        }

    @property
    def sides(self) -> tuple[Side, Side]:
        """The tabs of the side the keyboard is in, and of the other."""
        return self._sides[_HERE], self._sides[_THERE]

    def open_kept(self, document: str) -> None:
        """Open ``document`` in a tab that makes way for no other."""
        self._keep_next = True
        if document == self._reading.wanted:
            self.keep()
        else:
            self._library.open(document)

    def keep(self) -> None:
        """Let the tab in front make way for no other."""
        shown = self._sides[_HERE].shown
        self._keep_next = False
        if shown is not None:
            self._set(_HERE, self._sides[_HERE].kept(shown.document))

    def step(self, by: int) -> None:
        """Go to the tab ``by`` places on."""
        self._go(_HERE, self._sides[_HERE].stepped(by))

    def close(self, side: int, at: int) -> None:
        """Close a tab; its document stays in the library."""
        if not 0 <= at < len(self._sides[side].tabs):
            return
        self._note_place()
        before = self._sides[side]
        self._closed = [*self._closed[-_REMEMBERED:], before.tabs[at]]
        self._set(side, before.closed(at))
        if at == before.current:
            self._show_front(side)

    def reopen(self) -> None:
        """Open again what was closed last."""
        while self._closed:
            tab = self._closed.pop()
            if tab.document in self._titles:
                self._keep_next = True
                self._reading.open(tab.document, position=tab.position)
                return

    def stop(self) -> None:
        """Note the place on the second page; no more is read."""
        if self.second is not None:
            self.second.reading.keep_position()

    # Two pages.

    @property
    def is_split(self) -> bool:
        """Say whether two pages are shown."""
        return self.second is not None and not self.second.column.isHidden()

    def split(self) -> None:
        """Show the document on a second page beside the first; a second time, one page again."""
        shown = self._sides[_HERE].shown
        if self.is_split:
            self._join()
        elif shown is not None:
            self._note_place()
            place = self._parts.reader.top_offset()
            self._open_there(Side((Tab(shown.document, kept=True, position=place),), 0))

    def move_over(self) -> None:
        """Move the tab in front to the other page."""
        self._note_place()
        here, shown = self._sides[_HERE], self._sides[_HERE].shown
        if shown is None or len(here.tabs) == 1:
            return
        there = self._sides[_THERE].opened(shown.document, kept=True)
        self._set(_HERE, here.closed(here.current))
        self._show_front(_HERE)
        self._open_there(there.left_at(shown.document, shown.position))

    def go_over(self) -> None:
        """Go to the other page."""
        self._exchange(None)

    def _open_there(self, side: Side) -> None:
        second = self._made_second()
        desk = self._parts.centre.desk
        if desk.indexOf(second.column) < 0:  # on its own it would be a window
            desk.addWidget(second.column)
        second.column.show()
        half = max(2, desk.width()) // 2
        desk.setSizes([half, half])
        self._set(_THERE, side)
        self._show_front(_THERE)

    def _join(self) -> None:
        """Leave one page, with the tabs of both."""
        assert self.second is not None  # noqa: S101 - asked by the caller
        here = self._sides[_HERE]
        for tab in self._sides[_THERE].tabs:
            if here.at(tab.document) < 0:
                here = Side((*here.tabs, tab), here.current)
        self._close_second()
        self._set(_HERE, here)

    def _close_second(self) -> None:
        if self.second is not None:
            self.second.reading.close()
            self.second.reading.coder = None
            self.second.column.hide()
        self._set(_THERE, Side())
        self._reading.show_coder(None)
        self._parts.reader.setFocus()

    def _exchange(self, then: Callable[[], None] | None) -> None:
        """Let the second page become the first where both stand: only the hand changes."""
        second = self.second
        if second is None or second.column.isHidden():
            return
        here, there = self._reading.stand(), second.reading.stand()
        if here is None or there is None:
            return
        desk = self._parts.centre.desk
        sizes, left = desk.sizes(), desk.indexOf(second.column)
        self._sides.reverse()
        desk.insertWidget(1 - left, second.column)
        desk.setSizes(sizes)
        coders = self._reading.coder, second.reading.coder
        second.reading.coder, self._reading.coder = coders
        second.reading.take_over(here)
        self._reading.take_over(there)
        self._show()
        self._parts.reader.setFocus()
        if then is not None:
            then()

    def _made_second(self) -> SecondPage:
        if self.second is None:
            reader = self._parts.reader
            second = self.second = SecondPage(self._workspace, self._bridge, reader, self._words)
            second.worked_in.connect(self._exchange)
            second.reading.opened.connect(lambda opened: self._take_opened(_THERE, opened))
            second.reading.failed.connect(self._bridge.failed)
            self._look.take_in(second.view)
        return self.second

    # What happens to documents.

    def _connect(self) -> None:
        strips = self.strips
        strips.chosen.connect(self._go)
        strips.kept.connect(self._keep_at)
        strips.close_asked.connect(self.close)
        strips.others_asked.connect(self._close_others)
        strips.moved.connect(lambda side, a, b: self._set(side, self._sides[side].moved(a, b)))
        strips.over_asked.connect(self._move_over)
        self._reading.leaving.connect(self._note_place)
        self._reading.opened.connect(lambda opened: self._take_opened(_HERE, opened))
        self._reading.failed.connect(lambda _: self._show())
        self._library.filled.connect(lambda _: self._take_cards())
        self._library.came.connect(lambda _: self._keep_coming())
        self._bridge.changed.connect(self._take_changes)
        self._look.reworded.connect(self._show)
        self._appearance.script_changed.connect(self._show)
        self._parts.library.tab_asked.connect(self.open_kept)

    def _keep_coming(self) -> None:
        self._keep_next = True

    def _note_place(self) -> None:
        for side, reading, reader in self._pages():
            if reading.document is not None:
                document, top = reading.document.id, reader.top_offset()
                self._sides[side] = self._sides[side].left_at(document, top)

    def _pages(self) -> list[tuple[int, ReadingController, ReaderView]]:
        pages = [(_HERE, self._reading, self._parts.reader)]
        if self.second is not None:
            pages.append((_THERE, self.second.reading, self.second.view))
        return pages

    def _take_opened(self, side: int, opened: OpenDocument) -> None:
        self._titles[opened.id] = opened.reading.document.title
        kept, self._keep_next = self._keep_next, False
        self._set(side, self._sides[side].opened(opened.id, kept=kept))

    def _take_changes(self, changes: Changes) -> None:
        """Keep the tabs of what is worked on."""
        for side in (_HERE, _THERE):
            shown = self._sides[side].shown
            if shown is not None and shown.document in changes.annotated | changes.decided:
                self._set(side, self._sides[side].kept(shown.document))

    def _take_cards(self) -> None:
        """Name the tabs, and take away those of documents that were removed."""
        cards = {card.id: card for card in self._library.cards}
        gone = {tab for side in self._sides for tab in side.documents} - set(cards)
        # What has just come may not be in the list yet.
        gone &= self._known if self._known is not None else gone - {self._reading.wanted}
        self._titles.update({card.id: card.title for card in cards.values()})
        fronts = [side.shown for side in self._sides]
        for at, front in enumerate(fronts):
            self._set(at, self._sides[at].without(gone))
            if front is not None and front.document in gone:
                self._show_front(at)
        if self._known is None:
            self._restore(cards)
        self._known = set(cards)
        self._show()

    def _restore(self, cards: Mapping[str, DocumentCard]) -> None:
        """Show the tabs of last time where they were left, the second page too."""
        for tab in self._sides[_HERE].tabs:
            place = cards[tab.document].position
            self._sides[_HERE] = self._sides[_HERE].left_at(tab.document, place)
        others = [document for document in self._other if document in cards]
        if others:
            tabs = (Tab(one, kept=True, position=cards[one].position) for one in others)
            self._open_there(Side(tuple(tabs), 0))

    # Showing.

    def _go(self, side: int, at: int) -> None:
        if 0 <= at < len(self._sides[side].tabs):
            self._note_place()
            tab = self._sides[side].tabs[at]
            self._set(side, replace(self._sides[side], current=at))
            self._pages()[side][1].open(tab.document, position=tab.position)

    def _show_front(self, side: int) -> None:
        """Show the tab now in front, or what is left where a side has none."""
        if self._sides[side].shown is not None:
            self._go(side, self._sides[side].current)
        elif side == _THERE:
            self._close_second()
        elif self._sides[_THERE].shown is not None:
            self._take_other_home()
        else:
            self._reading.close()

    def _take_other_home(self) -> None:
        self._sides[_HERE] = self._sides[_THERE]
        self._close_second()
        self._show_front(_HERE)

    def _set(self, side: int, tabs: Side) -> None:
        changed = tabs != self._sides[side]
        self._sides[side] = tabs
        if changed:
            self._show()
            names = [[t.document for t in s.tabs if t.kept] for s in self._sides]
            self._appearance.keep({"open_tabs": names[_HERE], "other_tabs": names[_THERE]})

    def _show(self) -> None:
        split = self.second is not None and not self.second.column.isHidden()
        for side, tabs in enumerate(self._sides):
            wanted = bool(tabs.tabs) and (split or len(tabs.tabs) > 1)
            titles = [self._titles.get(tab.document, "") for tab in tabs.tabs]
            if self.strips.show(side, tabs, titles, wanted=wanted):
                self._place_strip(side)

    def _place_strip(self, side: int) -> None:
        """Set a strip that was just made above its page."""
        strip = self.strips.made[side]
        assert strip is not None  # noqa: S101 - asked by the caller
        if side == _HERE:
            self._parts.centre.put_strip(strip)
        else:
            self._made_second().put_strip(strip)
        strip.show()

    def _keep_at(self, side: int, at: int) -> None:
        if 0 <= at < len(self._sides[side].tabs):
            self._set(side, self._sides[side].kept(self._sides[side].tabs[at].document))

    def _close_others(self, side: int, at: int) -> None:
        document = self._sides[side].tabs[at].document
        for other in [d for d in self._sides[side].documents if d != document]:
            self.close(side, self._sides[side].at(other))

    def _move_over(self, at: int) -> None:
        here = self._sides[_HERE]
        if at == here.current:
            self.move_over()
            return
        tab = here.tabs[at]
        self._set(_HERE, here.closed(at))
        there = self._sides[_THERE].opened(tab.document, kept=True)
        self._open_there(there.left_at(tab.document, tab.position))


def _restored(documents: list[str]) -> Side:
    return Side(tuple(Tab(document, kept=True) for document in documents))
