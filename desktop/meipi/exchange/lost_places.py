"""Lost characters where a passage holds some: a cell of a table, a line of a report."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from meipi.core.messages import word_loss
from meipi.core.repairs import Lost
from meipi.core.spans import Span
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meipi.core.annotated_set import AnnotatedDocument

_ONE = re.compile(r"(\d{1,15})-(\d{1,15}) \((\d{1,15})-(\d{1,15})\) (\S*) (\S*)", re.ASCII)
_BETWEEN = "; "
_LONGEST_CELL = 32_000
"""Characters: less than Excel keeps of a cell."""
_NAMED = 8
"""Places of one kind that a line names; the rest it counts."""


class LostPlaces:
    """What is lost in a text, looked up by passage."""

    def __init__(self, lost: Sequence[Lost]) -> None:
        self._lost = sorted(dict.fromkeys(lost), key=_order)
        self._starts = [one.span.start for one in self._lost]
        self._longest = max((len(one.span) for one in self._lost), default=0)

    def within(self, span: Span) -> list[Lost]:
        """Return what is lost in or at the edges of ``span``, by place."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        near = self._lost[first:last]
        return [one for one in near if one.span.end > span.start or one.span.start >= span.start]

    def cell(self, span: Span) -> str:
        """Return a cell: each place in the reading text, in the source text, and what took it.

        >>> lost = Lost(Span(6, 7), Span(9, 11), "utf8-as-gbk", "swallowed")
        >>> LostPlaces([lost]).cell(Span(3, 8))
        '6-7 (9-11) utf8-as-gbk swallowed'
        """
        parts: list[str] = []
        room = _LONGEST_CELL
        for one in self.within(span):
            parts.append(_written(one))
            room -= len(parts[-1]) + len(_BETWEEN)
            if room < 0:
                parts.pop()
                break
        return _BETWEEN.join(parts)

    def line(self, span: Span) -> str:
        """Say in Chinese what is lost in a passage; nothing where nothing is.

        >>> lost = Lost(Span(6, 7), Span(9, 11), "percent", "cut")
        >>> LostPlaces([lost]).line(Span(3, 8))
        '缺字 1 处：第 7 字（编码在字中间截断，所缺字节无从得知）'
        """
        found = self.within(span)
        reasons = dict.fromkeys(one.reason for one in found)
        said = "；".join(_said(reason, found) for reason in reasons)
        return f"缺字 {len(found)} 处：{said}" if found else ""


def read_lost(cell: str) -> list[Lost]:
    """Return what a cell says is lost. Raises ``Refused`` where it is no such cell."""
    found = []
    for part in cell.split(_BETWEEN) if cell else ():
        match = _ONE.fullmatch(part)
        places = [int(digits) for digits in match.groups()[:4]] if match else []
        if match is None or places[0] > places[1] or places[2] > places[3]:
            raise Refused("value", where="lost", value=part[:80])
        span, source = Span(places[0], places[1]), Span(places[2], places[3])
        found.append(Lost(span, source, unquote(match[5]), unquote(match[6])))
    return found


def united(cells: Iterable[str]) -> tuple[Lost, ...]:
    """Return all that ``cells`` say is lost, each once, by place."""
    found = (one for cell in dict.fromkeys(cells) for one in read_lost(cell))
    return tuple(sorted(dict.fromkeys(found), key=_order))


def lost_in_passages(annotated: AnnotatedDocument) -> tuple[Lost, ...]:
    """Return what is lost in annotated passages, which is what a table of them says of it."""
    places = LostPlaces(annotated.repaired.lost)
    return united(places.cell(one.anchor.span) for one in annotated.annotations)


def lost_elsewhere(annotated: AnnotatedDocument) -> int:
    """Count what is lost outside of annotated passages."""
    return len(annotated.repaired.lost) - len(lost_in_passages(annotated))


_order = attrgetter("span", "source", "channel", "reason")


def _written(one: Lost) -> str:
    places = f"{one.span.start}-{one.span.end} ({one.source.start}-{one.source.end})"
    return f"{places} {quote(one.channel, safe='')} {quote(one.reason, safe='')}"


def _said(reason: str, found: Sequence[Lost]) -> str:
    """Name the first places that something took, and say what it was."""
    numbers = [str(one.span.start + 1) for one in found if one.reason == reason]
    rest = " 等" if len(numbers) > _NAMED else ""
    return f"第 {'、'.join(numbers[:_NAMED])} 字{rest}（{word_loss(reason, 'zh')}）"
