"""Many lines in which nothing is lost, undone at once: one change for all, with a part for each.

A line of its own costs ten times what encoding and decoding it costs. What comes out is what line
by line comes out (`whole_lines`): a line of which that is not certain is left to that.
"""

from __future__ import annotations

from array import array
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


def read_blocks(
    text: str, start: int, end: int, read: Read, confidence: float
) -> tuple[list[Change], bool]:
    """Return the changes of the blocks in a range of ``text`` that ``read`` can read as a whole.

    And whether it can read all of the range so, of which some lines may still be too short.
    """
    changes: list[Change] = []
    whole = True
    waiting = [*_cut(text, start, end, _BLOCK)][::-1]
    while waiting:
        first, last = waiting.pop()
        shown, size = text[first:last], (last - first) // 2
        if (reading := read(shown)) and reading[1](reading[0]) == shown:
            changes += _changes(first, shown, *reading, confidence)
        elif last - first > _LEAST and len(halves := [*_cut(text, first, last, size)]) > 1:
            waiting += halves[::-1]
        else:
            whole = False
    return changes, whole


def _cut(text: str, start: int, end: int, size: int) -> Iterator[tuple[int, int]]:
    """Cut a range behind line breaks, each part at least as long as ``size`` but the last."""
    while start < end:
        at = text.find("\n", start + size, end) + 1 or end
        yield start, at
        start = at


def _changes(
    start: int, shown: str, result: str, forward: Callable[[str], str], confidence: float
) -> Iterator[Change]:
    """Yield a change for all lines in a row that long lines of Chinese are."""
    strange = NOT_CHINESE.search(result) is not None
    parts = array("I")
    at = read_at = 0
    lines = zip(
        shown.split("\n"), result.split("\n"), HANZI.sub("", result).split("\n"), strict=True
    )
    for line, read, rest in lines:
        inner = read.lstrip(_ASCII)
        first, inner = len(read) - len(inner), inner.rstrip(_ASCII)
        behind = len(read) - first - len(inner)
        size = len(line) - first - behind
        if inner:
            hanzi = len(read) - len(rest)
            if size < LONG or hanzi * 3 < len(inner) or (strange and share_chinese(inner) < 0.95):
                yield from _change(start, result, parts, confidence)
                parts = array("I")
            else:
                _add(parts, at + first, size, read_at + first, inner, forward)
        at += len(line) + 1
        read_at += len(read) + 1
    yield from _change(start, result, parts, confidence)


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
