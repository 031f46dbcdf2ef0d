"""Which key does what in the text; the platform's own keys for moving and copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_Key = QKeySequence.StandardKey

# Page moves and commands are the view's own; all others are moves of `caret.Moves`.
MOVES: tuple[tuple[_Key, str, bool], ...] = (
    (_Key.MoveToNextChar, "right", False),
    (_Key.MoveToPreviousChar, "left", False),
    (_Key.SelectNextChar, "right", True),
    (_Key.SelectPreviousChar, "left", True),
    (_Key.MoveToNextWord, "word_right", False),
    (_Key.MoveToPreviousWord, "word_left", False),
    (_Key.SelectNextWord, "word_right", True),
    (_Key.SelectPreviousWord, "word_left", True),
    (_Key.MoveToNextLine, "down", False),
    (_Key.MoveToPreviousLine, "up", False),
    (_Key.SelectNextLine, "down", True),
    (_Key.SelectPreviousLine, "up", True),
    (_Key.MoveToNextPage, "page_down", False),
    (_Key.MoveToPreviousPage, "page_up", False),
    (_Key.SelectNextPage, "page_down", True),
    (_Key.SelectPreviousPage, "page_up", True),
    (_Key.MoveToStartOfLine, "line_start", False),
    (_Key.MoveToEndOfLine, "line_end", False),
    (_Key.SelectStartOfLine, "line_start", True),
    (_Key.SelectEndOfLine, "line_end", True),
    (_Key.MoveToStartOfDocument, "text_start", False),
    (_Key.MoveToEndOfDocument, "text_end", False),
    (_Key.SelectStartOfDocument, "text_start", True),
    (_Key.SelectEndOfDocument, "text_end", True),
    (_Key.MoveToStartOfBlock, "paragraph_up", False),
    (_Key.MoveToEndOfBlock, "paragraph_down", False),
    (_Key.SelectStartOfBlock, "paragraph_up", True),
    (_Key.SelectEndOfBlock, "paragraph_down", True),
)
# X11 has no standard key for moving by paragraph.
EXTRA_MOVES: tuple[tuple[str, str, bool], ...] = (
    ("Ctrl+Down", "paragraph_down", False),
    ("Ctrl+Up", "paragraph_up", False),
    ("Ctrl+Shift+Down", "paragraph_down", True),
    ("Ctrl+Shift+Up", "paragraph_up", True),
)
COMMANDS: tuple[tuple[_Key, str], ...] = (
    (_Key.Copy, "copy"),
    (_Key.SelectAll, "select_all"),
)


def move_of(event: QKeyEvent) -> tuple[str, bool] | None:
    """Return the move ``event`` asks for and whether it extends the selection."""
    for key, name, extend in MOVES:
        if event.matches(key):
            return name, extend
    pressed = QKeySequence(event.keyCombination())
    for shortcut, name, extend in EXTRA_MOVES:
        if pressed == QKeySequence(shortcut):
            return name, extend
    return None


def command_of(event: QKeyEvent) -> str | None:
    """Return the command ``event`` asks for."""
    return next((name for key, name in COMMANDS if event.matches(key)), None)
