"""A few lines in a card, each a button with smaller ones at its right: pieces, links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from meipi.ui.widgets.buttons import IconButton

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QPaintEvent

_MOST = 6
"""Lines shown at once: a card is no list."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line by its key; ``acts`` are what its icons ask for."""

    key: str
    text: str
    acts: tuple[str, ...] = ()


class LineButton(QToolButton):
    """The words of a line, cut to the room there is."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = text
        self.setProperty("part", "icon")
        self.setAutoRaise(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        return QSize(80, self.fontMetrics().height() + 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, palette = QPainter(self), self.palette()
        lit = self.underMouse() or self.hasFocus()
        painter.setPen(palette.link().color() if lit else palette.text().color())
        room = self.rect().adjusted(0, 0, -4, 0)
        shown = self.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class LineList(QWidget):
    """Shows lines; ``icons`` are the names of the icons of acts."""

    chosen = Signal(str)
    act_asked = Signal(str, str)
    """The act and the key of its line."""

    def __init__(self, parent: QWidget, icons: Mapping[str, str]) -> None:
        super().__init__(parent)
        self._icons = icons
        self.buttons: list[LineButton] = []
        self.icon_buttons: list[IconButton] = []
        self._lines: tuple[Line, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.hide()

    def set_lines(self, lines: Sequence[Line], tips: Mapping[str, str]) -> None:
        """Show ``lines``; ``tips`` say what the icons do."""
        shown = tuple(lines[:_MOST])
        self.setVisible(bool(shown))
        if shown == self._lines:
            return
        self._lines = shown
        self._clear()
        for line in shown:
            self._column.addLayout(self._row(line, tips))

    def _row(self, line: Line, tips: Mapping[str, str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        button = LineButton(line.text, self)
        button.clicked.connect(lambda: self.chosen.emit(line.key))
        self.buttons.append(button)
        row.addWidget(button, 1)
        for act in line.acts:
            icon = IconButton(self._icons[act], self)
            icon.setToolTip(tips[act])
            icon.setAccessibleName(tips[act])
            icon.clicked.connect(lambda _=False, act=act: self.act_asked.emit(act, line.key))
            self.icon_buttons.append(icon)
            row.addWidget(icon)
        return row

    def _clear(self) -> None:
        for button in (*self.buttons, *self.icon_buttons):
            button.hide()
            button.deleteLater()
        self.buttons, self.icon_buttons = [], []
        while (item := self._column.takeAt(0)) is not None:
            layout = item.layout()
            if layout is not None:
                layout.deleteLater()
