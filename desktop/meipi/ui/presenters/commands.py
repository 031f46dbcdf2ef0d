"""The commands of the window, as the palette lists and finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.ui.presenters.matching import score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.ui.i18n import Words


@dataclass(frozen=True, slots=True)
class CommandInfo:
    """A command: its names, and the keys that run it, the first of which is shown."""

    id: str
    zh: str
    en: str
    keys: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key that is shown."""
        return self.keys[0] if self.keys else ""

    def title(self, words: Words) -> str:
        """Name the command in the window's language."""
        return words.pick(self.zh, self.en)


def find_commands(query: str, commands: Sequence[CommandInfo]) -> list[CommandInfo]:
    """Return the commands that ``query`` means, by either name or by pinyin, best first."""
    if not query.strip():
        return list(commands)
    fitting = [info for info in commands if _points(query, info) < _NO_FIT]
    return sorted(fitting, key=lambda info: _points(query, info))


_NO_FIT = 9


def _points(query: str, info: CommandInfo) -> int:
    found = (score(query, info.zh), score(query, info.en))
    return min((points for points in found if points is not None), default=_NO_FIT)
