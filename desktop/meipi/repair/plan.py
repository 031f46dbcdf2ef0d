"""What a channel proposes and how proposals of several rounds become edits of the source text."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.repairs import LOST, Lost, Proof, Repaired, RepairEdit
from meipi.core.spans import Span
from meipi.core.textmap import Replacement, TextMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Change:
    """A channel's proposal: ``[start, end)`` of the text it was given should read ``after``.

    ``lost`` says what a ``□`` in ``after`` stood for.
    """

    start: int
    end: int
    after: str
    confidence: float
    proof: Proof
    channel: str = ""
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """A channel's finding: nothing undoes what happened to ``[start, end)`` of the reading text."""

    start: int
    end: int
    reason: str
    channel: str = ""


def apply_changes(text: str, changes: Sequence[Change]) -> str:
    """Return ``text`` with ``changes`` (sorted, disjoint) made."""
    parts: list[str] = []
    at = 0
    for change in changes:
        parts += (text[at : change.start], change.after)
        at = change.end
    parts.append(text[at:])
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
        self._changes = _merged(self.source, self._changes, self.text, changes)
        self.text = apply_changes(self.source, self._changes)

    def lose(self, losses: Iterable[Loss]) -> None:
        """Note ``losses``, which are of the present text; no change may follow."""
        self._losses += losses

    def finish(self) -> Repaired:
        """Return the reading text with its edits, its map and what is lost."""
        if not self._changes:
            identity = TextMap.identity(len(self.source))
            return Repaired(self.source, (), identity, tuple(_left(self._losses, identity)))
        edits = tuple(_edits(self.source, self._changes))
        text_map = _map(len(self.source), self._changes)
        lost = [*_lost(edits, self._changes), *_left(self._losses, text_map)]
        return Repaired(self.text, edits, text_map, tuple(sorted(lost, key=attrgetter("span"))))


def _edits(source: str, changes: Sequence[Change]) -> Iterable[RepairEdit]:
    shift = 0
    for c in changes:
        before = source[c.start : c.end]
        start, end = c.start + shift, c.start + shift + len(c.after)
        yield RepairEdit(
            start, end, c.start, c.end, before, c.after, c.channel, c.confidence, c.proof
        )
        shift += len(c.after) - len(before)


def _lost(edits: Sequence[RepairEdit], changes: Sequence[Change]) -> Iterable[Lost]:
    for edit, change in zip(edits, changes, strict=True):
        if not change.lost:
            continue
        for at, character in enumerate(edit.after, start=edit.start):
            if character == LOST:
                source = Span(edit.source_start, edit.source_end)
                yield Lost(Span(at, at + 1), source, edit.channel, change.lost)


def _left(losses: Iterable[Loss], text_map: TextMap) -> Iterable[Lost]:
    for loss in losses:
        span = Span(loss.start, loss.end)
        yield Lost(span, text_map.to_source_span(span), loss.channel, loss.reason)


def _map(length: int, changes: Sequence[Change]) -> TextMap:
    return TextMap.from_replacements(
        length, [Replacement(c.start, c.end, len(c.after)) for c in changes]
    )


def _merged(
    source: str, earlier: Sequence[Change], text: str, later: Sequence[Change]
) -> list[Change]:
    """Express ``later``, of ``text``, over ``source``; where both touch a place it is one."""
    if not earlier:
        return list(later)
    first, second = _map(len(source), earlier), _map(len(text), later)
    final = apply_changes(text, later)
    whole = first.compose(second)
    pieces = (piece for piece in whole.pieces if not piece.linear)
    merged = []
    for piece in pieces:
        middle = first.to_target_span(Span(piece.source_start, piece.source_end))
        made = _within(earlier, piece.source_start, piece.source_end)
        made += _within(later, middle.start, middle.end)
        after = final[piece.target_start : piece.target_end]
        merged.append(_joined(made, piece.source_start, piece.source_end, after))
    return merged


def _within(changes: Sequence[Change], start: int, end: int) -> list[Change]:
    """Return those of the sorted ``changes`` that lie inside a range."""
    found = []
    at = bisect_left(changes, start, key=attrgetter("start"))
    while at < len(changes) and changes[at].start <= end:
        if changes[at].end <= end:
            found.append(changes[at])
        at += 1
    return found


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
