"""UTF-8 read as a Western encoding: ä¸­æ–‡ for 中文.

Read as Latin-1 nothing is lost. cp1252 has no character for five bytes; some programs show them as
``?`` or U+FFFD or not at all. Text that was encoded twice is undone twice, in two rounds, unless
something was lost between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.channels.utf8 import count_hanzi, is_specimen, share_chinese
from meipi.repair.channels.utf8_as_latin_lossy import find_lossy
from meipi.repair.channels.utf8_as_latin_twice import find_twice
from meipi.repair.codepages import as_latin_bytes, latin_bytes, latin_class, read_as_latin
from meipi.repair.plan import Change, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UTF8 = re.compile(
    rb"(?:[\xe0-\xef][\x80-\xbf]{2}|[\xc2-\xdf][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{3})+"
)
_SHORTEST = 4
_PIECES = re.compile("[^。！？\n]*[。！？”』」\n]*")


@lru_cache(maxsize=1)
def _high() -> re.Pattern[str]:
    return re.compile(f"[{latin_class(0x80, 0x100)}]+")


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(f"[{latin_class(0x80, 0x100)}]*$")


def _high_runs(text: str, letters: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of characters outside ASCII that a Western encoding has, around ``letters``.

    Quotes and dashes of Chinese text are such characters too; to begin at letters is what is fast.
    """
    table, end = latin_bytes(), 0
    for start in letters:
        if start < end:
            continue
        first = start
        while first > end and text[first - 1] in table:
            first -= 1
        run = _high().match(text, start)
        end = run.end() if run else start + 1
        if end - first >= _SHORTEST:
            yield first, end


def find(text: str, letters: Sequence[int]) -> list[Change]:
    r"""Propose the repair of UTF-8 read as cp1252 or Latin-1.

    >>> [change.after for change in find("标题：ä¸\xadæ–‡", [3, 6])]
    ['中文']
    """
    whole = [c for run in _high_runs(text, letters) for c in _whole_runs(text, *run)]
    lossy = tidy(text, find_twice(text) + find_lossy(text, letters))
    spans = sorted((change.start, change.end) for change in lossy)
    return lossy + [change for change in whole if not _touches(change, spans)]


def _whole_runs(text: str, start: int, end: int) -> Iterator[Change]:
    data = as_latin_bytes(text[start:end])
    for match in _UTF8.finditer(data):
        first, last = start + match.start(), start + match.end()
        result = match[0].decode("utf-8", "replace")
        if not (_reads_chinese(result) or _is_encoded_again(result)):
            continue
        shown = text[first:last]
        windows = max(shown) > "\xff"
        if read_as_latin(match[0], windows=windows) == shown and not is_specimen(text, first, last):
            yield from _pieces(first, result)


def _pieces(start: int, result: str) -> Iterator[Change]:
    """Cut a run behind its punctuation."""
    for match in _PIECES.finditer(result):
        if match[0]:
            end = start + len(match[0].encode())
            yield Change(start, end, match[0], 0.999, Proof.REPLAYED)
            start = end


def _reads_chinese(result: str) -> bool:
    return len(result) >= 2 and count_hanzi(result) >= 1 and share_chinese(result) >= 0.95


def _is_encoded_again(result: str) -> bool:
    """Say whether the result is UTF-8 read as Latin once more, and Chinese below that."""
    if any(character not in latin_bytes() for character in result):
        return False
    below = _UTF8.search(as_latin_bytes(result))
    return below is not None and _reads_chinese(below[0].decode("utf-8", "replace"))


def _touches(change: Change, spans: list[tuple[int, int]]) -> bool:
    at = bisect_left(spans, (change.end,)) - 1
    return at >= 0 and spans[at][1] > change.start


CHANNEL = Channel(
    "utf8-as-latin",
    "UTF-8 误作西文",
    "UTF-8 read as a Western encoding",
    find,
    frozenset(map(chr, range(0xC0, 0x100))),
    damage=lambda text: read_as_latin(text.encode("utf-8"), windows=True),
)
