"""Where each proposed repair stands in the reading text, and what was decided on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.decisions import Verdict
from meipi.core.repairs import Edits
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meipi.core.decisions import Decided
    from meipi.core.repairs import Repaired, RepairEdit

    Marked = tuple[Sequence[RepairEdit], list[Verdict | None]]


def marked(
    repaired: Repaired,
    proposed: Sequence[RepairEdit],
    proposals: Sequence[RepairEdit],
    decided: Decided | None,
) -> Marked:
    """Return where each proposal stands, and what was decided on it.

    ``proposals`` are those of ``proposed`` at hand. One that was rejected stands where the words of
    the source do. Only those that something is decided on are looked at, where that is known.
    """
    if decided and isinstance(proposed, Edits) and isinstance(repaired.edits, Edits):
        concerned = [at for at, _ in decided.concerned(proposals)]
        places = {place: at for at, place in enumerate(repaired.edits.sources())}
        changed, states = _decided(repaired, proposals, decided, concerned, places)
        return proposed.revised(repaired.text, sorted(changed), changed), states
    places = {(edit.source_start, edit.source_end): at for at, edit in enumerate(repaired.edits)}
    every = range(len(proposals))
    changed, states = _decided(repaired, proposals, decided, every, places)
    return tuple(changed[at] for at in every), states


def _decided(
    repaired: Repaired,
    proposals: Sequence[RepairEdit],
    decided: Decided | None,
    concerned: Iterable[int],
    places: dict[tuple[int, int], int],
) -> tuple[dict[int, RepairEdit], list[Verdict | None]]:
    """Return how the ``concerned`` ones stand, and what was decided on each."""
    changed: dict[int, RepairEdit] = {}
    states: list[Verdict | None] = [None] * len(proposals)
    for at in concerned:
        one = proposals[at]
        place = places.get((one.source_start, one.source_end))
        if place is None:
            span = repaired.map.to_target_span(Span(one.source_start, one.source_end))
            changed[at] = replace(one, start=span.start, end=span.end, after=one.before)
            states[at] = Verdict.REJECTED
            continue
        edit = changed[at] = repaired.edits[place]
        decision = decided.on(one) if decided and edit.after == one.after else None
        accepted = decision is not None and decision.verdict is not Verdict.REJECTED
        states[at] = Verdict.ACCEPTED if accepted else _changed(edit, one)
    return changed, states


def _changed(edit: RepairEdit, proposal: RepairEdit) -> Verdict | None:
    return Verdict.EDITED if edit.after != proposal.after else None
