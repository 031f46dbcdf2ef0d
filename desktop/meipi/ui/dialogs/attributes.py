"""The attributes there are: named, given a kind and choices, deleted; each act can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QWidget,
)

from meipi.core.attributes import Kind, Subject
from meipi.ui.dialogs.base import Dialog
from meipi.ui.dialogs.codebook_form import LongField
from meipi.ui.i18n import number
from meipi.ui.presenters.properties import attribute_name
from meipi.ui.widgets.choice_box import ChoiceBox
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meipi.core.attributes import Attribute
    from meipi.ui.i18n import Words

_WIDTH, _HEIGHT = 680, 460
_GAP = 3
_ID = Qt.ItemDataRole.UserRole
_KINDS = tuple(Kind)


class AttributesDialog(Dialog):
    """Lists attributes; every change is asked for when its field is left."""

    definition_asked = Signal(str, object)
    """The name of a new attribute and its subject."""
    change_asked = Signal(str, object)
    """The attribute, and its new ``name``, ``kind`` or ``choices`` by that name."""
    deletion_asked = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, words("attributes.title"), parent)
        self._attributes: dict[str, Attribute] = {}
        self.list = QListWidget(self)
        self.list.setAccessibleName(words("attributes.title"))
        self.list.setSpacing(scaled(self, _GAP))
        self.name = QLineEdit(self)
        self.kind = ChoiceBox(self)
        self.kind.addItems([words(f"attributes.kind_{kind.name.lower()}") for kind in _KINDS])
        self.choices = LongField(self)
        self.choices.setPlaceholderText(words("attributes.choices_hint"))
        self._lay_out()
        self.column.addWidget(self.error)
        self._add_foot()
        self.list.currentItemChanged.connect(lambda *_: self._look())
        self.name.editingFinished.connect(self._leave_name)
        self.kind.activated.connect(self._leave_kind)
        self.choices.left.connect(self._leave_choices)
        self.fit(scaled(self, _WIDTH), scaled(self, _HEIGHT))
        self._look()

    def show_attributes(self, attributes: Sequence[Attribute], counts: Mapping[str, int]) -> None:
        """Show ``attributes`` with how many values each has."""
        new = [one.id for one in attributes if one.id not in self._attributes]
        chosen = new[0] if len(new) == 1 and self._attributes else self.chosen()
        self._attributes = {one.id: one for one in attributes}
        self.list.blockSignals(True)
        self.list.clear()
        for one in attributes:
            item = QListWidgetItem(self._worded(one, counts.get(one.id, 0)))
            item.setData(_ID, one.id)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.choose(chosen)

    def choose(self, attribute: str) -> None:
        """Go to an attribute, or to the first."""
        ids = list(self._attributes)
        self.list.setCurrentRow(ids.index(attribute) if attribute in ids else 0)
        self._look()

    def chosen(self) -> str:
        """Return the attribute the keyboard is on."""
        item = self.list.currentItem()
        return "" if item is None else str(item.data(_ID))

    def done(self, result: int) -> None:
        self._leave_name()
        self._leave_choices()
        super().done(result)

    def _worded(self, attribute: Attribute, count: int) -> str:
        words = self.words
        kind = words(f"attributes.kind_{attribute.kind.name.lower()}")
        subject = words(f"attributes.of_{attribute.subject}")
        name = attribute_name(attribute, words)
        return f"{name}\n{subject} · {kind} · {words('attributes.values', count=number(count))}"

    def _look(self) -> None:
        one = self._attributes.get(self.chosen())
        for widget in (self.name, self.kind, self.choices, self.delete_button):
            widget.setEnabled(one is not None)
        self.name.setText("" if one is None else attribute_name(one, self.words))
        self.kind.setCurrentIndex(0 if one is None else _KINDS.index(one.kind))
        choice = one is not None and one.kind is Kind.CHOICE
        self.choices.setVisible(choice)
        self.choices_label.setVisible(choice)
        self.choices.setPlainText("\n".join(one.choices) if one is not None else "")

    def _leave_name(self) -> None:
        one = self._attributes.get(self.chosen())
        if one is not None and self.name.text().strip() != attribute_name(one, self.words):
            self.change_asked.emit(one.id, {"name": self.name.text()})

    def _leave_kind(self, at: int) -> None:
        one = self._attributes.get(self.chosen())
        if one is not None and one.kind is not _KINDS[at]:
            self.change_asked.emit(one.id, {"kind": _KINDS[at]})

    def _leave_choices(self) -> None:
        one = self._attributes.get(self.chosen())
        lines = [line.strip() for line in self.choices.toPlainText().splitlines() if line.strip()]
        if one is not None and one.kind is Kind.CHOICE and tuple(lines) != one.choices:
            self.change_asked.emit(one.id, {"choices": lines})

    def _add(self, subject: Subject) -> None:
        names = {one.name for one in self._attributes.values()}
        at = 1
        while self.words("attributes.new_name", number=at) in names:
            at += 1
        self.definition_asked.emit(self.words("attributes.new_name", number=at), subject)

    def _lay_out(self) -> None:
        form = QWidget(self)
        grid = QGridLayout(form)
        grid.setContentsMargins(12, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(1, 1)
        self.choices_label = QLabel(self.words("attributes.choices"), form)
        labels = [QLabel(self.words(f"attributes.{name}"), form) for name in ("name", "kind")]
        fields = (self.name, self.kind, self.choices)
        for at, (label, field) in enumerate(
            zip((*labels, self.choices_label), fields, strict=True)
        ):
            label.setProperty("part", "soft")
            label.setBuddy(field)
            field.setAccessibleName(label.text())
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, at, 1)
        grid.setRowStretch(3, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(form)
        split.setSizes([_WIDTH, _WIDTH])
        self.column.addWidget(split, 1)

    def _add_foot(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        names = ("add_document", "add_annotation", "delete")
        document, annotation, self.delete_button = (
            self._button(f"attributes.{name}") for name in names
        )
        close = self._button("dialog.close")
        document.clicked.connect(lambda: self._add(Subject.DOCUMENT))
        annotation.clicked.connect(lambda: self._add(Subject.ANNOTATION))
        self.delete_button.clicked.connect(lambda: self.deletion_asked.emit(self.chosen()))
        close.clicked.connect(self.accept)
        self.keyed |= {
            "dialog_add": document,
            "codebook_add_below": annotation,
            "dialog_delete": self.delete_button,
        }
        for button in (document, annotation, self.delete_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        self.column.addLayout(row)

    def _button(self, key: str) -> QPushButton:
        button = QPushButton(self.words(key), self)
        button.setAutoDefault(False)
        return button
