"""What a channel is: a kind of damage, told by how it is suspected and how it is undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence

    from meipi.repair.blocks import Whole
    from meipi.repair.plan import Change, Loss


def matches(pattern: re.Pattern[str], text: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """Yield what matches at one of ``places``, none within another."""
    end = 0
    for at in places:
        if at >= end and (match := pattern.match(text, at)):
            end = match.end()
            yield match


@dataclass(frozen=True, slots=True)
class Channel:
    """One kind of damage.

    A text without any of ``signs`` (characters; of Western letters or references in a row the
    first), ``alone`` (characters, each one), ``pairs`` (one of the first set before one of the
    second) or ``phrases`` cannot have it, unless its ``probe`` says so.

    ``find`` is given a text and where its signs stand in it. It proposes changes, each already
    proven as its ``proof`` says, and none for text that is merely unusual. ``losses`` is given the
    reading text in the end and names what nothing can undo.
    """

    name: str
    label_zh: str
    label_en: str
    find: Callable[[str, Sequence[int]], Sequence[Change]]
    signs: frozenset[str] = frozenset()
    pairs: Callable[[], tuple[frozenset[str], frozenset[str]]] | None = None
    phrases: tuple[str, ...] = ()
    alone: frozenset[str] = frozenset()
    damage: Callable[[str], str] | None = None
    """The forward program: what this kind of damage makes of a clean text."""
    losses: Callable[[str, Sequence[int]], Sequence[Loss]] | None = None
    probe: Callable[[str], bool] | None = None
    """A look at a part of the text, for noise that has no sign but lies on all of it."""
    over_lines: bool = False
    """Whether such damage goes on over line breaks: a change in one line can tell of another."""
    whole: Whole | None = None
    """Tells blocks that ``find`` reads as one: of a long line in them one sign is enough."""
