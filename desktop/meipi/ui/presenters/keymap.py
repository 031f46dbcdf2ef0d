"""Which keys run which command: those of the table, and what the reader changed of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meipi.ui.command_table import BY_ID, COMMANDS
from meipi.ui.presenters.commands import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from meipi.ui.presenters.commands import CommandInfo

_OWNERS = {
    "keys.input_method": (
        "Ctrl+Space Shift+Space Ctrl+. Ctrl+; Ctrl+` Ctrl+Shift+F Ctrl+Shift+U Ctrl+Alt+P "
        "Ctrl+Alt+H Ctrl+Alt+B Ctrl+Alt+Shift+U Meta+Space Meta+. F4"
    ),
    "keys.system": (
        "Alt+F4 Alt+Space Alt+Tab Alt+Shift+Tab Alt+Esc Ctrl+Esc Ctrl+Alt+Del "
        "Tab Shift+Tab Menu Print"
    ),
    "keys.editing": (
        "Ctrl+C Ctrl+V Ctrl+X Ctrl+A Ctrl+Ins Shift+Ins Shift+Del Home End PgUp PgDown Up Down "
        "Left Right Shift+Home Shift+End Shift+PgUp Shift+PgDown Shift+Up Shift+Down Shift+Left "
        "Shift+Right Ctrl+Home Ctrl+End Ctrl+Left Ctrl+Right Ctrl+Up Ctrl+Down Ctrl+Shift+Home "
        "Ctrl+Shift+End Ctrl+Shift+Left Ctrl+Shift+Right Ctrl+Shift+Up Ctrl+Shift+Down"
    ),
}
RESERVED = {key: owner for owner, keys in _OWNERS.items() for key in keys.split()}
"""Keys nothing of ours may have in the window, and the string that says whose they are.

Input methods: fcitx5 (Ctrl+Space, Ctrl+; clipboard, Ctrl+Shift+F script, Ctrl+Alt+P preedit,
Ctrl+Alt+H, Ctrl+Alt+B, Ctrl+Alt+Shift+U), ibus (Ctrl+Shift+U, Meta+Space, Meta+.), Rime (F4,
Ctrl+`), Microsoft and Sogou Pinyin (Ctrl+. marks, Shift+Space width, Ctrl+Shift+F).
"""
_SHARED = (Context.WINDOW, Context.TEXT, Context.WORDS)


class Keymap:
    """Says which keys a command has. What watches it is told of every change."""

    def __init__(self, changed: Mapping[str, Sequence[str]] | None = None) -> None:
        self._changed = _sound(changed or {})
        self._watching: list[Callable[[], object]] = []
        self._by_key: dict[tuple[Context, str], str] = {}
        self._index()

    def watch(self, told: Callable[[], object]) -> None:
        """Call ``told`` whenever keys have changed."""
        self._watching.append(told)

    def keys(self, command: str) -> tuple[str, ...]:
        """Return the keys of ``command``."""
        return self._changed.get(command, BY_ID[command].keys)

    def key(self, command: str) -> str:
        """Return the key of ``command`` that is shown."""
        return next(iter(self.keys(command)), "")

    def is_changed(self, command: str) -> bool:
        """Say whether ``command`` has other keys than at first."""
        return command in self._changed

    def command(self, context: Context, key: str) -> str:
        """Return what ``key`` runs in ``context``; a letter with Shift is itself where unbound.

        >>> Keymap().command(Context.WORDS, "N"), Keymap().command(Context.WORDS, "Shift+N")
        ('words_note', 'words_note')
        """
        found = self._by_key.get((context, key), "")
        if not found and key.startswith("Shift+") and len(key) == len("Shift+A"):
            found = self._by_key.get((context, key.removeprefix("Shift+")), "")
        return found

    def clash(self, command: str, key: str) -> CommandInfo | None:
        """Return the command that has ``key`` where ``command`` would, or has it begin its own."""
        context = BY_ID[command].context
        for info in COMMANDS:
            if info.id == command or not info.context.meets(context):
                continue
            if any(_overlap(key, other) for other in self.keys(info.id)):
                return info
        return None

    def bind(self, command: str, keys: Sequence[str]) -> None:
        """Give ``command`` these keys and no others; another that had one loses it."""
        for key in keys:
            other = self.clash(command, key)
            while other is not None:
                left = [one for one in self.keys(other.id) if not _overlap(key, one)]
                self._set(other.id, left)
                other = self.clash(command, key)
        self._set(command, keys)
        self._tell()

    def reset(self, command: str) -> None:
        """Give ``command`` its first keys back, away from those that took them."""
        if self._changed.pop(command, None) is not None:
            self.bind(command, BY_ID[command].keys)

    def reset_all(self) -> None:
        """Give every command its first keys back."""
        self._changed = {}
        self._tell()

    def changes(self) -> dict[str, list[str]]:
        """Return what differs from the table, as it is kept."""
        return {command: list(keys) for command, keys in self._changed.items()}

    def take(self, changes: Mapping[str, Sequence[str]]) -> None:
        """Have these changes of the table and no others."""
        self._changed = _sound(changes)
        self._tell()

    def _set(self, command: str, keys: Sequence[str]) -> None:
        if tuple(keys) == BY_ID[command].keys:
            self._changed.pop(command, None)
        else:
            self._changed[command] = tuple(keys)

    def _tell(self) -> None:
        self._index()
        for told in self._watching:
            told()

    def _index(self) -> None:
        self._by_key = {
            (info.context, key): info.id for info in COMMANDS for key in self.keys(info.id)
        }


def reserved(command: str, key: str) -> str:
    """Return the string that says whose ``key`` is, where ``command`` cannot have it.

    >>> reserved("find", "Ctrl+Space"), reserved("find", "Ctrl+Shift+H"), reserved("find", "G")
    ('keys.input_method', '', 'keys.types')
    """
    first = key.split(", ", maxsplit=1)[0]
    if first in RESERVED and BY_ID[command].context in _SHARED:
        return RESERVED[first]
    if BY_ID[command].context is Context.WINDOW and _types(first):
        return "keys.types"
    return ""


def to_text(keymap: Keymap) -> str:
    """Return the reader's own keys as a file holds them."""
    kept = {"meipi_keys": 1, "keys": keymap.changes()}
    return json.dumps(kept, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def from_text(text: str) -> dict[str, list[str]]:
    """Return the keys a file holds. Raises ``ValueError`` where it holds none.

    >>> from_text('{"meipi_keys": 1, "keys": {"find": ["Ctrl+H"]}}')
    {'find': ['Ctrl+H']}
    """
    kept: Any = json.loads(text)
    if not isinstance(kept, dict) or kept.get("meipi_keys") != 1:
        raise ValueError("no file of keys")
    keys = kept.get("keys")
    if not isinstance(keys, dict) or not all(map(_is_keys, keys.values())):
        raise ValueError("no keys in it")
    return keys


def _is_keys(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(key, str) and key for key in value)


def _sound(changes: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return of ``changes`` what this version knows and may change."""
    return {
        command: tuple(key for key in keys if not reserved(command, key))
        for command, keys in changes.items()
        if command in BY_ID and not BY_ID[command].fixed
    }


def _overlap(key: str, other: str) -> bool:
    """Say whether one is the other or begins it: Qt could not tell them apart."""
    return key == other or key.startswith(f"{other}, ") or other.startswith(f"{key}, ")


def _types(key: str) -> bool:
    """Say whether ``key`` would type something in a field."""
    plain = key.removeprefix("Shift+")
    return len(plain) == 1 or plain in {"Space", "Return", "Enter", "Backspace", "Del"}
