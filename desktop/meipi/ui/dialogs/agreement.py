"""How far coders agree: figures over all and by tag, and the way to what they disagree on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from meipi.ui.dialogs.listing import ListingDialog
from meipi.ui.i18n import number
from meipi.ui.widgets.chips import Chips

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QWidget

    from meipi.core.agreement import Figures
    from meipi.services.agreeing import Agreement
    from meipi.ui.i18n import Words

FIGURES = ("exact", "overlap", "cohen", "fleiss", "alpha")


class AgreementDialog(ListingDialog):
    """Chips choose the coders; what is chosen is measured at once, gamma when asked for."""

    measuring_asked = Signal(object)
    """The names of the coders, a tuple."""
    gamma_asked = Signal(object)
    walk_asked = Signal(object)
    beside_asked = Signal(object)

    def __init__(
        self, words: Words, coders: Sequence[str], color: QColor, parent: QWidget | None = None
    ) -> None:
        columns = ("tag", "counts", *FIGURES)
        super().__init__(words, "agreement", columns, parent, size=(860, 520))
        nameless = self.say("nobody")
        self.coders = Chips([(name, name or nameless, color) for name in coders], self)
        self.coders.setAccessibleName(self.say("coders"))
        self.fields.addWidget(self.coders, 1)
        row = QHBoxLayout()
        self.gamma_button = self.add_button(row, "gamma", "dialog_add")
        self.copy_button = self.add_button(row, "copy", "dialog_keep")
        self.beside_button = self.add_button(row, "beside")
        row.addStretch(1)
        self.column.addLayout(row)
        self.walk_button = self.add_buttons(words("agreement.walk"), leave="dialog.close")
        self.walk_button.setAutoDefault(False)
        self.coders.changed.connect(lambda: self.measuring_asked.emit(self.coders.chosen()))
        self.gamma_button.clicked.connect(lambda: self.gamma_asked.emit(self.coders.chosen()))
        self.beside_button.clicked.connect(lambda: self.beside_asked.emit(self.coders.chosen()))
        self.walk_button.clicked.connect(lambda: self.walk_asked.emit(self.coders.chosen()))

    def show_agreement(self, found: Agreement) -> None:
        """Show the figures, over all first."""
        self.show_problem("")
        rows = [("*", self._cells(self.say("over_all"), found.over_all))]
        rows += [(tag, self._cells(tag, figures)) for tag, figures in found.tags.items()]
        self.show_rows(rows)
        names = " / ".join(name or self.say("nobody") for name in found.coders)
        fields = {"count": number(found.documents), "characters": number(found.characters)}
        self.told.setText(self.say("measured", names=names, **fields))
        self.walk_button.setEnabled(len(found.coders) == 2)
        self.beside_button.setEnabled(len(found.coders) == 2)

    def show_none(self, text: str) -> None:
        """Say why there are no figures."""
        self.show_rows([])
        self.told.setText(text)
        self.walk_button.setEnabled(False)

    def show_gamma(self, value: float | None) -> None:
        """Show gamma."""
        self.gamma_button.setEnabled(True)
        self.told.setText(self.say("gamma_is", value=_figure(value)))

    def say_measuring(self) -> None:
        """Say that gamma is being measured, which takes a while."""
        self.gamma_button.setEnabled(False)
        self.told.setText(self.say("gamma_wait"))

    def csv(self) -> str:
        """Return the figures for a spreadsheet."""
        header = self.list.headerItem()
        names = [header.text(at) for at in range(self.list.columnCount())]
        return "\n".join("\t".join(row) for row in [names, *self.texts()])

    def _cells(self, name: str, figures: Figures) -> list[str]:
        counts = " / ".join(map(number, figures.counts))
        return [name, counts, *(_figure(getattr(figures, one)) for one in FIGURES)]


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
