"""Long lines in which nothing is lost: undone at once, proved by damaging them again.

What is short, or not all of one kind, is left to the channels, which look at each character.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.utf8 import count_hanzi, share_chinese
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LONG = 160
"""Shown characters from which a line is read as one."""
_PIECE = re.compile("[^\n]{48}[^。！？\n]*[。！？]*[”』」]*|[^\n]+")
"""Some sentences: one edit for each costs more than reading them, and nobody looks at each."""


def spans(text: str, pattern: re.Pattern[str], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield what matches ``pattern`` at one of ``places`` and is long enough, none in another."""
    end = 0
    for at in places:
        if at >= end and (match := pattern.match(text, at)):
            end = match.end()
            if end - at >= LONG:
                yield at, end


def pieces(
    start: int, shown: str, result: str, forward: Callable[[str], str], confidence: float
) -> list[Change]:
    """Return the changes that make ``result`` of what is ``shown`` at ``start``.

    Nothing where ``forward`` does not make exactly what is shown of each.
    """
    changes = []
    at = 0
    for match in _PIECE.finditer(result):
        after = match[0]
        again = forward(after)
        if not shown.startswith(again, at):
            return []
        changes.append(
            Change(start + at, start + at + len(again), after, confidence, Proof.REPLAYED)
        )
        at += len(again)
    return changes if at == len(shown) else []


def reads_chinese(result: str) -> bool:
    """Say whether a long line is Chinese, and not some Chinese in a line of something else."""
    return count_hanzi(result) * 3 >= len(result) and share_chinese(result) >= 0.95
