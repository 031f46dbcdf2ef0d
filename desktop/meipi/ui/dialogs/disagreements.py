"""What two coders disagree on, place by place: one key decides, the next place comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QTextEdit

from meipi.core.offsets import Utf16Map
from meipi.core.spans import Span
from meipi.ui.dialogs.listing import ListingDialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from meipi.core.annotation import Annotation
    from meipi.services.adjudicating import Disagreement, Walk
    from meipi.ui.i18n import Words
    from meipi.ui.theme import Theme

VERDICTS = (("first", "1"), ("second", "2"), ("both", "3"), ("neither", "0"), ("new", "4"))
_AROUND = 90
"""Characters of the text on both sides of what is in question."""


class DisagreementsDialog(ListingDialog):
    """Walks the disagreements; every decision is asked for at once and can be undone."""

    deciding_asked = Signal(object, str, object)
    """The disagreement, the verdict, and for a new one its `Span`."""
    agreed_asked = Signal()
    text_wanted = Signal(str)
    """The document of the chosen place."""

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        columns = ("place", "kind", "first", "second", "verdict")
        super().__init__(words, "disagreements", columns, parent, size=(860, 640))
        self._theme = theme
        self._walk: Walk | None = None
        self._tags: Mapping[str, str] = {}
        self._text = ("", "")
        self._start = 0
        self.passage = QPlainTextEdit(self)
        self.passage.setReadOnly(True)
        self.passage.setAccessibleName(self.say("passage"))
        self.passage.setMaximumHeight(self.fontMetrics().height() * 7)
        self.sides = [QLabel(self), QLabel(self)]
        self.buttons: dict[str, QPushButton] = {}
        self.column.insertWidget(self.column.indexOf(self.told), self.passage)
        for label in self.sides:
            label.setWordWrap(True)
            self.column.insertWidget(self.column.indexOf(self.told), label)
        self._add_verdicts()
        self.agreed_button = self.add_buttons(self.say("agreed", count=0), leave="dialog.close")
        self.agreed_button.setAutoDefault(False)
        self.agreed_button.clicked.connect(self.agreed_asked)
        self.list.itemSelectionChanged.connect(self._choose)

    def show_walk(self, walk: Walk, tags: Mapping[str, str], titles: Mapping[str, str]) -> None:
        """Show what is in question; after a decision the next undecided place is chosen."""
        before = self.chosen()
        self._walk, self._tags = walk, tags
        self.buttons["first"].setText(self._key_text("first", walk.first or self.say("nobody")))
        self.buttons["second"].setText(self._key_text("second", walk.second or self.say("nobody")))
        self.show_rows((one.id, self._cells(one, walk, titles)) for one in walk.disagreements)
        self.agreed_button.setText(self.say("agreed", count=len(walk.agreed)))
        self.agreed_button.setEnabled(bool(walk.agreed))
        left = len(walk.open)
        self.told.setText(self.say("left", count=left, layer=walk.layer))
        if before in walk.decided or before is None:
            self._go_to_next()

    def show_text(self, document: str, text: str) -> None:
        """Show the passage of the chosen place in ``text``."""
        self._text = (document, text)
        self._show_passage()

    def one(self) -> Disagreement | None:
        """Return the disagreement that is chosen."""
        walk, key = self._walk, self.chosen()
        found = () if walk is None else walk.disagreements
        return next((one for one in found if one.id == key), None)

    def decide(self, verdict: str) -> None:
        """Decide the chosen place; a new passage is what is selected in the text."""
        one = self.one()
        if one is None:
            return
        span = self._selected() if verdict == "new" else None
        if verdict == "new" and not span:
            self.show_problem(self.say("select_first"))
            return
        self.show_problem("")
        self.deciding_asked.emit(one, verdict, span)

    def _add_verdicts(self) -> None:
        row = QHBoxLayout()
        for verdict, key in VERDICTS:
            button = QPushButton(self._key_text(verdict, self.say(verdict)), self)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, verdict=verdict: self.decide(verdict))
            QShortcut(QKeySequence(key), self).activated.connect(button.click)
            self.buttons[verdict] = button
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def _key_text(self, verdict: str, text: str) -> str:
        return f"{dict(VERDICTS)[verdict]}  {text}"

    def _cells(self, one: Disagreement, walk: Walk, titles: Mapping[str, str]) -> list[str]:
        verdict = walk.decided.get(one.id, "")
        shown = {"first": walk.first, "second": walk.second}.get(verdict)
        said = shown or (self.say(verdict) if verdict else "")
        where = f"{titles.get(one.document, one.document)[:14]} · {one.span.start}"
        kind = self.say(f"kind_{one.kind}")
        return [where, kind, self._worded(one.first), self._worded(one.second), said]

    def _worded(self, side: Annotation | None) -> str:
        if side is None:
            return "–"
        return f"{self._tags.get(side.tag or '', '')}：{side.anchor.quote[:12]}"

    def _choose(self) -> None:
        one = self.one()
        for button in self.buttons.values():
            button.setEnabled(one is not None)
        if one is None:
            self.passage.clear()
            return
        if one.document == self._text[0]:
            self._show_passage()
        else:
            self.passage.clear()
            self.text_wanted.emit(one.document)

    def _show_passage(self) -> None:
        one, walk = self.one(), self._walk
        document, text = self._text
        if one is None or walk is None or one.document != document:
            return
        self._start = max(0, one.span.start - _AROUND)
        shown = text[self._start : one.span.end + _AROUND]
        self.passage.setPlainText(shown.replace("\n", " "))
        marks = []
        for at, (side, name) in enumerate(((one.first, walk.first), (one.second, walk.second))):
            label = self.sides[at]
            label.setText(f"{name or self.say('nobody')}　{self._worded(side)}")
            if side is not None:
                marks.append(self._mark(shown, side, at))
        self.passage.setExtraSelections(marks)

    def _mark(self, shown: str, side: Annotation, at: int) -> QTextEdit.ExtraSelection:
        """Underline what one coder marked: the first straight, the second waved."""
        cursor = QTextCursor(self.passage.document())
        start, end = side.span.start - self._start, side.span.end - self._start
        units = Utf16Map(shown)
        cursor.setPosition(units.to_utf16(start))
        cursor.setPosition(units.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setBackground(self._theme.tag_color(at * 3))
        style.setFontUnderline(True)
        line = QTextCharFormat.UnderlineStyle
        style.setUnderlineStyle(line.WaveUnderline if at else line.SingleUnderline)
        mark = QTextEdit.ExtraSelection()
        mark.cursor, mark.format = cursor, style
        return mark

    def _selected(self) -> Span | None:
        cursor = self.passage.textCursor()
        if not cursor.hasSelection():
            return None
        units = Utf16Map(self.passage.toPlainText())
        ends = (cursor.selectionStart(), cursor.selectionEnd())
        start, end = (units.to_code_point(one) + self._start for one in ends)
        return Span(start, end)

    def _go_to_next(self) -> None:
        walk = self._walk
        key = next((one.id for one in walk.open), None) if walk is not None else None
        for at in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(at)
            if item is not None and item.data(0, Qt.ItemDataRole.UserRole) == key:
                self.list.setCurrentItem(item)
