"""A card that says one thing, walks to others like it, and offers acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from meipi.ui.widgets.announcing import announce
from meipi.ui.widgets.buttons import IconButton
from meipi.ui.widgets.card import Card
from meipi.ui.widgets.saying import Saying
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QColor

_WIDEST = 440
_AROUND = 36


class ActionCard(Card):
    """Every act is asked for by a signal."""

    stepped = Signal(int)
    """To the previous (-1) or the next (1) of its kind."""
    act_asked = Signal(str)

    def __init__(self, host: QWidget, acts: Sequence[str]) -> None:
        super().__init__(host)
        self.saying = Saying(self)
        self.previous = IconButton("left", self)
        self.next = IconButton("right", self)
        self.place = QLabel(self)
        self.place.setProperty("part", "soft")
        self.acts = {act: QPushButton(self) for act in acts}
        self._said: tuple[str, ...] = ()
        self._foot = QFrame(self)
        self._lay_out()
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        for act, button in self.acts.items():
            button.clicked.connect(lambda _=False, act=act: self.act_asked.emit(act))

    def set_content(
        self, *, headline: str, kind: str, lines: Sequence[str], edge: QColor | None = None
    ) -> None:
        """Say ``headline`` and ``lines``; ``edge`` colours the left edge."""
        self.saying.set_content(headline=headline, kind=kind, lines=lines)
        said = (headline, kind, *lines)
        if said != self._said:
            self._said = said
            announce(self, *said)
        self.set_edge(edge)

    def dismiss(self) -> None:
        """Hide the card; the same thing is said again when it is opened again."""
        self._said = ()
        super().dismiss()

    def set_walk(self, place: str, *, previous: str, following: str) -> None:
        """Say at which of how many one is; an empty ``place`` means that there is no other."""
        self.place.setText(place)
        for button, tip in ((self.previous, previous), (self.next, following)):
            button.setToolTip(tip)
            button.setAccessibleName(tip)
        for widget in (self.place, self.previous, self.next):
            widget.setVisible(bool(place))

    def set_acts(self, texts: Mapping[str, str]) -> None:
        """Offer the acts in ``texts`` and no other."""
        for act, button in self.acts.items():
            button.setText(texts.get(act, ""))
            button.setVisible(act in texts)
        self._fit()

    def _fit(self) -> None:
        """Make the card as wide as its longest line, within reason, and never cut a button."""
        self.ensurePolished()
        limit = min(scaled(self, _WIDEST), self.host.width() - 24)
        words = min(self.saying.width_of_words() + _AROUND, limit)
        self._foot.ensurePolished()
        self.setFixedWidth(max(words, self._foot.sizeHint().width() + 24))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.saying)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.previous, self.place, self.next):
            row.addWidget(widget)
        row.addSpacing(10)
        row.addStretch(1)
        for button in self.acts.values():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        column.addWidget(self._foot)
