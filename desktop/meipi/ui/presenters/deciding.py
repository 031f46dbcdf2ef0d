"""What can be decided on a row of repairs, and how far a decision reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from meipi.core.decisions import Scope, Verdict
from meipi.ui.i18n import number, percent
from meipi.ui.presenters.repairs import (
    SURE,
    RepairGroup,
    RepairRow,
    Row,
    RuleRow,
    channel_label,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from meipi.core.repairs import RepairEdit
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.opened import OpenDocument
    from meipi.ui.presenters.repairs import Labels

LIMITS = (0.99, 0.95, 0.9, 0.8)
"""Confidences below which the list can be narrowed down."""

Kind = Literal["inferred", "proved", "undecided", "accepted", "rejected", "edited", "lost"]
KINDS: dict[Kind, Callable[[RepairRow], bool]] = {
    "undecided": lambda row: row.state is None and not row.lost,
    "inferred": lambda row: row.inferred and not row.lost,
    "proved": lambda row: not row.inferred and not row.lost,
    "accepted": lambda row: row.state is Verdict.ACCEPTED,
    "rejected": lambda row: row.state is Verdict.REJECTED,
    "edited": lambda row: row.state is Verdict.EDITED,
    "lost": lambda row: row.lost,
}


@dataclass(frozen=True, slots=True)
class RepairFilter:
    """Which repairs are listed: of a channel, of a kind, no surer than ``most``."""

    channel: str = ""
    kind: Kind | None = None
    most: float = 1.0

    def fits(self, row: Row) -> bool:
        """Say whether ``row`` is listed; heads of groups stay until all rows are known."""
        if isinstance(row, RepairGroup):
            return True
        if isinstance(row, RuleRow):
            return self == RepairFilter()
        channel = row.edit.channel if row.edit is not None else ""
        return (
            self.channel in {"", channel}
            and (self.kind is None or KINDS[self.kind](row))
            and (self.most >= 1.0 or (not row.lost and row.sure < self.most))
        )


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a decision reaches, in words."""

    scope: Scope
    text: str


def reaches(
    row: RepairGroup | RepairRow, at: int, document: OpenDocument, labels: Labels, words: Words
) -> list[Reach]:
    """Return how far a decision on ``row`` can reach, the likeliest first.

    ``at`` is the place of the row gone to last, as a position in its spans.
    """
    if isinstance(row, RepairGroup):
        return list(_of_channel(row.channel, document, labels, words)) if row.channel else []
    if row.edit is None:
        return []
    edit = edit_at(row, at, document)
    here = Reach(Scope.place(edit, document.id), words("repair.reach_place"))
    near = [here]
    if row.count > 1 and not row.lost:
        near = [
            Reach(
                Scope.same(edit, document.id),
                words("repair.reach_same", count=number(row.count)),
            ),
            Reach(here.scope, words("repair.reach_one", at=at + 1, total=number(row.count))),
        ]
    every = Reach(Scope.same(edit), words("repair.reach_every_same"))
    return [*near, *_of_channel(edit.channel, document, labels, words, every=every)]


def edit_at(row: RepairRow, at: int, document: OpenDocument) -> RepairEdit:
    """Return what was proposed at a place of ``row``."""
    assert row.edit is not None  # noqa: S101 - asked by the caller
    if not row.places:
        return row.edit
    return document.repairs.proposals[row.places[at % len(row.places)]]


def _of_channel(
    channel: str,
    document: OpenDocument,
    labels: Labels,
    words: Words,
    *,
    every: Reach | None = None,
) -> Iterator[Reach]:
    name = channel_label(channel, labels, words)
    count, sure = document.repairs.counts(channel)
    text = words("repair.reach_channel", channel=name, count=number(count))
    yield Reach(Scope(channel, document.id), text)
    if 0 < sure < count:
        text = words("repair.reach_sure", channel=name, sure=percent(SURE), count=number(sure))
        yield Reach(Scope(channel, document.id, least=SURE), text)
    if every is not None:
        yield every
    if document.reading.site:
        text = words("repair.reach_site", site=document.reading.site, channel=name)
        yield Reach(Scope(channel, site=document.reading.site), text)
    yield Reach(Scope(channel), words("repair.reach_every", channel=name))


def words_now(row: RepairRow, at: int, document: OpenDocument) -> str:
    """Return what stands in the text at a place of ``row`` where it was repaired."""
    if row.state is Verdict.EDITED and row.places:
        return document.repairs.edits[row.places[at % len(row.places)]].after
    return edit_at(row, at, document).after
