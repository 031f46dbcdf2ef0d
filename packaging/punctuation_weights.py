"""Fit what the words of a clause say about the mark behind it, for `meipi.repair`.

Takes the corpora that `build_repair_data.py` takes and writes resources/repair/marks.json: weights
of single characters, pairs of characters and lengths, nothing of any text. Half the marks are
hidden, as damage hides them. What the neighbours of a mark say is fitted too and then left out: the
language model knows it. Needs scipy; two minutes.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from build_repair_data import OUT, converters, read
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from meipi.repair.channels.punctuation import (
    GAP,
    HABIT,
    MARKS,
    around,
    features,
    habits,
    is_quoted,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LENGTH, BLOCK, MOST_LINES, MOST_MARKS = 250, 20, 6_000, 6_000
HIDDEN_MARKS, HIDDEN_REST = 0.5, 0.02
LEAST_SEEN, LEAST_CORPORA, LEAST_WEIGHT = 150, 4, 2
RIDGE, ROUNDS = 20.0, 60
Weighted = tuple[float, np.ndarray]


@dataclass(frozen=True, slots=True)
class Sample:
    """A hidden mark: what is seen beyond its neighbours, these, and the habits of its text."""

    corpus: str
    seen: tuple[str, ...]
    neighbours: tuple[str, ...]
    habit: tuple[float, ...]
    mark: int


def main() -> None:
    """Read the corpora, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    found = [sample for path in parser.parse_args().corpora for sample in samples(path)]
    weights = fitted(found)
    text = json.dumps(weights, ensure_ascii=False, separators=(",", ":"))
    (OUT / "marks.json").write_text(text + "\n", "utf-8")


# Hidden marks


def samples(path: Path) -> Iterator[Sample]:
    """Yield as many marks of a corpus in each script."""
    lines = read(path)
    step = max(1, len(lines) // MOST_LINES)
    kept = [line for at in range(0, len(lines), BLOCK * step) for line in lines[at : at + BLOCK]]
    to_simplified, ways = converters()
    for convert in (to_simplified, ways[0]):
        chooser = random.Random(1)
        hidden = (sample for text in cut(map(convert, kept)) for sample in hide(text, chooser))
        for number, (seen, mark) in enumerate(hidden):
            if number >= MOST_MARKS:
                break
            yield Sample(path.name, *seen, MARKS.index(mark))


def cut(lines: Iterable[str]) -> Iterator[str]:
    """Yield texts of some lines."""
    text = ""
    for line in lines:
        text += line + "\n"
        if len(text) >= LENGTH:
            yield text
            text = ""


def hide(text: str, chooser: random.Random) -> Iterator[tuple[tuple, str]]:
    """Hide some of a text; yield what is to be seen around each mark, and the mark."""
    shares = {True: HIDDEN_MARKS, False: HIDDEN_REST}
    shown = "".join(GAP if chooser.random() < shares[c in MARKS] else c for c in text)
    habit = habits(shown)
    for at, mark in enumerate(text):
        if shown[at] == GAP and mark in MARKS:
            behind = shown[at + 1 : at + 2]
            seen = (*features(shown, at), around(behind, quoted=is_quoted(shown, at)))
            beside = (f"1{shown[at - 1 : at]}", f"2{shown[max(0, at - 2) : at]}", f"3{behind}")
            yield (seen, beside, habit[behind in ("", "\n")]), mark


# Weights


def fitted(found: Sequence[Sample]) -> dict[str, list[float]]:
    """Return in tenths of a nat what each feature speaks for each mark, and what habits weigh."""
    corpora: dict[str, set[str]] = {}
    counts = Counter(name for sample in found for name in (*sample.seen, *sample.neighbours))
    for sample in found:
        for name in sample.seen:
            corpora.setdefault(name, set()).add(sample.corpus)
    names = sorted(n for n, of in corpora.items() if len(of) >= LEAST_CORPORA)
    beside = {name for sample in found for name in sample.neighbours}
    every = [n for n in (*names, *sorted(beside)) if counts[n] >= LEAST_SEEN]
    weights, habit = regression(found, every)
    kept = {
        name: row.tolist()
        for name, row in zip(every, np.rint(10 * weights).astype(int), strict=True)
        if name not in beside and np.abs(row).max() >= LEAST_WEIGHT
    }
    return {**kept, HABIT: habit.round(2).tolist()}


def regression(found: Sequence[Sample], names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights of a softmax regression, each row about zero, and those of the habits."""
    seen, marks = matrix(found, names), len(MARKS)
    across = seen.T.tocsr()
    habit = np.array([sample.habit for sample in found])
    truth = np.array([sample.mark for sample in found])
    shape = len(names), marks

    def loss(values: np.ndarray) -> Weighted:
        weights, scale = values[: -2 * marks].reshape(shape), values[-2 * marks : -marks]
        score = seen @ weights + habit * scale + values[-marks:]
        score -= score.max(axis=1, keepdims=True)
        p = np.exp(score)
        p /= p.sum(axis=1, keepdims=True)
        cost = -np.log(p[np.arange(len(truth)), truth]).sum() + RIDGE / 2 * (weights**2).sum()
        p[np.arange(len(truth)), truth] -= 1
        slopes = (across @ p + RIDGE * weights).ravel(), (p * habit).sum(axis=0), p.sum(axis=0)
        return cost / len(truth), np.concatenate(slopes) / len(truth)

    start = np.zeros(shape[0] * marks + 2 * marks)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    weights = best[: -2 * marks].reshape(shape)
    return weights - weights.mean(axis=1, keepdims=True), best[-2 * marks : -marks]


def matrix(found: Sequence[Sample], names: Sequence[str]) -> csr_matrix:
    """Return which feature each sample has."""
    numbers = {name: number for number, name in enumerate(names)}
    columns, ends = [], [0]
    for sample in found:
        columns += [numbers[n] for n in (*sample.seen, *sample.neighbours) if n in numbers]
        ends.append(len(columns))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(found), len(names)))


if __name__ == "__main__":
    main()
