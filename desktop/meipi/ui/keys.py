"""Qt's key events as the plain keys that presenters decide about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from meipi.ui.presenters.keys import Key

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

# With Shift, or where Alt types something else, the same key has another code.
_NAMES = {
    Qt.Key.Key_Escape: "Escape",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_BracketLeft: "[",
    Qt.Key.Key_BraceLeft: "[",
    Qt.Key.Key_BracketRight: "]",
    Qt.Key.Key_BraceRight: "]",
}


def key_of(event: QKeyEvent) -> Key:
    """Return the key that ``event`` is about."""
    modifiers = event.modifiers()
    return Key(
        name=_NAMES.get(Qt.Key(event.key()), ""),
        text=event.text() if event.text().isprintable() else "",
        shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        alt=bool(modifiers & Qt.KeyboardModifier.AltModifier),
        control=bool(
            modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
        ),
    )
