"""The codebook: tags renamed, recoloured, given keys, added and deleted; each act can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from meipi.ui.dialogs.base import Dialog
from meipi.ui.i18n import number
from meipi.ui.widgets.buttons import IconButton
from meipi.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meipi.core.annotation import Tag
    from meipi.ui.i18n import Words
    from meipi.ui.theme import Theme

_KEYS = ("", *"123456789")
_WIDTH = 600
_SWATCH = 16


class CodebookDialog(Dialog):
    """Edits tags in place; every change is asked for at once."""

    tag_changed = Signal(str, str, object)
    """The id, the field and its new value."""
    tag_added = Signal(str)
    tag_deleted = Signal(str)

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(words, words("codebook.title"), parent)
        self._theme = theme
        self._tags: Sequence[Tag] = ()
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.column.addWidget(self.area, 1)
        self.column.addWidget(self.soft_label(words("codebook.delete_hint")))
        self.column.addWidget(self.error)
        self._add_foot()
        line = self.fontMetrics().height()
        self.resize(max(_WIDTH, line * 32), max(420, line * 22))

    def show_tags(self, tags: Sequence[Tag], counts: Mapping[str, int]) -> None:
        """Show ``tags`` with how often each is used."""
        self._tags = tags
        page = QWidget(self.area)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(3, 3)
        for column, key in enumerate(("color", "name", "key", "definition")):
            grid.addWidget(self.soft_label(self.words(f"codebook.{key}")), 0, column)
        for row, tag in enumerate(tags, start=1):
            for column, widget in enumerate(self._row(tag, counts.get(tag.id, 0), page)):
                grid.addWidget(widget, row, column)
        grid.setRowStretch(len(tags) + 1, 1)
        self.area.setWidget(page)

    def _row(self, tag: Tag, count: int, page: QWidget) -> tuple[QWidget, ...]:
        name = self._field(tag, "name", tag.name, page)
        definition = self._field(tag, "definition", tag.definition, page)
        uses = QLabel(self.words("codebook.uses", count=number(count)), page)
        uses.setProperty("part", "soft")
        delete = IconButton("close", page)
        delete.setToolTip(self.words("codebook.delete"))
        delete.setAccessibleName(f"{self.words('codebook.delete')} {tag.name}")
        delete.clicked.connect(lambda: self.tag_deleted.emit(tag.id))
        row = self._color(tag, page), name, self._key(tag, page), definition, uses, delete
        for widget in row:
            widget.setProperty("tag", tag.id)
        return row

    def _field(self, tag: Tag, field: str, text: str, page: QWidget) -> QLineEdit:
        line = QLineEdit(text, page)
        line.setAccessibleName(f"{self.words(f'codebook.{field}')} {tag.name}")
        line.setCursorPosition(0)

        def changed() -> None:
            if line.text().strip() != text:
                self.tag_changed.emit(tag.id, field, line.text().strip())

        line.editingFinished.connect(changed)
        return line

    def _key(self, tag: Tag, page: QWidget) -> ChoiceBox:
        box = ChoiceBox(page)
        box.addItems([key or self.words("codebook.key_none") for key in _KEYS])
        box.setCurrentIndex(_KEYS.index(tag.shortcut))
        box.setAccessibleName(f"{self.words('codebook.key')} {tag.name}")
        box.activated.connect(lambda at: self.tag_changed.emit(tag.id, "shortcut", _KEYS[at]))
        return box

    def _color(self, tag: Tag, page: QWidget) -> QToolButton:
        button = QToolButton(page)
        button.setProperty("part", "swatch")
        button.setIcon(swatch(self._theme.tag_color(tag.color)))
        button.setIconSize(QSize(_SWATCH, _SWATCH))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName(f"{self.words('codebook.color')} {tag.name}")
        menu = QMenu(button)
        for at, color in enumerate(self._theme.tags):
            menu.addAction(
                swatch(color), str(at + 1), lambda at=at: self.tag_changed.emit(tag.id, "color", at)
            )
        button.setMenu(menu)
        return button

    def _add_foot(self) -> None:
        row = QHBoxLayout()
        add = QPushButton(self.words("codebook.add"), self)
        add.setAutoDefault(False)
        add.clicked.connect(self._add)
        close = QPushButton(self.words("dialog.close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        delete = QPushButton(self.words("codebook.delete_this"), self)
        delete.setAutoDefault(False)
        delete.clicked.connect(self._delete_here)
        delete.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.keyed |= {"dialog_add": add, "dialog_delete": delete}
        row.addWidget(add)
        row.addWidget(delete)
        row.addStretch(1)
        row.addWidget(close)
        self.column.addLayout(row)

    def _delete_here(self) -> None:
        """Delete the tag in whose row the keyboard is."""
        focused = self.focusWidget()
        tag = focused.property("tag") if focused is not None else None
        if tag:
            self.tag_deleted.emit(tag)

    def _add(self) -> None:
        names = {tag.name for tag in self._tags}
        at = len(names) + 1
        while self.words("codebook.new_name", number=at) in names:
            at += 1
        self.tag_added.emit(self.words("codebook.new_name", number=at))


def swatch(color: QColor) -> QIcon:
    """Return a rounded square of ``color``."""
    pixmap = QPixmap(_SWATCH * 2, _SWATCH * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(0, 0, _SWATCH, _SWATCH, 3, 3)
    painter.end()
    return QIcon(pixmap)
