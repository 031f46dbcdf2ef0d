"""What a channel proposes and how proposals of several rounds become edits of the source text."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from heapq import merge
from itertools import chain
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from meipi.core.repairs import LOST, Edits, Lost, Proof, Repaired, Sort
from meipi.core.spans import Span
from meipi.core.textmap import TextMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from meipi.core.repairs import RepairEdit


@dataclass(frozen=True, slots=True)
class Change:
    """A channel's proposal: ``[start, end)`` of the text it was given should read ``after``.

    ``lost`` says what a ``□`` in ``after`` stood for. ``parts`` are the edits of a change that
    stands for many: for each, where it begins and ends in what is replaced and in ``after``.
    """

    start: int
    end: int
    after: str
    confidence: float
    proof: Proof
    channel: str = ""
    lost: str = ""
    parts: Sequence[int] = ()

    @property
    def grown(self) -> int:
        """By how much the text grows."""
        return len(self.after) - (self.end - self.start)

    @property
    def whole(self) -> Sequence[int]:
        """The parts of a change that is one."""
        return 0, self.end - self.start, 0, len(self.after)

    def single(self) -> Iterator[Change]:
        """Yield its parts, each a change of its own; or the change itself."""
        if not self.parts:
            yield self
        for start, end, first, last in in_fours(self.parts):
            after = self.after[first:last]
            yield replace(
                self, start=self.start + start, end=self.start + end, after=after, parts=()
            )


def in_fours(parts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield where each of the parts begins and ends in both texts."""
    return zip(*[iter(parts)] * 4, strict=True)


@dataclass(frozen=True, slots=True)
class Loss:
    """A channel's finding: nothing undoes what happened to ``[start, end)`` of the reading text."""

    start: int
    end: int
    reason: str
    channel: str = ""


def apply_changes(
    text: str, changes: Sequence[Change], start: int = 0, end: int | None = None
) -> str:
    """Return ``text``, or a range of it, with ``changes`` (sorted, disjoint) made."""
    parts: list[str] = []
    at = start
    for change in changes:
        parts += (text[at : change.start], change.after)
        at = change.end
    parts.append(text[at:end])
    return "".join(parts)


def tidy(text: str, changes: Iterable[Change]) -> list[Change]:
    """Return ``changes`` sorted, without those that change nothing or overlap an earlier one."""
    kept: list[Change] = []
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        if text[change.start : change.end] == change.after:
            continue
        if kept and change.start < kept[-1].end:
            continue
        kept.append(change)
    return kept


