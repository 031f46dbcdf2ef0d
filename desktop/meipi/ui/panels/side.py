"""The right side: tabs over outline, entities, annotations and repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.ui.i18n import Words


class SidePanel(QWidget):
    """Shows one of its panels."""

    tab_chosen = Signal(str)

    def __init__(
        self, words: Words, panels: Mapping[str, QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._keys = list(panels)
        self.tabs = QTabBar(self)
        self.tabs.setProperty("part", "tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.stack = QStackedWidget(self)
        for key, panel in panels.items():
            self.tabs.addTab(key)
            self.stack.addWidget(panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._choose)
        self.retranslate()

    def put(self, key: str, panel: QWidget) -> None:
        """Let ``panel`` take the place called ``key``, which something else has kept for it."""
        at, current = self._keys.index(key), self.stack.currentIndex()
        self.stack.insertWidget(at, panel)
        if (kept := self.stack.widget(at + 1)) is not None:
            self.stack.removeWidget(kept)
            kept.deleteLater()
        self.stack.setCurrentIndex(current)

    def show_tab(self, key: str) -> None:
        """Bring the panel called ``key`` to the front."""
        self.tabs.setCurrentIndex(self._keys.index(key))

    def current(self) -> str:
        """Return the key of the panel in front."""
        return self._keys[self.tabs.currentIndex()]

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        self.setAccessibleName(self._words("side.name"))
        for at, key in enumerate(self._keys):
            self.tabs.setTabText(at, self._words(f"side.{key}"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _choose(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.tab_chosen.emit(self._keys[at])
