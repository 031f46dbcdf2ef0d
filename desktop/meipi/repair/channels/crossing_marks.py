"""Marks that a crossing has lost bytes of, chosen once more when all around them is read.

The search sees three characters before a mark; the words of its clause often say more.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from meipi.repair.channels.punctuation import GAP, MARKS, costs_of_stops
from meipi.repair.model import SEEN, language_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARK = re.compile(f"[{MARKS}]")
_AROUND = 120
_ENOUGH = 0.5
"""Nats by which another mark must be likelier than the one that the search has chosen."""


def with_likelier_marks(text: str, tokens: Sequence[tuple[bytes, ...]], codec: str) -> str:
    """Return ``text`` with the likeliest of the marks that ``tokens`` allow at each place.

    The tokens say which bytes can stand behind each piece of what is shown.
    """
    bounds = [0, *accumulate(len(ways[0]) for ways in tokens)]
    places = [0, *accumulate(len(character.encode(codec)) for character in text)]
    data = text.encode(codec)
    for match in _MARK.finditer(text):
        at = match.start()
        low, high = places[at], places[at + 1]
        first, last = bisect_right(bounds, low) - 1, bisect_left(bounds, high)
        if any(len(ways) > 1 for ways in tokens[first:last]):
            start, end = bounds[first], bounds[last]
            around = data[start:low], data[high:end]
            ways = list(_fitting(tokens[first:last], around, codec))
            text = text[:at] + _likeliest(text, at, ways) + text[at + 1 :] if ways[1:] else text
    return text


def _fitting(
    tokens: Sequence[tuple[bytes, ...]], around: tuple[bytes, bytes], codec: str
) -> Iterator[str]:
    """Yield the marks whose bytes, with those around them, are among those of the tokens."""
    for mark in MARKS:
        data = around[0] + mark.encode(codec) + around[1]
        for ways in tokens:
            piece, data = data[: len(ways[0])], data[len(ways[0]) :]
            if piece not in ways:
                break
        else:
            yield mark


def _likeliest(text: str, at: int, marks: Sequence[str]) -> str:
    low, high = max(0, at - _AROUND), at + _AROUND
    behind = text[at + 1 : high] or "\n"
    before, model = text[low:at], language_model()
    (costs,) = costs_of_stops(before + GAP + behind, len(before))
    for mark in marks:
        costs[mark] += model.text_cost(mark + behind[:SEEN], before="\n" + before)
    best = min(marks, key=costs.__getitem__)
    return best if costs[best] + _ENOUGH < costs[text[at]] else text[at]
