"""Count, smooth, prune and write a model of how likely a character is after three others.

Interpolated Kneser-Ney over n-grams of up to four characters; `meipi.repair.model` reads the file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from meipi.repair.model import BLOCK, FOLD, MAGIC, SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ORDER = 4
SHIFT = 14  # bits of a character id in a packed n-gram
KEPT = {2: 300_000, 3: 800_000, 4: 950_000}
MOST_CHILDREN = 255
LEAST_COUNT = 3


@dataclass
class Level:
    """The n-grams of one order, sorted: keys, how often each was seen, its probability."""

    order: int
    keys: np.ndarray
    seen: np.ndarray
    p: np.ndarray


def write_model(path: Path, texts: Iterable[tuple[str, int]]) -> None:
    """Build a model of ``texts``, each with how many times it counts, and write it."""
    folded = [(text.translate(FOLD), times) for text, times in texts]
    vocabulary, ids = number_characters([text for text, _ in folded])
    newline = vocabulary.index("\n")
    weighted = [(part, times) for part, (_, times) in zip(ids, folded, strict=True)]
    levels = pruned(smoothed(counted(weighted), len(vocabulary), newline), newline)
    codes = np.array([ord(character) for character in vocabulary], dtype="<u4")
    rare = rarity([part for part, times in weighted if times > 1], len(vocabulary))
    save(path, {"codes": codes, "rarity": cost(rare), **packed(levels)})


def number_characters(texts: list[str]) -> tuple[list[str], list[np.ndarray]]:
    """Return the vocabulary, sorted, and the texts as ids; id 0 stands for any other character."""
    totals = np.zeros(0x110000, dtype=np.int64)
    codes = [np.frombuffer(text.encode("utf-32-le"), dtype="<u4") for text in texts]
    for part in codes:
        totals += np.bincount(part, minlength=0x110000)
    common = {chr(code) for code in np.flatnonzero(totals >= LEAST_COUNT)} - {"\0"}
    vocabulary = ["\0", *sorted(common | standard_characters())]
    lookup = np.zeros(0x110000, dtype=np.uint16)
    lookup[[ord(character) for character in vocabulary]] = np.arange(len(vocabulary))
    return vocabulary, [lookup[part] for part in codes]


def standard_characters() -> set[str]:
    """Return GB 2312 and the first level of Big5."""
    pairs = [("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))]
    pairs += [("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])]
    return {
        bytes((a, b)).decode(name, "ignore").translate(FOLD)
        for name, leads, trails in pairs
        for a in leads
        for b in trails
    } - {""}


def rarity(texts: list[np.ndarray], size: int) -> np.ndarray:
    """Return how common each character is by itself: behind how many others it is found.

    Only the texts that count more than once are asked, which are prose: what is common in manuals
    or poems is no sign of sound text elsewhere.
    """
    pairs = [(ids[:-1].astype(np.uint64) << SHIFT) | ids[1:] for ids in texts]
    last = np.unique(np.concatenate(pairs)) & mask(1)
    common = np.bincount(last.astype(np.int64), minlength=size) + 0.02
    common[0] = 0.02
    return common / common.sum()


# Counts


def counted(texts: Iterable[tuple[np.ndarray, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return the n-grams of the highest order in all texts, sorted, and their counts."""
    keys, counts = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    for ids, times in texts:
        more, found = np.unique(windows(ids), return_counts=True)
        both = np.concatenate((keys, more))
        sums = np.concatenate((counts, found * times))
        order = np.argsort(both, kind="stable")
        keys, first = np.unique(both[order], return_index=True)
        counts = np.add.reduceat(sums[order], first)
    return keys, counts


def windows(ids: np.ndarray) -> np.ndarray:
    """Return the packed n-grams of a text, but those with an unknown character in them."""
    parts = [ids[at : len(ids) - ORDER + 1 + at] for at in range(ORDER)]
    known = np.logical_and.reduce([part > 0 for part in parts])
    keys = np.zeros(int(known.sum()), dtype=np.uint64)
    for part in parts:
        keys = (keys << SHIFT) | part[known]
    return keys


