"""The commands of the window: their names, where their keys count, and how they are found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from meipi.ui.presenters.matching import score

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.ui.i18n import Words


class Context(StrEnum):
    """Where a key means its command. Those of the window and the text count in the others too."""

    WINDOW = "window"
    TEXT = "text"
    """While the text has the keyboard."""
    WORDS = "words"
    """While words are selected or an annotation is current."""
    MENTION = "mention"
    """While the card of a mention is open."""
    REPAIR = "repair"
    """While the card of a repair is open, and in the list of repairs."""
    LIST = "list"
    JUDGING = "judging"
    """While suggestions are judged."""
    FIELD = "field"
    """In the bar that finds and in the editor of notes."""
    DIALOG = "dialog"

    def meets(self, other: Context) -> bool:
        """Say whether one key cannot mean something in both."""
        if Context.DIALOG in (self, other):
            return self is other
        return self is other or not {Context.WINDOW, Context.TEXT}.isdisjoint((self, other))


@dataclass(frozen=True, slots=True)
class CommandInfo:
    """A command: its names, and the keys that run it until the reader wants others.

    Keys are written as Qt does: ``Ctrl+Shift+F``, and ``Ctrl+J, Ctrl+L`` for one after the other.
    """

    id: str
    zh: str
    en: str
    keys: tuple[str, ...]
    context: Context = Context.WINDOW
    runs: str = ""
    """The command of the window that it is, with other keys at another place."""
    fixed: bool = False
    """Whether the platform says its keys."""

    def title(self, words: Words) -> str:
        """Name the command in the window's language."""
        return words.pick(self.zh, self.en)


def find_commands(
    query: str,
    commands: Sequence[CommandInfo],
    keys: Callable[[str], Sequence[str]] | None = None,
) -> list[CommandInfo]:
    """Return the commands that ``query`` means: by either name, by pinyin, or by a key.

    ``keys`` returns those of a command where they are not the first ones. The best come first.
    """
    if not query.strip():
        return list(commands)
    points = {
        info.id: _points(query, info, keys(info.id) if keys else info.keys) for info in commands
    }
    fitting = [info for info in commands if points[info.id] < _NO_FIT]
    return sorted(fitting, key=lambda info: points[info.id])


_NO_FIT = 9


def _points(query: str, info: CommandInfo, keys: Sequence[str]) -> int:
    wanted = query.replace(" ", "").casefold()
    if any(wanted == key.replace(" ", "").casefold() for key in keys):
        return 0
    found = (score(query, info.zh), score(query, info.en))
    return min((points for points in found if points is not None), default=_NO_FIT)
