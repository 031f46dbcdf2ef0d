"""The reader's decisions on repairs, and the reading text they make of what was proposed.

A decision is on one place, on equal repairs, or on a channel: of one document, or remembered for
every document. It names its place by the source text, so that it holds for any later reading.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.core.revising import revised
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from meipi.core.repairs import Repaired, RepairEdit


class Verdict(StrEnum):
    """What the reader decided on a repair."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EDITED = "edited"
    """Other words than those proposed."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which repairs a decision is on: all of a channel that fit whatever else is named.

    ``source`` and ``before`` name a place and what stands there, ``before`` and ``after`` equal
    repairs, ``least`` those at least so sure. Without ``document`` it is remembered for every
    document, with ``site`` for those from one publisher.
    """

    channel: str
    document: str | None = None
    source: Span | None = None
    before: str | None = None
    after: str | None = None
    site: str | None = None
    least: float = 0.0

    @classmethod
    def place(cls, edit: RepairEdit, document: str) -> Scope:
        """Return the one place of ``edit``."""
        source = Span(edit.source_start, edit.source_end)
        return cls(edit.channel, document, source, edit.before, edit.after)

    @classmethod
    def same(cls, edit: RepairEdit, document: str | None = None) -> Scope:
        """Return the repairs equal to ``edit``."""
        return cls(edit.channel, document, before=edit.before, after=edit.after)

    @property
    def narrowness(self) -> int:
        """Say how narrow it is: of two decisions on a repair the narrower holds."""
        levels = (bool(self.site), self.before is not None, self.document, self.source is not None)
        return sum(1 << at for at, level in enumerate(levels) if level)

    def covers(self, edit: RepairEdit, *, document: str, site: str | None) -> bool:
        """Say whether ``edit``, proposed for ``document`` from ``site``, is meant."""
        return (
            edit.channel == self.channel
            and self.document in {None, document}
            and self.site in {None, site}
            and self.source in {None, Span(edit.source_start, edit.source_end)}
            and self.before in {None, edit.before}
            and (self.after in {None, edit.after})
            and edit.confidence >= self.least
        )

    def takes_over(self, other: Scope, *, here: str) -> bool:
        """Say whether a decision on this makes one on ``other`` void.

        An act means what it says: on a channel it overrules what was decided on parts of it
        before, in the document ``here`` it is done in.
        """
        if self.channel != other.channel or other.document not in {self.document, here}:
            return False
        if self.document is not None and other.document is None:
            return False
        if self.least or (other.document is None and self.site != other.site):
            return self == other
        if self.source is not None:
            return (self.source, self.before) == (other.source, other.before)
        return self.before is None or (self.before, self.after) == (other.before, other.after)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on ``scope``; ``text`` are the reader's own words, of an edit."""

    id: str
    verdict: Verdict
    scope: Scope
    made: str
    text: str = ""


class Decided:
    """What is decided of the repairs of one document."""

    def __init__(
        self, decisions: Iterable[Decision], *, document: str, site: str | None = None
    ) -> None:
        """Take ``decisions`` in the order they were made; ``site`` is the text's publisher."""
        self._document, self._site = document, site
        self._by_key: dict[object, list[Decision]] = {}
        # Narrow before wide, late before early.
        late_first = list(decisions)[::-1]
        for one in sorted(late_first, key=lambda one: -one.scope.narrowness):
            self._by_key.setdefault(_key(one.scope), []).append(one)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def on(self, edit: RepairEdit) -> Decision | None:
        """Return the decision that holds for ``edit`` as it was proposed."""
        found: Decision | None = None
        for key in _keys(edit):
            for one in self._by_key.get(key, ()):
                if found is not None and one.scope.narrowness <= found.scope.narrowness:
                    break
                if self._holds(one, edit):
                    found = one
                    break
        return found

    def concerned(self, edits: Sequence[RepairEdit]) -> Iterator[tuple[int, RepairEdit]]:
        """Yield the edits that something can be decided on, with their positions.

        Where all decisions are on places these are looked up: there can be ten thousand edits.
        """
        places = [key for key in self._by_key if isinstance(key, Span)]
        if len(places) < len(self._by_key):
            yield from enumerate(edits)
            return
        for place in sorted(places):
            at = bisect_left(edits, place.start, key=attrgetter("source_start"))
            while at < len(edits) and (edit := edits[at]).source_start == place.start:
                yield at, edit
                at += 1

    def _holds(self, one: Decision, edit: RepairEdit) -> bool:
        scope = one.scope
        # A place rejected stays so, whatever is proposed for it by then.
        if scope.source is not None and one.verdict is not Verdict.ACCEPTED:
            scope = replace(scope, after=None)
        return scope.covers(edit, document=self._document, site=self._site)


def _key(scope: Scope) -> object:
    if scope.source is not None:
        return scope.source
    return scope.channel if scope.before is None else (scope.before, scope.after)


def _keys(edit: RepairEdit) -> tuple[object, ...]:
    return Span(edit.source_start, edit.source_end), (edit.before, edit.after), edit.channel


def settle(source: str, proposed: Repaired, decided: Decided) -> Repaired:
    """Return the reading text of ``source`` with ``proposed`` repairs as they were decided on.

    Equal decisions give equal results; where none is against a proposal it is the proposal itself.
    """
    changed = {
        at: edit
        for at, proposal in decided.concerned(proposed.edits)
        if (edit := carried_out(proposal, decided.on(proposal))) is not proposal
    }
    return revised(source, proposed, changed) if changed else proposed


def carried_out(proposal: RepairEdit, decision: Decision | None) -> RepairEdit | None:
    """Return ``proposal`` as decided on; nothing where the source text stands."""
    if decision is None or decision.verdict is Verdict.ACCEPTED:
        return proposal
    if decision.verdict is Verdict.REJECTED or decision.text == proposal.before:
        return None
    if decision.text == proposal.after:
        return proposal
    return replace(proposal, after=decision.text, confidence=1.0, proof=Proof.READER)