class Plan:
    """The changes made so far, all expressed over the source text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self._changes: list[Change] = []
        self._losses: list[Loss] = []

    def add(self, changes: Sequence[Change]) -> None:
        """Make ``changes``, which are of the present text."""
        if not changes:
            return
        self._changes = _merged(self._changes, self.text, changes)
        self.text = apply_changes(self.source, self._changes)

    def lose(self, losses: Iterable[Loss]) -> None:
        """Note ``losses``, which are of the present text; no change may follow."""
        self._losses += losses

    def finish(self) -> Repaired:
        """Return the reading text with its edits, its map and what is lost."""
        if not self._changes:
            identity = TextMap.identity(len(self.source))
            return Repaired(self.source, (), identity, tuple(_left(self._losses, identity)))
        edits = _edits(self.source, self.text, self._changes)
        text_map = edits.text_map()
        lost = [*_lost(edits, self._changes), *_left(self._losses, text_map)]
        return Repaired(self.text, edits, text_map, tuple(sorted(lost, key=attrgetter("span"))))


def _edits(source: str, text: str, changes: Sequence[Change]) -> Edits:
    offsets, kinds = array("I"), array("I")
    sorts: dict[Sort, int] = {}
    shift = 0
    for c in changes:
        start, kind = c.start + shift, (c.channel, c.confidence, c.proof)
        number = sorts.setdefault(kind, len(sorts))
        if c.parts:
            offsets.extend(_placed_parts(c.parts, start, c.start))
            kinds.extend([number] * (len(c.parts) // 4))
        else:
            offsets.extend((start, start + len(c.after), c.start, c.end))
            kinds.append(number)
        shift += c.grown
    return Edits(source, text, offsets, kinds, tuple(sorts))


def _placed_parts(parts: Sequence[int], start: int, source_start: int) -> array[int]:
    """Return the offsets of parts in both texts, column by column."""
    offsets = array("I", parts)
    for to, at, moved in ((0, 2, start), (1, 3, start), (2, 0, source_start), (3, 1, source_start)):
        offsets[to::4] = array("I", [offset + moved for offset in parts[at::4]])
    return offsets


def _lost(edits: Sequence[RepairEdit], changes: Iterable[Change]) -> Iterable[Lost]:
    number = 0
    for change in changes:
        if change.lost:
            edit = edits[number]
            for at, character in enumerate(edit.after, start=edit.start):
                if character == LOST:
                    source = Span(edit.source_start, edit.source_end)
                    yield Lost(Span(at, at + 1), source, edit.channel, change.lost)
        number += len(change.parts) // 4 or 1


def _left(losses: Iterable[Loss], text_map: TextMap) -> Iterable[Lost]:
    for loss in losses:
        span = Span(loss.start, loss.end)
        yield Lost(span, text_map.to_source_span(span), loss.channel, loss.reason)


# Changes of changed text


_Placed = tuple[int, int, int, Change]
"""A change: its range in the text between, whether it is earlier (0) or later (1), and itself."""


def _merged(earlier: Sequence[Change], text: str, later: Sequence[Change]) -> list[Change]:
    """Express ``later``, of ``text``, over the source; where both touch a place it is one."""
    if not earlier:
        return list(later)
    placed = merge(_in_middle(earlier), ((c.start, c.end, 1, c) for c in later), key=_PLACE)
    merged: list[Change] = []
    shift = 0
    for cluster in _clusters(placed):
        low, high = cluster[0][0], max(end for _, end, _, _ in cluster)
        made = [change for _, _, _, change in sorted(cluster, key=itemgetter(2))]
        start = low - shift
        shift += sum(c.grown for _, _, which, c in cluster if not which)
        if len(cluster) > 1:
            after = apply_changes(text, [c for _, _, which, c in cluster if which], low, high)
            merged.append(_joined(made, start, high - shift, after))
        else:
            merged.append(
                replace(made[0], start=start, end=high - shift) if cluster[0][2] else made[0]
            )
    return merged


_PLACE = itemgetter(0, 1, 2)


def _in_middle(earlier: Iterable[Change]) -> Iterator[_Placed]:
    shift = 0
    for change in earlier:
        start = change.start + shift
        yield start, start + len(change.after), 0, change
        shift += change.grown


def _clusters(placed: Iterable[_Placed]) -> Iterator[list[_Placed]]:
    """Yield what overlaps together; of a change with parts only those parts."""
    cluster: list[_Placed] = []
    low = high = 0
    for one in placed:
        if cluster and not (one[0] < high and low < one[1]):
            yield from _opened(cluster)
            cluster = []
        low, high = (low, max(high, one[1])) if cluster else one[:2]
        cluster.append(one)
    if cluster:
        yield from _opened(cluster)


def _opened(cluster: list[_Placed]) -> Iterator[list[_Placed]]:
    if len(cluster) == 1 or not any(change.parts for _, _, _, change in cluster):
        yield cluster
    else:
        yield from _clusters(sorted(chain.from_iterable(map(_parts, cluster)), key=_PLACE))


def _parts(placed: _Placed) -> Iterator[_Placed]:
    start, _, which, change = placed
    for (at, end, first, last), part in zip(
        in_fours(change.parts or change.whole), change.single(), strict=True
    ):
        low, high = (at, end) if which else (first, last)
        yield start + low, start + high, which, part


def _joined(made: Sequence[Change], start: int, end: int, after: str) -> Change:
    """Return one change for all that was ``made`` at a place: no surer than its weakest part."""
    weakest = max(made, key=lambda change: change.proof is Proof.INFERRED)
    return replace(
        weakest,
        start=start,
        end=end,
        after=after,
        channel=made[0].channel,
        confidence=min(change.confidence for change in made),
        lost=next((change.lost for change in made if change.lost), ""),
    )
