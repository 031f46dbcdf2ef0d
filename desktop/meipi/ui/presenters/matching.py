"""Matching what a reader types against names: by characters of either script, pinyin, initials."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from meipi.core.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Item = TypeVar("Item")

_DIGRAPHS = ("zh", "ch", "sh")


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
    return next(
        (2 if start == 0 else 3 for start in range(len(name)) if _spells(wanted, name, start)),
        None,
    )


def best(query: str, items: Iterable[Item], text: Callable[[Item], str]) -> list[Item]:
    """Return the ``items`` that fit, best first; those that fit alike keep their order."""
    scored = [(score(query, text(item)), item) for item in items]
    fitting = [(points, item) for points, item in scored if points is not None]
    return [item for _, item in sorted(fitting, key=lambda pair: pair[0])]


def fitting(query: str, items: Iterable[Item], text: Callable[[Item], str]) -> list[Item]:
    """Return the ``items`` that fit, in their order."""
    return [item for item in items if score(query, text(item)) is not None]


def initials(text: str) -> str:
    """Return the pinyin initials of ``text``, as they are typed.

    >>> initials("招商方式"), initials("重点项目 / 专属政策"), initials("GDP 增速")
    ('zsfs', 'zdxmzszc', 'gdpzs')
    """
    parts = []
    for character in _key(text):
        spelled = _readings(character)
        parts.append(spelled[0][0] if spelled else character)
    return "".join(parts)


@lru_cache(maxsize=16_384)
def _key(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


@lru_cache(maxsize=16_384)
def _readings(character: str) -> tuple[str, ...]:
    """Return the ways ``character`` is read, the usual one first; none where it has no pinyin."""
    if character.isascii():
        return ()
    from pypinyin import Style, pinyin

    spelled = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(reading.replace("ü", "v") for reading in spelled[0]) if spelled else ()


def _spells(wanted: str, name: str, at: int) -> bool:
    """Say whether the characters of ``name`` from ``at`` can be typed as ``wanted``."""
    if not wanted:
        return True
    if at == len(name):
        return False
    if wanted[0] == name[at] and _spells(wanted[1:], name, at + 1):
        return True
    return any(
        _spells(wanted[length:], name, at + 1)
        for reading in _readings(name[at])
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
