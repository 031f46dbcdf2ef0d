"""What repair found and did: edits with their channel, confidence and proof, and what is lost."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import starmap
from typing import TYPE_CHECKING, overload

from meipi.core.spans import Span
from meipi.core.textmap import Replacement, TextMap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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

    @classmethod
    def of(cls, source: str, text: str, edits: Sequence[RepairEdit]) -> Edits:
        """Return ``edits`` that made ``text`` of ``source`` in this form."""
        if isinstance(edits, Edits):
            return edits
        offsets, kinds = array("I"), array("I")
        sorts: dict[Sort, int] = {}
        for edit in edits:
            offsets.extend((edit.start, edit.end, edit.source_start, edit.source_end))
            sort = edit.channel, edit.confidence, edit.proof
            kinds.append(sorts.setdefault(sort, len(sorts)))
        return cls(source, text, offsets, kinds, tuple(sorts))

    def text_map(self) -> TextMap:
        """Return the map from the source to the text."""
        return TextMap.from_offsets(len(self._source), self._offsets)

    def sources(self) -> Iterator[tuple[int, int]]:
        """Yield the place of each edit in the source."""
        return zip(self._offsets[2::4], self._offsets[3::4], strict=True)

    def bounds(self) -> tuple[array[int], array[int]]:
        """Return where each edit begins and where it ends in the text."""
        return self._offsets[0::4], self._offsets[1::4]

    def values(self) -> Iterator[tuple[int, int, int, int, str, str, str, float, Proof]]:
        """Yield what each edit holds: its places in both texts, its words, its sort."""
        source, text, sorts = self._source, self._text, self._sorts
        each = iter(self._offsets)
        for start, end, first, last, kind in zip(each, each, each, each, self._kinds, strict=True):
            yield start, end, first, last, source[first:last], text[start:end], *sorts[kind]

    def revised(
        self, text: str, order: Sequence[int], changed: Mapping[int, RepairEdit | None]
    ) -> Edits:
        """Return them as they stand in ``text``, in which those at ``order`` are as ``changed``."""
        offsets, kinds = array("I"), array("I")
        sorts = {sort: number for number, sort in enumerate(self._sorts)}
        at = shift = 0
        for position in order:
            offsets += _shifted(self._offsets[4 * at : 4 * position], shift)
            kinds += self._kinds[at:position]
            start, end, first, last = self._offsets[4 * position : 4 * position + 4]
            edit, at = changed[position], position + 1
            if edit is not None:
                begun = start + shift
                offsets.extend((begun, begun + len(edit.after), first, last))
                sort = edit.channel, edit.confidence, edit.proof
                kinds.append(sorts.setdefault(sort, len(sorts)))
            shift += (last - first if edit is None else len(edit.after)) - (end - start)
        offsets += _shifted(self._offsets[4 * at :], shift)
        return Edits(self._source, text, offsets, kinds + self._kinds[at:], tuple(sorts))

    def __iter__(self) -> Iterator[RepairEdit]:
        return starmap(RepairEdit, self.values())

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
        if isinstance(other, Edits) and self._columns() == other._columns():  # as most are
            return True
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def sorts(self) -> Counter[Sort]:
        """Count the edits of each sort."""
        return Counter({self._sorts[kind]: count for kind, count in Counter(self._kinds).items()})

    def having(self, proof: Proof) -> list[int]:
        """Return the positions of the edits that are so known to be right."""
        kinds = {kind for kind, sort in enumerate(self._sorts) if sort[2] is proof}
        return [at for at, kind in enumerate(self._kinds) if kind in kinds]

    def _columns(self) -> tuple[object, ...]:
        return self._offsets, self._kinds, self._sorts, self._source, self._text

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def count_sorts(edits: Sequence[RepairEdit]) -> Counter[Sort]:
    """Count ``edits`` of each sort, without making each where they stand in columns."""
    if isinstance(edits, Edits):
        return edits.sorts()
    return Counter((edit.channel, edit.confidence, edit.proof) for edit in edits)


def positions(edits: Sequence[RepairEdit], proof: Proof) -> list[int]:
    """Return the positions of those of ``edits`` that are so known to be right."""
    if isinstance(edits, Edits):
        return edits.having(proof)
    return [at for at, edit in enumerate(edits) if edit.proof is proof]


def _shifted(offsets: array[int], shift: int) -> array[int]:
    """Return ``offsets`` with their places in the text moved."""
    if shift:
        for column in (0, 1):
            offsets[column::4] = array("I", [at + shift for at in offsets[column::4]])
    return offsets


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
