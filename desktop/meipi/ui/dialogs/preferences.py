"""Preferences: a row for each setting of the table that a reader chooses, changed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from meipi.services.preferences import sections
from meipi.ui.dialogs.base import Dialog
from meipi.ui.fonts import reading_font
from meipi.ui.widgets.choice_box import ChoiceBox
from meipi.ui.widgets.sizes import scaled
from meipi.ui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from meipi.services.settings import Setting
    from meipi.ui.i18n import Words

_WIDTH, _HEIGHT = 560, 640
_STEPS = {"page_leading": 5}
"""How far a number goes at a time, where not by one."""


class PreferencesDialog(Dialog):
    """Shows values and says what is asked; changes nothing itself."""

    changed = Signal(str, object)
    """The name of a setting and its new value."""
    reset_asked = Signal()

    def __init__(
        self, words: Words, values: Mapping[str, Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(words, words("preferences.title"), parent)
        self.fields: dict[str, QWidget] = {}
        self._show: dict[str, Callable[[Any], object]] = {}
        self._showing = False
        self._makers: dict[str, Callable[[Setting, QWidget], QWidget]] = {
            "choice": self._make_choice,
            "switch": self._make_switch,
            "number": self._make_number,
        }
        self.column.addWidget(self._rows(), 1)
        self.reset_button = QPushButton(words("preferences.reset"), self)
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(self.reset_asked)
        self.keyed["dialog_reset_all"] = self.reset_button
        self.column.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.close_button = self.add_buttons(words("dialog.close"), only=True)
        self.close_button.clicked.connect(self.accept)
        self.show_values(values)
        self.fit(scaled(self, _WIDTH), scaled(self, _HEIGHT))

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show ``values`` as they are now."""
        self._showing = True
        for name, show in self._show.items():
            show(values[name])
        self._showing = False

    def _rows(self) -> QScrollArea:
        inner = QWidget(self)
        inner.setProperty("part", "plain")
        grid = QGridLayout(inner)
        grid.setContentsMargins(2, 2, 10, 2)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for section, settings in sections():
            grid.addWidget(self._section(section, inner), grid.rowCount(), 0, 1, 2)
            for setting in settings:
                self._add_row(grid, setting, inner)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        return area

    def _section(self, name: str, parent: QWidget) -> QLabel:
        label = QLabel(self.words(f"preferences.{name}"), parent)
        label.setFont(reading_font(self.font().pixelSize() * 1.15, bold=True))
        label.setContentsMargins(0, scaled(self, 8), 0, 0)
        return label

    def _add_row(self, grid: QGridLayout, setting: Setting, parent: QWidget) -> None:
        text = self.words(f"setting.{setting.name}")
        field = self._makers[setting.kind](setting, parent)
        field.setAccessibleName(text)
        self.fields[setting.name] = field
        row = grid.rowCount()
        if isinstance(field, QCheckBox):
            field.setText(text)
            grid.addWidget(field, row, 0, 1, 2)
            return
        label = QLabel(text, parent)
        label.setProperty("part", "soft")
        label.setBuddy(field)
        grid.addWidget(label, row, 0)
        grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)

    def _say(self, name: str, value: object) -> None:
        if not self._showing:
            self.changed.emit(name, value)

    def _make_choice(self, setting: Setting, parent: QWidget) -> QWidget:
        box = ChoiceBox(parent)
        for choice in setting.choices:
            box.addItem(self.words(f"setting.{setting.name}_{choice}"), choice)
        self._show[setting.name] = lambda value: box.setCurrentIndex(box.findData(value))
        box.activated.connect(lambda at: self._say(setting.name, box.itemData(at)))
        return box

    def _make_switch(self, setting: Setting, parent: QWidget) -> QWidget:
        box = QCheckBox(parent)
        self._show[setting.name] = box.setChecked
        box.toggled.connect(lambda on: self._say(setting.name, on))
        return box

    def _make_number(self, setting: Setting, parent: QWidget) -> QWidget:
        stepper = Stepper(parent)
        (low, high), by = setting.bounds, _STEPS.get(setting.name, 1)
        text, unit = (self.words(f"setting.{setting.name}{end}") for end in ("", "_unit"))
        less, more = (self.words(f"preferences.{way}", name=text) for way in ("less", "more"))
        stepper.set_names(text, less, more)
        now = [setting.default]

        def show(value: int) -> None:
            now[0] = value
            stepper.set_value(f"{value}{unit}", at_least=value <= low, at_most=value >= high)

        def step(way: int) -> None:
            self._say(setting.name, min(max(low, now[0] + way * by), high))

        self._show[setting.name] = show
        stepper.stepped.connect(step)
        return stepper
