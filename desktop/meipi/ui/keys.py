"""Qt's key events as the plain keys that presenters decide about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from meipi.ui.presenters.commands import Context
from meipi.ui.presenters.keys import Key

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from meipi.ui.presenters.keymap import Keymap

# With Shift, or where Alt types something else, the same key has another code.
_NAMES = {
    Qt.Key.Key_Escape: "Escape",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_PageUp: "PgUp",
    Qt.Key.Key_PageDown: "PgDown",
    Qt.Key.Key_Space: "Space",
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

_FIRST, _LAST = 0x21, 0x7E
_HOLDING = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def key_of(event: QKeyEvent) -> Key:
    """Return the key that ``event`` is about."""
    modifiers, code = event.modifiers(), event.key()
    text = event.text() if event.text().isprintable() else ""
    if not text and _FIRST <= code <= _LAST and modifiers & _HOLDING:
        text = chr(code)  # with Ctrl or Alt a letter types nothing
    return Key(
        name=_NAMES.get(Qt.Key(event.key()), ""),
        text=text,
        shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        alt=bool(modifiers & Qt.KeyboardModifier.AltModifier),
        control=bool(
            modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
        ),
    )


def shown_key(key: str) -> str:
    """Return ``key`` as the platform writes it.

    >>> shown_key("Ctrl+J, Ctrl+L")
    'Ctrl+J, Ctrl+L'
    """
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def judgement_of(keymap: Keymap) -> Callable[[QKeyEvent], str]:
    """Return what says which judgement of a suggestion, or which step, a key event asks for."""

    def asked(event: QKeyEvent) -> str:
        return keymap.command(Context.JUDGING, key_of(event).stroke).removeprefix("judge_")

    return asked
