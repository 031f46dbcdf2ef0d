"""Which annotations are listed after the text changed, and what is done about their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from meipi.core.attributes import Status
from meipi.ui.i18n import number
from meipi.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.annotations import AnnotationRow

PlaceFilter = Literal["review", "moved", "status", "linked", "pieces"]
_ACTS = ("settle", "anchor")
_FITS: dict[PlaceFilter, Callable[[AnnotationRow], bool]] = {
    "review": lambda row: row.needs_review,
    "moved": lambda row: row.moved,
    "status": lambda row: row.status == Status.REVIEW,
    "linked": lambda row: bool(row.links),
    "pieces": lambda row: bool(row.spans),
}


class PlaceFilterBox(ChoiceBox):
    """All annotations, or those of a kind; shown while there are such."""

    changed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._counts: dict[PlaceFilter, int] = {}
        self.activated.connect(lambda _: self.changed.emit())
        self.set_rows(())

    @property
    def chosen(self) -> PlaceFilter | None:
        """What is chosen; nothing where all are listed."""
        value: PlaceFilter | None = self.currentData()
        return value

    def set_rows(self, rows: Sequence[AnnotationRow]) -> None:
        """Count how the places of ``rows`` are."""
        self._counts = {name: sum(map(fits, rows)) for name, fits in _FITS.items()}
        self.setVisible(any(self._counts.values()))
        self.retranslate()

    def retranslate(self) -> None:
        """Put every word into the window's language; what is chosen stays so while it is there."""
        before, words = self.chosen, self._words
        self.clear()
        self.addItem(words("review.all"), None)
        for name, count in self._counts.items():
            if count:
                self.addItem(words(f"review.filter_{name}", count=number(count)), name)
        self.setCurrentIndex(max(0, self.findData(before)) if before else 0)
        self.setAccessibleName(words("review.filter"))

    def fits(self, row: AnnotationRow) -> bool:
        """Say whether ``row`` is listed."""
        return self.chosen is None or _FITS[self.chosen](row)


class FilterLine(QWidget):
    """What narrows a list down, and at its right what can be done with all of it."""

    def __init__(self, box: QWidget, button: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(box, 1)
        row.addStretch(0)
        row.addWidget(button)


class AnnotationBar(QWidget):
    """Confirms the place of the chosen annotation, or puts it on the selected words."""

    act_asked = Signal(str)
    """``settle`` or ``anchor``."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.buttons = {act: QPushButton(self) for act in _ACTS}
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 10)
        row.setSpacing(6)
        for act, button in self.buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, act=act: self.act_asked.emit(act))
            row.addWidget(button, 1)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        for act, button in self.buttons.items():
            button.setText(self._words(f"review.{act}"))
            button.setToolTip(self._words(f"review.{act}_tip"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
