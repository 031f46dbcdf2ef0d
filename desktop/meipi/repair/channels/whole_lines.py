"""Long lines in which nothing is lost: undone at once, proved by damaging them again.

What is short, or not all of one kind, is left to the channels, which look at each character.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.blocks import LONG
from meipi.repair.channels.utf8 import is_mostly_hanzi, share_chinese
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from meipi.core.spans import Span

PIECE = re.compile("[^\\n]{160}[^。！？\\n]*[。！？]*[”』」]*|[^\\n]+")
"""Some sentences: one edit for each takes more time and memory than reading them."""
_TRIES = 8
"""Sentences behind which it is asked whether what is shown can be cut there."""


def spans(
    text: str,
    pattern: re.Pattern[str],
    places: Sequence[int],
    *,
    before: str = "",
    least: int = LONG,
) -> Iterator[tuple[int, int]]:
    """Yield what matches ``pattern`` around one of ``places`` and is long enough, none in another.

    A match may begin earlier, with characters of the class ``before``.
    """
    earlier = re.compile(f"[{before}]") if before else None
    end = 0
    for at in places:
        if at < end:
            continue
        start = at
        while earlier and start > end and earlier.match(text, start - 1):
            start -= 1
        match = pattern.match(text, start)
        end = match.end() if match else at + 1
        if end - start >= least:
            yield start, end


def gaps(text: str, done: Sequence[Change | Span]) -> list[tuple[int, int]]:
    """Return the ranges that lie outside of what is ``done``, which is in order."""
    return between(0, len(text), done)


def between(start: int, end: int, done: Sequence[Change | Span]) -> list[tuple[int, int]]:
    """Return what of a range lies outside of what is ``done`` in it, which is in order."""
    edges = [start, *(edge for change in done for edge in (change.start, change.end)), end]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def within(places: Sequence[int], ranges: Sequence[tuple[int, int]]) -> list[int]:
    """Return those of the sorted ``places`` that lie in one of ``ranges``."""
    kept: list[int] = []
    for start, end in ranges:
        kept += places[bisect_left(places, start) : bisect_left(places, end)]
    return kept


def pieces(
    start: int, shown: str, result: str, forward: Callable[[str], str], confidence: float
) -> list[Change]:
    """Return the changes that make ``result`` of what is ``shown`` at ``start``.

    Cut where ``forward`` makes just what is shown of each; nothing where it never does.
    """
    changes = []
    at, waiting, tries = 0, "", 0
    for match in PIECE.finditer(result):
        waiting, tries = waiting + match[0], tries + 1
        if tries > _TRIES and match.end() < len(result):
            continue
        again = forward(waiting)
        if shown.startswith(again, at):
            first, at = start + at, at + len(again)
            changes.append(Change(first, start + at, waiting, confidence, Proof.REPLAYED))
            waiting, tries = "", 0
    return changes if at == len(shown) and not waiting else []


def reads_chinese(result: str) -> bool:
    """Say whether a long line is Chinese, and not some Chinese in a line of something else."""
    return is_mostly_hanzi(result) and share_chinese(result) >= 0.95
