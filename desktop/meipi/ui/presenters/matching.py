"""Matching what a reader types against names: by characters of either script, pinyin, initials."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from meipi.core.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Item = TypeVar("Item")

_DIGRAPHS = ("zh", "ch", "sh")
_KNOWN = 65_536
"""Names kept with how they are read: fewer than a list holds would be none at all."""


def warm_up() -> None:
    """Load the table of readings, so that the first key typed does not wait for it."""
    _readings("中")


def score(query: str, text: str) -> int | None:
    """Return how well ``query`` fits ``text``, 0 best; nothing where it does not fit.

    >>> score("宝坻", "寶坻區"), score("bdq", "宝坻区"), score("zsfs", "重点招商方式")
    (0, 2, 3)
    >>> score("baodi", "宝坻区"), score("chongq", "重庆"), score("xyz", "宝坻区")
    (2, 2, None)
    """
    wanted = _key(query)
    if not wanted:
        return 0
    name = _key(text)
    at = name.find(wanted)
    if at >= 0:
        return 0 if at == 0 else 1
    if not any("a" <= character <= "z" for character in wanted):
        return None
    starts = [at for at, character in enumerate(name) if wanted[0] in _letters(character)]
    if not starts:
        return None
    readings = _readings(name)
    return next((2 if at == 0 else 3 for at in starts if _spells(wanted, name, readings, at)), None)


def best(query: str, items: Iterable[Item], text: Callable[[Item], str]) -> list[Item]:
    """Return the ``items`` that fit, best first; those that fit alike keep their order."""
    scored = [(score(query, text(item)), item) for item in items]
    fitting = [(points, item) for points, item in scored if points is not None]
    return [item for _, item in sorted(fitting, key=lambda pair: pair[0])]


def fitting(query: str, items: Iterable[Item], text: Callable[[Item], str]) -> list[Item]:
    """Return the ``items`` that fit, in their order."""
    return [item for item in items if fits(query, text(item))]


def fits(query: str, text: str) -> bool:
    """Say whether ``query`` fits ``text`` at all."""
    return score(query, text) is not None


def initials(text: str) -> str:
    """Return the pinyin initials of ``text``, as they are typed.

    >>> initials("招商方式"), initials("重点项目 / 专属政策"), initials("GDP 增速")
    ('zsfs', 'zdxmzszc', 'gdpzs')
    """
    name = _key(text)
    spelled = zip(name, _readings(name), strict=True)
    return "".join(readings[0][0] if readings else character for character, readings in spelled)


@lru_cache(maxsize=_KNOWN)
def _key(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


@lru_cache(maxsize=_KNOWN)
def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Return for every character how it is read here, and how it is read by itself.

    The rare readings of a dictionary are left out: with them almost every name fits any two keys.
    """
    alone = tuple(map(_plain, name))
    if name.isascii():
        return alone
    from pypinyin import Style, lazy_pinyin

    # pypinyin takes a list too, though its types do not say so.
    phrase = lazy_pinyin(name, style=Style.NORMAL, errors=list)  # type: ignore[arg-type]
    if len(phrase) != len(name):
        return alone
    return tuple(
        (read, *plain) if plain and read not in plain else plain
        for read, plain in zip(phrase, alone, strict=True)
    )


@lru_cache(maxsize=_KNOWN)
def _plain(character: str) -> tuple[str, ...]:
    if character.isascii():
        return ()
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(character, style=Style.NORMAL, errors="ignore"))


@lru_cache(maxsize=_KNOWN)
def _letters(character: str) -> frozenset[str]:
    """Return what may be typed first for a character, however it is read.

    Asked before `_readings`, which takes fifty microseconds for a name it has not met.
    """
    if character.isascii():
        return frozenset(character)
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset((character, *(reading[0] for readings in found for reading in readings)))


def _spells(wanted: str, name: str, readings: Sequence[tuple[str, ...]], at: int) -> bool:
    """Say whether the characters of ``name`` from ``at`` can be typed as ``wanted``."""
    if not wanted:
        return True
    if at == len(name):
        return False
    if wanted[0] == name[at] and _spells(wanted[1:], name, readings, at + 1):
        return True
    return any(
        _spells(wanted[length:], name, readings, at + 1)
        for reading in readings[at]
        for length in _typed_lengths(reading, wanted)
    )


def _typed_lengths(reading: str, wanted: str) -> set[int]:
    """Return how many letters of ``wanted`` may stand for a character read as ``reading``."""
    if wanted[0] != reading[0]:
        return set()
    lengths = {1}
    if reading.startswith(_DIGRAPHS) and wanted.startswith(reading[:2]):
        lengths.add(2)
    if wanted.startswith(reading):
        lengths.add(len(reading))
    elif reading.startswith(wanted):
        lengths.add(len(wanted))
    return lengths
