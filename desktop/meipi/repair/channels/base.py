"""What a channel is: a kind of damage, told by how it is suspected and how it is undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meipi.repair.plan import Change


@dataclass(frozen=True, slots=True)
class Channel:
    """One kind of damage.

    A text without any of ``signs`` (characters), or else of ``phrases``, cannot have it; a channel
    with neither is always asked.

    ``find`` is given a text and where its signs stand in it. It proposes changes, each already
    proven as its ``proof`` says, and none for text that is merely unusual.
    """

    name: str
    label_zh: str
    label_en: str
    find: Callable[[str, Sequence[int]], Sequence[Change]]
    signs: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    damage: Callable[[str], str] | None = None
    """The forward program: what this kind of damage makes of a clean text."""
