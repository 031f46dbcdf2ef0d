"""Many lines in which nothing is lost, undone at once: one change for all, with a part for each.

A line of its own costs ten times what encoding and decoding it costs. What comes out is what line
by line comes out (`whole_lines`): a line of which that is not certain is left to that.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.blocks import LONG, cut
from meipi.repair.channels.utf8 import NOT_CHINESE, count_hanzi, share_chinese, usual
from meipi.repair.channels.whole_lines import PIECE
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Forward = Callable[[str], str]
    Reading = tuple[str, Forward | None]
    """What a block reads, and the program that shows it so again where that is to be seen."""
    Read = Callable[[str], Reading | None]

_LEAST = 1 << 11
"""Shown characters: what is shorter and cannot be read is read line by line."""
_ASCII = "".join(map(chr, range(0x80)))
_UNCUT = 160
"""Characters of a line that is one part, as `whole_lines.pieces` cuts."""


def _is_any(_shown: str, _read: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Lines:
    """What is asked of a line in a block, and what of it is damaged."""

    confidence: float
    is_sound: Callable[[str, str], bool] = _is_any
    """Of what is shown and what it reads: whether that reads well, asked of one that may not."""
    least: int = LONG
    """Shown characters of the shortest line that is read so in a block of some length."""
    longest: int = sys.maxsize
    """And of the longest."""
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
        if (reading := read(shown)) and _is_proven(shown, *reading):
            changes += _changes(first, shown, reading, asked)
        elif last - first > _LEAST and len(halves := [*cut(text, first, last, size)]) > 1:
            waiting += halves[::-1]
        else:
            whole = False
    return changes, whole


def _is_proven(shown: str, result: str, forward: Forward | None) -> bool:
    return forward is None or forward(result) == shown


def _changes(start: int, shown: str, reading: Reading, asked: Lines) -> Iterator[Change]:
    """Yield a change for all lines in a row that long lines of Chinese are."""
    result, forward = reading
    least = asked.least if len(shown) > _LEAST else LONG
    parts = array("I")
    at = read_at = 0
    texts = shown, result, usual().sub("", result)
    for line, read, rest in zip(*(text.split("\n") for text in texts), strict=True):
        first, last, inner = _inner(line, read, asked.trails)
        if not inner:
            pass
        elif least <= last - first <= asked.longest and _is_sound(
            line[first:last], inner, len(read) - len(rest), asked
        ):
            if forward is None or len(inner) <= _UNCUT:
                begun = read_at + first
                parts.extend((at + first, at + last, begun, begun + len(inner)))
            else:
                _add(parts, at + first, read_at + first, inner, forward)
        else:
            yield from _change(start, result, parts, asked.confidence)
            parts = array("I")
        at += len(line) + 1
        read_at += len(read) + 1
    yield from _change(start, result, parts, asked.confidence)


def _inner(line: str, read: str, trails: str) -> tuple[int, int, str]:
    """Return where in a line the damaged part begins and ends, and how that reads.

    ASCII around it is no part: what is the half of a character is not ASCII in both texts.
    """
    inner = read.lstrip(_ASCII)
    first, last = len(read) - len(inner), len(line)
    if line.isascii() or not inner:
        return first, first, ""
    if line[-1] < "\x80" and inner[-1] < "\x80":
        behind = min(len(text) - len(text.rstrip(_ASCII)) for text in (line, inner))
        inner, last = inner[:-behind], last - behind
    if trails and line[last - 1] >= "\x80" and line[last : last + 1] in trails:
        inner += line[last : last + 1]
        last = min(last + 1, len(line))
    return first, last, inner


def _is_sound(shown: str, inner: str, hanzi: int, asked: Lines) -> bool:
    """Say whether a line reads well, of which so many characters are usual Chinese ones."""
    if hanzi * 3 < 2 * len(inner) and (
        count_hanzi(inner) * 3 < len(inner) or not asked.is_sound(shown, inner)
    ):
        return False
    return _is_chinese(inner)


def _is_chinese(inner: str) -> bool:
    return NOT_CHINESE.search(inner) is None or share_chinese(inner) >= 0.95


def _add(parts: array[int], at: int, read_at: int, read: str, forward: Forward) -> None:
    """Add the parts of a line: what is shown at ``at`` reads ``read``, at ``read_at``."""
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
