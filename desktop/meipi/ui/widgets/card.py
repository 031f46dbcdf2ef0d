"""A card with buttons: the keyboard stays in the text until Tab leads into the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton

from meipi.ui.widgets.overlay import Overlay

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class Card(Overlay):
    """Within the card Tab goes round its buttons, Enter presses one, Esc leaves."""

    left = Signal()
    """Esc was pressed in it."""

    def enter(self) -> None:
        """Give the keyboard to the first button."""
        buttons = self._buttons()
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(
            focused, QAbstractButton
        ):
            focused.click()
        else:
            super().keyPressEvent(event)

    # Qt asks the parent of the focused widget; without this Tab would leave the card.
    def focusNextPrevChild(self, forward: bool) -> bool:
        buttons = self._buttons()
        focused = self.focusWidget()
        if not buttons or not isinstance(focused, QAbstractButton):
            return super().focusNextPrevChild(forward)
        at = buttons.index(focused) if focused in buttons else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        buttons[(at + (1 if forward else -1)) % len(buttons)].setFocus(reason)
        return True

    def _buttons(self) -> list[QAbstractButton]:
        """Return the buttons that can be pressed, as they stand: by line, then from the left."""
        buttons = [
            button
            for button in self.findChildren(QAbstractButton)
            if button.isVisibleTo(self) and button.isEnabled()
        ]
        return sorted(buttons, key=lambda button: (button.y(), button.x()))
