"""Which lines changes touched: a text of which little changed is not looked at anew as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.repair.plan import Change

_MOST = 8
"""A text of which more than one character in so many stands in changed lines is looked at anew."""

_SHORT = 20_000
"""Characters of a text that is looked at as a whole in no time."""


class Moved(NamedTuple):
    """Lines with changes in them: where they stood and where they stand now."""

    start: int
    end: int
    now_start: int
    now_end: int


def changed_lines(
    text: str, changes: Sequence[Change], *, least: int = _SHORT
) -> list[Moved] | None:
    r"""Return the lines of ``text`` that the sorted ``changes`` touch, or nothing if many are.

    One shorter than ``least`` is always looked at anew.

    >>> from meipi.core.repairs import Proof
    >>> from meipi.repair.plan import Change
    >>> changed_lines("一\nO二\n" + "三" * 40, [Change(2, 3, "", 0.9, Proof.TABLE)], least=0)
    [Moved(start=2, end=4, now_start=2, now_end=3)]
    """
    if len(text) < least:
        return None
    moved: list[Moved] = []
    size = shift = 0
    for change in changes:
        if moved and change.end <= moved[-1].end and change.start <= moved[-1].end:
            last = moved.pop()
            moved.append(last._replace(now_end=last.now_end + change.grown))
        else:
            start = text.rfind("\n", 0, change.start) + 1
            end = text.find("\n", change.end)
            end = len(text) if end < 0 else end
            size += end - start
            if size * _MOST > len(text):
                return None
            if moved and start <= moved[-1].end:  # one line break went with the change
                first = moved.pop()
                start, now = first.start, first.now_start
            else:
                now = start + shift
            moved.append(Moved(start, end, now, end + shift + change.grown))
        shift += change.grown
    return moved
