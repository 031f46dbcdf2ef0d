"""Many lines in which nothing is lost, undone at once: one change for all, with a part for each.

A line of its own costs ten times what encoding and decoding it costs. What comes out is what line
by line comes out (`whole_lines`): a line of which that is not certain is left to that.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.utf8 import HANZI, NOT_CHINESE, share_chinese
from meipi.repair.channels.whole_lines import LONG, PIECE
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Reading = tuple[str, Callable[[str], str]]
    """What a block reads, and the program that shows it so again."""
    Read = Callable[[str], Reading | None]

_BLOCK = 1 << 16
_LEAST = 1 << 11
"""Shown characters: what is shorter and cannot be read is read line by line."""
_ASCII = "".join(map(chr, range(0x80)))
_UNCUT = 160
"""Characters of a line that is one part, as `whole_lines.pieces` cuts."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What is asked of a line in a block, and what of it is damaged."""

    confidence: float
    is_sound: Callable[[str], bool] = bool
    trails: str = ""
    """ASCII that goes along behind the last character: it can be half of that."""


def read_blocks(
    text: str, start: int, end: int, read: Read, asked: Lines
) -> tuple[list[Change], bool]:
    """Return the changes of the blocks in a range of ``text`` that ``read`` can read as a whole.

    And whether it can read all of the range so, of which some lines may still be too short.
    """
    changes: list[Change] = []
    whole = True
    waiting = [*cut(text, start, end)][::-1]
    while waiting:
        first, last = waiting.pop()
        shown, size = text[first:last], (last - first) // 2
        if (reading := read(shown)) and reading[1](reading[0]) == shown:
            changes += _changes(first, shown, reading, asked)
        elif last - first > _LEAST and len(halves := [*cut(text, first, last, size)]) > 1:
            waiting += halves[::-1]
        else:
            whole = False
    return changes, whole


def cut(text: str, start: int, end: int, size: int = _BLOCK) -> Iterator[tuple[int, int]]:
    """Cut a range behind line breaks, each part at least as long as ``size`` but the last."""
    while start < end:
        at = text.find("\n", start + size, end) + 1 or end
        yield start, at
        start = at


def _changes(start: int, shown: str, reading: Reading, asked: Lines) -> Iterator[Change]:
    """Yield a change for all lines in a row that long lines of Chinese are."""
    result, forward = reading
    strange = NOT_CHINESE.search(result) is not None
    parts = array("I")
    at = read_at = 0
    lines = zip(
        shown.split("\n"), result.split("\n"), HANZI.sub("", result).split("\n"), strict=True
    )
    for line, read, rest in lines:
        inner = read.lstrip(_ASCII)
        first, inner = len(read) - len(inner), inner.rstrip(_ASCII)
        last = len(line) - (len(read) - first - len(inner))
        if inner and line[last - 1] >= "\x80" and line[last : last + 1] in asked.trails:
            inner += line[last : last + 1]
            last = min(last + 1, len(line))
        size = last - first
        if inner:
            hanzi = len(read) - len(rest)
            chinese = hanzi * 3 >= len(inner) and not (strange and share_chinese(inner) < 0.95)
            if size < LONG or not chinese or not asked.is_sound(inner):
                yield from _change(start, result, parts, asked.confidence)
                parts = array("I")
            else:
                _add(parts, at + first, size, read_at + first, inner, forward)
        at += len(line) + 1
        read_at += len(read) + 1
    yield from _change(start, result, parts, asked.confidence)


def _add(
    parts: array[int], at: int, size: int, read_at: int, read: str, forward: Callable[[str], str]
) -> None:
    """Add the parts of a line: what is shown at ``at`` reads ``read``, at ``read_at``."""
    if len(read) <= _UNCUT:
        parts.extend((at, at + size, read_at, read_at + len(read)))
        return
    for match in PIECE.finditer(read):
        end, read_end = at + len(forward(match[0])), read_at + len(match[0])
        parts.extend((at, end, read_at, read_end))
        at, read_at = end, read_end


def _change(start: int, result: str, parts: array[int], confidence: float) -> Iterator[Change]:
    if not parts:
        return
    first, read_first = parts[0], parts[2]
    last, read_last = parts[-3], parts[-1]
    for column, less in enumerate((first, first, read_first, read_first)):
        parts[column::4] = array("I", [offset - less for offset in parts[column::4]])
    after = result[read_first:read_last]
    yield Change(start + first, start + last, after, confidence, Proof.REPLAYED, parts=parts)
