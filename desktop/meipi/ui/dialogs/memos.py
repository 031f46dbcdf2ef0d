"""Memos: all of them listed, the chosen one to be read as Markdown or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from meipi.ui.dialogs.base import Dialog
from meipi.ui.models.rows import RowsModel, row_of
from meipi.ui.presenters.matching import fits
from meipi.ui.presenters.memos import MemoRow, MemoSubject
from meipi.ui.presenters.notes import without_images
from meipi.ui.widgets.buttons import Segmented
from meipi.ui.widgets.fields import FilterField
from meipi.ui.widgets.markdown_label import MarkdownLabel
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.ui.i18n import Words

_WIDTH, _HEIGHT = 760, 520
_MANY = 10_000


class MemosDialog(Dialog):
    """What was typed is saved whenever one leaves it, for another memo or for good."""

    saved = Signal(object, str, str)
    """The `MemoRow` or, of a new one, its `MemoSubject`; title and text."""
    deleted = Signal(str)
    new_asked = Signal()
    subject_asked = Signal(object)
    """The `MemoSubject` one wants to see."""

    def __init__(
        self, words: Words, shown: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(words, words("memo.heading"), parent)
        self._shown = shown
        self._rows: Sequence[MemoRow] = ()
        self._open: MemoRow | MemoSubject | None = None
        self.filter = FilterField(self)
        self.list = QListView(self)
        self.model = RowsModel(self)
        self.list.setModel(self.model)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setProperty("part", "lines")
        self.subject = QPushButton(self)
        self.title = QLineEdit(self)
        self.editor = QPlainTextEdit(self)
        self.preview = MarkdownLabel(self, highest=_MANY)
        self.mode = Segmented(("read", "write"), self)
        self.pages = QStackedWidget(self)
        self.new_button = QPushButton(words("memo.new"), self)
        self.delete_button = QPushButton(words("memo.delete"), self)
        self._lay_out()
        self.apply_button = self.add_buttons(words("memo.save"), leave="memo.close")
        self.keyed |= {"dialog_add": self.new_button, "dialog_delete": self.delete_button}
        self._name()
        self._connect()
        self._show(None)

    def show_rows(self, rows: Sequence[MemoRow]) -> None:
        """List ``rows``; the memo that is open stays so while it is there."""
        self._rows = rows
        self._sift()
        if isinstance(self._open, MemoRow):
            known = {row.memo.id: row for row in rows}
            row = known.get(self._open.memo.id)
            if row is None:
                self._show(rows[0] if rows else None)
            else:
                self._open = row
        elif self._open is None and rows:
            self._show(rows[0])

    def begin(self, subject: MemoSubject) -> None:
        """Write a new memo about ``subject``."""
        self.save()
        self._show(subject)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_saved(self, memo: str) -> None:
        """Know that the new memo that was open is ``memo`` now."""
        for row in self._rows:
            if row.memo.id == memo and isinstance(self._open, MemoSubject):
                self._open = row
                self._mark_current()

    def save(self) -> None:
        """Have what was typed written, if it is other than before."""
        words = self.title.text(), self.editor.toPlainText()
        if isinstance(self._open, MemoRow):
            if words != (self._open.memo.title, self._open.memo.text):
                self.saved.emit(self._open, *words)
        elif self._open is not None and any(part.strip() for part in words):
            self.saved.emit(self._open, *words)

    def done(self, result: int) -> None:
        """Keep what was typed, whichever way one leaves."""
        self.save()
        super().done(result)

    def _show(self, what: MemoRow | MemoSubject | None) -> None:
        self._open = what
        memo = what.memo if isinstance(what, MemoRow) else None
        subject = what.subject if isinstance(what, MemoRow) else what
        self.subject.setText(self._shown(subject.name) if subject else self.words("memo.none"))
        self.subject.setEnabled(subject is not None)
        self.title.setText(memo.title if memo else "")
        self.editor.setPlainText(memo.text if memo else "")
        for widget in (self.title, self.editor, self.apply_button, self.mode):
            widget.setEnabled(what is not None)
        self.delete_button.setEnabled(memo is not None)
        self._turn("read" if memo else "write")
        self._mark_current()

    def _turn(self, mode: str) -> None:
        self.mode.set_current(mode)
        if mode == "read":
            text = without_images(self.editor.toPlainText())
            self.preview.set_markdown(text, self.pages.width() - 12)
        self.pages.setCurrentIndex(0 if mode == "read" else 1)

    def _mark_current(self) -> None:
        at = self.model.place_of(self._open) if isinstance(self._open, MemoRow) else None
        if at is not None:
            self.list.setCurrentIndex(self.model.index(at))
        else:
            self.list.clearSelection()

    def _sift(self) -> None:
        query = self.filter.text().strip()
        self.model.set_rows([row for row in self._rows if not query or fits(query, row.text)])
        self._mark_current()

    def _choose(self) -> None:
        row = row_of(self.list.currentIndex())
        if isinstance(row, MemoRow) and row != self._open:
            self.save()
            self._show(row)

    def _delete(self) -> None:
        if isinstance(self._open, MemoRow):
            gone, self._open = self._open.memo.id, None
            self.deleted.emit(gone)

    def _ask_subject(self) -> None:
        subject = self._open.subject if isinstance(self._open, MemoRow) else self._open
        if subject is not None:
            self.accept()
            self.subject_asked.emit(subject)

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _: self._sift())
        self.filter.down_pressed.connect(self.list.setFocus)
        self.filter.escaped.connect(self.reject)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._choose())
        self.mode.chosen.connect(self._turn)
        self.new_button.clicked.connect(self.new_asked)
        self.delete_button.clicked.connect(self._delete)
        self.subject.clicked.connect(self._ask_subject)
        self.apply_button.clicked.connect(self.accept)

    def _name(self) -> None:
        words = self.words
        self.filter.setPlaceholderText(words("memo.filter"))
        self.title.setPlaceholderText(words("memo.title"))
        self.editor.setPlaceholderText(words("memo.text"))
        for widget, key in (
            (self.filter, "filter"),
            (self.list, "list"),
            (self.title, "title"),
            (self.editor, "text"),
        ):
            widget.setAccessibleName(words(f"memo.{key}"))
        self.subject.setToolTip(words("memo.go"))
        self.mode.set_texts([(words(f"memo.{key}"), words(f"memo.{key}")) for key in _MODES])

    def _lay_out(self) -> None:
        self.resize(scaled(self, _WIDTH), scaled(self, _HEIGHT))
        for button in (self.subject, self.new_button, self.delete_button):
            button.setAutoDefault(False)
        self.editor.setTabChangesFocus(True)
        self.pages.addWidget(self.preview)
        self.pages.addWidget(self.editor)
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.addWidget(self.filter, 0, 0)
        grid.addWidget(self.list, 1, 0, 3, 1)
        head = QHBoxLayout()
        head.addWidget(self.subject, 1)
        head.addWidget(self.mode)
        grid.addLayout(head, 0, 1)
        grid.addWidget(self.title, 1, 1)
        grid.addWidget(self.pages, 2, 1, 2, 1)
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.column.addLayout(grid, 1)
        row = QHBoxLayout()
        row.addWidget(self.new_button)
        row.addWidget(self.delete_button)
        row.addStretch(1)
        self.column.addLayout(row)


_MODES = ("read", "write")
