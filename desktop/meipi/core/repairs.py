"""What repair found and did: edits with their channel, confidence and proof, and what is lost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from meipi.core.spans import Span
from meipi.core.textmap import Replacement, TextMap

if TYPE_CHECKING:
    from collections.abc import Sequence

LOST = "□"
"""Stands in the reading text where a character is lost and nothing decides it."""


class Proof(StrEnum):
    """How an edit is known to be right."""

    REPLAYED = "replayed"
    """Damaging the repair again reproduces the source exactly."""
    TABLE = "table"
    """A fixed one-to-one mapping."""
    INFERRED = "inferred"
    """A language model chose; shown as such."""
    READER = "reader"
    """The reader put other words than those proposed."""


@dataclass(frozen=True, slots=True)
class RepairEdit:
    """One replacement: ``source[source_start:source_end] == before`` became ``after``.

    ``start``/``end`` are the same place in the reading text; all are code points.
    ``confidence`` lies in 0..1.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    before: str
    after: str
    channel: str
    confidence: float
    proof: Proof

    @property
    def span(self) -> Span:
        """The place in the reading text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Lost:
    """Characters that are gone for good, at ``span`` of the reading text."""

    span: Span
    source: Span
    channel: str
    reason: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A reading text, the edits that made it and the map from source text to reading text."""

    text: str
    edits: tuple[RepairEdit, ...]
    map: TextMap
    lost: tuple[Lost, ...] = ()


def apply_edits(source: str, edits: Sequence[RepairEdit]) -> tuple[str, TextMap]:
    """Replay ``edits`` (sorted, disjoint in the source) on ``source``.

    Return the reading text and the map to it. Raises ``ValueError`` where an edit's ``before``
    is not what stands in ``source``.
    """
    parts: list[str] = []
    at = 0
    for edit in edits:
        if source[edit.source_start : edit.source_end] != edit.before:
            raise ValueError(f"the edit at {edit.source_start} is of another text")
        parts += (source[at : edit.source_start], edit.after)
        at = edit.source_end
    parts.append(source[at:])
    replacements = [Replacement(e.source_start, e.source_end, len(e.after)) for e in edits]
    return "".join(parts), TextMap.from_replacements(len(source), replacements)
