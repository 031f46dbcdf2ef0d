"""What repair found and did: edits with their channel, confidence and proof, and what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, overload

from meipi.core.spans import Span
from meipi.core.textmap import Replacement, TextMap

if TYPE_CHECKING:
    from array import array

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


Sort = tuple[str, float, Proof]
"""What edits have in common: channel, confidence, proof."""


class Edits(Sequence[RepairEdit]):
    """The edits that made ``text`` of ``source``, each made when asked for.

    A damaged text can have as many as it has lines, and most are never looked at: so they are
    offsets only, four for each (``start``, ``end``, ``source_start``, ``source_end``), and which of
    the ``sorts`` it is. Equal to any sequence of the same edits.
    """

    __slots__ = ("_kinds", "_offsets", "_sorts", "_source", "_text")

    def __init__(
        self,
        source: str,
        text: str,
        offsets: array[int],
        kinds: array[int],
        sorts: Sequence[Sort],
    ) -> None:
        self._source, self._text = source, text
        self._offsets, self._kinds, self._sorts = offsets, kinds, sorts

    def text_map(self) -> TextMap:
        """Return the map from the source to the text."""
        return TextMap.from_offsets(len(self._source), self._offsets)

    def __len__(self) -> int:
        return len(self._kinds)

    @overload
    def __getitem__(self, at: int) -> RepairEdit: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[RepairEdit]: ...
    def __getitem__(self, at: int | slice) -> RepairEdit | Sequence[RepairEdit]:
        if isinstance(at, slice):
            return tuple(map(self.__getitem__, range(*at.indices(len(self)))))
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        first = 4 * (at % len(self))
        start, end, source_start, source_end = self._offsets[first : first + 4]
        before, after = self._source[source_start:source_end], self._text[start:end]
        sort = self._sorts[self._kinds[at]]
        return RepairEdit(start, end, source_start, source_end, before, after, *sort)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Edits | tuple | list):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


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
    edits: Sequence[RepairEdit]
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
