"""A repaired text with some of its edits made otherwise or not at all: only these are made anew.

A document can have ten thousand repairs, and a decision is mostly on one of them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.repairs import Edits, Lost, Repaired
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meipi.core.repairs import RepairEdit


def revised(source: str, proposed: Repaired, changed: Mapping[int, RepairEdit | None]) -> Repaired:
    """Return ``proposed`` with the edits at some positions as ``changed`` says: nothing is none.

    >>> from meipi.repair import repair
    >>> source = "學(xué)校發(fā)出通知"
    >>> revised(source, repair(source), {1: None}).text
    '學校發(fā)出通知'
    """
    ahead = Edits.of(source, proposed.text, proposed.edits)
    order = sorted(changed)
    text = "".join(_texts(source, proposed.text, ahead, changed, order))
    edits = ahead.revised(text, order, changed)
    text_map = edits.text_map()
    made = Repaired(text, edits, text_map)
    lost = sorted(_lost(proposed, ahead, made, changed, order), key=attrgetter("span"))
    return Repaired(text, edits, text_map, tuple(lost))


def _texts(
    source: str,
    text: str,
    edits: Edits,
    changed: Mapping[int, RepairEdit | None],
    order: Sequence[int],
) -> Iterator[str]:
    at = 0
    for position in order:
        proposal, edit = edits[position], changed[position]
        yield text[at : proposal.start]
        yield proposal.before if edit is None else edit.after
        at = proposal.end
    yield text[at:]


def _lost(
    proposed: Repaired,
    ahead: Edits,
    made: Repaired,
    changed: Mapping[int, RepairEdit | None],
    order: Sequence[int],
) -> Iterator[Lost]:
    """Carry what is lost to the new text; a hole that was filled or taken back is none."""
    starts, ends = ahead.bounds() if proposed.lost else (array("I"), array("I"))
    grown = [0, *accumulate(_grown(ahead[position], changed[position]) for position in order)]
    for lost in proposed.lost:
        start, end = lost.span.start, lost.span.end
        at = bisect_right(starts, start) - 1
        if at < 0 or end > ends[at]:
            span = made.map.to_target_span(lost.source)
        else:
            shift = grown[bisect_left(order, at)]
            span = Span(start + shift, end + shift)
            if at in changed and not _is_left(changed[at], ahead[at], lost.span):
                continue
        yield Lost(span, lost.source, lost.channel, lost.reason)


def _grown(proposal: RepairEdit, edit: RepairEdit | None) -> int:
    words = proposal.before if edit is None else edit.after
    return len(words) - (proposal.end - proposal.start)


def _is_left(edit: RepairEdit | None, proposal: RepairEdit, span: Span) -> bool:
    """Say whether an edit that is another than was proposed has the same hole."""
    within = span.shift(-proposal.start)
    return edit is not None and within.slice(edit.after) == within.slice(proposal.after)
