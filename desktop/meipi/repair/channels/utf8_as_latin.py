"""UTF-8 read as a Western encoding: ä¸­æ–‡ for 中文.

Read as Latin-1 nothing is lost. cp1252 has no character for five bytes; some programs show them as
``?`` or U+FFFD or not at all. Text that was encoded twice is undone twice, in two rounds, unless
something was lost between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.core.spans import Span
from meipi.repair.blocks import LONG, Whole, cut
from meipi.repair.channels.base import Channel
from meipi.repair.channels.gbk_as_latin_lines import reads_as_gbk
from meipi.repair.channels.utf8 import count_hanzi, has_hanzi, is_specimen, share_chinese
from meipi.repair.channels.utf8_as_latin_lossy import find_lossy, has_losses, stretches
from meipi.repair.channels.utf8_as_latin_twice import find_twice
from meipi.repair.channels.whole_blocks import Lines, read_blocks
from meipi.repair.channels.whole_lines import (
    between,
    gaps,
    pieces,
    reads_chinese,
    spans,
    within,
)
from meipi.repair.codepages import (
    REPLACEMENT,
    as_latin_bytes,
    latin_bytes,
    latin_class,
    read_as_latin,
    whole_latin_bytes,
)
from meipi.repair.plan import Change, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_UTF8 = re.compile(
    rb"(?:[\xe0-\xef][\x80-\xbf]{2}|[\xc2-\xdf][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{3})+"
)
_SHORTEST = 4
_SUPPORT = 8
"""Chinese characters proven elsewhere that let single ones be read too."""
_ROUNDS = 3
_ENOUGH = 1000
"""Characters of a block that tell whether it is Chinese."""
_PIECES = re.compile("[^。！？\n]*[。！？”』」\n]*")


@lru_cache(maxsize=1)
def _hanzi() -> re.Pattern[str]:
    """Return the pattern of what a Chinese character begins with, encoded once or twice."""
    return re.compile(f"[{latin_class(0xE2, 0xF5)}][{latin_class(0x80, 0xC0)}]{{2}}|Ã[£-©°]")


@lru_cache(maxsize=1)
def _high() -> re.Pattern[str]:
    return re.compile(f"[{latin_class(0x80, 0x100)}]+")


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(f"[{latin_class(0x80, 0x100)}]*$")


def _high_runs(text: str, letters: Iterable[int]) -> Iterator[tuple[int, int]]:
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
    lines, sound, foreign = _lines(text, letters)
    known = _in_order(lines, foreign)
    found = tidy(text, lines + _find(text, letters, known, gaps(text, sound)))
    if not has_hanzi(found, _SUPPORT) or _is_little(text, found):
        return found
    known = _in_order(found, foreign)
    return found + [change for gap in gaps(text, known) for change in _short(text, *gap)]


def _in_order(changes: Sequence[Change], foreign: Sequence[Span]) -> list[Change | Span]:
    both: list[Change | Span] = [*changes, *foreign]
    return sorted(both, key=attrgetter("start"))


def _is_little(text: str, found: Sequence[Change]) -> bool:
    """Say whether most of what a Western encoding shows is left: GBK holds some UTF-8 by chance."""
    left = sum(len(run) for gap in gaps(text, found) for run in _high().findall(text, *gap))
    return left > sum(change.end - change.start for change in found)


def _short(text: str, start: int, end: int) -> Iterator[Change]:
    """Yield the repair of what only proven damage beside it can tell: å¹´ in 2004å¹´5."""
    for run in _high().finditer(text, start, end):
        for match in _UTF8.finditer(as_latin_bytes(run[0])):
            first, last = run.start() + match.start(), run.start() + match.end()
            shown, result = text[first:last], _undone(text[first:last])
            if result != shown and not is_specimen(text, first, last):
                yield Change(first, last, result, 0.98, Proof.REPLAYED)


def _undone(shown: str) -> str:
    """Return what is shown with all readings undone that damaging it again gives back."""
    for _ in range(_ROUNDS):
        coded = whole_latin_bytes(shown) if not shown.isascii() else None
        read = coded[0].decode("utf-8", "replace") if coded else REPLACEMENT
        if coded is None or REPLACEMENT in read:
            break
        if read_as_latin(read.encode(), windows=coded[1]) != shown:
            break
        shown = read
    return shown


def _find(
    text: str,
    letters: Sequence[int],
    known: Sequence[Change | Span],
    doubtful: Sequence[tuple[int, int]],
) -> list[Change]:
    """Propose the repair of what lies outside of what is ``known``, run by run.

    Only in the ``doubtful`` ranges something can be lost.
    """
    outside = gaps(text, known)
    signs = (m.start() for gap in outside for m in _signs(text, letters, *gap))
    whole = [c for run in _high_runs(text, signs) for c in _whole_runs(text, *run)]
    twice = [c for gap in outside for c in find_twice(text, *gap)]
    lossy = tidy(text, twice + find_lossy(text, within(within(letters, outside), doubtful)))
    spans = sorted((change.start, change.end) for change in lossy)
    return lossy + [change for change in whole if not _touches(change, spans)]


def _signs(text: str, letters: Sequence[int], start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the beginnings of Chinese characters in a part of the text, around ``letters``."""
    for first, last in stretches(text, within(letters, [(start, end)]), end):
        yield from _hanzi().finditer(text, first, last)


