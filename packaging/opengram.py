"""Text drawn from the word trigrams of open-gram, which were counted over text from the web.

The model is in Debian's `sunpinyin-data`, its words in a file beside it; `tslminfo` of the package
`sunpinyin-utils` prints its probabilities.
"""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHAINS, STEPS = 25_000, 600
"""Texts drawn side by side, and words of each: some 25 million characters."""
UNKNOWN = "\0"
"""What stands for a word that the model does not know; nothing is counted across it."""
ROW = re.compile(rb"[(),]")


def sampled(path: Path) -> Iterator[str]:
    """Yield texts drawn from the model at ``path``."""
    words = read_words(path.with_name("pydict_sc.bin"))
    for row in draw(*read_model(path)):
        yield "".join(words[number] for number in row)


def read_words(path: Path) -> list[str]:
    """Return the words by their numbers."""
    data = path.read_bytes()
    start = int(np.frombuffer(data[:16], "<u4")[2])
    return [word or UNKNOWN for word in data[start:].decode("utf-32-le").split("\0")]


def read_model(path: Path) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Return, by order, the words before and the word as one key, sorted, and its probability."""
    shown = subprocess.run(["tslminfo", "-v", path], capture_output=True, check=True).stdout
    levels = re.split(rb"\\[0-3]-gram\\\d+\n", shown)[2:]
    return [level(rows, order) for order, rows in enumerate(levels, start=1)]


def level(rows: bytes, order: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return contexts, words and probabilities of the n-grams of one order, by context."""
    columns = order + (4 if order < 3 else 3)
    table = np.array(ROW.sub(b" ", rows).split(), dtype=float).reshape(-1, columns)
    context = np.zeros(len(table), dtype=np.int64)
    for column in range(order - 1):
        context = (context << 20) | table[:, column].astype(np.int64)
    by_context = np.argsort(context, kind="stable")
    word, p = table[:, order - 1].astype(np.int64), np.exp(-table[:, order])
    return context[by_context], word[by_context], p[by_context]


def draw(*levels: tuple[np.ndarray, np.ndarray, np.ndarray]) -> np.ndarray:
    """Return the words of texts drawn side by side, a text a row."""
    random = np.random.default_rng(1)
    sums = [np.concatenate(([0.0], np.cumsum(p))) for _, _, p in levels]
    texts = np.zeros((CHAINS, STEPS + 2), dtype=np.int64)
    for step in range(2, STEPS + 2):
        before = texts[:, step - 2], texts[:, step - 1]
        keys = (before[0] << 20 | before[1], before[1], np.zeros(CHAINS, dtype=np.int64))
        chosen = np.full(CHAINS, -1)
        for (context, word, _), total, key in zip(levels[::-1], sums[::-1], keys, strict=True):
            low, high = np.searchsorted(context, key), np.searchsorted(context, key, side="right")
            # What the longer context leaves goes to the shorter one; the last has to give a word.
            mass = 1.0 if context[-1] else total[-1]
            target = total[low] + random.random(CHAINS) * mass
            found = (chosen < 0) & (target < total[high])
            at = np.searchsorted(total, target[found], side="right") - 1
            chosen[found] = word[np.minimum(at, len(word) - 1)]
        texts[:, step] = np.maximum(chosen, 0)
    return texts[:, 2:]
