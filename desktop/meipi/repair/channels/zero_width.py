"""Characters nobody sees, strewn between the visible ones against copying: 因\u00ad为\u200b.

What joins emoji and the letters of Indic and Arabic scripts stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SIGNS = frozenset("\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff")
_INVISIBLE = re.compile(f"[{''.join(sorted(_SIGNS))}]+")
# Without “”‘’…—, which Chinese has in common with others.
_CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffdf\U00020000-\U0003ffff]")
_BETWEEN = re.compile("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_JOINING = re.compile(
    "[\u0590-\u08ff\u0900-\u109f\u1780-\u18af\u200d\u2600-\u27bf\u2b00-\u2bff\ufe0f\u20e3"
    "\U0001f000-\U0001faff]"
)
_NEVER_MEANT = re.compile("[\u00ad\u2060\ufeff]")
"""What has no use at all between Chinese characters; a zero-width space may allow a line break."""
_ENOUGH = 3
"""So many beside Chinese characters and all of them are noise, those in Latin words too."""


def find(text: str, signs: Sequence[int]) -> list[Change]:
    r"""Propose to drop invisible characters in Chinese.

    >>> [change.after for change in find("因\u00ad为\u2060新时期", [1, 3])]
    ['因', '为']
    >>> find("👩\u200d💻在写代码", [1])
    []
    """
    runs = [run for run in _runs(text, signs) if not _joins(text, *run)]
    beside = [_beside(text, *run) for run in runs]
    everywhere = sum(count == 2 for count in beside) >= _ENOUGH
    return [
        _change(text, start, end)
        for (start, end), count in zip(runs, beside, strict=True)
        if everywhere or (count == 2 and _NEVER_MEANT.search(text, start, end))
    ]


def _runs(text: str, signs: Sequence[int]) -> Iterator[tuple[int, int]]:
    end = 0
    for sign in signs:
        if sign >= end and (run := _INVISIBLE.match(text, sign)):
            end = run.end()
            yield run.span()


def _joins(text: str, start: int, end: int) -> bool:
    """Say whether the run holds together what stands at either side of it."""
    around = text[max(0, start - 1) : start], text[end : end + 1]
    return any(_JOINING.match(character) for character in around if character)


def _beside(text: str, start: int, end: int) -> int:
    """Count the sides at which Chinese stands, or the edge of a paragraph with Chinese beyond."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    chinese = [bool(_CJK.match(character)) for character in (before, after)]
    edge = [character in ("", "\n") for character in (before, after)]
    if not any(chinese):
        return 0
    return sum(a or b for a, b in zip(chinese, edge, strict=True))


def _change(text: str, start: int, end: int) -> Change:
    """Return the deletion, with the character before it so that there is something to show."""
    if start and text[start - 1] != "\n":
        return Change(start - 1, end, text[start - 1], 0.99, Proof.TABLE)
    return Change(start, end, "", 0.99, Proof.TABLE)


CHANNEL = Channel(
    "zero-width",
    "不可见字符",
    "Invisible characters",
    find,
    _SIGNS,
    damage=lambda text: _BETWEEN.sub("\u200b", text),
)
