"""GBK read as a Western encoding: ÖÐÎÄ for 中文.

On real pages a mixed decoder did it: byte pairs that happen to be valid UTF-8 came out as one
character (ÕâÖÖͳ for 这种统), so one cannot know beforehand how many bytes a character stands for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from math import exp
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.channels.gbk_as_latin_lines import (
    COMMON_MEAN,
    HIGH,
    MIXED_CEILING,
    decoders,
    read_lines,
)
from meipi.repair.channels.utf8 import count_hanzi, has_hanzi, is_specimen, mean_cost, share_chinese
from meipi.repair.channels.whole_lines import gaps, within
from meipi.repair.codepages import gbk_characters, latin_bytes, read_as_latin
from meipi.repair.lattice import Arc, Node, decode
from meipi.repair.model import language_model
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LETTERS = frozenset(map(chr, range(0xC0, 0x100)))
_ALONE = "[@-~]?[\u0800-\ufefe]{1,2}|[@-~]"
_RUN = re.compile(f"[{HIGH}]+(?:(?:{_ALONE})[{HIGH}]+)*(?:{_ALONE})?")
"""Characters outside ASCII that are no Chinese; a single ASCII one can be half of a pair.

One or two others can be three bytes each that happened to be valid UTF-8.
"""
_LINE = re.compile(f"^[{HIGH}\\x00-\\x09\\x0b-\\x7f]+$", re.MULTILINE)
_SOFT_HYPHEN = b"\xad"
_VANISHED = 4.0
"""Penalty of a byte AD, which is a soft hyphen and vanishes, put back."""
_PRIVATE = 8.0
"""Penalty of a private-use character: a page has none, or is full of them."""
_IS_PRIVATE = re.compile("[\ue000-\uf8ff]").search
_IS_HIGH = re.compile(f"[{HIGH}]")
_STRONG = 4
"""Characters outside ASCII that make a run suspicious by itself."""
_SUPPORT = 4
"""Chinese characters found in strong runs that let the short ones beside them be read too."""
_MUCH, _RARE_MEAN = 24, 12.0
"""So many, and rare characters are read as well: a name, 嘶嘶嘶."""
_SOME = 10
"""So many, and lines of nothing but ASCII and such characters are read too, be they short."""
_SHORT = 16
"""Characters of a run short enough to ask at once for all it can stand for."""


def find(text: str, letters: Sequence[int]) -> list[Change]:
    """Propose the repair of GBK read as cp1252 or Latin-1.

    >>> [change.after for change in find("ÖÐ¹úÈËÃñ", range(8))]
    ['中国人民']
    """
    whole = read_lines(text, letters, _chosen)
    runs = list(_runs(text, within(letters, gaps(text, whole))))
    strong = [c for run in runs if _is_strong(text, run) and (c := _repair(text, run, 0.99))]
    if not whole and count_hanzi("".join({c for s in strong for c in s.after})) < _SUPPORT:
        return []
    done = sorted(whole + strong, key=attrgetter("start"))
    weak = list(_short_runs(text, gaps(text, done), _lines(text, done)))
    rarest = COMMON_MEAN
    if has_hanzi(done, _MUCH):
        rarest = _RARE_MEAN
        taken = {start for start, _ in weak} | {change.start for change in done}
        weak += [run for run in runs if run[0] not in taken and _is_strong(text, run)]
    found = [c for run in weak if (c := _repair(text, run, 0.9, rarest=rarest))]
    if has_hanzi(done, _SOME):
        left = gaps(text, sorted(done + found, key=attrgetter("start")))
        found += [c for run in _lone_runs(text, left) if (c := _repair(text, run, 0.85))]
    return done + found


def _short_runs(
    text: str, outside: Sequence[tuple[int, int]], lines: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the runs that are left in ``lines``: a lone mark or name among proven text."""
    starts = [start for start, _ in lines]
    for first, last in outside:
        at = max(0, bisect_right(starts, first) - 1)
        for start, end in lines[at : bisect_left(starts, last)]:
            for match in _RUN.finditer(text, max(start, first), min(end, last)):
                if match.end() - match.start() > 1 or match[0] > "\xff":
                    yield match.span()


