"""The legend: every type that occurs with its mark and count; a click hides or shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from meipi.core.entity import EntityType
from meipi.ui.panels.painting import draw_mark
from meipi.ui.widgets.flow_layout import FlowLayout
from meipi.ui.widgets.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPaintEvent

    from meipi.ui.i18n import Words
    from meipi.ui.theme import Theme

_SAMPLE = 14


class Legend(QWidget):
    """Toggles of the entity types."""

    hidden_types_changed = Signal(object)
    """The types now hidden, a frozenset."""

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._counts: Mapping[EntityType, int] = {}
        self._buttons = {kind: _TypeButton(kind, theme, self) for kind in EntityType}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = FlowLayout(self, gap=4)
        for button in self._buttons.values():
            flow.addWidget(button)
            button.clicked.connect(self._say)
        self.set_counts({})

    def set_counts(self, counts: Mapping[EntityType, int]) -> None:
        """Show the types that occur and how often."""
        self._counts = counts
        for kind, button in self._buttons.items():
            button.setVisible(kind in counts)
        self.retranslate()

    def set_hidden_types(self, hidden: frozenset[EntityType]) -> None:
        """Show which types are hidden, without saying so."""
        for kind, button in self._buttons.items():
            button.setChecked(kind not in hidden)
        self.retranslate()

    def hidden_types(self) -> frozenset[EntityType]:
        """Return the types that are hidden."""
        return frozenset(kind for kind, button in self._buttons.items() if not button.isChecked())

    def button(self, kind: EntityType) -> QAbstractButton:
        """Return the toggle of ``kind``."""
        return self._buttons[kind]

    def set_theme(self, theme: Theme) -> None:
        """Draw in ``theme``."""
        for button in self._buttons.values():
            button.theme = theme
            button.update()

    def retranslate(self) -> None:
        """Put every word into the window's language."""
        for kind, button in self._buttons.items():
            name = self._words(f"type.{kind}")
            button.setText(name)
            key = "side.type_shown" if button.isChecked() else "side.type_hidden"
            tip = self._words(key, type=name, count=self._counts.get(kind, 0))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _say(self) -> None:
        self.retranslate()
        self.hidden_types_changed.emit(self.hidden_types())


class _TypeButton(QAbstractButton):
    """A type with the sample of its mark; faint while it is hidden."""

    def __init__(self, kind: EntityType, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self.theme = theme
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(
            metrics.horizontalAdvance(self.text()) + scaled(self, _SAMPLE) + 19,
            metrics.height() + 8,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.theme
        ring = (
            theme.accent
            if self.hasFocus()
            else theme.line_strong
            if self.underMouse()
            else theme.line
        )
        painter.setPen(QPen(ring, 1))
        painter.setBrush(theme.panel_raised if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if not self.isChecked():
            painter.setOpacity(0.5)
        draw_mark(
            painter, theme.entities[self._kind], 7, scaled(self, _SAMPLE), self.height() / 2 + 1
        )
        painter.setOpacity(1)
        painter.setPen(theme.ink if self.isChecked() else theme.ink_soft)
        font = self.font()
        font.setStrikeOut(not self.isChecked())
        painter.setFont(font)
        rect = self.rect().adjusted(scaled(self, _SAMPLE) + 12, 0, -2, 0)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), self.text())
