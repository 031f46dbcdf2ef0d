"""Walking from place to place of one thing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.core.spans import Span


class Placed(Protocol):
    """Something that stands at one or more places, in order."""

    @property
    def spans(self) -> Sequence[Span]:
        """The places."""


class Walk:
    """Goes on to the next place each time the same thing is asked for, round the end."""

    def __init__(self) -> None:
        self._thing: Placed | None = None
        self._after = -1

    def begin(self) -> None:
        """Forget what was walked."""
        self._thing = None

    def to(self, thing: Placed) -> Span:
        """Return the first place of ``thing``, or the one after that returned last."""
        after = self._after if thing == self._thing else -1
        place = next_place(thing.spans, after)
        self._thing, self._after = thing, place.start
        return place

    def back(self, thing: Placed) -> Span:
        """Return the place of ``thing`` before that returned last, round the beginning."""
        before = self._after if thing == self._thing else 0
        place = place_before(thing.spans, before)
        self._thing, self._after = thing, place.start
        return place


def place_before(spans: Sequence[Span], before: int) -> Span:
    """Return the last of ``spans`` that begins before ``before``, round the beginning."""
    return spans[bisect_left(spans, before, key=lambda span: span.start) - 1]


def next_place(spans: Sequence[Span], after: int) -> Span:
    """Return the first of ``spans`` that begins after ``after``, round the end."""
    at = bisect_right(spans, after, key=lambda span: span.start)
    return spans[at % len(spans)]