# Long lines, in which nothing is lost


@lru_cache(maxsize=1)
def _line() -> re.Pattern[str]:
    high = latin_class(0x80, 0x100)
    return re.compile(f"[{high}](?:[{high}\\x00-\\x09\\x0b-\\x7f]*[{high}])?")


def _lines(text: str, letters: Sequence[int]) -> tuple[list[Change], list[Span], list[Span]]:
    """Propose the repair of long lines where no line around them has losses.

    Say where that is, and where all is something else.
    """
    changes: list[Change] = []
    sound: list[Span] = []
    foreign: list[Span] = []
    for first, last in stretches(text, letters):
        if last - first < LONG:
            continue
        blocks, whole = read_blocks(text, first, last, _read, Lines(0.999))
        if not blocks and (gbk := _gbk_around(text, first, last)):
            foreign.append(gbk)
            continue
        if not whole and has_losses(text, first, last):
            continue
        sound.append(Span(first, last))
        changes += blocks
        for start, end in between(first, last, blocks):
            inner = letters[bisect_left(letters, start) : bisect_left(letters, end)]
            for line in spans(text, _line(), inner):
                changes += _read_line(text[slice(*line)], line[0])
    return changes, sound, foreign


def _gbk_around(text: str, start: int, end: int) -> Span | None:
    """Return the stretch if it is GBK, with the halves of characters at both ends."""
    while start and text[start - 1] in latin_bytes():
        start -= 1
    for to in (end, end + 1):
        if all(reads_as_gbk(text[slice(*part)]) for part in cut(text, start, to)):
            return Span(start, to)
    return None


def _read_line(shown: str, start: int) -> list[Change]:
    reading = _read(shown)
    return pieces(start, shown, *reading, 0.999) if reading else []


def _read(shown: str, judged: int | None = None) -> tuple[str, Callable[[str], str]] | None:
    """Undo the readings of what is ``shown`` until it is Chinese; return the way back too.

    That may be judged by some characters at the beginning.
    """
    result, readings = shown, list[bool]()
    while len(readings) < _ROUNDS and (coded := whole_latin_bytes(result)):
        try:
            result = coded[0].decode("utf-8")
        except UnicodeDecodeError:
            return None
        readings.insert(0, coded[1])
        if reads_chinese(result[:judged]):
            return result, partial(_shown_again, readings)
    return None


def _is_seen(sample: str) -> bool:
    """Say whether a sample is of a Western encoding, and Chinese below that."""
    return _hanzi().search(sample) is not None and whole_latin_bytes(sample) is not None


def _is_read(shown: str) -> bool:
    return _read(shown, _ENOUGH) is not None


def _shown_again(readings: Sequence[bool], text: str) -> str:
    for windows in readings:
        text = read_as_latin(text.encode("utf-8"), windows=windows)
    return text


# Shorter runs, one by one


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
    whole=Whole(_is_seen, _is_read),
)
