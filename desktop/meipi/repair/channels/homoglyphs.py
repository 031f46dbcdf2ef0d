"""Letters and strokes that look alike within a word or number: 二OO八年, 統ー, a Cyrillic СO2.

The word itself tells: a numeral among numerals, a stroke where no kana are, a script of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТХУаеорсухіј", "ABESIJKMHOPCTXYaeopcyxij", strict=True))
_WORD = re.compile("[A-Za-z0-9\u0370-\u03ff\u0400-\u052f-]+")
_LATIN = re.compile("[A-Za-z]")
_OTHER = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_NUMERALS = "一二三四五六七八九〇"
_YEAR = re.compile(f"(?<=[{_NUMERALS}])[OＯΟО]{{1,3}}(?=[{_NUMERALS}]{{0,2}}年)")
_HANZI = re.compile("[\u3400-\u9fff]")
_STROKE = re.compile("(?<=[\u4e00-\u9fff])ー(?=[\u4e00-\u9fff，。、；：！？]|$)")
_KANA = re.compile("[\u3040-\u30fb\u30fd-\u30ff]")
_AROUND = 200


def find(text: str, places: Sequence[int]) -> list[Change]:
    """Propose what such a letter stands for.

    >>> [change.after for change in find("二OO八年，СO2排放统ー", [1, 6, 12])]
    ['〇〇', 'CO2', '一']
    >>> find("Быстро, Шура! データーベース", [0, 3])
    []
    """
    changes: list[Change] = []
    end = 0
    for at in places:
        change = _change(text, at) if at >= end else None
        if change:
            changes.append(change)
            end = change.end
    return changes


def _change(text: str, at: int) -> Change | None:
    if match := _YEAR.match(text, at):
        return Change(at, match.end(), "〇" * len(match[0]), 0.93, Proof.TABLE)
    if _STROKE.match(text, at):
        around = text[max(0, at - _AROUND) : at + _AROUND]
        return None if _KANA.search(around) else Change(at, at + 1, "一", 0.9, Proof.TABLE)
    return _latin(text, at) if text[at] in _CYRILLIC else None


def _latin(text: str, at: int) -> Change | None:
    """Return the Latin word that a few Cyrillic letters stand in, where all else is Latin."""
    around = text[max(0, at - _AROUND) : at + _AROUND]
    start = at
    while start and _WORD.match(text[start - 1]):
        start -= 1
    word = _WORD.match(text, start)
    if not word or not _LATIN.search(word[0]) or not _HANZI.search(around):
        return None
    others = set(_OTHER.findall(around))
    if not others <= _CYRILLIC.keys():
        return None
    after = "".join(_CYRILLIC.get(letter, letter) for letter in word[0])
    return Change(start, word.end(), after, 0.9, Proof.TABLE)


def _pairs() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset("OＯΟО"), frozenset("OＯΟО年") | frozenset(_NUMERALS)


CHANNEL = Channel(
    "homoglyphs",
    "词中形近字符",
    "Look-alikes within words",
    find,
    frozenset(_CYRILLIC) | {"ー"},
    pairs=_pairs,
    damage=lambda text: text.replace("〇", "O"),
)
