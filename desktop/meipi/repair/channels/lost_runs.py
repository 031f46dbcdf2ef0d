"""Where text is lost for good, by what took it: 锟斤拷, 烫烫烫, U+FFFD, Latin-1 cut short."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from meipi.repair.codepages import REPLACEMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_REWRITTEN = {"锟": "gbk", "嚙": "big5"}
"""What the first two bytes of a replacement character in UTF-8 show in each encoding."""
_WORDS = re.compile("(?:锟斤拷)+|(?:嚙踝蕭)+")
_MARK = REPLACEMENT.encode("utf-8")
_HIGH = re.compile("[^\\x00-\\x7f]+")
_CUT = re.compile(f"[锟嚙](?={REPLACEMENT})|锟斤(?![\u4e00-\u9fff])|嚙踝(?![\u4e00-\u9fff])")
_FILL = re.compile("[烫屯]{3,}")
_AGAIN = re.compile("(?:閿熸枻鎷|烽?敓鏂ゆ嫹)+")
"""锟斤拷 written as UTF-8 and read as GBK once more."""
_CLUSTER = re.compile(f"{REPLACEMENT}+(?:[\u0080-\u07ff]{{1,3}}{REPLACEMENT}+)*")
_STRAY_BEFORE = re.compile("(?<![\u0100-\u07ff])[\u0100-\u07ff]{1,2}$")
_STRAY_AFTER = re.compile("[\u0100-\u07ff]{1,2}(?![\u0100-\u07ff])")
"""Pairs of GBK that happen to be a letter in UTF-8; three in a row are a word."""
_FEW = 3
_SHOWN = re.compile("(?:ï¿½)+")
_LATIN = re.compile("[\u00a0-\u00ff]{6,}")
_LEAD = re.compile("[ã-éï]")
_TRAIL = re.compile("[\u00a0-\u00bf]")


@dataclass(frozen=True, slots=True)
class Run:
    """A run in which text is lost; a ``pure`` one is the bare word that people know it by."""

    start: int
    end: int
    reason: str
    pure: bool


def runs(text: str, places: Sequence[int]) -> list[Run]:
    """Return the runs of lost text at ``places``, in order and disjoint.

    >>> [(run.start, run.end, run.reason) for run in runs("图片锟叫割工锟斤拷", [2])]
    [(2, 4, 'rewritten'), (6, 9, 'rewritten')]
    """
    found = [*_rewritten(text, places), *_matched(text, places)]
    found.sort(key=lambda run: (run.start, run.end))
    return _apart(found)


def _apart(found: Iterable[Run]) -> list[Run]:
    """Leave out what lies in an earlier run; what touches it goes on with it."""
    kept: list[Run] = []
    for run in found:
        if not kept or run.start > kept[-1].end:
            kept.append(run)
        elif run.end > kept[-1].end and run.start == kept[-1].end:
            kept[-1] = replace(kept[-1], end=run.end, pure=False)
    return kept


# Replacement characters that were written as UTF-8 and read as a double-byte encoding


def _rewritten(text: str, places: Sequence[int]) -> Iterator[Run]:
    end = 0
    for at in places:
        encoding = _REWRITTEN.get(text[at])
        if encoding is None or at < end:
            continue
        start, end = _stretch(text, at, end)
        for low, high in _joined(_touched(text[start:end], encoding, text[end : end + 1])):
            pure = _WORDS.fullmatch(text, start + low, start + high) is not None
            yield Run(start + low, start + high, "rewritten", pure)


def _stretch(text: str, at: int, low: int) -> tuple[int, int]:
    """Return the stretch without ASCII around ``at``: there bytes and characters are in step."""
    start = at
    while start > low and text[start - 1] >= "\x80":
        start -= 1
    match = _HIGH.match(text, at)
    return start, match.end() if match else at


def _touched(shown: str, encoding: str, following: str) -> list[int]:
    """Return which characters of ``shown`` hold a byte of a replacement character.

    张锟介绍 holds those bytes too: one such place counts only beside one that is no name.
    """
    data = b"".join(_pair(character, encoding) for character in shown)
    at = data.find(_MARK)
    found = set[int]()
    certain = False
    while at >= 0:
        found.update((at // 2, at // 2 + 1))
        certain = certain or at % 2 == 1
        at = data.find(_MARK, at + 3)
    cut = [place for match in _CUT.finditer(shown) for place in range(*match.span())]
    if certain and shown[-1] in _REWRITTEN and following == "?":
        cut.append(len(shown) - 1)
    return sorted({*cut, *(found if certain else ())})


@lru_cache(maxsize=4096)
def _pair(character: str, encoding: str) -> bytes:
    data = character.encode(encoding, "ignore")
    return data if len(data) == 2 else b"\0\0"


def _joined(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of places in a row."""
    if not places:
        return
    start = places[0]
    for place, following in pairwise((*places, places[-1] + 2)):
        if following > place + 1:
            yield start, place + 1
            start = following


# What a pattern finds


def _matched(text: str, places: Sequence[int]) -> Iterator[Run]:
    end = 0
    for at in places:
        run = _run(text, at, end) if at >= end else None
        if run:
            end = run.end
            yield run


def _run(text: str, at: int, low: int) -> Run | None:
    character = text[at]
    if character == REPLACEMENT:
        return _cluster(text, at, low)
    if character in "烫屯":
        match, reason, pure = _FILL.match(text, at), "fill", True
    elif character in "閿敓":
        match, reason, pure = _AGAIN.match(text, at), "rewritten", False
    elif shown := _SHOWN.match(text, at):
        match, reason, pure = shown, "replaced", shown.end() - at <= 3 * _FEW
    else:
        match, reason, pure = _dropped(text, at), "dropped", False
    return Run(at, match.end(), reason, pure) if match else None


def _cluster(text: str, at: int, low: int) -> Run | None:
    match = _CLUSTER.match(text, at)
    if match is None:
        return None
    start, end = match.span()
    if match[0].count(REPLACEMENT) < 2:
        return Run(start, end, "replaced", pure=True)
    # No slice with a lookbehind of its own: three characters tell two strays from a word.
    if before := _STRAY_BEFORE.search(text[max(low, start - _FEW) : start]):
        start -= len(before[0])
    if after := _STRAY_AFTER.match(text, end):
        end = after.end()
    pure = end - start <= _FEW and text.count(REPLACEMENT, start, end) == end - start
    return Run(start, end, "replaced", pure)


def _dropped(text: str, at: int) -> re.Match[str] | None:
    """Match UTF-8 read as Latin-1 whose invisible third was dropped: ä¸å½äººæ°."""
    match = _LATIN.match(text, at)
    if match is None:
        return None
    leads, trails = len(_LEAD.findall(match[0])), len(_TRAIL.findall(match[0]))
    length = len(match[0])
    told = leads >= max(3, length / 4) and trails >= length / 6
    return match if told and leads + trails >= 0.95 * length else None