def smoothed(top: tuple[np.ndarray, np.ndarray], size: int, newline: int) -> list[Level]:
    """Return the levels from single characters up, each interpolated with the one below.

    Below the highest order an n-gram counts by how many characters stand before it, as Kneser and
    Ney have it; what begins a paragraph counts as often as it is there.
    """
    keys, counts = top
    seen = counts
    rows = [(keys, counts, seen)]
    for order in range(ORDER - 1, 0, -1):
        suffix = keys & mask(order)
        by_suffix = np.argsort(suffix, kind="stable")
        keys, first = np.unique(suffix[by_suffix], return_index=True)
        counts = np.diff(np.append(first, len(suffix)))
        seen = np.add.reduceat(seen[by_suffix], first)
        if order > 1:
            counts = np.where(character(keys, order, 0) == newline, seen, counts)
        rows.append((keys, counts, seen))
    one = np.full(size, 0.02)
    one[rows[-1][0].astype(np.int64)] += rows[-1][1]
    levels = [Level(1, np.arange(size, dtype=np.uint64), one, one / one.sum())]
    for order, (keys, counts, seen) in enumerate(rows[-2::-1], start=2):
        below = levels[-1]
        lower = below.p[np.searchsorted(below.keys, keys & mask(order - 1))]
        levels.append(Level(order, keys, seen, conditional(keys, counts, lower)))
    return levels


def mask(order: int) -> np.uint64:
    """Return the bits of the last ``order`` characters of a key."""
    return np.uint64((1 << order * SHIFT) - 1)


def character(keys: np.ndarray, order: int, place: int) -> np.ndarray:
    """Return the id at a place of each n-gram."""
    return (keys >> np.uint64((order - 1 - place) * SHIFT)) & mask(1)


