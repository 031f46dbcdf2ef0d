"""A row of tabs over a page: quiet, movable, each with a small cross."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from meipi.ui.widgets.buttons import IconButton
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent

_WIDEST = 208
_NARROWEST = 96


class TabStrip(QTabBar):
    """Shows titles and says what is done to them; holds no order of its own."""

    tab_chosen = Signal(int)
    tab_kept = Signal(int)
    close_asked = Signal(int)
    menu_asked = Signal(int, QPoint)
    """A place, and the point of the screen."""
    moved = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._close = ""
        self._filling = False
        self.setProperty("part", "doctabs")
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tabMoved.connect(self._say_moved)
        self.currentChanged.connect(self._say_chosen)
        self.tabBarDoubleClicked.connect(self.tab_kept)
        self.customContextMenuRequested.connect(self._ask_menu)

    def set_tabs(self, titles: Sequence[tuple[str, bool]], current: int, close: str) -> None:
        """Show ``titles``, each with whether it is kept; ``close`` names the crosses."""
        self._filling, self._close = True, close
        while self.count() > len(titles):
            self.removeTab(self.count() - 1)
        while self.count() < len(titles):
            self._append()
        for at, (title, kept) in enumerate(titles):
            self.setTabText(at, title.replace("&", "&&"))
            self.setTabToolTip(at, title)
            self.setTabData(at, kept)
            cross = self.tabButton(at, QTabBar.ButtonPosition.RightSide)
            cross.setAccessibleName(f"{close} {title}")
            cross.setToolTip(close)
        self.setCurrentIndex(current)
        self._filling = False

    def set_active(self, *, on: bool) -> None:
        """Show whether the keyboard is in the page below."""
        if self.property("active") != on:
            self.setProperty("active", on)
            self.style().unpolish(self)
            self.style().polish(self)

    def tabSizeHint(self, index: int) -> QSize:
        size = super().tabSizeHint(index)
        narrow, wide = scaled(self, _NARROWEST), scaled(self, _WIDEST)
        return QSize(min(max(size.width(), narrow), wide), size.height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(scaled(self, _NARROWEST), super().minimumTabSizeHint(index).height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and at >= 0:
            self.close_asked.emit(at)

    def _append(self) -> None:
        at = self.addTab("")
        cross = IconButton("close", self)
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side = scaled(self, 18)
        cross.setFixedSize(side, side)
        cross.clicked.connect(lambda: self._close_of(cross))
        self.setTabButton(at, QTabBar.ButtonPosition.RightSide, cross)

    def _close_of(self, cross: QWidget) -> None:
        right = QTabBar.ButtonPosition.RightSide
        places = [at for at in range(self.count()) if self.tabButton(at, right) is cross]
        if places:
            self.close_asked.emit(places[0])

    def _say_moved(self, start: int, to: int) -> None:
        if not self._filling:
            self.moved.emit(start, to)

    def _say_chosen(self, at: int) -> None:
        if not self._filling and at >= 0:
            self.tab_chosen.emit(at)

    def _ask_menu(self, point: QPoint) -> None:
        at = self.tabAt(point)
        if at >= 0:
            self.menu_asked.emit(at, self.mapToGlobal(point))
