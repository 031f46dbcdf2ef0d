"""The card of an annotation: what it says, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from meipi.core.attributes import Status
from meipi.ui.presenters.moments import word_moment
from meipi.ui.presenters.notes import without_images
from meipi.ui.widgets.buttons import IconButton
from meipi.ui.widgets.card import Card
from meipi.ui.widgets.line_list import Line, LineList
from meipi.ui.widgets.markdown_label import MarkdownLabel
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.annotations import AnnotationRow
    from meipi.ui.presenters.showing import Showing

_WIDTH = 330
_KNOWN = frozenset(status for status in Status if status)
_ENDS = ("start_left", "start_right", "end_left", "end_right")


class AnnotationCard(Card):
    """Shows one annotation; every act is asked for by a signal."""

    tag_asked = Signal()
    note_asked = Signal()
    deletion_asked = Signal()
    properties_asked = Signal()
    settling_asked = Signal()
    """The place is right."""
    piece_chosen = Signal(int)
    piece_removed = Signal(int)
    link_chosen = Signal(str)
    """The id of a link, as with the next."""
    link_asked = Signal(str)
    review_asked = Signal()
    end_moved = Signal(str)
    """``start_left``, ``start_right``, ``end_left`` or ``end_right``."""

    def __init__(self, host: QWidget, words: Words, showing: Showing) -> None:
        super().__init__(host)
        self._words = words
        self._shown = showing.text
        self._row: AnnotationRow | None = None
        self._said: dict[str, str] = {}
        self.tag = _label(self, "headline")
        self.quote = _label(self, "soft")
        self.note = MarkdownLabel(self)
        self.pieces = LineList(self, {"remove": "close"})
        self.links = LineList(self, {"more": "more"})
        self.status = _label(self, "soft")
        self.status.setWordWrap(False)
        self.said = _label(self, "soft")
        self.said.setWordWrap(True)
        self.who = _label(self, "soft")
        self.state = _label(self, "soft")
        self.state.setWordWrap(True)
        self.settle_button = QPushButton(self)
        self.review_button = QPushButton(self)
        self.tag_button = QPushButton(self)
        self.note_button = QPushButton(self)
        self.properties_button = QPushButton(self)
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

    def set_said(self, said: dict[str, str]) -> None:
        """Take what attributes say of annotations, in words by their id."""
        self._said = said
        self._show_said()

    def row_shown(self) -> str:
        """Return the annotation whose card is open; nothing where none is."""
        return "" if self._row is None or self.isHidden() else self._row.id

    def _show_said(self) -> None:
        said = self._said.get(self._row.id, "") if self._row is not None else ""
        self.said.setText(said)
        self.said.setVisible(bool(said))

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        words, row = self._words, self._row
        if row is None:
            return
        self.tag.setText(row.tag or words("hover.untagged"))
        self.note.set_markdown(without_images(row.note), scaled(self, _WIDTH) - 28)
        self.note.setVisible(bool(row.note))
        self._show_said()
        self._show_lines(row)
        self.properties_button.setText(words("card.properties"))
        self.review_button.setText(
            words("card.reviewed" if row.status == Status.REVIEW else "card.review")
        )
        self.who.setText(" · ".join(filter(None, (row.coder, word_moment(row.created)))))
        self.who.setVisible(bool(row.coder))
        self.tag_button.setText(words("card.change_tag" if row.tag else "card.add_tag"))
        self.note_button.setText(words("card.edit_note" if row.note else "card.add_note"))
        self.delete_button.setText(words("card.delete"))
        self.settle_button.setText(words("review.settle"))
        self.settle_button.setToolTip(words("review.settle_tip"))
        self.state.setText(words("hover.review" if row.needs_review else "review.moved_tip"))
        for widget in (self.state, self.settle_button):
            widget.setVisible(not row.is_settled)
        self.status.setText(words(f"status.{row.status}") if row.status in _KNOWN else row.status)
        self.status.setVisible(bool(row.status))
        self.start_label.setText(words("card.start"))
        self.end_label.setText(words("card.end"))
        for name, button in self.end_buttons.items():
            button.setToolTip(words(f"card.{name}"))
            button.setAccessibleName(words(f"card.{name}"))

    def _show_lines(self, row: AnnotationRow) -> None:
        """Show the pieces of one that has several, and its links."""
        words = self._words
        pieces = [
            Line(str(at), f"{at + 1}. {self._shown(quote)}", ("remove",))
            for at, quote in enumerate(row.quotes)
        ]
        self.pieces.set_lines(pieces, {"remove": words("passage.remove")})
        links = [Line(link.id, self._shown(link.text), ("more",)) for link in row.links]
        self.links.set_lines(links, {"more": words("link.more")})
        self.quote.setVisible(not pieces)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _connect(self) -> None:
        self.tag_button.clicked.connect(self.tag_asked)
        self.note_button.clicked.connect(self.note_asked)
        self.properties_button.clicked.connect(self.properties_asked)
        self.delete_button.clicked.connect(self.deletion_asked)
        self.settle_button.clicked.connect(self.settling_asked)
        self.review_button.clicked.connect(self.review_asked)
        self.pieces.chosen.connect(lambda key: self.piece_chosen.emit(int(key)))
        self.pieces.act_asked.connect(lambda _, key: self.piece_removed.emit(int(key)))
        self.links.chosen.connect(self.link_chosen)
        self.links.act_asked.connect(lambda _, key: self.link_asked.emit(key))
        for name, button in self.end_buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.end_moved.emit(name))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.tag, 1)
        head.addWidget(self.status)
        column.addLayout(head)
        for widget in (self.quote, self.pieces, self.note, self.said, self.links, self.who):
            column.addWidget(widget)
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
        self.properties_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        ends.addWidget(self.properties_button)
        column.addLayout(ends)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.tag_button, self.note_button, self.review_button):
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
