"""What an ASCII character was that Windows swallowed with half of a pair, by what is around it.

Nobody can know a digit; a line break, a blank or a bracket can mostly be told by the characters at
both sides of it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import lru_cache
from math import exp, log
from typing import TYPE_CHECKING

from meipi.core.repairs import LOST
from meipi.core.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Mapping

_BEFORE = {
    **dict.fromkeys("。！？…", "stop"),
    **dict.fromkeys("；：", "colon"),
    **dict.fromkeys("，、", "comma"),
    **dict.fromkeys("“‘「『（《【", "open"),
    **dict.fromkeys("”’」』）》】", "close"),
}
BEFORE = ("stop", "colon", "comma", "open", "close", "other")
"""The kinds of `kind_before`."""
_MARKS = "\n \"',).;:!?(<>=-/*#$+%&" + LOST
_VISIBLE = re.compile("[^\x00-\x7f](?=([\x01-?]))")
_ELSE = 7.0
_RATE_TRUST, _MARK_TRUST = 10.0, 3.0
"""How many characters of the text itself weigh as much as all that was counted before."""
_YEAR = 3.0
_WIDE = frozenset(
    map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))
)


@lru_cache(maxsize=1)
def _counted() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """Return, in nats, what was counted: by what is before, by what is behind, each character."""
    path = resource_path("repair/swallowed.json")
    found: dict[str, dict[str, dict[str, float]]] = json.loads(path.read_text("utf-8"))
    return found


class Swallowed:
    """What the readable part of a text tells about the ASCII that is lost from the rest."""

    def __init__(self, known: str) -> None:
        self._behind = Counter(kind_before(c) for c in known if c >= "\x80")
        self._marks = Counter(
            (kind_before(m[0]), LOST if m[1].isdigit() else m[1]) for m in _VISIBLE.finditer(known)
        )
        self._followed = Counter(kind for kind, _ in self._marks.elements())
        self._extra = {before: self._extra_costs(before) for before in BEFORE}

    def costs(self, following: str) -> Mapping[str, Mapping[str, float]]:
        """Return what each ASCII character costs before ``following``, by what is before it.

        What is before it is one of the kinds of `kind_before`.
        """
        after = kind_after(following)
        year = _YEAR * _is_year(following)
        return {
            before: {
                mark: _counted()[before].get(after, {}).get(mark, _ELSE)
                + more
                - (year if mark == LOST else 0.0)
                for mark, more in self._extra[before].items()
            }
            for before in BEFORE
        }

    def _extra_costs(self, before: str) -> dict[str, float]:
        """Return what each mark costs behind a kind, beyond what was counted of it there."""
        usual = _counted()[before]["any"]
        seen, followed = self._behind[before], self._followed[before]
        rate = (followed + _RATE_TRUST * exp(-usual[""])) / (seen + _RATE_TRUST)
        extra = {}
        for mark in _MARKS:
            p = exp(-usual.get(mark, _ELSE))
            here = (self._marks[before, mark] + _MARK_TRUST * p) / (followed + _MARK_TRUST)
            extra[mark] = log(p / here) - log(rate)
        return extra


def _is_year(following: str) -> bool:
    return following[:3].isascii() and following[:3].isdigit() and following[3:4] == "年"


def is_odd(before: str, character: str) -> bool:
    """Say whether a full-width digit or letter stands behind a narrow one.

    >>> is_odd("1", "０"), is_odd("１", "０")
    (True, False)
    """
    return character in _WIDE and before.isascii() and before.isalnum()


def kind_before(character: str) -> str:
    """Return what kind a character is, as far as that tells what follows.

    >>> kind_before("。"), kind_before("，"), kind_before("文")
    ('stop', 'comma', 'other')
    """
    return _BEFORE.get(character, "other")


def kind_after(following: str) -> str:
    """Return what kind of text follows.

    >>> kind_after("第一"), kind_after("1990"), kind_after("")
    ('hanzi', 'digit', 'end')
    """
    first = following[:1]
    if first in ("", "\n"):
        return "end"
    if first.isascii():
        kinds = (("digit", first.isdigit()), ("latin", first.isalpha()), ("blank", first == " "))
        return next((name for name, fits in kinds if fits), "ascii")
    if _BEFORE.get(first) == "open":
        return "open"
    return "hanzi" if "\u3400" <= first <= "\u9fff" else "mark"
