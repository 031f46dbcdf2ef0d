"""Which types of entity deserve which tag: asked before a document is annotated in advance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy

from meipi.core.entity import EntityType
from meipi.ui.dialogs.base import Dialog
from meipi.ui.i18n import number
from meipi.ui.presenters.entities import TYPES_LISTED
from meipi.ui.widgets.chips import Chips
from meipi.ui.widgets.choice_box import ChoiceBox
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from meipi.core.annotation import Tag
    from meipi.ui.i18n import Words
    from meipi.ui.theme import Theme

_WIDTH = 460


class SuggestDialog(Dialog):
    """Offers the types that occur, and the tags there are or a new one."""

    apply_asked = Signal(object, str, str, bool)
    """Types, the id of a tag or nothing, the name of a new one, and whether everywhere."""

    def __init__(
        self,
        words: Words,
        counts: Mapping[EntityType, int],
        tags: Sequence[Tag],
        theme: Theme,
        parent: QWidget | None = None,
        *,
        everywhere: Mapping[EntityType, int] | None = None,
    ) -> None:
        super().__init__(words, words("suggest.title"), parent)
        self.setFixedWidth(scaled(self, _WIDTH))
        self._here, self._everywhere = counts, everywhere or counts
        self.column.addWidget(self.soft_label(words("suggest.explain")))
        self.column.addWidget(self._label("suggest.types"))
        kinds = [kind for kind in TYPES_LISTED if kind in self._everywhere]
        self.types = Chips(
            [
                (
                    kind.value,
                    f"{words(f'type.{kind}')} {counts.get(kind, 0)}",
                    theme.entities[kind].color,
                )
                for kind in kinds
            ],
            self,
        )
        for kind in kinds[1:]:
            self.types.chip(kind.value).setChecked(False)
        self.column.addWidget(self.types)
        where = self._label("suggest.where")
        self.where = ChoiceBox(self)
        for key in ("here", "everywhere"):
            self.where.addItem(words(f"suggest.{key}"), key)
        for widget in (where, self.where):
            widget.setVisible(everywhere is not None)
            self.column.addWidget(widget)
        self.column.addWidget(self._label("suggest.tag"))
        self.tag = ChoiceBox(self)
        for tag in tags:
            self.tag.addItem(tag.name, tag.id)
        self.tag.addItem(words("suggest.new_tag"), "")
        self.column.addWidget(self.tag)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(words("suggest.tag_name"))
        self.name.setAccessibleName(words("suggest.tag_name"))
        self.column.addWidget(self.name)
        self.column.addStretch(1)
        self.apply_button = self.add_buttons("")
        self.types.changed.connect(self._look_again)
        for box in (self.tag, self.where):
            box.currentIndexChanged.connect(lambda _: self._look_again())
        self.name.textChanged.connect(lambda _: self._look_again())
        self.apply_button.clicked.connect(self._apply)
        self._look_again()

    def _label(self, key: str) -> QLabel:
        label = QLabel(self.words(key), self)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return label

    def _chosen(self) -> list[EntityType]:
        return [EntityType(key) for key in self.types.chosen()]

    def _look_again(self) -> None:
        new = not self.tag.currentData()
        self.name.setVisible(new)
        counts = self._everywhere if self._is_everywhere() else self._here
        for kind in self._everywhere:
            label = f"{self.words(f'type.{kind}')} {counts.get(kind, 0)}"
            self.types.chip(kind.value).setText(label)
        count = sum(counts.get(kind, 0) for kind in self._chosen())
        self.apply_button.setText(self.words("suggest.apply", count=number(count)))
        self.apply_button.setEnabled(bool(count) and (not new or bool(self.name.text().strip())))

    def _is_everywhere(self) -> bool:
        return str(self.where.currentData()) == "everywhere"

    def _apply(self) -> None:
        name = self.name.text().strip()
        self.apply_asked.emit(self._chosen(), self.tag.currentData(), name, self._is_everywhere())
        self.accept()
