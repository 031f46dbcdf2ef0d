"""Facts about single characters: readings, the script they belong to, what a radical stands for."""

from __future__ import annotations

from functools import lru_cache

from meipi.core.resources import resource_path


@lru_cache(maxsize=1)
def readings() -> dict[str, frozenset[str]]:
    """Return the characters of GBK that can be read so, by reading.

    >>> "協" in readings()["xié"], "協" in readings()["xiě"]
    (True, False)
    """
    rows = _lines("readings.txt")
    return {reading: frozenset(found) for reading, _, found in (r.partition("\t") for r in rows)}


@lru_cache(maxsize=1)
def reading_counts() -> dict[str, int]:
    """Return how many readings each character has.

    >>> reading_counts()["協"], reading_counts()["長"] > 1
    (1, True)
    """
    counts: dict[str, int] = {}
    for characters in readings().values():
        for character in characters:
            counts[character] = counts.get(character, 0) + 1
    return counts


@lru_cache(maxsize=1)
def only_traditional() -> frozenset[str]:
    """Return the characters that simplified text never has.

    >>> "發" in only_traditional(), "后" in only_traditional()
    (True, False)
    """
    return frozenset(_lines("scripts.txt")[1])


@lru_cache(maxsize=1)
def only_simplified() -> frozenset[str]:
    """Return the characters that traditional text never has.

    >>> "发" in only_simplified(), "后" in only_simplified()
    (True, False)
    """
    return frozenset(_lines("scripts.txt")[0])


@lru_cache(maxsize=1)
def radicals() -> dict[str, str]:
    """Return Unicode's equivalent unified ideograph of each Kangxi and CJK radical.

    >>> radicals()["⻓"], radicals()["⼀"]
    ('长', '一')
    """
    return {row[0]: row[1] for row in _lines("radicals.txt")}


def _lines(name: str) -> list[str]:
    return resource_path("repair", name).read_text("utf-8").splitlines()
