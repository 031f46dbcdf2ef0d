"""Tagging all equal passages: what is looked for, where, which tag, and every place to untick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QPushButton, QWidget

from meipi.services.equal import Wanted
from meipi.services.passage_search import Way
from meipi.ui.dialogs.base import Dialog
from meipi.ui.i18n import number
from meipi.ui.models.checked import CheckedModel
from meipi.ui.widgets.choice_box import ChoiceBox
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.core.annotation import Tag
    from meipi.services.equal import Passage
    from meipi.ui.i18n import Words

_WIDTH, _HEIGHT = 620, 520
_PAUSE_MS = 350
"""After the last key: then what is typed is looked for."""


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as the list shows it."""

    passage: Passage
    text: str


class EqualDialog(Dialog):
    """Looks for passages while one types; ``found`` fixed passages need no words."""

    wanted_changed = Signal(object)
    """`Wanted`."""
    apply_asked = Signal(object, str)
    """The passages ticked and the id of a tag."""

    def __init__(  # noqa: PLR0913 - what it begins with
        self,
        words: Words,
        tags: Sequence[Tag],
        parent: QWidget | None = None,
        *,
        text: str,
        document: str | None,
        tag: str,
        shown: Callable[[str], str],
        fixed: bool = False,
    ) -> None:
        super().__init__(words, words("equal.finds" if fixed else "equal.title"), parent)
        self._document, self._shown = document, shown
        self._rows: list[PassageRow] = []
        self.field = QLineEdit(text, self)
        self.field.setPlaceholderText(words("equal.words"))
        self.field.setAccessibleName(words("equal.words"))
        self.way = self._choices("way", [(way.value, f"equal.{way}") for way in Way])
        self.way.setCurrentIndex(1)
        places = [("here", "equal.here"), ("all", "equal.all")]
        self.where = self._choices("where", places if document else places[1:])
        self.tag = ChoiceBox(self)
        self.tag.setAccessibleName(words("equal.tag"))
        for one in tags:
            self.tag.addItem(one.name, one.id)
        self.tag.setCurrentIndex(max(0, self.tag.findData(tag)))
        self.model = CheckedModel()
        self.model.setParent(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(words("equal.passages"))
        self.count = self.soft_label()
        self.all_button = QPushButton(words("equal.tick_all"), self)
        self.none_button = QPushButton(words("equal.tick_none"), self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._lay_out(fixed=fixed)
        self.apply_button = self.add_buttons("")
        self._connect()
        self._count()

    def wanted(self) -> Wanted:
        """Return what is looked for now."""
        here = self.where.currentData() == "here"
        way = Way(str(self.way.currentData()))
        return Wanted(self.field.text(), way, self._document if here else None)

    def look(self) -> None:
        """Ask for what is looked for now."""
        self._pause.stop()
        self.show_problem("")
        if self.field.text().strip():
            self.count.setText(self.words("equal.looking", percent=0))
            self.wanted_changed.emit(self.wanted())
        else:
            self.show_passages([])

    def show_progress(self, percent: int) -> None:
        """Say how far the work is."""
        self.count.setText(self.words("equal.looking", percent=percent))

    def show_passages(self, passages: Sequence[Passage]) -> None:
        """List ``passages``, all ticked but those that bear the tag."""
        self._rows = [PassageRow(one, self._line(one)) for one in passages]
        self._offer()

    def _offer(self) -> None:
        tag = self.tag.currentData()
        borne = frozenset(at for at, row in enumerate(self._rows) if tag in row.passage.tags)
        self.model.offer(self._rows, fixed=borne)

    def _line(self, one: Passage) -> str:
        here = " ".join(f"…{one.before}【{one.quote}】{one.after}…".split())
        line = self._shown(here)
        return line if self.where.currentData() == "here" else f"{line}　{one.title}"

    def _count(self) -> None:
        ticked, tag = len(self.model.ticked()), self.tag.currentText()
        borne = sum(self.tag.currentData() in row.passage.tags for row in self._rows)
        count = {"found": number(len(self._rows)), "ticked": number(ticked)}
        said = self.words("equal.count", **count) if self._rows else self.words("equal.none")
        more = self.words("equal.borne", count=number(borne)) if borne else ""
        self.count.setText(" ".join(filter(None, (said, more))))
        self.apply_button.setText(self.words("equal.apply", count=number(ticked), tag=tag))
        self.apply_button.setEnabled(bool(ticked) and bool(tag))

    def _apply(self) -> None:
        chosen = [self._rows[at].passage for at in self.model.ticked()]
        self.apply_button.setEnabled(False)
        self.apply_asked.emit(chosen, str(self.tag.currentData()))

    def _choices(self, name: str, items: Sequence[tuple[str, str]]) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setAccessibleName(self.words(f"equal.{name}"))
        for key, words in items:
            box.addItem(self.words(words), key)
        return box

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _: self._pause.start())
        for box in (self.way, self.where):
            box.currentIndexChanged.connect(lambda _: self.look())
        self.tag.currentIndexChanged.connect(lambda _: self._offer())
        self.model.ticks_changed.connect(self._count)
        self.all_button.clicked.connect(lambda: self.model.tick_all(on=True))
        self.none_button.clicked.connect(lambda: self.model.tick_all(on=False))
        self.apply_button.clicked.connect(self._apply)

    def _lay_out(self, *, fixed: bool) -> None:
        self.resize(scaled(self, _WIDTH), scaled(self, _HEIGHT))
        self.column.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(8)
        for box in (self.way, self.where):
            row.addWidget(box)
            box.setHidden(fixed)
        self.field.setHidden(fixed)
        row.addStretch(1)
        row.addWidget(self.tag)
        self.column.addLayout(row)
        self.column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.count, 1)
        for button in (self.all_button, self.none_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        self.column.addLayout(foot)
