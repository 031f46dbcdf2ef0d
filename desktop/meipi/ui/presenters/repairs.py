"""The repairs of a document, grouped by channel, and the words for a proof."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from meipi.core.decisions import Verdict
from meipi.core.repairs import LOST, Edits, Proof
from meipi.core.spans import Span
from meipi.ui.i18n import number, percent
from meipi.ui.presenters.marked import marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.core.decisions import Decided, Decision
    from meipi.core.repairs import Repaired, RepairEdit
    from meipi.ui.i18n import Words

Labels = Mapping[str, tuple[str, str]]
"""The names of the channels: Chinese, English."""

SURE = 0.9
"""From this confidence on a whole channel may be accepted at once without the rest of it."""
_LONG = 24
_INVISIBLE = {
    "\u200b": "U+200B",
    "\u200c": "U+200C",
    "\u200d": "U+200D",
    "\u2060": "U+2060",
    "\ufeff": "U+FEFF",
    "\u00ad": "U+00AD",
    "\u00a0": "U+00A0",
    "\u3000": "U+3000",
    "\n": "↵",
    "\r": "",
}


@dataclass(frozen=True, slots=True)
class RepairGroup:
    """The head of a channel's repairs; of what is lost, or remembered, it has no ``channel``."""

    title: str
    detail: str
    channel: str = ""
    count: int = 0

    @property
    def text(self) -> str:
        """What is read aloud."""
        return f"{self.title} {self.detail}"


@dataclass(frozen=True, slots=True)
class RepairRow:
    """Equal repairs of one channel with every place they were made at.

    ``after`` is what was proposed, ``instead`` what the reader put in its place. ``edit`` is the
    first of them, ``confidence`` the least sure in words; a loss that no repair made has no edit.
    """

    before: str
    after: str
    confidence: str
    inferred: bool
    spans: tuple[Span, ...]
    lost: bool = False
    state: Verdict | None = None
    instead: str = ""
    said: str = ""
    sure: float = 1.0
    edit: RepairEdit | None = None
    places: tuple[int, ...] = ()
    """The positions of these repairs among those of the document."""

    @property
    def count(self) -> int:
        """How often this repair was made."""
        return len(self.spans)

    @property
    def text(self) -> str:
        """Everything that can be filtered for and is read aloud."""
        changed = f" → {self.instead}" if self.state is Verdict.EDITED else ""
        said = f" · {self.said}" if self.said else ""
        return f"{self.before} → {self.after}{changed}{said}"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A decision that is remembered for every document."""

    id: str
    title: str
    detail: str

    @property
    def text(self) -> str:
        """Everything that can be filtered for and is read aloud."""
        return f"{self.title} {self.detail}"


Row = RepairGroup | RepairRow | RuleRow


class RepairIndex:
    """The repairs of a document by channel, as decided on; made beside the window.

    ``edits`` are where each proposal stands in the reading text; one that was rejected changes
    nothing there. ``proposals`` and ``states`` go with them.
    """

    def __init__(
        self,
        repaired: Repaired,
        proposed: Repaired | None = None,
        decisions: Sequence[Decision] = (),
        *,
        decided: Decided | None = None,
        before: RepairIndex | None = None,
    ) -> None:
        """Gather them; ``before`` is the index of another reading, maybe of the same proposals."""
        self._proposed = (proposed or repaired).edits
        self._places: Mapping[str, Sequence[int]]
        self._sure: Mapping[str, int]
        self.proposals: Sequence[RepairEdit]
        if before is not None and before._proposed is self._proposed:  # noqa: SLF001 - the same class
            self.proposals, self._places = before.proposals, before._places  # noqa: SLF001
            self._sure = before._sure  # noqa: SLF001 - the same class
        else:
            self.proposals = tuple(self._proposed)
            self._places = _by_channel(self.proposals)
            self._sure = {
                channel: sum(self.proposals[at].confidence >= SURE for at in places)
                for channel, places in self._places.items()
            }
        self.lost = repaired.lost
        self.remembered = [one for one in decisions if one.scope.document is None]
        self._text = repaired.text
        self.edits: Sequence[RepairEdit] = self.proposals
        self.states: Sequence[Verdict | None] = (None,) * len(self.proposals)
        if proposed is not None and (decided or repaired.edits != proposed.edits):
            self.edits, self.states = marked(repaired, self._proposed, self.proposals, decided)
        self._starts, self._ends = _bounds(self.edits)

    @property
    def rejected(self) -> int:
        """How many proposals the reader would not have."""
        return sum(state is Verdict.REJECTED for state in self.states)

    def same_channel(self, edit: int) -> Sequence[int]:
        """Return the positions of the edits of that edit's channel, it among them."""
        return self._places[self.proposals[edit].channel]

    def counts(self, channel: str) -> tuple[int, int]:
        """Return how many repairs a channel proposed, and how many of them surely enough."""
        return len(self._places.get(channel, ())), self._sure.get(channel, 0)

    def edit_of(self, lost: int) -> int | None:
        """Return the position of the repair that a hole stands in."""
        span = self.lost[lost].span
        at = bisect_right(self._starts, span.start) - 1
        return at if at >= 0 and span.end <= self._ends[at] else None

    def rows(self, labels: Labels, words: Words) -> tuple[Row, ...]:
        """Return every group with its repairs: lost first, then the least sure."""
        rows: list[Row] = []
        if self.lost:
            count = words("repair.group", count=number(len(self.lost)))
            rows += [RepairGroup(words("repair.lost"), count), *self._lost_rows(words)]
        for channel, places in self._places.items():
            edits = [self.proposals[at] for at in places]
            title, detail = channel_label(channel, labels, words), _detail(edits, words)
            rows.append(RepairGroup(title, detail, channel, len(edits)))
            rows += self._edit_rows(places, words)
        if self.remembered:
            count = words("repair.rules", count=number(len(self.remembered)))
            rows.append(RepairGroup(words("repair.remembered"), count))
            rows += [_rule_row(one, labels, words) for one in reversed(self.remembered)]
        return tuple(rows)

    def _lost_rows(self, words: Words) -> list[RepairRow]:
        """Show what stands where text is lost: a box, or the signs of what took it."""
        return [
            RepairRow(
                "",
                _shortened(visible(one.span.slice(self._text) or LOST, words)),
                "",
                inferred=True,
                spans=(one.span,),
                lost=True,
                edit=None if edit is None else self.proposals[edit],
                places=() if edit is None else (edit,),
            )
            for one, edit in ((one, self.edit_of(at)) for at, one in enumerate(self.lost))
        ]

    def _edit_rows(self, places: Sequence[int], words: Words) -> list[RepairRow]:
        equal: dict[object, list[int]] = defaultdict(list)
        for at in places:
            edit, state = self.proposals[at], self.states[at]
            inferred = edit.proof is Proof.INFERRED
            instead = self.edits[at].after if state is Verdict.EDITED else ""
            equal[edit.before, edit.after, inferred, state, instead].append(at)
        starts, ends = self._starts, self._ends
        rows = [
            self._edit_row(group, tuple(Span(starts[at], ends[at]) for at in group), words)
            for group in equal.values()
        ]
        return sorted(rows, key=_order)

    def _edit_row(self, group: list[int], spans: tuple[Span, ...], words: Words) -> RepairRow:
        first, state = self.proposals[group[0]], self.states[group[0]]
        inferred = first.proof is Proof.INFERRED
        sure = min(self.proposals[at].confidence for at in group)
        instead = self.edits[group[0]].after if state is Verdict.EDITED else ""
        return RepairRow(
            before=visible(first.before, words),
            after=visible(first.after, words) if first.after else words("repair.deleted"),
            confidence=percent(sure) if inferred else "",
            inferred=inferred,
            spans=spans,
            state=state,
            instead=visible(instead, words) if state is Verdict.EDITED else "",
            said=words(f"repair.{state}") if state is not None else "",
            sure=sure,
            edit=first,
            places=tuple(group),
        )


