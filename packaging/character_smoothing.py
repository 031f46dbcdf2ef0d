"""Count n-grams of characters, choose which to keep and smooth what is kept.

One n-gram in twenty can be kept. So each lower order is fitted to what the higher one leaves to it:
all that was counted of what is left out, and of what is kept the discounts (Siivola and others
call it revised Kneser pruning). Kneser and Ney's own counts would serve only what is never seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ORDER = 4
SHIFT = 14  # bits of a character id in a packed n-gram
MOST_CHILDREN = 255
BYTES = {2: 5.05, 3: 5.03, 4: 3.0}
"""What an entry takes in the file."""
LEFT = {2: 12.0, 3: 8.0}
"""What of a frequent n-gram goes to the order below, where counts are no whole numbers."""
UNSEEN = 0.5
_ROUNDS = 22


@dataclass
class Counted:
    """The n-grams of one order, sorted, and how often each was seen, weighted."""

    keys: np.ndarray
    seen: np.ndarray


@dataclass
class Level:
    """The n-grams of one order that are kept, sorted: how likely the last character is.

    ``weight`` is what each, as a context, leaves to the order below.
    """

    order: int
    keys: np.ndarray
    p: np.ndarray
    weight: np.ndarray


def level(order: int, keys: np.ndarray, p: np.ndarray) -> Level:
    """Return a level that is no context yet."""
    return Level(order, keys, p, np.ones(len(keys)))


def mask(order: int) -> np.uint64:
    """Return the bits of the last ``order`` characters of a key."""
    return np.uint64((1 << order * SHIFT) - 1)


def character(keys: np.ndarray, order: int, place: int) -> np.ndarray:
    """Return the id at a place of each n-gram."""
    return (keys >> np.uint64((order - 1 - place) * SHIFT)) & mask(1)


# Counts


def counted(texts: Iterable[tuple[np.ndarray, int]]) -> list[Counted]:
    """Return the n-grams of each order in all texts, from single characters up."""
    found: list[list[Counted]] = [[] for _ in range(ORDER)]
    for ids, times in texts:
        for parts, keys in zip(found, windows(ids), strict=True):
            once, number = np.unique(keys, return_counts=True)
            parts.append(Counted(once, number * times))
    rows = [merged(found[-1])]
    for order in range(ORDER - 1, 0, -1):
        suffixes = Counted(rows[0].keys & mask(order), rows[0].seen)
        rows.insert(0, merged([*found[order - 1], suffixes]))
    return rows


def windows(ids: np.ndarray) -> list[np.ndarray]:
    """Return, by order, the packed n-grams that end at each character.

    Of each the longest alone: it ends behind an unknown character or has the highest order.
    """
    known = ids > 0
    length, run = known.astype(np.int8), known
    keys = [ids.astype(np.uint64)]
    for back in range(1, ORDER):
        run = np.concatenate(([False], run[:-1])) & known
        length += run
        before = np.concatenate((np.zeros(back, np.uint64), keys[0][:-back]))
        keys.append(keys[-1] | before << np.uint64(back * SHIFT))
    return [packed[length == order] for order, packed in enumerate(keys, start=1)]


def merged(parts: Sequence[Counted]) -> Counted:
    """Add up what is counted of each n-gram."""
    keys = np.concatenate([part.keys for part in parts])
    order = np.argsort(keys, kind="stable")
    once, first = np.unique(keys[order], return_index=True)
    seen = np.concatenate([part.seen for part in parts])[order]
    return Counted(once, np.add.reduceat(seen, first) if len(first) else seen)


def discounts(seen: np.ndarray) -> np.ndarray:
    """Return what is taken from each count: one sum for one, two and more (Chen and Goodman)."""
    number = np.bincount(np.minimum(seen, 5), minlength=6).astype(float)
    share = number[1] / (number[1] + 2 * number[2])
    each = [n - (n + 1) * share * number[n + 1] / number[n] for n in (1, 2, 3)]
    return np.array([0.0, *each])[np.minimum(seen, 3)]


def by_context(keys: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return for each n-gram the sum of ``values`` over those with the same characters before."""
    _, first = np.unique(keys >> SHIFT, return_index=True)
    kinds = np.diff(np.append(first, len(keys)))
    return np.repeat(np.add.reduceat(values, first), kinds)


def single(rows: Sequence[Counted], amount: np.ndarray, size: int) -> Level:
    """Return the single characters, none of them impossible.

    Half by what was counted, half by how many others they stand behind, for the rare ones.
    """
    one = np.zeros(size)
    one[rows[0].keys.astype(np.int64)] = amount
    behind = np.bincount((rows[1].keys & mask(1)).astype(np.int64), minlength=size) + UNSEEN
    p = one / one.sum() + behind / behind.sum()
    return level(1, np.arange(size, dtype=np.uint64), p / 2)


# What is kept


def chosen(rows: Sequence[Counted], size: int, newline: int, most: float) -> list[np.ndarray]:
    """Return which n-grams of each order from two up say most for the bytes they take.

    An n-gram is worth what it and all behind it add to the likelihood of the texts. What was seen
    once, or goes over the end of a paragraph, adds nothing.
    """
    keys, worth = worths(rows, size, newline)
    parents = [np.zeros(0, dtype=np.int64)]
    for above, below in pairwise(keys):
        at = np.minimum(np.searchsorted(above, below >> SHIFT), len(above) - 1)
        parents.append(np.where(above[at] == below >> SHIFT, at, -1))
    low, high = 1e-3, 1e3
    for _ in range(_ROUNDS):
        price = (low * high) ** 0.5
        kept = _bought(worth, parents, price)
        size_kept = sum(BYTES[order] * part.sum() for order, part in enumerate(kept, start=2))
        low, high = (price, high) if size_kept > most else (low, price)
    kept = _bought(worth, parents, high)
    for order in range(3, ORDER + 1):
        at = order - 2
        kept[at] &= ~_crowded(keys[at], np.where(kept[at], worth[at], -np.inf))
        kept[at] &= kept[at - 1][parents[at]]
    return kept