def _lone_runs(text: str, outside: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the runs of lines that have no other characters but ASCII: ´°¿Ú for 窗口."""
    for first, last in outside:
        for line in _LINE.finditer(text, first, last):
            found = _RUN.finditer(text, *line.span())
            yield from (run.span() for run in found if sum(c >= "\x80" for c in run[0]) > 1)


def _chosen(shown: str, before: str) -> tuple[str, float]:
    """Return the likeliest reading of a clause that is out of step, if any, and its margin."""
    tokens = [_mixed(character) for character in shown]
    nodes = decode(tokens, _arcs, language_model(), before=before)
    margin = min((node.margin for node in nodes or ()), default=0.0)
    return "".join(node.arc.text for node in nodes or ()), margin


def _lines(text: str, changes: Sequence[Change]) -> list[tuple[int, int]]:
    """Return the lines that hold ``changes``: elsewhere a lone letter is its author's."""
    bounds = {
        (text.rfind("\n", 0, change.start) + 1, text.find("\n", change.end)) for change in changes
    }
    return sorted((start, end if end >= 0 else len(text)) for start, end in bounds)


def _runs(text: str, letters: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs around ``letters``."""
    high, end = re.compile(f"[{HIGH}]"), 0
    for letter in letters:
        if letter < end:
            continue
        start = letter
        while start > end and high.match(text[start - 1]):
            start -= 1
        run = _RUN.match(text, start)
        end = run.end() if run else letter + 1
        yield start, end


def _is_strong(text: str, run: tuple[int, int]) -> bool:
    shown = text[slice(*run)]
    letters = sum("\xc0" <= character <= "\xff" for character in shown)
    if len(set(shown)) == 1:  # ÅÅÅÅ is how a Danish form asks for a year
        return False
    return letters >= 2 and sum(character >= "\x80" for character in shown) >= _STRONG


def _repair(
    text: str, run: tuple[int, int], confidence: float, *, rarest: float = COMMON_MEAN
) -> Change | None:
    start, end = run
    while end > start:
        result, margin = _decoded(text, start, end, rarest)
        if result or _IS_HIGH.match(text[end - 1]):
            break
        end -= 1  # the last character was no half of a pair
    if not result or is_specimen(text, start, end) or not _reads_common(result, rarest):
        return None
    confidence = round(confidence / (1 + exp(-margin)), 3)
    again = [decoder(result) for decoder in decoders(text[start:end])]
    if text[start:end] in again:
        if text[start:end] != again[0]:
            confidence = min(confidence, MIXED_CEILING)
        return Change(start, end, result, confidence, Proof.REPLAYED)
    if text[start:end] in [shown.replace("\xad", "") for shown in again]:
        return Change(start, end, result, min(confidence, 0.85), Proof.INFERRED)
    # A decoder that took some of the valid pairs only: each character fits, the whole is no proof.
    if count_hanzi(result) < _SUPPORT:
        return None
    return Change(start, end, result, min(confidence, 0.9), Proof.INFERRED)


def _decoded(text: str, start: int, end: int, rarest: float) -> tuple[str, float]:
    """Return the likeliest text that ``text[start:end]`` can stand for, or nothing; its margin."""
    shown = text[start:end]
    short = end - start <= _SHORT
    for ways in (_plain, _with_vanished) if short else (_plain, _mixed):
        nodes = decode(
            [ways(character) for character in shown],
            _arcs,
            language_model(),
            before="\n" + text[max(0, start - 2) : start],
            after=text[end : end + 2] or "\n",
        )
        result = "".join(node.arc.text for node in nodes or ())
        if result and _reads_common(result, rarest):
            return result, min(node.margin for node in nodes or ())
    return "", 0.0


@lru_cache(maxsize=4096)
def _plain(character: str) -> tuple[bytes, ...]:
    """Return the byte a displayed character is."""
    if character < "\x80":
        return (character.encode(),)
    byte = latin_bytes().get(character)
    return () if byte is None else (bytes((byte,)),)


@lru_cache(maxsize=4096)
def _mixed(character: str) -> tuple[bytes, ...]:
    """Return the byte a displayed character is, and its bytes in UTF-8."""
    if character >= "\x80" and not "\ud800" <= character <= "\udfff":
        return (*_plain(character), character.encode())
    return _plain(character)


@lru_cache(maxsize=4096)
def _with_vanished(character: str) -> tuple[bytes, ...]:
    """Return the same, and each behind a byte that has vanished."""
    ways = _mixed(character)
    return (*ways, *(_SOFT_HYPHEN + data for data in ways))


def _arcs(ways: tuple[bytes, ...], node: Node) -> tuple[Arc, ...]:
    return _arcs_behind(node.carry, ways)


@lru_cache(maxsize=65536)
def _arcs_behind(carry: bytes | None, ways: tuple[bytes, ...]) -> tuple[Arc, ...]:
    arcs = []
    for data in ways:
        if read := _read_on(carry, data):
            private = _PRIVATE * bool(_IS_PRIVATE(read.text))
            arcs.append(read._replace(cost=_VANISHED * (data[:1] == _SOFT_HYPHEN) + private))
    return tuple(arcs)


def _read_on(carry: bytes | None, data: bytes) -> Arc | None:
    """Read ``data`` as GBK behind the byte left over."""
    text = ""
    for byte in data:
        if carry is not None:
            character = gbk_characters().get(carry + bytes((byte,)))
            if character is None:
                return None
            text, carry = text + character, None
        elif byte < 0x80:
            text += chr(byte)
        else:
            carry = bytes((byte,))
    return Arc(text, carry)


def _reads_common(result: str, rarest: float) -> bool:
    """Say whether the result is Chinese in common characters."""
    return share_chinese(result) >= 0.95 and mean_cost(result) < rarest


CHANNEL = Channel(
    "gbk-as-latin",
    "GBK 误作西文",
    "GBK read as a Western encoding",
    find,
    _LETTERS,
    damage=lambda text: read_as_latin(text.encode("gbk", "replace"), windows=True),
)
