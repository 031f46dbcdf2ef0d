"""Finding words in one text: literally, in either script, in any width or case."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from meipi.core.fold import fold
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT = 10_000
"""Places marked at most; a reader who sees as many refines the query."""


def find_all(folded: str, query: str, *, limit: int = LIMIT) -> tuple[Span, ...]:
    """Return where ``query`` stands in the text whose fold is ``folded``, without overlaps.

    >>> find_all(fold("寶坻區與宝坻区"), "宝坻")
    (Span(start=0, end=2), Span(start=4, end=6))
    """
    wanted = fold(query)
    places: list[Span] = []
    at = folded.find(wanted) if wanted else -1
    while at >= 0 and len(places) < limit:
        places.append(Span(at, at + len(wanted)))
        at = folded.find(wanted, at + len(wanted))
    return tuple(places)


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
