"""Blocks of lines that one channel can read as a whole, told by a look at a few characters.

Where all is damaged every second character is a sign; to find them takes longer than to undo it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence

LONG = 48
"""Shown characters from which a line is read as one."""
_BLOCK, _LEAST = 1 << 16, 1 << 12
"""Characters of a block, and of the smallest part of one that is read as a whole."""
_SAMPLE = 48


class Whole(NamedTuple):
    """How a channel tells that a block is damaged as a whole and nothing of it is lost."""

    is_seen: Callable[[str], bool]
    """A look at some characters in its midst, which costs nothing."""
    reads: Callable[[str], bool]
    least: int = LONG
    """Shown characters from which a line in it is read as one."""


class Look(NamedTuple):
    """The same with the pattern of the channel's signs."""

    whole: Whole
    pattern: re.Pattern[str]


def cut(text: str, start: int, end: int, size: int = _BLOCK) -> Iterator[tuple[int, int]]:
    """Cut a range behind line breaks, each part at least as long as ``size`` but the last."""
    while start < end:
        at = text.find("\n", start + size, end) + 1 or end
        yield start, at
        start = at


def blocks(text: str, looks: Sequence[Look]) -> Iterator[tuple[int, int, Look | None]]:
    """Yield blocks of lines, and what reads each of them as a whole.

    One that is damaged but not as a whole is halved: a line of another kind costs little then.
    """
    waiting = [*cut(text, 0, len(text))][::-1]
    while waiting:
        start, end = waiting.pop()
        shown = sample(text, start, end)
        seen = [look for look in looks if shown and look.whole.is_seen(shown)]
        reader = next((look for look in seen if look.whole.reads(text[start:end])), None)
        size = (end - start) // 2
        halves = [*cut(text, start, end, size)] if seen and not reader and size >= _LEAST else []
        if len(halves) > 1:
            waiting += halves[::-1]
        else:
            yield start, end, reader


def sample(text: str, start: int, end: int) -> str:
    """Return some characters in the midst of a block, not all ASCII if there are such."""
    for part in (2, 4, 8):
        at = start + (end - start) // part
        found = text[at : min(at + _SAMPLE, end)]
        if not found.isascii():
            return found
    return ""


def signs(look: Look, text: str, start: int, end: int) -> Iterator[int]:
    """Yield the signs in a block that is read as a whole: of a long line the first."""
    pattern, least = look.pattern, look.whole.least
    at = start
    while at < end:
        stop = text.find("\n", at, end) + 1 or end
        if stop - at <= least:
            yield from (match.start() for match in pattern.finditer(text, at, stop))
        elif match := pattern.search(text, at, stop):
            yield match.start()
        at = stop
