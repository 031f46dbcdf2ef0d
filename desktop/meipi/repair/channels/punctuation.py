"""Which mark ends a clause that has lost its own, by what is said in it: 什么 asks, 如果 goes on.

The language model sees three characters; what asks or commands often stands further away, and some
texts have marks that others have not. Weights were fitted to texts of many kinds.
"""

from __future__ import annotations

import json
from functools import lru_cache
from math import exp, log
from typing import TYPE_CHECKING

from meipi.core.resources import resource_path
from meipi.repair.channels.eaten import kind_after

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

GAP = "\0"
MARKS = "，。！？；：、"
_STOPS = "。！？；\n"
_REACH = 60
_LONGEST = (2, 4, 8, 15, 25)
_TRUST = 2.0
"""How many marks of the text itself weigh as much as all that was counted before."""
USUAL = {
    False: (0.52, 0.26, 0.02, 0.02, 0.02, 0.04, 0.12),
    True: (0.02, 0.64, 0.12, 0.07, 0.07, 0.07, 0.01),
}
"""Shares of the `MARKS` in prose, within a line and at its end."""
_NONE = (0,) * len(MARKS)
HABIT = "habit"
TRUSTED = 2.0
"""What the weights count beside the language model, which is too sure of the marks it has seen."""
MORE = {
    False: (0.8, 0.0, 0.3, -1.0, -0.1, 0.1, 0.0),
    True: (-2.0, 0.0, 2.0, 0.1, -1.0, 0.9, 0.0),
}
"""Nats that the language model lacks of each of the `MARKS`, within a line and at its end."""


def costs_of_stops(text: str, gap: int, *behind: str) -> list[dict[str, float]]:
    r"""Return what more or less each of the `MARKS` costs in a gap of ``text``, in nats.

    Once for each of the characters that may stand ``behind``; without any, for the one that does.

    >>> (costs,) = costs_of_stops("你们什么时候回来\0\n", 8)
    >>> min(costs, key=costs.get)
    '？'
    """
    weights = _weights()
    found = [row for name in features(text, gap) if (row := weights.get(name))]
    said = [sum(column) / 10 for column in zip(_NONE, *found, strict=True)]
    quoted = is_quoted(text, gap)
    return [_costs(said, text, c, quoted=quoted) for c in behind or (text[gap + 1 : gap + 2],)]


def _costs(said: Sequence[float], text: str, behind: str, *, quoted: bool) -> dict[str, float]:
    weights, at_end = _weights(), behind in ("", "\n")
    local = weights.get(around(behind, quoted=quoted), _NONE)
    speaks = [
        a + w * b + c / 10
        for a, w, b, c in zip(said, weights[HABIT], _habits(text)[at_end], local, strict=True)
    ]
    mean = log(sum(map(exp, speaks)) / len(speaks))
    return {
        mark: TRUSTED * (mean - s) - more
        for mark, s, more in zip(MARKS, speaks, MORE[at_end], strict=True)
    }


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Sequence[float]]:
    """Return by what is seen how much it speaks for each of the `MARKS`, in tenths of a nat."""
    weights: dict[str, list[float]] = json.loads(
        resource_path("repair/marks.json").read_text("utf-8")
    )
    return weights


def around(behind: str, *, quoted: bool) -> str:
    """Return what stands behind a gap, as a feature."""
    return f"a{kind_after(behind)}{'“' * quoted}"


def is_quoted(text: str, gap: int) -> bool:
    """Say whether a gap stands within quotes that its line opens."""
    before = _line_before(text, gap)
    return before.count("“") + before.count("「") > before.count("”") + before.count("」")


def _line_before(text: str, gap: int) -> str:
    return text[max(text.rfind("\n", 0, gap) + 1, gap - _REACH) : gap]


def features(text: str, gap: int) -> Iterator[str]:
    r"""Yield what is to be seen before a gap beyond its neighbours.

    >>> "w什么" in set(features("你要什么\0\n", 4))
    True
    """
    before = _line_before(text, gap)
    sentence = before[max(map(before.rfind, _STOPS)) + 1 :]
    start = max(map(sentence.rfind, "，：、“”（）「」" + GAP)) + 1
    clause = sentence[start:]
    yield f"n{_bucket(clause)}"
    yield f"s{_bucket(sentence)}"
    first = len(before) - len(clause)
    yield f"p{before[first - 1] if first else '^'}"
    yield f"h{sentence[:2]}"
    yield f"c{clause[:2]}"
    yield from {f"u{character}" for character in clause}
    yield from {f"w{clause[at : at + 2]}" for at in range(len(clause) - 1)}
    yield from {f"W{sentence[at : at + 2]}" for at in range(start - 1)}


def _bucket(words: str) -> int:
    return sum(len(words) > most for most in _LONGEST)


@lru_cache(maxsize=2)
def _habits(text: str) -> dict[bool, tuple[float, ...]]:
    return habits(text)


def habits(text: str) -> dict[bool, tuple[float, ...]]:
    """Return how much more often a text has each of the `MARKS` than prose, in nats.

    Those at the end of a line are counted apart.
    """
    ends = [text.count(mark + "\n") for mark in MARKS]
    counts = {True: ends, False: [text.count(m) - n for m, n in zip(MARKS, ends, strict=True)]}
    return {end: _habit(counts[end], USUAL[end]) for end in counts}


def _habit(counts: Sequence[int], usual: Sequence[float]) -> tuple[float, ...]:
    whole = sum(counts) + _TRUST
    return tuple(log((n + _TRUST * p) / whole / p) for n, p in zip(counts, usual, strict=True))
