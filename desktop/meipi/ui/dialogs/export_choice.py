"""What of annotations and entities goes into an export: coders, days, kinds of entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from meipi.services.presets import is_day
from meipi.services.selecting import Choice, Entities
from meipi.ui.widgets.chips import Chips
from meipi.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor

    from meipi.ui.i18n import Words

_DAY = "2026-03-01"


class ChoiceFields(QWidget):
    """The fields, to be placed by the dialog; ``coders`` is hidden where there is one at most."""

    changed = Signal()

    def __init__(
        self, words: Words, coders: Sequence[str], color: QColor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.hide()
        nameless = words("export.no_coder")
        several = coders if len(coders) > 1 else ()
        self.coders = Chips([(one, one or nameless, color) for one in several], parent)
        self.entities = ChoiceBox(parent)
        for kind in Entities:
            self.entities.addItem(words(f"export.entities_{kind}"))
        self.since, self.until = self._day(words("export.since")), self._day(words("export.until"))
        self.days = QWidget(parent)
        row = QHBoxLayout(self.days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.since)
        row.addWidget(self.until)
        self.coders.setVisible(bool(several))
        self.coders.changed.connect(self.changed)
        self.entities.currentIndexChanged.connect(lambda _: self.changed.emit())

    def choice(self) -> Choice:
        """Return what has been chosen; a day that is none is not looked at."""
        chosen = self.coders.chosen()
        every = len(chosen) == self.coders.count()
        since, until = (
            day if is_day(day) else "" for day in (self.since.text(), self.until.text())
        )
        return Choice(
            None if every else frozenset(chosen),
            list(Entities)[max(0, self.entities.currentIndex())],
            since,
            until,
        )

    def show_choice(self, choice: Choice) -> None:
        """Set the fields to ``choice``."""
        self.coders.choose(choice.coders)
        self.entities.setCurrentIndex(list(Entities).index(choice.entities))
        self.since.setText(choice.since)
        self.until.setText(choice.until)
        self.changed.emit()

    def _day(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setPlaceholderText(f"{name} {_DAY}")
        field.setAccessibleName(name)
        field.editingFinished.connect(self.changed)
        return field
