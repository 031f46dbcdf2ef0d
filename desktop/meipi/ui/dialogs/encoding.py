"""Another encoding for a document: tried on the text before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from meipi.ui.dialogs.base import Dialog
from meipi.ui.fonts import reading_font
from meipi.ui.i18n import percent
from meipi.ui.models.rows import RowsModel, row_of
from meipi.ui.widgets.picker import PickDelegate, PickRow
from meipi.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QModelIndex

    from meipi.services.documents import EncodingPreview
    from meipi.ui.i18n import Words

_LIST_WIDTH = 270
_PREVIEW_PX = 16


@dataclass(frozen=True, slots=True)
class EncodingChoice:
    """An encoding to choose; ``confidence`` is what detection says of it, if anything."""

    name: str
    label: str
    confidence: float | None = None


def encoding_choices(
    labels: Mapping[str, tuple[str, str]], guesses: Mapping[str, float], words: Words
) -> list[EncodingChoice]:
    """Return every encoding, those that detection thinks of first."""
    choices = [
        EncodingChoice(name, words.pick(*pair), guesses.get(name)) for name, pair in labels.items()
    ]
    return sorted(choices, key=lambda choice: -(choice.confidence or 0))


class EncodingDialog(Dialog):
    """Shows what an encoding would make of the text and of the annotations on it."""

    preview_asked = Signal(str)
    apply_asked = Signal(str)

    def __init__(
        self,
        words: Words,
        choices: Sequence[EncodingChoice],
        current: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, words("encoding.title"), parent)
        self._current = current
        self._chosen = current
        self._fits = False
        self.list = RowList(self)
        self.list.setAccessibleName(words("encoding.title"))
        self.model = RowsModel(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PickDelegate(self.list))
        self.preview = QPlainTextEdit(self)
        self.preview.setReadOnly(True)
        self.preview.setFont(reading_font(_PREVIEW_PX))
        self.preview.setAccessibleName(words("encoding.preview"))
        self.facts = self.soft_label()
        self._lay_out(choices)
        self.apply_button = self.add_buttons(words("encoding.apply"))
        self.apply_button.clicked.connect(self._apply)
        self._offer(choices)

    @property
    def chosen(self) -> str:
        """The encoding being looked at."""
        return self._chosen

    def show_preview(self, preview: EncodingPreview) -> None:
        """Show what the encoding chosen would make of the document; others come too late."""
        if preview.encoding != self._chosen:
            return
        words = self.words
        self.preview.setPlainText(preview.text)
        moved = preview.exact + preview.moved + preview.needs_review
        counts = words(
            "encoding.annotations",
            exact=preview.exact,
            moved=preview.moved,
            review=preview.needs_review,
        )
        fits = words("encoding.replaced", count=preview.replaced) if preview.replaced else ""
        self.facts.setText(
            "\n".join(
                (
                    fits or words("encoding.fits"),
                    counts if moved else words("encoding.no_annotations"),
                )
            )
        )
        self.show_problem("")
        self.apply_button.setEnabled(self._chosen != self._current)

    def show_failure(self, encoding: str, text: str) -> None:
        """Say that the text cannot be read so."""
        if encoding == self._chosen:
            self.preview.clear()
            self.facts.clear()
            self.show_problem(text)

    def choose(self, name: str) -> None:
        """Look at the encoding called ``name``."""
        for at, row in enumerate(self.model.rows):
            if isinstance(row, PickRow) and row.key == name:
                self.list.setCurrentIndex(self.model.index(at))

    def _offer(self, choices: Sequence[EncodingChoice]) -> None:
        rows = [
            PickRow(c.name, c.label, percent(c.confidence) if c.confidence else "") for c in choices
        ]
        self.model.set_rows(rows)
        self.list.selectionModel().currentChanged.connect(self._look)
        self.choose(self._current)

    def _look(self, index: QModelIndex) -> None:
        row = row_of(index)
        if isinstance(row, PickRow):
            self._chosen = row.key
            self.apply_button.setEnabled(False)
            self.facts.setText(self.words("encoding.busy"))
            self.preview_asked.emit(row.key)

    def _apply(self) -> None:
        self.apply_asked.emit(self._chosen)
        self.accept()

    def _lay_out(self, choices: Sequence[EncodingChoice]) -> None:
        words = self.words
        label = next((c.label for c in choices if c.name == self._current), self._current)
        self.column.addWidget(self.soft_label(words("encoding.current", encoding=label)))
        row = QHBoxLayout()
        row.setSpacing(12)
        scale = self.fontMetrics().height() / 19
        self.list.setFixedWidth(round(_LIST_WIDTH * max(1.0, scale)))
        row.addWidget(self.list)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.preview, 1)
        right.addWidget(self.facts)
        row.addLayout(right, 1)
        self.column.addLayout(row, 1)
        self.resize(round(820 * max(1.0, scale)), round(500 * max(1.0, scale)))
