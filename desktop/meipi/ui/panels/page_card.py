"""The card that sets the page: face, size, measure, leading, paragraphs, spacing, colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from meipi.ui.reader.setup import LEADINGS, MEASURES
from meipi.ui.theme import THEME_NAMES
from meipi.ui.widgets.buttons import Segmented
from meipi.ui.widgets.card import Card
from meipi.ui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from meipi.ui.i18n import Words
    from meipi.ui.reader.setup import PageSetup

_CHOICES: dict[str, tuple[str, ...]] = {
    "face": ("song", "hei"),
    "paragraphs": ("indent", "gap"),
    "spaced": ("on", "off"),
    "theme": THEME_NAMES,
}
_ORDER = ("face", "size", "measure", "leading", "paragraphs", "spaced", "theme")


class PageCard(Card):
    """Shows how the page is set and says what is asked; changes nothing itself."""

    chosen = Signal(str, str)
    """A row and the choice made in it."""
    stepped = Signal(str, int)
    """A row, and 1 for more or -1 for less."""
    reset_asked = Signal()

    def __init__(self, host: QWidget, words: Words) -> None:
        super().__init__(host)
        self._words = words
        self.labels = {key: QLabel(self) for key in _ORDER}
        self.choices = {key: Segmented(keys, self) for key, keys in _CHOICES.items()}
        self.steppers = {key: Stepper(self) for key in _ORDER if key not in _CHOICES}
        self.reset = QPushButton(self)
        self._lay_out()
        for key, choice in self.choices.items():
            choice.chosen.connect(lambda value, key=key: self.chosen.emit(key, value))
        for key, stepper in self.steppers.items():
            stepper.stepped.connect(lambda by, key=key: self.stepped.emit(key, by))
        self.reset.clicked.connect(self.reset_asked)

    def set_values(self, page: PageSetup, *, size: int, sizes: tuple[int, ...], theme: str) -> None:
        """Show what is chosen now."""
        words, steppers = self._words, self.steppers
        steppers["size"].set_value(
            words("page.pixels", size=size), at_least=size <= sizes[0], at_most=size >= sizes[-1]
        )
        steppers["measure"].set_value(
            words("page.characters", number=page.measure),
            at_least=page.measure <= MEASURES[0],
            at_most=page.measure >= MEASURES[-1],
        )
        steppers["leading"].set_value(
            f"{page.leading / 100:.2f}",
            at_least=page.leading <= LEADINGS[0],
            at_most=page.leading >= LEADINGS[-1],
        )
        for key, value in (("face", page.face), ("paragraphs", page.paragraphs), ("theme", theme)):
            self.choices[key].set_current(value)
        self.choices["spaced"].set_current("on" if page.spaced else "off")

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        words = self._words
        self.setAccessibleName(words("page.name"))
        for key, label in self.labels.items():
            label.setText(words(f"page.{key}"))
        for key, choice in self.choices.items():
            choice.setAccessibleName(words(f"page.{key}"))
            choice.set_texts([(words(f"page.{key}_{value}"), "") for value in _CHOICES[key]])
        for key, stepper in self.steppers.items():
            less, more = words(f"page.{key}_less"), words(f"page.{key}_more")
            stepper.set_names(words(f"page.{key}"), less, more)
        self.reset.setText(words("page.reset"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            if not self.isHidden():
                self.fit()

    def _buttons(self) -> list[QAbstractButton]:
        """Return the buttons in the order of the rows: each stands in a frame of its own."""
        found = super()._buttons()
        return sorted(found, key=lambda button: _corner(button, self))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 14, 16, 14)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(9)
        rows: dict[str, QWidget] = {**self.choices, **self.steppers}
        for at, key in enumerate(_ORDER):
            self.labels[key].setProperty("part", "soft")
            grid.addWidget(self.labels[key], at, 0)
            grid.addWidget(rows[key], at, 1)
        for choice in self.choices.values():
            for button in choice.findChildren(QToolButton):
                wide = QSizePolicy.Policy.Expanding
                button.setSizePolicy(wide, QSizePolicy.Policy.Preferred)
        grid.addWidget(self.reset, len(_ORDER), 1, Qt.AlignmentFlag.AlignRight)


def _corner(button: QWidget, card: QWidget) -> tuple[int, int]:
    corner = button.mapTo(card, button.rect().topLeft())
    return corner.y(), corner.x()
