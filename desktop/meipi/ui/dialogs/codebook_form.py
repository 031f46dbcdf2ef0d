"""All that a tag says of itself, to be read and changed: name, key, colour, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from meipi.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from meipi.core.annotation import Tag
    from meipi.ui.i18n import Words
    from meipi.ui.theme import Theme

KEYS = ("", *"123456789")
TEXTS = ("definition", "include", "exclude", "examples")
_SWATCH = 16
_LINES = 3


class LongField(QPlainTextEdit):
    """A field of several lines that says when it was left."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(self.fontMetrics().height() * _LINES)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TagForm(QWidget):
    """Shows one tag; says which field got which value once it is left."""

    field_changed = Signal(str, str, object)
    """The tag, the field and its new value."""
    color_chosen = Signal(int)

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self._tag: Tag | None = None
        self.name = QLineEdit(self)
        self.key = ChoiceBox(self)
        self.key.addItems([key or words("codebook.key_none") for key in KEYS])
        self.color = QToolButton(self)
        self.texts = {name: LongField(self) for name in TEXTS}
        self._lay_out()
        self.name.editingFinished.connect(lambda: self._leave("name", self.name.text().strip()))
        self.key.activated.connect(lambda at: self._leave("shortcut", KEYS[at]))
        for name, field in self.texts.items():
            field.left.connect(lambda name=name: self._leave(name, self.texts[name].toPlainText()))
        self.show_tag(None)

    def show_tag(self, tag: Tag | None, *, several: bool = False) -> None:
        """Show ``tag``; a field that is being written in keeps what is written.

        Of ``several`` only the colour can be chosen.
        """
        same = tag is not None and self._tag is not None and tag.id == self._tag.id
        self._tag = tag
        self.setEnabled(tag is not None)
        for widget in (self.name, self.key, *self.texts.values()):
            widget.setEnabled(not several)
        self._fill(self.name, "" if tag is None or several else tag.name, same=same)
        for name, field in self.texts.items():
            self._fill(field, "" if tag is None or several else getattr(tag, name), same=same)
        shortcut = tag.shortcut if tag is not None and tag.shortcut in KEYS else ""
        self.key.setCurrentIndex(KEYS.index("" if several else shortcut))
        self.color.setIcon(swatch(self._theme.tag_color(tag.color if tag is not None else 0)))

    def finish(self) -> None:
        """Take what is being written as written."""
        self._leave("name", self.name.text().strip())
        for name, field in self.texts.items():
            self._leave(name, field.toPlainText())

    def _fill(self, field: QLineEdit | LongField, text: str, *, same: bool) -> None:
        if same and field.hasFocus():
            return
        if isinstance(field, QLineEdit):
            field.setText(text)
            field.setCursorPosition(0)
        elif field.toPlainText() != text:
            field.setPlainText(text)

    def _leave(self, name: str, value: str) -> None:
        enabled = self.isEnabled() and self.name.isEnabled()
        if self._tag is not None and enabled and value != getattr(self._tag, name):
            self.field_changed.emit(self._tag.id, name, value)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget]] = [("name", self.name), ("key", self.key)]
        rows += [("color", self.color), *self.texts.items()]
        for at, (name, widget) in enumerate(rows):
            label = QLabel(self._words(f"codebook.{name}"), self)
            label.setProperty("part", "soft")
            label.setBuddy(widget)
            top = Qt.AlignmentFlag.AlignTop if widget in self.texts.values() else None
            grid.addWidget(label, at, 0, top or Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(widget, at, 1)
            widget.setAccessibleName(label.text())
            if top:
                grid.setRowStretch(at, 1)
        self._make_colors()

    def _make_colors(self) -> None:
        self.color.setProperty("part", "swatch")
        self.color.setIconSize(QSize(_SWATCH, _SWATCH))
        self.color.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.color)
        for at, color in enumerate(self._theme.tags):
            menu.addAction(swatch(color), str(at + 1), lambda at=at: self.color_chosen.emit(at))
        self.color.setMenu(menu)


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
