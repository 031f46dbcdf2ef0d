"""A field that takes the next keys pressed as they are, instead of what they type."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_LEAVING = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
_HELD = (
    *(Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr),
    *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_unknown),
)


class KeyField(QLineEdit):
    """Tab and Esc leave it, Enter takes what was pressed, Backspace begins anew."""

    keys_changed = Signal(str)
    entered = Signal()

    def __init__(
        self,
        stroke: Callable[[QKeyEvent], str],
        shown: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._stroke = stroke
        self._shown = shown
        self._keys = ""
        self._prefixes: Collection[str] = ()
        self.setReadOnly(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)

    @property
    def keys(self) -> str:
        """What has been pressed, as the table of commands writes it."""
        return self._keys

    def set_prefixes(self, prefixes: Collection[str]) -> None:
        """Wait for another key after one of ``prefixes``."""
        self._prefixes = prefixes

    def begin(self) -> None:
        """Forget what was pressed."""
        self._set("")

    def event(self, event: QEvent) -> bool:
        """Claim keys before a shortcut of the dialog takes them."""
        if event.type() == QEvent.Type.ShortcutOverride:
            if cast(QKeyEvent, event).key() not in _LEAVING:
                event.accept()
                return True
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if key in _LEAVING:
            event.ignore()
        elif plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._keys:
            self.entered.emit()
        elif plain and key == Qt.Key.Key_Backspace and self._keys:
            self._set("")
        elif key not in _HELD:
            stroke = self._stroke(event)
            self._set(f"{self._keys}, {stroke}" if self._keys in self._prefixes else stroke)

    def _set(self, keys: str) -> None:
        self._keys = keys
        self.setText(self._shown(keys))
        self.keys_changed.emit(keys)