def conditional(keys: np.ndarray, counts: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """Return the interpolated probability of each n-gram's last character given the others."""
    number = np.bincount(np.minimum(counts, 5), minlength=6).astype(float)
    share = number[1] / (number[1] + 2 * number[2])
    # One discount for what was seen once, one for twice, one for more (Chen and Goodman).
    each = [n - (n + 1) * share * number[n + 1] / number[n] for n in (1, 2, 3)]
    discount = np.array([0.0, *each])[np.minimum(counts, 3)]
    _, first = np.unique(keys >> SHIFT, return_index=True)
    kinds = np.diff(np.append(first, len(keys)))
    totals, left = np.add.reduceat(counts, first), np.add.reduceat(discount, first)
    return (counts - discount + np.repeat(left, kinds) * lower) / np.repeat(totals, kinds)


# What is kept


def pruned(levels: list[Level], newline: int) -> list[Level]:
    """Keep what says most beyond the lower order; prefixes of what is kept stay.

    What goes over the end of a paragraph says nothing.
    """
    kept: list[Level] = []
    prefixes = np.zeros(0, dtype=np.uint64)
    for below, level in list(pairwise(levels))[::-1]:
        lower = below.p[np.searchsorted(below.keys, level.keys & mask(level.order - 1))]
        worth = np.where(level.seen > 1, level.seen * np.log(level.p / lower), -np.inf)
        for place in range(1, level.order - 1):
            worth[character(level.keys, level.order, place) == newline] = -np.inf
        chosen = worth >= np.partition(worth, -KEPT[level.order])[-KEPT[level.order]]
        chosen |= np.isin(level.keys, prefixes, assume_unique=True)
        if level.order > 2:
            chosen &= ~_crowded(level.keys, np.where(chosen, worth, -np.inf))
        kept.insert(0, Level(level.order, level.keys[chosen], level.seen[chosen], level.p[chosen]))
        prefixes = np.unique(kept[0].keys >> SHIFT)
    return [levels[0], *kept]


def _crowded(keys: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """Return which n-grams have too many better ones of the same context beside them."""
    order = np.lexsort((-worth, keys >> SHIFT))
    _, first = np.unique((keys >> SHIFT)[order], return_index=True)
    kinds = np.diff(np.append(first, len(keys)))
    rank = np.arange(len(keys)) - np.repeat(first, kinds)
    crowded = np.zeros(len(keys), dtype=bool)
    crowded[order] = rank >= MOST_CHILDREN
    return crowded


# The file


def packed(levels: list[Level]) -> dict[str, np.ndarray]:
    """Lay the n-grams out as a trie: children of one context side by side, sorted."""
    arrays: dict[str, np.ndarray] = {}
    weights = [np.ones(len(level.keys)) for level in levels]
    for level in levels[1:]:
        lower = backed_off(levels, weights, level.order - 1, level.keys & mask(level.order - 1))
        contexts, first = np.unique(level.keys >> SHIFT, return_index=True)
        left = 1 - np.add.reduceat(level.p, first)
        below = 1 - np.add.reduceat(lower, first)
        at = np.searchsorted(levels[level.order - 2].keys, contexts)
        weights[level.order - 2][at] = np.clip(left, 1e-4, 1) / np.clip(below, 1e-4, 1)
    for level, weight in zip(levels, weights, strict=True):
        name = str(level.order)
        if level.order > 1:
            arrays["ids" + name] = (level.keys & mask(1)).astype("<u2")
        arrays["cost" + name] = cost(level.p)
        if level.order < ORDER:
            arrays["weight" + name] = cost(weight, offset=128)
            arrays |= children(level, levels[level.order])
    return arrays


def backed_off(
    levels: list[Level], weights: list[np.ndarray], order: int, keys: np.ndarray
) -> np.ndarray:
    """Return the probability that the pruned model gives n-grams, which it may lack."""
    level = levels[order - 1]
    at = np.minimum(np.searchsorted(level.keys, keys), len(level.keys) - 1)
    p = level.p[at]
    missing = level.keys[at] != keys
    if missing.any():
        lacked = keys[missing]
        lower = backed_off(levels, weights, order - 1, lacked & mask(order - 1))
        context = levels[order - 2]
        at = np.minimum(np.searchsorted(context.keys, lacked >> SHIFT), len(context.keys) - 1)
        known = context.keys[at] == lacked >> SHIFT
        p[missing] = lower * np.where(known, weights[order - 2][at], 1.0)
    return p


def children(level: Level, above: Level) -> dict[str, np.ndarray]:
    """Return where the children of each n-gram begin: in full, or every so often and their number.

    Offsets take four bytes, numbers one.
    """
    starts = np.searchsorted(above.keys >> SHIFT, np.append(level.keys, level.keys[-1] + 1))
    name = str(above.order)
    if level.order == 1:
        return {"starts" + name: starts.astype("<u4")}
    return {
        "starts" + name: starts[:-1:BLOCK].astype("<u4"),
        "counts" + name: np.diff(starts).astype("u1"),
    }


def cost(values: np.ndarray, *, offset: int = 0) -> np.ndarray:
    """Return negative logarithms in steps of 1/SCALE, one byte each."""
    return np.clip(np.rint(-np.log(values) * SCALE) + offset, 0, 255).astype(np.uint8)


def save(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write a JSON header and the arrays, each at a multiple of eight bytes."""
    layout = {name: [array.dtype.str[1:], len(array)] for name, array in arrays.items()}
    header = json.dumps(layout).encode()
    header += b" " * (-(len(MAGIC) + 4 + len(header)) % 8)
    blocks = [MAGIC, len(header).to_bytes(4, "little"), header]
    for array in arrays.values():
        raw = array.tobytes()
        blocks.append(raw + b"\0" * (-len(raw) % 8))
    path.write_bytes(b"".join(blocks))
    for name, array in arrays.items():
        print(f"{name:8} {array.nbytes:>9} bytes")
