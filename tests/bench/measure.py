"""Timing by medians, and the row every bench prints."""

from __future__ import annotations

import json
import random
import re
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.eval.entity_gold import read_marks

from meipi.core.fold import fold_script

if TYPE_CHECKING:
    from collections.abc import Callable

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
MARKED = Path(__file__).resolve().parents[1] / "eval"


@dataclass(frozen=True)
class Row:
    """One figure beside its rival's, ``rival`` being nothing where there is none."""

    what: str
    ours: float
    rival: float | None
    unit: str
    against: str = ""

    def line(self) -> str:
        rival = "-" if self.rival is None else f"{self.rival:,.2f}"
        ratio = "-" if not self.rival else f"{self.ours / self.rival:.2f}"
        return (
            f"{self.what:<52} {self.ours:>12,.2f} {rival:>12} {self.unit:<9} {ratio:>7}"
            f"  {self.against}"
        )


def seconds(work: Callable[[], object], *, repeat: int = 5) -> float:
    """Return the median wall time of ``work``, after one run to warm up."""
    work()
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def processor_seconds(work: Callable[[str], object], text: str, *, repeat: int = 3) -> float:
    """Return the median processor time of ``work`` on ``text``, after one run to warm up.

    No other load changes it much. Each run has a text of its own, so that nothing is remembered; it
    differs at the end, for a beginning of another kind would spare a rival all the work.
    """
    work(text[:100_000])
    times = []
    for number in range(repeat):
        fresh = text + "\n" * (number + 1)
        start = time.process_time()
        work(fresh)
        times.append(time.process_time() - start)
    return statistics.median(times)


def prose(characters: int, *, only: str = "00[234]", seed: int = 1) -> str:
    """Return clean news of about ``characters``: the samples' sentences in random order."""
    sentences: list[str] = []
    for path in sorted(SEEDS.glob("*.txt")):
        if re.match(only, path.name):
            sentences += re.findall(r"[^。\n]+。?", path.read_text(encoding="utf-8"))
    chooser = random.Random(seed)  # noqa: S311 - no secret, the same text every run
    parts: list[str] = []
    length = 0
    while length < characters:
        sentence = chooser.choice(sentences)
        parts.append(sentence if chooser.random() < 0.8 else f"{sentence}\n\n")
        length += len(parts[-1])
    return "".join(parts)


def distinct_prose() -> str:
    """Return clean news and the marked texts of `tests/eval`, every sentence once.

    Texts in traditional characters are left out: they would flatter us, for jieba takes up to a
    hundred times as long over them.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("00[234]*.txt"))]
    for path in sorted(MARKED.glob("entity_*.json")):
        texts += [read_marks(row["text"])[0] for row in json.loads(path.read_text("utf-8"))]
    simplified = [text for text in texts if _share_of_traditional(text) < 0.01]
    found = (sentence for text in simplified for sentence in re.findall(r"[^。\n]+。?\n*", text))
    return "".join(dict.fromkeys(found))


def _share_of_traditional(text: str) -> float:
    folded = fold_script(text)
    return sum(a != b for a, b in zip(text, folded, strict=True)) / len(text)


def rates(characters: int, *works: Callable[[], object], repeat: int = 7) -> list[float]:
    """Return thousand characters a second of each of ``works``, by turns, medians.

    Time of the processor, not of the clock: other programs must not decide who wins.
    """
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(repeat):
        for own, work in zip(times, works, strict=True):
            start = time.process_time()
            work()
            own.append(time.process_time() - start)
    return [characters / statistics.median(own) / 1000 for own in times]
