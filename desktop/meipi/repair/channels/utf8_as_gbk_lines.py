"""Long lines of UTF-8 read as GBK in which nothing is lost, undone at once.

What stands for each byte pair is shown for no other, so what the pairs read as UTF-8 is proof. Only
``€`` is shown for two: the byte 80 and the pair A2E3, which gives no UTF-8 in its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache, partial
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.blocks import cut, sample
from meipi.repair.channels.whole_blocks import Lines, read_blocks
from meipi.repair.channels.whole_lines import PIECE, between, reads_chinese, spans
from meipi.repair.codepages import EURO, REPLACEMENT, gbk_pairs, read_as_gbk
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Better = Callable[..., bool]

_CONFIDENCE = 0.999
_SAMPLE = 120
"""Characters of a line that tell whether it reads well: by chance so long a one is no UTF-8."""
SHORTEST, _LONGEST = 12, 1000
"""Shown characters of a line that is one change, among many."""
_LONG_RUN = 400
_FEW = 8
"""Shown characters after which runs in clean text have come to their end."""
_TRIES = 8
"""Sentences behind which it is asked whether what is shown can be cut there."""
_ENOUGH = 1000
"""Characters of a block that tell whether it is Chinese."""
_LEAST, _MOST = 15, 0.7
"""Bytes of a sample in whole characters, and share of these: of GBK one byte in three is."""
_NARROW = re.compile("[\x80-\u07ff]+")
"""What is two bytes in UTF-8, which two of GBK are by chance."""
_ZERO = "\0"
_ASCII = bytes(range(0x80))


def read_lines(text: str, beginnings: Sequence[int], is_better: Better) -> list[Change]:
    """Propose the repair of the long lines that begin at ``beginnings``.

    ``is_better`` tells of what is shown and what it reads whether that is Chinese and likelier.
    """
    changes: list[Change] = []
    sound = partial(_is_sound, is_better)
    asked = Lines(_CONFIDENCE, sound, least=SHORTEST, longest=_LONGEST)
    for start, end, damaged in _blocks(text, beginnings):
        blocks = read_blocks(text, start, end, _read, asked)[0] if damaged else []
        for first, last in between(start, end, blocks):
            inner = beginnings[bisect_left(beginnings, first) : bisect_left(beginnings, last)]
            for low, high in spans(text, _line(), inner):
                changes += _read_line(text[low:high], low, is_better)
        changes += blocks
    return sorted(changes, key=attrgetter("start"))


def _blocks(text: str, beginnings: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """Yield the blocks of lines with beginnings, and whether one looks damaged in its midst."""
    for start, end in cut(text, 0, len(text)):
        at = bisect_left(beginnings, start)
        if at < len(beginnings) and beginnings[at] < end:
            yield start, end, is_seen(sample(text, start, end))


def _is_sound(is_better: Better, shown: str, read: str) -> bool:
    sample = slice(0, _SAMPLE)
    return is_better(shown[sample], read[sample], holes=0)


def is_seen(shown: str) -> bool:
    """Say whether a sample of a text is UTF-8 read as GBK, as far as its cut ends let it be seen.

    >>> is_seen("涓浗鏃ユ姤缃戠増鏉冭"), is_seen("市政府昨日召开会议")
    (True, False)
    """
    data = shown.encode("gb18030", "ignore").translate(None, _ASCII)
    known = 3 * len(_NARROW.sub("", data.decode("utf-8", "ignore")))
    return known >= _LEAST and known > _MOST * len(data)


def is_read(shown: str) -> bool:
    """Say whether a block is UTF-8 read as GBK, with nothing lost and nothing else in it."""
    return not _other().search(shown) and reads_chinese(_utf8_of(shown)[:_ENOUGH])


def _read(shown: str) -> tuple[str, None] | None:
    """Return what a block reads."""
    if _other().search(shown):
        return None
    read = _utf8_of(shown)
    return (read, None) if reads_chinese(read) else None


def _utf8_of(shown: str) -> str:
    """Return what the byte pairs of ``shown`` read as UTF-8, if they do."""
    try:
        if _ZERO in shown:
            data = b"\x80".join(part.encode("gb18030") for part in shown.split(EURO))
        else:  # the same, in half the time
            data = shown.replace(EURO, _ZERO).encode("gb18030").replace(b"\0", b"\x80")
        return data.decode("utf-8")
    except UnicodeError:
        return ""


@lru_cache(maxsize=1)
def _high() -> str:
    """Return what is shown for a byte pair, or the byte 80, and for no other."""
    pairs = gbk_pairs().items()
    return "".join(sorted({EURO, *(c for c, pair in pairs if c.encode("gb18030") == pair)}))


@lru_cache(maxsize=1)
def _other() -> re.Pattern[str]:
    return re.compile(f"[^{_high()}\\x00-\\x7f]")


@lru_cache(maxsize=1)
def _line() -> re.Pattern[str]:
    return re.compile(f"[{_high()}](?:[{_high()}\\x00-\\x09\\x0b-\\x7f]*[{_high()}])?")


def whole_run(text: str, start: int, stop: int) -> str:
    """Return what reads the run from ``start``, if it is short and all of it is known.

    It is the run that `run` finds, ASCII at its end left off.
    """
    end = at = start
    limit = min(stop, start + _LONG_RUN)
    while match := _line().match(text, at, limit):
        end = at = match.end()
        while at < limit and text[at] < "\x80":
            at += 1
    if at == limit < stop or (at < stop and (text[at] == REPLACEMENT or text[at] in gbk_pairs())):
        return ""
    return _utf8_of(text[start:end])


def short_run(text: str, start: int, stop: int) -> str | None:
    """Return what reads the run from ``start`` if it ends after a few characters, as in clean text.

    It is the run that `run` finds, empty where it finds none.
    """
    shown = text[start : min(stop, start + _FEW)]
    pairs = [*map(gbk_pairs().get, shown)]
    data = b"".join(filter(None, pairs))
    if len(data) < 2 * _FEW or EURO in shown:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end == len(data):  # it may go on
            return None
        read = data[: error.start].decode("utf-8")
        sizes = enumerate(accumulate(map(len, map(str.encode, read))), start=1)
        return read[: max((at for at, size in sizes if size % 2 == 0), default=0)]
    return None


def _read_line(shown: str, start: int, is_better: Better) -> list[Change]:
    read = _utf8_of(shown)
    if not (reads_chinese(read) and _is_sound(is_better, shown, read)):
        return []
    if len(shown) > _LONGEST:
        return _pieces(start, shown, read)
    return [Change(start, start + len(shown), read, _CONFIDENCE, Proof.REPLAYED)]


def _pieces(start: int, shown: str, read: str) -> list[Change]:
    """Cut a long line behind sentences, where both texts are between characters."""
    changes: list[Change] = []
    at, waiting, tries = 0, "", 0
    for match in PIECE.finditer(read):
        waiting, tries = waiting + match[0], tries + 1
        if tries > _TRIES and match.end() < len(read):
            continue
        size = shown_size(shown, at, len(waiting.encode()))
        if size:
            first, at = start + at, at + size
            changes.append(Change(first, start + at, waiting, _CONFIDENCE, Proof.REPLAYED))
            waiting, tries = "", 0
    return changes


def cut_run(start: int, shown: str, read: str, is_cut: Callable[[str, str], bool]) -> list[Change]:
    """Cut a run where both texts are between characters that can be cut."""
    changes: list[Change] = []
    ends = {size: at for at, size in enumerate(accumulate(map(_bytes_shown, shown)), start=1)}
    first = begun = 0
    for at, size in enumerate(accumulate(map(len, map(str.encode, read))), start=1):
        last = at == len(read)
        if size in ends and (last or is_cut(read[at - 1], read[at])):
            end = ends[size]
            after = read[begun:at]
            changes.append(Change(start + first, start + end, after, _CONFIDENCE, Proof.REPLAYED))
            first, begun = end, at
    return changes


def _bytes_shown(character: str) -> int:
    return 1 if _is_single(character) else 2


def shown_size(shown: str, at: int, size: int) -> int:
    """Return how many characters from ``at`` stand for ``size`` bytes, or 0: one is cut there."""
    count = size // 2
    while True:
        part = shown[at : at + count]
        lacking = size - 2 * count + part.count(EURO) + len(part.encode("ascii", "ignore"))
        if lacking <= 1:
            single = lacking == 1 and shown[at + count : at + count + 1]
            return count if not lacking else count + 1 if single and _is_single(single) else 0
        count += lacking // 2


def _is_single(character: str) -> bool:
    return character < "\x80" or character == EURO


def damage(text: str) -> str:
    """Read UTF-8 as GBK, as Windows does."""
    return read_as_gbk(text.encode("utf-8"))
