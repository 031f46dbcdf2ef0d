"""The strips of tabs in the window, one over each page, and the menu of a tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from meipi.ui.widgets.tab_strip import TabStrip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.showing import Showing
    from meipi.ui.presenters.tabs import Side


class TabStrips(QObject):
    """Shows the tabs of both sides, 0 and 1; a strip is made when it first has tabs to show."""

    chosen = Signal(int, int)
    """A side and a place on it, as in every signal here."""
    kept = Signal(int, int)
    close_asked = Signal(int, int)
    others_asked = Signal(int, int)
    """All tabs but this one are to be closed."""
    over_asked = Signal(int)
    """A tab of the first side is to go over to the other."""
    moved = Signal(int, int, int)

    def __init__(self, window: QWidget, words: Words, showing: Showing) -> None:
        super().__init__()
        self._window = window
        self._words = words
        self._showing = showing
        self.made: list[TabStrip | None] = [None, None]

    def show(self, side: int, tabs: Side, titles: Sequence[str], *, wanted: bool) -> bool:
        """Show ``tabs`` where they are ``wanted``; say whether the strip is to be put in place."""
        strip, new = self.made[side], False
        if strip is None:
            if not wanted:
                return False
            strip, new = self._make(side), True
        rows = [
            (self._showing.text(title), tab.kept)
            for title, tab in zip(titles, tabs.tabs, strict=True)
        ]
        strip.set_tabs(rows, tabs.current, self._words("tabs.close"))
        strip.set_active(on=side == 0)
        strip.setAccessibleName(self._words("tabs.name"))
        if not new:
            strip.setVisible(wanted)
        return new

    def _make(self, side: int) -> TabStrip:
        strip = self.made[side] = TabStrip()
        strip.tab_chosen.connect(lambda at: self.chosen.emit(side, at))
        strip.tab_kept.connect(lambda at: self.kept.emit(side, at))
        strip.close_asked.connect(lambda at: self.close_asked.emit(side, at))
        strip.moved.connect(lambda start, to: self.moved.emit(side, start, to))
        strip.menu_asked.connect(lambda at, point: self._open_menu(side, at, point))
        return strip

    def _open_menu(self, side: int, at: int, point: QPoint) -> None:
        words, menu = self._words, QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(words("tabs.close"), lambda: self.close_asked.emit(side, at))
        menu.addAction(words("tabs.close_others"), lambda: self.others_asked.emit(side, at))
        menu.addAction(words("tabs.keep"), lambda: self.kept.emit(side, at))
        if side == 0:
            menu.addSeparator()
            menu.addAction(words("tabs.move_over"), lambda: self.over_asked.emit(at))
        menu.popup(point)
