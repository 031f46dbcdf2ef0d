"""The journal: who did what when, sifted and taken along; a document brought back to a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from meipi.services.journal import Sought
from meipi.ui.dialogs.listing import ListingDialog
from meipi.ui.presenters.moments import word_moment
from meipi.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from meipi.services.journal import Line
    from meipi.services.moments import Difference
    from meipi.ui.i18n import Words

_SHOWN = 8
"""Annotations of a difference that are named."""


class JournalDialog(ListingDialog):
    """Lists lines, the latest first; what is chosen is a moment of the open document."""

    sought = Signal(object)
    """`Sought`: other lines are wanted."""
    exporting_asked = Signal(object)
    moment_chosen = Signal(int)
    """The line after which the open document is to be seen."""
    restoring_asked = Signal(int, str)

    def __init__(
        self,
        words: Words,
        coders: Sequence[str],
        document: tuple[str, str] | None,
        parent: QWidget | None = None,
    ) -> None:
        columns = ("made", "coder", "way", "act", "documents")
        super().__init__(words, "journal", columns, parent, size=(860, 580))
        self._document = document
        self.coder = ChoiceBox(self)
        self.coder.addItem(self.say("everybody"), None)
        for name in coders:
            self.coder.addItem(name or self.say("nobody"), name)
        self.where = ChoiceBox(self)
        self.where.addItem(self.say("everywhere"), "")
        if document is not None:
            self.where.addItem(document[1][:24], document[0])
        self.since, self.until = QLineEdit(self), QLineEdit(self)
        self._add_fields()
        row = QHBoxLayout()
        self.export_button = self.add_button(row, "export", "dialog_keep")
        row.addStretch(1)
        self.column.addLayout(row)
        self.restore_button = self.add_buttons(words("journal.restore"), leave="dialog.close")
        self.restore_button.setAutoDefault(False)
        self.restore_button.setEnabled(False)
        self.export_button.clicked.connect(lambda: self.exporting_asked.emit(self.wanted()))
        self.restore_button.clicked.connect(self._restore)
        self.list.itemSelectionChanged.connect(self._choose)

    def wanted(self) -> Sought:
        """Return which lines are wanted."""
        days = (self.since.text().strip(), self.until.text().strip())
        return Sought(self.coder.currentData(), self.where.currentData(), *days)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show lines."""
        self.show_rows((line.id, self._cells(line)) for line in lines)

    def show_difference(self, moment: int, found: Difference) -> None:
        """Show what going back to ``moment`` would do; answers for others come too late."""
        if moment != self.chosen():
            return
        self.restore_button.setEnabled(bool(found))
        if not found:
            self.told.setText(self.say("same"))
            return
        counts = {
            "added": len(found.added),
            "changed": len(found.changed),
            "removed": len(found.removed),
        }
        named = [
            *(f"+ {one.anchor.quote[:16]}" for one in found.added),
            *(f"≠ {one.anchor.quote[:16]}" for one, _ in found.changed),
            *(f"− {one.anchor.quote[:16]}" for one in found.removed),
        ]
        more = ["…"] if len(named) > _SHOWN else []
        words = "   ".join([*named[:_SHOWN], *more])
        self.told.setText(f"{self.say('difference', **counts)}\n{words}")

    def _cells(self, line: Line) -> list[str]:
        return [
            word_moment(line.made),
            line.coder or self.say("nobody"),
            self.say(f"way_{line.way}"),
            line.act,
            "、".join(line.documents[:3]) + ("…" if len(line.documents) > 3 else ""),
        ]

    def _add_fields(self) -> None:
        for name, box in (("of_coder", self.coder), ("of_document", self.where)):
            self.add_label(self.fields, name, box)
            box.activated.connect(lambda _: self.sought.emit(self.wanted()))
        for name, line in (("since", self.since), ("until", self.until)):
            line.setPlaceholderText(self.say("day"))
            line.setMaximumWidth(self.fontMetrics().horizontalAdvance("2026-11-24") + 32)
            self.add_label(self.fields, name, line)
            line.editingFinished.connect(lambda: self.sought.emit(self.wanted()))
        self.fields.addStretch(1)

    def _choose(self) -> None:
        self.restore_button.setEnabled(False)
        self.told.setText("")
        chosen = self.chosen()
        if self._document is not None and isinstance(chosen, int):
            self.moment_chosen.emit(chosen)

    def _restore(self) -> None:
        item = self.list.currentItem()
        chosen = self.chosen()
        if item is not None and isinstance(chosen, int):
            self.restoring_asked.emit(chosen, item.text(0))
