"""How the reader wants the page set: measure, leading, paragraphs, face, spacing. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from meipi.ui.theme import TypeScale

Paragraphs = Literal["indent", "gap"]
ReadingFace = Literal["song", "hei"]
MEASURES = range(20, 61, 2)
"""Characters a line may have."""
LEADINGS = range(130, 241, 5)
"""Hundredths of the size from line to line."""
_GAP_EM = 0.9
"""Between paragraphs that begin without an indent."""


@dataclass(frozen=True, slots=True)
class PageSetup:
    """What was chosen; ``measure`` in characters, ``leading`` in hundredths of the size.

    ``spaced`` sets Latin letters and figures off from Chinese by a hair, and closes the gap where
    two marks of punctuation meet; neither is in the text.
    """

    measure: int = 38
    leading: int = 175
    paragraphs: Paragraphs = "indent"
    face: ReadingFace = "song"
    spaced: bool = True

    def scaled(self, scale: TypeScale) -> TypeScale:
        """Return ``scale`` with the proportions chosen."""
        changed = replace(scale, measure_em=self.measure, leading=self.leading / 100)
        if self.paragraphs == "indent":
            return changed
        return replace(changed, paragraph_indent_em=0.0, paragraph_gap_em=_GAP_EM)

    def wider(self, steps: int) -> PageSetup:
        """Return the page with longer lines, shorter ones where ``steps`` is negative."""
        return replace(self, measure=_moved(MEASURES, self.measure, steps))

    def looser(self, steps: int) -> PageSetup:
        """Return the page with more between the lines, less where ``steps`` is negative."""
        return replace(self, leading=_moved(LEADINGS, self.leading, steps))


def _moved(choices: range, now: int, steps: int) -> int:
    """Return the choice ``steps`` on from the one nearest to ``now``.

    >>> _moved(range(20, 61, 2), 39, 1), _moved(range(20, 61, 2), 60, 1)
    (40, 60)
    """
    nearest = min(range(len(choices)), key=lambda at: abs(choices[at] - now))
    return choices[min(max(0, nearest + steps), len(choices) - 1)]
