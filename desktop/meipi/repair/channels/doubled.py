"""Characters doubled against copying, every so many of them: 机械制制造工艺艺学课程程设计.

Words double characters too (大大, 爸爸), but not at the same distance six times in a row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HANZI = re.compile(r"([\u3400-\u9fff])(?=\1)")
_DOUBLED = re.compile(r"([!-~\u2010-\uffef])(?=\1(?!\1))")
_DIFFERENT = 5
_SAMPLE = 4000
_ENOUGH = 6
"""So many in a row at one distance, and it is a program's work."""
_FARTHEST = 9


def is_likely(text: str) -> bool:
    """Say whether so many characters are doubled at the beginning that it may be noise."""
    sample = text[:_SAMPLE]
    found = len(_HANZI.findall(sample))
    return found >= _ENOUGH and found * (_FARTHEST + 3) > len(sample)


def find(text: str, _: Sequence[int] = ()) -> list[Change]:
    """Propose to write once what stands twice at regular distances.

    >>> changes = find("机械制制造工艺艺学课程程设计是是我们学学完了大大学的全全部")
    >>> "".join(change.after for change in changes)
    '制艺程是学大全'
    """
    at = {m.start() for m in _DOUBLED.finditer(text) if text[m.start() - 1 : m.start()] != m[1]}
    return [
        Change(place, place + 2, text[place], 0.97, Proof.TABLE)
        for row in _rows(sorted(at), at)
        if len({text[place] for place in row}) >= _DIFFERENT
        for place in row
    ]


def _rows(places: Sequence[int], doubled: set[int]) -> Iterator[list[int]]:
    """Yield the places in rows of one distance, none within another."""
    end = -1
    for place in places:
        if place <= end:
            continue
        row = max((_row(place, step, doubled) for step in range(2, _FARTHEST + 2)), key=len)
        if len(row) >= _ENOUGH:
            end = row[-1] + 1
            yield row


def _row(place: int, step: int, doubled: set[int]) -> list[int]:
    row = []
    while place in doubled:
        row.append(place)
        place += step
    return row


def _damage(text: str) -> str:
    return re.sub(r"(..)(\S)", r"\1\2\2", text)


CHANNEL = Channel(
    "doubled-characters",
    "防复制的叠字",
    "Characters doubled against copying",
    find,
    probe=is_likely,
    damage=_damage,
)
