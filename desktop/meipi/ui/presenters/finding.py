"""Finding in one text: words in either script, expressions, pinyin, whole words only."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from meipi.core.fold import fold
from meipi.core.spans import Span
from meipi.services.passage_search import ExpressionError, expression, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["ExpressionError", "Finds", "Query", "find_all", "find_query"]

LIMIT = 100_000
"""Places marked at most; a reader who sees as many refines the query."""
WAYS = ("regex", "pinyin", "words")
"""Ways to find that can be switched; the first two exclude each other."""
_REACH = 60
"""Characters looked at on either side of a place to see whether it is a whole word."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and how."""

    text: str
    regex: bool = False
    pinyin: bool = False
    words: bool = False
    """Whole words only."""


def find_all(folded: str, query: str, *, limit: int = LIMIT) -> tuple[Span, ...]:
    """Return where ``query`` stands in the text whose fold is ``folded``, without overlaps.

    >>> find_all(fold("寶坻區與宝坻区"), "宝坻")
    (Span(start=0, end=2), Span(start=4, end=6))
    """
    return tuple(islice(literal(folded, fold(query)), limit))


def find_query(
    folded: str, query: Query, cut: Callable[[str], Iterable[str]], *, limit: int = LIMIT
) -> tuple[Span, ...]:
    """Return where ``query`` is met in the text whose fold is ``folded``.

    ``cut`` cuts a text into words. Raises ``ExpressionError``.

    >>> find_query(fold("寶坻的包地"), Query("baodi", pinyin=True), list)
    (Span(start=0, end=2), Span(start=3, end=5))
    >>> find_query(fold("２０２４年，2025年"), Query("[0-9]{4}年", regex=True), list)
    (Span(start=0, end=5), Span(start=6, end=11))
    """
    places = _ways(folded, query)
    if query.words:
        places = _whole(folded, places, cut)
    return tuple(islice(places, limit))


def _ways(folded: str, query: Query) -> Iterator[Span]:
    if query.regex:
        return expression(folded, query.text)
    if query.pinyin:
        return _spelled(folded, query.text)
    return literal(folded, fold(query.text))


def _spelled(folded: str, text: str) -> Iterator[Span]:
    from meipi.ui.presenters.spelling import ways
    from meipi.ui.scanning import find_ways

    return find_ways(folded, ways(fold(text)))


def _whole(
    folded: str, places: Iterable[Span], cut: Callable[[str], Iterable[str]]
) -> Iterator[Span]:
    """Keep the places that begin and end where words do."""
    window, bounds = Span(0, 0), frozenset[int]()
    for place in places:
        if not (window.start <= place.start and place.end <= window.end):
            window = _clause(folded, place)
            bounds = _bounds(window, cut(window.slice(folded)))
        if place.start in bounds and place.end in bounds:
            yield place


def _clause(folded: str, place: Span) -> Span:
    """Return the unbroken run of word characters around ``place``, not too far either way."""
    start, end = place.start, place.end
    first, last = max(0, start - _REACH), min(len(folded), end + _REACH)
    while start > first and folded[start - 1].isalnum():
        start -= 1
    while end < last and folded[end].isalnum():
        end += 1
    return Span(start, end)


def _bounds(window: Span, words: Iterable[str]) -> frozenset[int]:
    at = window.start
    found = {at}
    for word in words:
        at += len(word)
        found.add(at)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Finds:
    """The places found and which of them the reader is at; -1 where there are none."""

    places: tuple[Span, ...] = ()
    current: int = -1

    @classmethod
    def beginning_at(cls, places: Sequence[Span], offset: int) -> Finds:
        """Begin at the first place from ``offset`` on, or at the first of all."""
        at = bisect_left([place.start for place in places], offset)
        return cls(tuple(places), -1 if not places else at % len(places))

    @property
    def place(self) -> Span | None:
        """The current place."""
        return self.places[self.current] if self.places else None

    def step(self, by: int) -> Finds:
        """Go to the next or a previous place, round the ends."""
        if not self.places:
            return self
        return replace(self, current=(self.current + by) % len(self.places))
