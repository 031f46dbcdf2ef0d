"""Where the cards of the margin stand: each at its line, none over another. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CARD_GAP = 8


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a card would like its top, and how high it is."""

    top: float
    height: float


def place_cards(wishes: Sequence[Wish], *, focus: int | None = None) -> list[float]:
    """Return the tops of cards in order; each is pushed down clear of the one before.

    The card at ``focus`` stays at its line, and those before it make room upwards.

    >>> place_cards([Wish(10, 40), Wish(20, 40), Wish(200, 40)])
    [10, 58, 200]
    >>> place_cards([Wish(10, 40), Wish(20, 40)], focus=1)
    [-28, 20]
    """
    tops: list[float] = []
    for at, wish in enumerate(wishes):
        free = tops[-1] + wishes[at - 1].height + CARD_GAP if tops else wish.top
        tops.append(wish.top if at == focus else max(wish.top, free))
    if focus is not None:
        for at in range(focus - 1, -1, -1):
            limit = tops[at + 1] - CARD_GAP - wishes[at].height
            tops[at] = min(tops[at], limit)
    return tops