def _order(row: RepairRow) -> tuple[object, ...]:
    """Put first what needs a look: inferred, and the least sure of these.

    A decision moves no row: who goes down the list deciding finds the next one under it.
    """
    return (
        not row.inferred,
        row.sure if row.inferred else 1.0,
        -row.count,
        row.spans[0],
    )


def _bounds(edits: Sequence[RepairEdit]) -> tuple[Sequence[int], Sequence[int]]:
    if isinstance(edits, Edits):
        return edits.bounds()
    return [edit.start for edit in edits], [edit.end for edit in edits]


def _rule_row(one: Decision, labels: Labels, words: Words) -> RuleRow:
    scope = one.scope
    what = channel_label(scope.channel, labels, words)
    if scope.before is not None:
        after = visible(scope.after or "", words) if scope.after else words("repair.deleted")
        what = f"{_shortened(visible(scope.before, words))} → {_shortened(after)}"
    instead = f" → {visible(one.text, words)}" if one.verdict is Verdict.EDITED else ""
    where = words("repair.from_site", site=scope.site) if scope.site else words("repair.every")
    return RuleRow(one.id, f"{words(f'repair.{one.verdict}')} {what}{instead}", where)


def without_empty(rows: Sequence[Row]) -> list[Row]:
    """Return ``rows`` without the groups that have no repair left."""
    return [
        row
        for row, after in zip_longest(rows, rows[1:])
        if not isinstance(row, RepairGroup)
        or (after is not None and not isinstance(after, RepairGroup))
    ]


def channel_label(channel: str, labels: Labels, words: Words) -> str:
    """Name ``channel`` in the window's language."""
    return words.pick(*labels.get(channel, (channel, channel)))


def word_proof(edit: RepairEdit, words: Words) -> str:
    """Say how ``edit`` is known to be right."""
    if edit.proof is Proof.REPLAYED:
        return words("repair.replayed")
    if edit.proof is Proof.TABLE:
        return words("repair.table")
    if edit.proof is Proof.READER:
        return words("repair.reader")
    return words("repair.inferred_proof", confidence=percent(edit.confidence))


def visible(text: str, words: Words) -> str:
    """Return ``text`` with invisible characters spelled out; an empty one says so."""
    spelled = "".join(_INVISIBLE.get(character, character) for character in text)
    return spelled or words("repair.nothing")


def _by_channel(edits: Sequence[RepairEdit]) -> dict[str, array[int]]:
    """Return the positions of the edits of each channel, the busiest channel first."""
    channels: dict[str, array[int]] = {}
    for at, edit in enumerate(edits):
        if edit.channel not in channels:
            channels[edit.channel] = array("l")
        channels[edit.channel].append(at)
    return dict(sorted(channels.items(), key=lambda item: -len(item[1])))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"


def _detail(edits: Sequence[RepairEdit], words: Words) -> str:
    inferred = sum(edit.proof is Proof.INFERRED for edit in edits)
    parts = [words("repair.group", count=number(len(edits)))]
    if not inferred:
        parts.append(words("repair.proved_all"))
    else:
        if len(edits) > inferred:
            parts.append(words("repair.proved", count=number(len(edits) - inferred)))
        parts.append(words("repair.inferred", count=number(inferred)))
    return " · ".join(parts)
