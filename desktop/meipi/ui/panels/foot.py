"""The foot of the window: what is on disk, what became of the bytes, where the reader is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from meipi.ui.panels.search_state import SearchState
from meipi.ui.widgets.announcing import announce
from meipi.ui.widgets.elided_label import ElidedLabel
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from meipi.ui.i18n import Words

SaveState = Literal["saved", "saving", "unsaved"]

_COLORS: dict[SaveState, QColor] = {
    "saved": QColor("#3E9B4F"),
    "saving": QColor("#C79A2B"),
    "unsaved": QColor("#C0392B"),
}


class Foot(QFrame):
    """Shows a line of facts, and what was last done with a way back."""

    undo_asked = Signal()
    encoding_asked = Signal()
    coder_asked = Signal()
    search_asked = Signal()
    """The search for entities is to stop, or to go on."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._state: SaveState = "saved"
        self.setProperty("part", "foot")
        self.dot = _Dot(self)
        self.saved = QLabel(self)
        self.path = ElidedLabel(self, clickable=True)
        self.coder = ElidedLabel(self, clickable=True)
        self.characters = QLabel(self)
        self.paragraph = QLabel(self)
        self.search = SearchState(self)
        self.act = ElidedLabel(self)
        self.undo = QToolButton(self)
        self.undo.setProperty("part", "link")
        self.undo.setProperty("command", "undo")
        self.undo.setCursor(Qt.CursorShape.PointingHandCursor)
        self.zoom = QLabel(self)
        self._lay_out()
        self.undo.clicked.connect(self.undo_asked)
        self.path.clicked.connect(self.encoding_asked)
        self.coder.clicked.connect(self.coder_asked)
        self.search.button.clicked.connect(self.search_asked)
        self.clear_act()
        self.retranslate()

    def set_state(self, state: SaveState) -> None:
        """Say whether everything is on disk."""
        self._state = state
        self.dot.set_color(_COLORS[state])
        self.saved.setText(self._words(f"foot.{state}"))

    def state(self) -> SaveState:
        """Return what is said of the disk."""
        return self._state

    def facts(self) -> dict[str, str]:
        """Return what is shown of the text, as `set_facts` takes it."""
        return {
            "path": self.path.text(),
            "characters": self.characters.text(),
            "paragraph": self.paragraph.text(),
        }

    def set_facts(self, *, path: str, characters: str, paragraph: str) -> None:
        """Show the path of the bytes, the length and the place."""
        self.path.set_text(path)
        self.characters.setText(characters)
        self.set_paragraph(paragraph)

    def show_coder(self, name: str) -> None:
        """Show who codes; nothing where nobody said."""
        self.coder.set_text(self._words("foot.coder", name=name) if name else "")
        self.coder.setVisible(bool(name))

    def set_paragraph(self, paragraph: str) -> None:
        """Show the place."""
        self.paragraph.setText(paragraph)

    def set_zoom(self, text: str) -> None:
        """Show the size of the text."""
        self.zoom.setText(text)

    def show_act(self, label: str, *, can_undo: bool = True) -> None:
        """Say what was done."""
        if label != self.act.text():
            announce(self, label)
        self.act.set_text(label)
        self.act.setVisible(bool(label))
        self.undo.setVisible(bool(label) and can_undo)

    def clear_act(self) -> None:
        """Say nothing of what was done."""
        self.show_act("")

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        self.undo.setText(self._words("foot.undo"))
        self.set_state(self._state)
        self.search.retranslate(self._words)

    def show_search(self, share: float, *, stopped: bool = False) -> None:
        """Show which part of the text has been searched for entities."""
        self.search.show_share(share, self._words, stopped=stopped)

    def hide_search(self) -> None:
        """Show that no search is under way."""
        self.search.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.search.line.place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        row.addWidget(self.dot, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.saved)
        for widget in (self.path, self.characters, self.paragraph, self.coder):
            row.addSpacing(14)
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addSpacing(14)
        row.addWidget(self.act)
        row.addWidget(self.undo)
        row.addSpacing(14)
        row.addWidget(self.zoom)


class _Dot(QWidget):
    """The dot that says whether everything is on disk."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._color = QColor()
        side = scaled(self, 9)
        self.setFixedSize(QSize(side, side))

    def set_color(self, color: QColor) -> None:
        self._color = color
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        middle = self.width() / 2
        painter.drawEllipse(QPointF(middle, middle), middle - 1, middle - 1)
