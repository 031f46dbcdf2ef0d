"""The bar that walks through what waits to be judged: accept or reject with one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from meipi.ui.widgets.announcing import announce
from meipi.ui.widgets.buttons import IconButton
from meipi.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent

JUDGEMENTS = ("accept", "reject", "accept_all", "reject_all")
_STEPS = {"next": 1, "previous": -1}


class JudgeBar(QFrame):
    """Says what is judged; the judgement is made elsewhere."""

    judged = Signal(str)
    """One of `JUDGEMENTS`."""
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "bar")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.place = QLabel(self)
        self.place.setProperty("part", "soft")
        self.words = ElidedLabel(self)
        self.previous = IconButton("up", self)
        self.next = IconButton("down", self)
        self.close_button = IconButton("close", self)
        self.buttons = {name: QPushButton(self) for name in JUDGEMENTS}
        self._meaning: Callable[[QKeyEvent], str] = lambda _: ""
        self._lay_out()
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.close_button.clicked.connect(self.closed)
        for name, button in self.buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, name=name: self.judged.emit(name))
        self.hide()

    def set_meaning(self, meaning: Callable[[QKeyEvent], str]) -> None:
        """Ask ``meaning`` what a key does: one of `JUDGEMENTS`, a step, ``close`` or nothing."""
        self._meaning = meaning

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Set the words of the buttons, and the tips of ``previous``, ``next`` and ``close``."""
        for name, button in self.buttons.items():
            button.setText(texts[name])
        icons = {"previous": self.previous, "next": self.next, "close": self.close_button}
        for name, icon in icons.items():
            icon.setToolTip(texts[name])
            icon.setAccessibleName(texts[name])

    def set_content(self, place: str, words: str) -> None:
        """Say which of how many, and what it is."""
        self.place.setText(place)
        self.words.set_text(words)
        self.setAccessibleName(f"{place} {words}")
        if self.isVisible():
            announce(self, words, place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meaning = self._meaning(event)
        if meaning == "close":
            self.closed.emit()
        elif meaning in _STEPS:
            self.stepped.emit(_STEPS[meaning])
        elif meaning in JUDGEMENTS:
            self.judged.emit(meaning)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(6)
        for widget in (self.previous, self.place, self.next):
            row.addWidget(widget)
        row.addSpacing(6)
        policy = QSizePolicy.Policy
        self.place.setSizePolicy(policy.Fixed, policy.Preferred)
        self.words.setSizePolicy(policy.Expanding, policy.Fixed)
        row.addWidget(self.words, 1)
        for button in self.buttons.values():
            button.setSizePolicy(policy.Fixed, policy.Fixed)
            row.addWidget(button)
        row.addWidget(self.close_button)
