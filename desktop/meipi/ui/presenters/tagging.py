"""What the tag picker offers for what the reader has typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from meipi.core.fold import fold
from meipi.ui.presenters.matching import best, initials

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meipi.core.annotation import Tag

OFFERED = 7
"""Tags the picker lists at most; more are reached by typing."""


class ChoiceKind(StrEnum):
    """What choosing does."""

    TAG = "tag"
    NEW = "new"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the picker."""

    kind: ChoiceKind
    name: str = ""
    tag: str = ""
    color: int | None = None
    hint: str = ""


def choices(
    query: str, tags: Sequence[Tag], *, recent: Sequence[str] = (), with_note: bool = True
) -> list[Choice]:
    """Return fitting tags, a new one of the name typed, a note while nothing is typed."""
    typed = query.strip()
    ordered = sorted(tags, key=lambda tag: _rank(tag, recent))
    offered = [_tag_choice(tag) for tag in best(typed, ordered, lambda tag: tag.name)[:OFFERED]]
    if not typed:
        return [*offered, Choice(ChoiceKind.NOTE, hint="N")] if with_note else offered
    if any(fold(tag.name) == fold(typed) for tag in tags):
        return offered
    color = next_color(tags)
    return [*offered, Choice(ChoiceKind.NEW, typed, color=color, hint="" if offered else "↵")]


def tag_of_key(digit: str, tags: Iterable[Tag]) -> Tag | None:
    """Return the tag that ``digit`` puts on."""
    return next((tag for tag in tags if tag.shortcut == digit), None)


def next_color(tags: Iterable[Tag], colors: int = 10) -> int:
    """Return the first colour that the fewest tags have."""
    used = [tag.color for tag in tags]
    return min(range(colors), key=lambda color: (used.count(color), color))


def _rank(tag: Tag, recent: Sequence[str]) -> tuple[int, int]:
    if tag.id in recent:
        return 0, recent.index(tag.id)
    return (1, int(tag.shortcut)) if tag.shortcut else (2, tag.position)


def _tag_choice(tag: Tag) -> Choice:
    hint = " · ".join(filter(None, (initials(tag.name), tag.shortcut)))
    return Choice(ChoiceKind.TAG, tag.name, tag.id, tag.color, hint)
