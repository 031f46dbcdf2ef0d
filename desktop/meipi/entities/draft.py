"""A span that may become a mention, as the stages hand it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from meipi.core.entity import EntityType


class Draft(NamedTuple):
    """A range of the visible text, its type and the stage that found it."""

    start: int
    end: int
    type: EntityType
    by: str

    @property
    def length(self) -> int:
        """Count the characters."""
        return self.end - self.start

    def inside(self, other: Draft) -> bool:
        """Say whether this lies wholly inside ``other``."""
        return other.start <= self.start and self.end <= other.end


class Token(NamedTuple):
    """A word of the folded text with the tagger's part of speech."""

    start: int
    end: int
    tag: str
