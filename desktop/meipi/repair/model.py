"""A character model in a memory-mapped file: how likely a character is after three others.

Everything is looked up in place by binary search, so opening it costs nothing and no array library
is loaded. Costs are negative natural logarithms in nats.
"""

from __future__ import annotations

import json
import mmap
import re
from bisect import bisect_left
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal

from meipi.core.repairs import LOST
from meipi.core.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

MAGIC = b"MPL4"
SCALE = 12
"""Steps of a stored cost in one nat."""
SEEN = 3
"""Characters before another that tell how likely it is."""
BLOCK = 32
"""Entries from one written offset to the next."""
UNKNOWN_COST = 16.5
"""A character never seen is rare; counted as a class in training it would look frequent."""

_HALF = ",;:?!()"
_FULL = "，；：？！（）"
FOLD: dict[int, str] = {
    **{ord(c): "0" for c in "123456789０１２３４５６７８９"},
    **dict.fromkeys((*range(65, 91), *range(98, 123)), "a"),
    **dict.fromkeys((*range(65313, 65339), *range(65345, 65371)), "a"),
    **{ord(c): " " for c in "\t\r\x0b\x0c\xa0\u3000"},
    **dict(zip(map(ord, _HALF), _FULL, strict=True)),
    ord(LOST): "0",
}
"""Characters that stand for a class: any digit, any letter, any blank, either width.

What is lost without a trace is a digit more often than anything else.
"""

_POINT = re.compile("(?<=[\u3400-\u9fff])\\.")
"""A narrow full stop that ends a sentence."""
_FORMATS: dict[str, tuple[Literal["I", "H", "B"], int]] = {
    "u4": ("I", 4),
    "u2": ("H", 2),
    "u1": ("B", 1),
}


Context = tuple[int, int, int, int, int, int, int, int, int]
"""Of the three, two and one last characters: where their children begin, end, and the weight."""


class LanguageModel:
    """Costs of characters after three others."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        if data[:4] != MAGIC:
            raise ValueError(f"not a language model: {path}")
        arrays = _arrays(data)
        self._ids = {code: number for number, code in enumerate(arrays["codes"]) if number}
        self._ids |= {code: self._ids[ord(c)] for code, c in FOLD.items() if ord(c) in self._ids}
        self._rarity = arrays["rarity"]
        self._cost1, self._weight1 = arrays["cost1"], arrays["weight1"]
        self._starts2, self._ids2 = arrays["starts2"], arrays["ids2"]
        self._cost2, self._weight2 = arrays["cost2"], arrays["weight2"]
        self._starts3, self._counts3 = arrays["starts3"], arrays["counts3"]
        self._ids3, self._cost3, self._weight3 = arrays["ids3"], arrays["cost3"], arrays["weight3"]
        self._starts4, self._counts4 = arrays["starts4"], arrays["counts4"]
        self._ids4, self._cost4 = arrays["ids4"], arrays["cost4"]
        self._context = lru_cache(maxsize=50_000)(self._find_context)

    def unigram(self, character: str) -> float:
        """Return how rare ``character`` is in prose, out of any context."""
        found = self._ids.get(ord(character))
        return UNKNOWN_COST if found is None else self._rarity[found] / SCALE

    def costs(self, before: str, characters: Iterable[str]) -> list[float]:
        """Return the cost of each of ``characters`` after the last three of ``before``."""
        return list(map(self.behind(before), characters))

    def behind(self, before: str) -> Callable[[str], float]:
        """Return what gives the cost of a character after the last three of ``before``."""
        return partial(self._cost, self._context(before[-SEEN:]))

    def cost(self, before: str, character: str) -> float:
        """Return the cost of ``character`` after the last three of ``before``."""
        if character == "." and "\u3400" <= before[-1:] <= "\u9fff":
            character = "。"  # text that has narrow marks
        return self._cost(self._context(before[-SEEN:]), character)

    def text_cost(self, text: str, *, before: str = "\n") -> float:
        """Return the cost of all of ``text`` after ``before``."""
        total = 0.0
        for character in text:
            total += self.cost(before, character)
            before = before[1 - SEEN :] + character
        return total

    def _find_context(self, before: str) -> Context:
        """Return the children and back-off weights of the contexts of each length."""
        if "." in before:
            before = _POINT.sub("。", before)
        numbers = [self._ids.get(ord(character), 0) for character in before]
        c = numbers[-1] if numbers else 0
        one = self._starts2[c], self._starts2[c + 1], self._weight1[c] - 128
        two = three = (0, 0, 0)
        if len(numbers) > 1 and (at := self._pair(numbers[-2], c)) >= 0:
            two = (*_children(self._starts3, self._counts3, at), self._weight2[at] - 128)
        if len(numbers) > 2 and (at := self._pair(numbers[0], numbers[1])) >= 0:
            low, high = _children(self._starts3, self._counts3, at)
            at = bisect_left(self._ids3, c, low, high)
            if at < high and self._ids3[at] == c:
                three = (*_children(self._starts4, self._counts4, at), self._weight3[at] - 128)
        return (*three, *two, *one)

    def _pair(self, first: int, second: int) -> int:
        """Return where a pair of characters stands, or -1."""
        low, high = self._starts2[first], self._starts2[first + 1]
        at = bisect_left(self._ids2, second, low, high)
        return at if at < high and self._ids2[at] == second else -1

    def _cost(self, context: Context, character: str) -> float:
        number = self._ids.get(ord(character))
        if number is None:
            return UNKNOWN_COST
        low4, high4, weight3, low3, high3, weight2, low2, high2, weight1 = context
        if low4 < high4:
            at = bisect_left(self._ids4, number, low4, high4)
            if at < high4 and self._ids4[at] == number:
                return self._cost4[at] / SCALE
        if low3 < high3:
            at = bisect_left(self._ids3, number, low3, high3)
            if at < high3 and self._ids3[at] == number:
                return (weight3 + self._cost3[at]) / SCALE
        at = bisect_left(self._ids2, number, low2, high2)
        if at < high2 and self._ids2[at] == number:
            return (weight3 + weight2 + self._cost2[at]) / SCALE
        return (weight3 + weight2 + weight1 + self._cost1[number]) / SCALE


def _children(starts: memoryview, counts: memoryview, at: int) -> tuple[int, int]:
    """Return where the children of entry ``at`` begin and end."""
    block = at // BLOCK
    low = starts[block] + sum(counts[block * BLOCK : at])
    return low, low + counts[at]


def _arrays(data: memoryview) -> dict[str, memoryview]:
    """Return the arrays that the header describes, each a view of the file."""
    length = int.from_bytes(data[4:8], "little")
    at = 8 + length
    arrays = {}
    for name, (kind, count) in json.loads(bytes(data[8:at])).items():
        code, size = _FORMATS[kind]
        arrays[name] = data[at : at + count * size].cast(code)
        at += count * size + -count * size % 8
    return arrays


@lru_cache(maxsize=1)
def language_model() -> LanguageModel:
    """Return the packaged model, opened on first use."""
    return LanguageModel(resource_path("repair/characters.lm"))
