"""The card of an annotation: what it says, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from meipi.ui.widgets.buttons import IconButton
from meipi.ui.widgets.card import Card
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.annotations import AnnotationRow

_WIDTH = 330
_ENDS = ("start_left", "start_right", "end_left", "end_right")


class AnnotationCard(Card):
    """Shows one annotation; every act is asked for by a signal."""

    tag_asked = Signal()
    note_asked = Signal()
    deletion_asked = Signal()
    settling_asked = Signal()
    """The place is right."""
    end_moved = Signal(str)
    """``start_left``, ``start_right``, ``end_left`` or ``end_right``."""

    def __init__(self, host: QWidget, words: Words) -> None:
        super().__init__(host)
        self._words = words
        self._row: AnnotationRow | None = None
        self.tag = _label(self, "headline")
        self.quote = _label(self, "soft")
        self.note = _label(self, "body")
        self.state = _label(self, "soft")
        self.state.setWordWrap(True)
        self.settle_button = QPushButton(self)
        self.tag_button = QPushButton(self)
        self.note_button = QPushButton(self)
        self.delete_button = QPushButton(self)
        self.end_buttons = {
            name: IconButton("left" if name.endswith("left") else "right", self) for name in _ENDS
        }
        self.start_label = _label(self, "soft")
        self.end_label = _label(self, "soft")
        self._lay_out()
        self._connect()

    def show_row(self, row: AnnotationRow, quote: str, near: QRect) -> None:
        """Show ``row`` near its words."""
        self._row = row
        self.quote.setText(quote)
        self.retranslate()
        self.setFixedWidth(scaled(self, _WIDTH))
        self.show_near(near)

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        words, row = self._words, self._row
        if row is None:
            return
        self.tag.setText(row.tag or words("hover.untagged"))
        self.note.setText(row.note)
        self.note.setVisible(bool(row.note))
        self.tag_button.setText(words("card.change_tag" if row.tag else "card.add_tag"))
        self.note_button.setText(words("card.edit_note" if row.note else "card.add_note"))
        self.delete_button.setText(words("card.delete"))
        self.settle_button.setText(words("review.settle"))
        self.settle_button.setToolTip(words("review.settle_tip"))
        self.state.setText(words("hover.review" if row.needs_review else "review.moved_tip"))
        for widget in (self.state, self.settle_button):
            widget.setVisible(not row.is_settled)
        self.start_label.setText(words("card.start"))
        self.end_label.setText(words("card.end"))
        for name, button in self.end_buttons.items():
            button.setToolTip(words(f"card.{name}"))
            button.setAccessibleName(words(f"card.{name}"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _connect(self) -> None:
        self.tag_button.clicked.connect(self.tag_asked)
        self.note_button.clicked.connect(self.note_asked)
        self.delete_button.clicked.connect(self.deletion_asked)
        self.settle_button.clicked.connect(self.settling_asked)
        for name, button in self.end_buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.end_moved.emit(name))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        for label in (self.tag, self.quote, self.note):
            column.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.state, 1)
        self.settle_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line.addWidget(self.settle_button)
        column.addLayout(line)
        ends = QHBoxLayout()
        ends.setSpacing(2)
        for label, names in ((self.start_label, _ENDS[:2]), (self.end_label, _ENDS[2:])):
            ends.addWidget(label)
            for name in names:
                ends.addWidget(self.end_buttons[name])
            ends.addSpacing(12)
        ends.addStretch(1)
        column.addLayout(ends)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.tag_button, self.note_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addStretch(1)
        self.delete_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.delete_button.setProperty("part", "danger")
        row.addWidget(self.delete_button)
        column.addLayout(row)


def _label(parent: QWidget, part: str) -> QLabel:
    label = QLabel(parent)
    label.setProperty("part", part)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(part != "soft" or label.text() == "")
    return label
