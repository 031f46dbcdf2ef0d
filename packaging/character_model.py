"""Count, smooth, prune and write a model of how likely a character is after three others.

`meipi.repair.model` reads the file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from character_smoothing import ORDER, SHIFT, Level, chosen, counted, fitted, mask

from meipi.repair.model import BLOCK, FOLD, MAGIC, SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

LEAST_COUNT = 3
MOST_BYTES = 11_700_000
"""Size of what is kept; characters and offsets add two hundred thousand."""


def write_model(path: Path, texts: Iterable[tuple[str, int]]) -> None:
    """Build a model of ``texts``, each with how many times it counts, and write it."""
    folded = [(text.translate(FOLD), times) for text, times in texts]
    vocabulary, ids = number_characters([text for text, _ in folded])
    newline = vocabulary.index("\n")
    weighted = [(part, times) for part, (_, times) in zip(ids, folded, strict=True)]
    rows = counted(weighted)
    kept = chosen(rows, len(vocabulary), newline, MOST_BYTES)
    levels = fitted(rows, kept, len(vocabulary))
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


# The file


def packed(levels: Sequence[Level]) -> dict[str, np.ndarray]:
    """Lay the n-grams out as a trie: children of one context side by side, sorted."""
    arrays: dict[str, np.ndarray] = {}
    for level in levels:
        name = str(level.order)
        if level.order > 1:
            arrays["ids" + name] = (level.keys & mask(1)).astype("<u2")
        arrays["cost" + name] = cost(level.p)
        if level.order < ORDER:
            arrays["weight" + name] = cost(level.weight, offset=128)
            arrays |= children(level, levels[level.order])
    return arrays


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
