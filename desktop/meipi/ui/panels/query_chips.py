"""The conditions of a query as chips, with the words between them, and a chip to add one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from meipi.core.query_words import JOINERS
from meipi.ui.presenters.query_form import Form, Place, worded
from meipi.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.showing import Showing


class QueryChips(QWidget):
    """Shows a form; says which chip is to be changed."""

    chip_pressed = Signal(object)
    """`Place`; none where a condition is to be added."""

    def __init__(self, words: Words, showing: Showing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._showing = showing
        self.form = Form()
        self.buttons: dict[Place | None, QToolButton] = {}
        self._flow = FlowLayout(self, gap=5)
        self.show_form(self.form)

    def show_form(self, form: Form) -> None:
        """Show ``form``."""
        self.form = form
        focused = next((place for place, b in self.buttons.items() if b.hasFocus()), -1)
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        language = self._words.language
        for place in form.places():
            if place != Place(0, 0):
                self._add_word(JOINERS["or" if place.at else "and"][0 if language == "zh" else 1])
            text = self._showing.text(worded(form.node(place), language))
            self._add_chip(place, text)
        self._add_chip(None, self._words("retrieve.add"))
        if focused in self.buttons:
            self.buttons[focused].setFocus()
        self._flow.invalidate()
        self.updateGeometry()

    def place_of(self, place: Place | None) -> QRect:
        """Return where a chip is, in the window."""
        button = self.buttons.get(place) or self.buttons[None]
        corner = button.mapTo(button.window(), button.rect().topLeft())
        return QRect(corner, button.size())

    def retranslate(self) -> None:
        """Word the chips in the window's language."""
        self.show_form(self.form)

    def _add_word(self, text: str) -> None:
        word = QLabel(text, self)
        word.setProperty("part", "soft")
        word.setContentsMargins(1, 5, 1, 5)
        self._flow.addWidget(word)
        word.show()

    def _add_chip(self, place: Place | None, text: str) -> None:
        chip = QToolButton(self)
        metrics = chip.fontMetrics()
        chip.setText(
            metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, 30 * metrics.averageCharWidth())
        )
        chip.setToolTip(text)
        chip.setProperty("part", "chip" if place is not None else "link")
        chip.setMinimumHeight(metrics.height() + 10)
        chip.clicked.connect(lambda: self.chip_pressed.emit(place))
        self.buttons[place] = chip
        self._flow.addWidget(chip)
        chip.show()
