"""Backups: what there is and holds, a new one, going back to one, how many are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox

from meipi.core.messages import word
from meipi.ui.dialogs.listing import ListingDialog
from meipi.ui.i18n import number
from meipi.ui.presenters.moments import word_moment
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from meipi.services.backups import Contents
    from meipi.ui.i18n import Words

_NUMBERS = ("backup_hours", "backup_hourly", "backup_daily", "backup_weekly")
_FIELD = 58
_MOST = {"backup_hours": 168}


class BackupsDialog(ListingDialog):
    """Lists the copies; the last shown is what the library was an hour ago at most."""

    making_asked = Signal()
    restoring_asked = Signal(object)
    """The `Contents` of the copy."""
    setting_changed = Signal(str, int)

    def __init__(self, words: Words, values: dict[str, int], parent: QWidget | None = None) -> None:
        columns = ("made", "documents", "annotations", "size", "file")
        super().__init__(words, "backups", columns, parent)
        for name in _NUMBERS:
            box = QSpinBox(self)
            box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
            box.setMinimumWidth(scaled(self, _FIELD))
            box.setRange(0, _MOST.get(name, 100))
            box.setValue(values[name])
            box.valueChanged.connect(
                lambda value, name=name: self.setting_changed.emit(name, value)
            )
            self.add_label(self.fields, name, box)
        self.fields.addStretch(1)
        row = QHBoxLayout()
        self.make_button = self.add_button(row, "make", "dialog_add")
        row.addStretch(1)
        self.column.addLayout(row)
        self.restore_button = self.add_buttons(words("backups.restore"), leave="dialog.close")
        self.restore_button.setAutoDefault(False)
        self.make_button.clicked.connect(self.making_asked)
        self.restore_button.clicked.connect(lambda: self.restoring_asked.emit(self.chosen()))
        self.list.itemSelectionChanged.connect(self._look)
        self._look()

    def show_backups(self, found: Sequence[Contents]) -> None:
        """Show the copies there are, the latest first."""
        self.show_rows((one, self._cells(one)) for one in found)
        if not found:
            self.told.setText(self.say("none"))

    def set_busy(self, *, busy: bool, text: str = "") -> None:
        """Say that something is being done, and offer nothing meanwhile."""
        self.make_button.setDisabled(busy)
        self.restore_button.setDisabled(busy or self.chosen() is None)
        if text:
            self.told.setText(text)

    def _cells(self, one: Contents) -> list[str]:
        made = word_moment(one.backup.made.isoformat())
        size = f"{one.backup.size / 1_000_000:.1f} MB"
        if one.problem is not None:
            return [made, "–", "–", size, word(one.problem, self.words.language)]
        return [made, number(one.documents), number(one.annotations), size, one.backup.path.name]

    def _look(self) -> None:
        one = self.chosen()
        self.restore_button.setEnabled(one is not None and one.problem is None)  # type: ignore[attr-defined]
        self.told.setText("" if one is None else self.say("hint"))
