"""The repairs of a document, grouped by channel, and the words for a proof."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from meipi.core.repairs import LOST, Proof
from meipi.ui.i18n import number, percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meipi.core.repairs import Repaired, RepairEdit
    from meipi.core.spans import Span
    from meipi.ui.i18n import Words

Labels = dict[str, tuple[str, str]]
"""The names of the channels: Chinese, English."""

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
    """The head of a channel's repairs."""

    title: str
    detail: str

    @property
    def text(self) -> str:
        """What is read aloud."""
        return f"{self.title} {self.detail}"


@dataclass(frozen=True, slots=True)
class RepairRow:
    """Equal repairs of one channel with every place they were made at."""

    before: str
    after: str
    confidence: str
    inferred: bool
    spans: tuple[Span, ...]
    lost: bool = False

    @property
    def count(self) -> int:
        """How often this repair was made."""
        return len(self.spans)

    @property
    def text(self) -> str:
        """Everything that can be filtered for and is read aloud."""
        return f"{self.before} → {self.after}"


class RepairIndex:
    """The repairs of a document by channel; made beside the window."""

    def __init__(self, repaired: Repaired) -> None:
        self.edits = repaired.edits
        self.lost = repaired.lost
        self._text = repaired.text
        self._places = _by_channel(repaired.edits)

    def same_channel(self, edit: int) -> Sequence[int]:
        """Return the positions of the edits of that edit's channel, it among them."""
        return self._places[self.edits[edit].channel]

    def rows(
        self, labels: Mapping[str, tuple[str, str]], words: Words
    ) -> tuple[RepairGroup | RepairRow, ...]:
        """Return every group with its repairs: lost first, inferred before proved."""
        rows: list[RepairGroup | RepairRow] = []
        if self.lost:
            count = words("repair.group", count=number(len(self.lost)))
            rows += [RepairGroup(words("repair.lost"), count), *self._lost_rows(words)]
        for channel, places in self._places.items():
            edits = [self.edits[at] for at in places]
            head = RepairGroup(channel_label(channel, labels, words), _detail(edits, words))
            rows += [head, *_edit_rows(edits, words)]
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
            )
            for one in self.lost
        ]


def without_empty(rows: Sequence[RepairGroup | RepairRow]) -> list[RepairGroup | RepairRow]:
    """Return ``rows`` without the groups that have no repair left."""
    return [
        row
        for row, after in zip_longest(rows, rows[1:])
        if isinstance(row, RepairRow) or isinstance(after, RepairRow)
    ]


def channel_label(channel: str, labels: Mapping[str, tuple[str, str]], words: Words) -> str:
    """Name ``channel`` in the window's language."""
    return words.pick(*labels.get(channel, (channel, channel)))


def word_proof(edit: RepairEdit, words: Words) -> str:
    """Say how ``edit`` is known to be right."""
    if edit.proof is Proof.REPLAYED:
        return words("repair.replayed")
    if edit.proof is Proof.TABLE:
        return words("repair.table")
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


def _edit_rows(edits: Sequence[RepairEdit], words: Words) -> list[RepairRow]:
    equal: dict[tuple[str, str, bool], list[RepairEdit]] = defaultdict(list)
    for edit in edits:
        equal[edit.before, edit.after, edit.proof is Proof.INFERRED].append(edit)
    rows = [_edit_row(group, words) for group in equal.values()]
    return sorted(rows, key=lambda row: (not row.inferred, -row.count, row.spans[0]))


def _edit_row(group: list[RepairEdit], words: Words) -> RepairRow:
    first = group[0]
    inferred = first.proof is Proof.INFERRED
    return RepairRow(
        before=visible(first.before, words),
        after=visible(first.after, words) if first.after else words("repair.deleted"),
        confidence=percent(min(edit.confidence for edit in group)) if inferred else "",
        inferred=inferred,
        spans=tuple(edit.span for edit in group),
    )


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