def worths(
    rows: Sequence[Counted], size: int, newline: int
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Return the n-grams from two characters up, and what each adds to its lower order."""
    below = single(rows, rows[0].seen, size)
    keys, worth = [], []
    for order, row in enumerate(rows[1:], start=2):
        lower = below.p[np.searchsorted(below.keys, row.keys & mask(order - 1))]
        left = discounts(row.seen)
        p = (row.seen - left + by_context(row.keys, left) * lower) / by_context(row.keys, row.seen)
        value = (row.seen - left) * np.log(p / lower)
        value[(row.seen < 2) & (order > 2)] = -np.inf
        for place in range(1, order - 1):
            value[character(row.keys, order, place) == newline] = -np.inf
        below = level(order, row.keys, p)
        keys.append(row.keys)
        worth.append(value)
    return keys, worth


def _bought(
    worth: Sequence[np.ndarray], parents: Sequence[np.ndarray], price: float
) -> list[np.ndarray]:
    """Return what is worth its bytes at a price; what stands before it is bought with it."""
    kept: list[np.ndarray] = []
    behind = np.zeros(len(worth[-1]))
    for at in range(len(worth) - 1, -1, -1):
        alone = np.where(np.isfinite(worth[at]) | (behind <= 0), worth[at], 0.0)
        profit = alone + behind - price * BYTES[at + 2]
        if at:
            profit[parents[at] < 0] = -np.inf
        kept.insert(0, profit > 0)
        if at:
            good = kept[0]
            behind = np.bincount(parents[at][good], profit[good], minlength=len(worth[at - 1]))
    for at in range(1, len(kept)):
        kept[at] &= kept[at - 1][parents[at]]
    return kept


def _crowded(keys: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """Return which n-grams have too many better ones of the same context beside them."""
    order = np.lexsort((-worth, keys >> SHIFT))
    _, first = np.unique((keys >> SHIFT)[order], return_index=True)
    kinds = np.diff(np.append(first, len(keys)))
    rank = np.arange(len(keys)) - np.repeat(first, kinds)
    crowded = np.zeros(len(keys), dtype=bool)
    crowded[order] = rank >= MOST_CHILDREN
    return crowded


# How likely it is


def fitted(rows: Sequence[Counted], kept: Sequence[np.ndarray], size: int) -> list[Level]:
    """Return the levels from single characters up, of what is kept."""
    amount = rows[-1].seen.astype(float)
    shares: list[np.ndarray] = []
    for order in range(ORDER, 1, -1):
        row, below, keep = rows[order - 1], rows[order - 2], kept[order - 2]
        left = discounts(row.seen) if order == ORDER else _left(amount, LEFT[order])
        whole = np.maximum(by_context(row.keys, amount), 1e-9)
        shares.insert(0, np.where(keep, amount - left, 0.0) / whole)
        at = np.searchsorted(below.keys, row.keys & mask(order - 1))
        # What was counted of no longer n-gram stays where it was counted.
        own = below.seen - np.bincount(at, row.seen, minlength=len(below.keys))
        amount = own + np.bincount(at, np.where(keep, left, amount), minlength=len(below.keys))
    levels = [single(rows, amount, size)]
    for row, keep, share in zip(rows[1:], kept, shares, strict=True):
        levels.append(_interpolated(levels, row.keys[keep], share[keep]))
    return levels


def _left(amount: np.ndarray, most: float) -> np.ndarray:
    """Return what is taken from each count: nearly all of a small one, of a great one ``most``."""
    return -most * np.expm1(-amount / most)


def _interpolated(levels: Sequence[Level], keys: np.ndarray, share: np.ndarray) -> Level:
    """Return the next level: to each share comes what its context leaves to the levels below."""
    order, above = len(levels) + 1, levels[-1]
    contexts, first = np.unique(keys >> SHIFT, return_index=True)
    left = np.clip(1 - np.add.reduceat(share, first), 1e-4, 1)
    above.weight[np.searchsorted(above.keys, contexts)] = left
    lower = backed_off(levels, order - 1, keys & mask(order - 1))
    kinds = np.diff(np.append(first, len(keys)))
    return level(order, keys, share + np.repeat(left, kinds) * lower)


def backed_off(levels: Sequence[Level], order: int, keys: np.ndarray) -> np.ndarray:
    """Return the probability that the levels give n-grams, which they may lack."""
    here = levels[order - 1]
    at = np.minimum(np.searchsorted(here.keys, keys), len(here.keys) - 1)
    p = here.p[at]
    missing = here.keys[at] != keys
    if missing.any():
        lacked = keys[missing]
        lower = backed_off(levels, order - 1, lacked & mask(order - 1))
        context = levels[order - 2]
        at = np.minimum(np.searchsorted(context.keys, lacked >> SHIFT), len(context.keys) - 1)
        known = context.keys[at] == lacked >> SHIFT
        p[missing] = lower * np.where(known, context.weight[at], 1.0)
    return p
