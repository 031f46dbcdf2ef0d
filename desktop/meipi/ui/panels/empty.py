"""What stands in place of the page while the library is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from meipi.ui.fonts import reading_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.ui.i18n import Words

_WIDTH = 460
_SHOWN = 24


class EmptyPage(QWidget):
    """One sentence, two buttons, and the samples."""

    open_asked = Signal()
    import_asked = Signal()
    sample_chosen = Signal(int)
    all_samples_asked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._samples: list[QPushButton] = []
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.open_button = QPushButton(self)
        self.open_button.setProperty("part", "primary")
        self.import_button = QPushButton(self)
        self.samples_label = QLabel(self)
        self.samples_label.setProperty("part", "soft")
        self.all_button = QPushButton(self)
        self.all_button.setProperty("part", "sample")
        self.all_button.setProperty("kind", "all")
        self._list = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.retranslate()

    def set_samples(self, titles: Sequence[str]) -> None:
        """Offer a sample for each of ``titles``."""
        for button in self._samples:
            self._list.removeWidget(button)
            button.deleteLater()
        self._samples = [self._sample(at, title) for at, title in enumerate(titles)]
        shown = bool(titles)
        self.samples_label.setVisible(shown)
        self.all_button.setVisible(shown)

    def samples(self) -> list[QPushButton]:
        """Return the buttons of the samples."""
        return self._samples

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        words = self._words
        self.sentence.setText(words("empty.sentence"))
        self.sentence.setFont(reading_font(self.font().pixelSize() * 1.45))
        self.open_button.setText(words("empty.open"))
        self.import_button.setText(words("empty.import"))
        self.samples_label.setText(words("empty.samples"))
        self.all_button.setText(words("empty.all_samples"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _sample(self, at: int, title: str) -> QPushButton:
        shown = title if len(title) <= _SHOWN else f"{title[: _SHOWN - 1]}…"
        button = QPushButton(shown, self)
        button.setToolTip(title)
        button.setProperty("part", "sample")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.sample_chosen.emit(at))
        self._list.insertWidget(at, button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _connect(self) -> None:
        self.open_button.clicked.connect(self.open_asked)
        self.import_button.clicked.connect(self.import_asked)
        self.all_button.clicked.connect(self.all_samples_asked)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(18)
        column.addStretch(2)
        column.addWidget(self.sentence)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.import_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addSpacing(8)
        column.addWidget(self.samples_label)
        self._list.setSpacing(2)
        self._list.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._list)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        box = QWidget(self)
        box.setMaximumWidth(round(_WIDTH * self.font().pixelSize() / 13))
        box.setLayout(column)
        row.addWidget(box, 4)
        row.addStretch(1)
