"""What is said of documents or annotations, to be read and changed, several at once too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from meipi.ui.dialogs.base import Dialog
from meipi.ui.widgets.choice_box import ChoiceBox
from meipi.ui.widgets.sizes import scaled
from meipi.ui.widgets.tag_bar import TagBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor

    from meipi.ui.i18n import Words
    from meipi.ui.presenters.properties import Field

_WIDTH, _HEIGHT = 520, 500
_GAP = 6
_HINTS = {"date": "attributes.hint_date", "number": "attributes.hint_number"}


class PropertiesDialog(Dialog):
    """Shows fields; each is asked to be changed when it is left."""

    field_changed = Signal(str, str)
    """The key of the field and its value; empty words take it away."""
    tag_removed = Signal(str)
    tag_asked = Signal()
    definitions_asked = Signal()

    def __init__(
        self, words: Words, title: str, about: str, parent: QWidget | None = None, *, tags: bool
    ) -> None:
        super().__init__(words, title, parent)
        self.about = self.soft_label(about)
        self.column.addWidget(self.about)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self._page = QWidget(self.area)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 8, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        column.addSpacing(scaled(self, _GAP))
        self.tags = TagBar(words("attributes.tag_add"), words("attributes.tag_remove"), self._page)
        self.tags.setVisible(tags)
        column.addWidget(self.tags)
        column.addStretch(1)
        self.area.setWidget(self._page)
        self.column.addWidget(self.area, 1)
        self.column.addWidget(self.error)
        self.editors: dict[str, QLineEdit | ChoiceBox] = {}
        self._fields: dict[str, Field] = {}
        self._add_foot(tags=tags)
        self.tags.removal_asked.connect(self.tag_removed)
        self.tags.addition_asked.connect(self.tag_asked)
        self.fit(scaled(self, _WIDTH), scaled(self, _HEIGHT))

    def show_fields(
        self, fields: Sequence[Field], tags: Sequence[tuple[str, str, QColor]] = ()
    ) -> None:
        """Show ``fields``; one that is being written in keeps what is written."""
        if [one.key for one in fields] != list(self._fields) or self._choices_differ(fields):
            self._build(fields)
        self._fields = {one.key: one for one in fields}
        for one in fields:
            self._fill(one)
        self.tags.show_tags(tags)

    def done(self, result: int) -> None:
        for key, editor in self.editors.items():
            if isinstance(editor, QLineEdit):
                self._leave(key, editor.text())
        super().done(result)

    def _choices_differ(self, fields: Sequence[Field]) -> bool:
        return any(
            (one.choices, one.label) != (self._fields[one.key].choices, self._fields[one.key].label)
            for one in fields
        )

    def _build(self, fields: Sequence[Field]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.editors = {}
        for at, one in enumerate(fields):
            label = QLabel(one.label, self._page)
            label.setProperty("part", "soft")
            editor = self._editor(one)
            editor.setAccessibleName(one.label)
            label.setBuddy(editor)
            self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(editor, at, 1)
            self.editors[one.key] = editor

    def _editor(self, field: Field) -> QLineEdit | ChoiceBox:
        if field.choices or field.kind in {"choice", "yes-no"}:
            box = ChoiceBox(self._page)
            box.addItem(self.words("attributes.none"), "")
            for value, shown in field.choices:
                box.addItem(shown, value)
            box.activated.connect(lambda at: self._leave(field.key, str(box.itemData(at) or "")))
            return box
        line = QLineEdit(self._page)
        line.editingFinished.connect(lambda: self._leave(field.key, line.text()))
        return line

    def _fill(self, field: Field) -> None:
        editor = self.editors[field.key]
        if isinstance(editor, ChoiceBox):
            editor.setCurrentIndex(-1 if field.mixed else max(0, editor.findData(field.value)))
            editor.setPlaceholderText(self.words("attributes.mixed"))
        elif not (editor.hasFocus() and editor.isModified()):
            editor.setText(field.value)
            editor.setCursorPosition(0)
            hint = _HINTS.get(field.kind, "")
            mixed = self.words("attributes.mixed") if field.mixed else ""
            editor.setPlaceholderText(mixed or (self.words(hint) if hint else ""))

    def _leave(self, key: str, value: str) -> None:
        known = self._fields.get(key)
        if known is None or value.strip() == known.value:
            if known is not None and known.mixed and isinstance(self.editors[key], ChoiceBox):
                self.field_changed.emit(key, value)  # none, where they differed
            return
        self.field_changed.emit(key, value)

    def _add_foot(self, *, tags: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        define = self._button("attributes.define")
        close = self._button("dialog.close")
        define.clicked.connect(self.definitions_asked)
        close.clicked.connect(self.accept)
        self.keyed["dialog_keep"] = define
        if tags:
            self.keyed["dialog_add"] = self.tags.add_button
        row.addWidget(define)
        row.addStretch(1)
        row.addWidget(close)
        self.column.addLayout(row)

    def _button(self, key: str) -> QPushButton:
        button = QPushButton(self.words(key), self)
        button.setAutoDefault(False)
        return button
