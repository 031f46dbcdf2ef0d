"""Source text to reading text: find what damaged a text, undo it, and prove it.

Each channel of `meipi.repair.channels` is one kind of damage. Clean text comes out as it went in.

It can be used alone, without the program around it: it needs `meipi.encodings`, `meipi.core` and
the data in ``resources``, and no window.

>>> from meipi.repair import decode, repair
>>> repaired = repair(decode("说明：鐢ㄦ埛鐧诲綍。".encode("gb18030")).text)
>>> repaired.text
'说明：用户登录。'
>>> [(edit.before, edit.after, edit.channel, str(edit.proof)) for edit in repaired.edits]
[('鐢ㄦ埛鐧诲綍', '用户登录', 'utf8-as-gbk', 'replayed')]
>>> repaired.map.to_source(repaired.text.index("登录"))
3
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from meipi.core.document import Decoded
from meipi.core.repairs import Repaired
from meipi.encodings import decode
from meipi.repair.channels import ALL
from meipi.repair.plan import Plan, tidy
from meipi.repair.rescan import changed_lines
from meipi.repair.scan import Scan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from meipi.repair.channels.base import Channel
    from meipi.repair.rescan import Moved
    from meipi.repair.scan import Suspected

__all__ = ["CHANNELS", "ChannelInfo", "Decoded", "Repaired", "decode", "repair"]

_ROUNDS = 3
"""Damage seldom lies more than three deep; a text encoded twice needs two."""
_AROUND = 400
"""Characters around changed lines in which signs are looked at with other eyes than before."""


@dataclass(frozen=True, slots=True)
class ChannelInfo:
    """A channel as it is named to the reader."""

    name: str
    label_zh: str
    label_en: str


CHANNELS: tuple[ChannelInfo, ...] = tuple(
    ChannelInfo(channel.name, channel.label_zh, channel.label_en) for channel in ALL
)


def repair(text: str, *, channels: Collection[str] | None = None) -> Repaired:
    """Return the reading text of ``text``, with every edit, its proof and what is lost.

    ``channels`` limits the repair to the channels so named (see `CHANNELS`); without it all are
    tried. Any text at all is taken, lone surrogates too. Raises ``TypeError`` for what is no text
    and ``ValueError`` for a channel nobody knows.

    >>> repair("京津冀協(xié)同發(fā)展，協(xié)同創(chuàng)新").text
    '京津冀協同發展，協同創新'
    >>> repair("水质首次达到Ⅲ类水平。").edits
    ()
    """
    if not isinstance(text, str):
        raise TypeError(f"repair takes a str, not {type(text).__name__}; see decode for bytes")
    tried, scan = _prepared(None if channels is None else _known(channels))
    plan = Plan(text)
    suspected, quiet = scan.suspected(text), set[str]()
    for _ in range(_ROUNDS):
        before, suspected = suspected, _round(plan, tried, scan, suspected, quiet)
        if suspected is before:
            break
    _note_losses(plan, tried, suspected)
    return plan.finish()


def _known(channels: Collection[str]) -> frozenset[str]:
    if isinstance(channels, str):
        raise TypeError("channels are a collection of names, not one name")
    wanted = frozenset(channels)
    if unknown := wanted - {channel.name for channel in ALL}:
        raise ValueError(f"no channel is called {', '.join(sorted(map(str, unknown)))}")
    return wanted


@lru_cache(maxsize=64)
def _prepared(names: frozenset[str] | None) -> tuple[tuple[Channel, ...], Scan]:
    channels = tuple(channel for channel in ALL if names is None or channel.name in names)
    return channels, Scan(channels)


def _round(
    plan: Plan,
    channels: tuple[Channel, ...],
    scan: Scan,
    suspected: Suspected,
    quiet: set[str],
) -> Suspected:
    """Let each suspected channel make its changes once; return what is suspected after these.

    The ``quiet`` ones found nothing in this very text, or in one that differs in lines without any
    sign of theirs: to ask them again takes as long as the first time.
    """
    for channel in channels if suspected else ():
        places = None if channel.name in quiet else suspected.places(channel)
        if places is None:
            continue
        changes = tidy(plan.text, channel.find(plan.text, places))
        if not changes:
            quiet.add(channel.name)
            continue
        lines = changed_lines(plan.text, changes)
        plan.add([replace(change, channel=channel.name) for change in changes])
        before = suspected
        if lines is None:
            quiet.clear()
            suspected = scan.suspected(plan.text)
        else:
            suspected = scan.again(before, plan.text, lines)
            quiet -= _disturbed(channels, before, suspected, lines)
    return suspected


def _disturbed(
    channels: Iterable[Channel], before: Suspected, now: Suspected, lines: Sequence[Moved]
) -> set[str]:
    """Return the channels with signs in the ``lines`` that changed, before or now."""
    old = [(line.start - _AROUND, line.end + _AROUND) for line in lines]
    new = [(line.now_start - _AROUND, line.now_end + _AROUND) for line in lines]
    return {
        c.name
        for c in channels
        if c.over_lines or before.has_within(c, old) or now.has_within(c, new)
    }


def _note_losses(plan: Plan, channels: tuple[Channel, ...], suspected: Suspected) -> None:
    """Let each suspected channel name what no channel could undo."""
    for channel in channels if suspected else ():
        places = suspected.places(channel) if channel.losses else None
        if channel.losses and places is not None:
            found = channel.losses(plan.text, places)
            plan.lose(replace(loss, channel=channel.name) for loss in found)
