"""The documents open side by side and behind one another: tabs, as plain values. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class Tab:
    """A document that can be gone back to; one that is not ``kept`` makes way for the next."""

    document: str
    kept: bool = False
    position: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """The tabs over one page and which of them it shows, -1 where there is none.

    >>> side = Side().opened("a").opened("b")
    >>> [tab.document for tab in side.tabs]
    ['b']
    >>> [tab.document for tab in side.kept("b").opened("c").tabs]
    ['b', 'c']
    """

    tabs: tuple[Tab, ...] = ()
    current: int = -1

    @property
    def shown(self) -> Tab | None:
        """The tab in front."""
        return self.tabs[self.current] if 0 <= self.current < len(self.tabs) else None

    @property
    def documents(self) -> list[str]:
        """The documents in order."""
        return [tab.document for tab in self.tabs]

    def at(self, document: str) -> int:
        """Return the place of ``document``, -1 where it has no tab."""
        return next((at for at, tab in enumerate(self.tabs) if tab.document == document), -1)

    def opened(self, document: str, *, kept: bool = False) -> Side:
        """Bring ``document`` to the front: its tab, the one not kept, or a new one."""
        at = self.at(document)
        if at >= 0:
            side = replace(self, current=at)
            return side.kept(document) if kept else side
        tab = Tab(document, kept)
        loose = next((at for at, tab in enumerate(self.tabs) if not tab.kept), -1)
        if loose >= 0:
            return Side((*self.tabs[:loose], tab, *self.tabs[loose + 1 :]), loose)
        at = self.current + 1
        return Side((*self.tabs[:at], tab, *self.tabs[at:]), at)

    def kept(self, document: str) -> Side:
        """Let the tab of ``document`` make way for no other."""
        return self._changed(document, kept=True)

    def left_at(self, document: str, position: int) -> Side:
        """Note how far ``document`` was read."""
        return self._changed(document, position=position)

    def closed(self, at: int) -> Side:
        """Take a tab away; where it was in front, the next comes there, else the last."""
        tabs = self.tabs[:at] + self.tabs[at + 1 :]
        current = self.current - (at < self.current)
        return Side(tabs, min(current, len(tabs) - 1))

    def moved(self, start: int, to: int) -> Side:
        """Put a tab at another place; the same stays in front."""
        tabs = list(self.tabs)
        tabs.insert(to, tabs.pop(start))
        shown = self.shown
        return Side(tuple(tabs), tabs.index(shown) if shown is not None else -1)

    def stepped(self, by: int) -> int:
        """Return the place ``by`` tabs on, round the ends."""
        return (self.current + by) % len(self.tabs) if self.tabs else -1

    def without(self, documents: Collection[str]) -> Side:
        """Take away the tabs of documents that are no more."""
        side = self
        for document in documents:
            at = side.at(document)
            side = side.closed(at) if at >= 0 else side
        return side

    def _changed(self, document: str, **values: object) -> Side:
        tabs = (
            replace(tab, **values) if tab.document == document else tab  # type: ignore[arg-type]
            for tab in self.tabs
        )
        return replace(self, tabs=tuple(tabs))
