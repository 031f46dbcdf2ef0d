"""UTF-8 read as GBK: 鐢ㄦ埛 for 用户, with or without the losses of that reading.

Three bytes a character become two bytes a character, so what is shown runs out of step with the
text. Where the last byte of a character met an ASCII byte there is no pair: Windows shows ``?`` for
both, others a U+FFFD and keep the ASCII.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.repairs import LOST
from meipi.repair.blocks import Whole
from meipi.repair.channels.base import Channel
from meipi.repair.channels.brackets import costs_of_gap, costs_of_marks
from meipi.repair.channels.doubts import doubt, eaten_costs
from meipi.repair.channels.eaten import Swallowed, is_odd
from meipi.repair.channels.punctuation import GAP, costs_of_stops
from meipi.repair.channels.told import Told
from meipi.repair.channels.utf8 import (
    HANZI_LEADS,
    Item,
    completions,
    count_hanzi,
    feed,
    gain,
    is_cut,
    is_specimen,
    mean_cost,
    script_costs,
    share_chinese,
    split,
)
from meipi.repair.channels.utf8_as_gbk_dropped import find_dropped
from meipi.repair.channels.utf8_as_gbk_items import run, signature, swallowed_leads
from meipi.repair.channels.utf8_as_gbk_lines import (
    SHORTEST,
    cut_run,
    damage,
    is_read,
    is_seen,
    read_lines,
    short_run,
    shown_size,
    whole_run,
)
from meipi.repair.channels.whole_lines import gaps, within
from meipi.repair.codepages import EURO, REPLACEMENT, gbk_pairs, read_as_gbk
from meipi.repair.lattice import Arc, Node, decode
from meipi.repair.model import SEEN, language_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from meipi.repair.plan import Change

_MOST_HOLES = 0.2
_OTHER_SCRIPT = 5.0
_RARE_MEAN = 9.3
_LONG = 40
_UNSURE = frozenset(f"?{EURO}{REPLACEMENT}")
_LENGTH = 3
_SUPPORT = 8
"""Chinese characters proven elsewhere that let single ones be read too."""
_AHEAD = 4
"""Pieces in which the character behind a hole is complete."""


def find(text: str, beginnings: Sequence[int]) -> list[Change]:
    """Propose the repair of every run of UTF-8 read as GBK.

    >>> [change.after for change in find("说明：鐢ㄦ埛鐧诲綍", [3])]
    ['用户登录']
    """
    lines = read_lines(text, beginnings, _is_better)
    found = list(lines)
    for gap in gaps(text, lines):
        found += _find(text, within(beginnings, [gap]) if lines else beginnings, gap)
    found += _beside(text, found)
    found.sort(key=attrgetter("start"))
    return found + find_dropped(text, found, gaps(text, found))


def _beside(text: str, found: Sequence[Change]) -> list[Change]:
    """Propose the repair of what only proven damage in the same text can tell: 鈥渦 for “u."""
    if count_hanzi("".join(change.after for change in found)) < _SUPPORT:
        return []
    changes: list[Change] = []
    for first, last in gaps(text, sorted(found, key=attrgetter("start"))):
        end = first
        for match in _beginning().finditer(text, first, last):
            if match.start() < end:
                continue
            if items := run(text, match.start(), last):
                changes += _decode(text, items, beside=True)
                end = items[-1].end
    return changes


@lru_cache(maxsize=1)
def _beginning() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(signature()[0]))}]")


def _find(text: str, beginnings: Sequence[int], part: tuple[int, int]) -> list[Change]:
    """Propose the repair of the runs in a part of the text, one by one."""
    changes: list[Change] = []
    end = 0
    for start in beginnings:
        if start < end or not _can_begin(text[start : start + 3]):
            continue
        found, last = _read_run(text, start, part[1])
        changes += found
        # What is refused is tried again from its next character, if that cannot take long.
        end = last if found or last - start > _LONG else start + 1
    return changes


def _read_run(text: str, start: int, stop: int) -> tuple[list[Change], int]:
    """Return the changes of the run from ``start`` and where it ends."""
    read = short_run(text, start, stop)
    if read is None:
        read = whole_run(text, start, stop)
    elif not read:
        return [], start + 1
    if read:
        end = start + shown_size(text, start, len(read.encode()))
        shown = text[start:end]
        sound = not is_specimen(text, start, end) and _is_better(shown, read, holes=0)
        return cut_run(start, shown, read, is_cut) if sound else [], end
    items = run(text, start, stop)
    return (_decode(text, items), items[-1].end) if items else ([], start + 1)


def _can_begin(shown: str) -> bool:
    """Say whether a run can begin with these three characters; most rare words are refused here."""
    if not _UNSURE.isdisjoint(shown):
        return True
    pairs = gbk_pairs()
    return feed(b"", b"".join([pairs.get(character, b"\0") for character in shown])) is not None


# From items to characters


def _decode(text: str, items: list[Item], *, beside: bool = False) -> list[Change]:
    start, end = items[0].start, items[-1].end
    holes = sum(bool(item.hole) for item in items)
    if holes > _MOST_HOLES * (end - start) or is_specimen(text, start, end):
        return []
    known = _known(items)
    foreign = script_costs(known)
    items = _with_costs(items, text, known) if holes else items
    told = Told(known)
    nodes = decode(
        items,
        lambda item, node: _arcs(item, node, foreign, told),
        language_model(),
        before="\n" + text[max(0, start - 2) : start],
        after=text[end : end + 2] or "\n",
    )
    if nodes:
        doubt(items, nodes, text[end : end + SEEN])
    result = "".join(node.arc.text for node in nodes or ())
    better = _is_better(text[start:end], result, holes=holes) or (
        beside and share_chinese(result) == 1.0 and gain(text[start:end], result) > 0
    )
    if nodes is None or not better:
        return []
    return split(items, nodes, _forward(text[start:end]), text)


def _with_costs(items: Sequence[Item], text: str, known: str) -> list[Item]:
    """Give each hole what its neighbours make of it, and what was eaten an item of its own."""
    swallowed = Swallowed(known)
    gaps = iter([at for at, character in enumerate(known) if character == GAP])
    priced = []
    for number, item in enumerate(items):
        if not item.hole:
            priced.append(item)
            continue
        gap, alone = next(gaps), item.hole == "byte"
        stop = _can_be_mark(items[max(0, number - 2) : number])
        marks = costs_of_gap(known, gap) if alone and stop else costs_of_marks(known, gap)
        priced.append(replace(item, costs=marks, behind=known[gap + 1 : gap + 3]))
        if not alone:
            behind = items[number + 1 : number + 1 + _AHEAD]
            around = swallowed.costs(_following(behind) or text[item.end : item.end + _AHEAD])
            stops = costs_of_stops(known, gap, "\n", " ") if stop else ({}, {})
            priced.append(_eaten(item.end, around, marks, stops))
    return priced


def _can_be_mark(before: Sequence[Item]) -> bool:
    """Say whether what is begun in the items before a hole can be another than Chinese."""
    return b"".join(item.data for item in before)[-2:][:1] not in HANZI_LEADS


def _eaten(
    at: int,
    around: Mapping[str, Mapping[str, float]],
    marks: Mapping[str, float],
    stops: Sequence[Mapping[str, float]],
) -> Item:
    """Return an item for the ASCII character that was eaten at a place."""
    eaten = {
        before: {
            mark: cost + (marks.get(mark, 0.0) if mark != LOST else 0.0)
            for mark, cost in row.items()
        }
        for before, row in around.items()
    }
    return Item(
        at, at, hole="eaten", eaten=eaten, stops=dict(zip((True, False), stops, strict=True))
    )


def _following(items: Sequence[Item]) -> str:
    """Return the text behind a hole as far as it is known, its first character at least roughly."""
    data = b"".join(item.data for item in takewhile(lambda item: not item.hole, items))
    if data[:1] >= b"\xe4" and len(data) < _LENGTH:
        return "字"
    return data.decode("utf-8", "ignore")


def _known(items: Iterable[Item]) -> str:
    """Return the characters that no hole touches, with a gap for each hole."""
    known, carry = [], b""
    for item in items:
        if item.hole:
            known.append(GAP)
            carry = b""
        elif fed := feed(carry, item.data):
            known.append(fed[0])
            carry = fed[1]
    return "".join(known)


def _arcs(item: Item, node: Node, foreign: frozenset[str], told: Told) -> Iterator[Arc]:
    carry = node.carry if isinstance(node.carry, bytes) else b""
    if item.hole == "eaten":
        if carry:
            yield Arc("", node.carry)
        else:
            costs = eaten_costs(item, node.tail[-1:])
            yield from (Arc(mark, None, cost, priced=True) for mark, cost in costs.items())
    elif item.hole:
        for character in completions(carry, item.holes):
            cost = item.costs.get(character, 0.0)
            cost -= told.bonus(node.tail, character, item.behind)
            if character in foreign or is_odd(node.tail[-1:], character):
                cost += _OTHER_SCRIPT
            yield Arc(character, None, cost)
        for byte, lead in swallowed_leads() if item.hole == "both" else ():
            yield from (Arc(character, lead) for character in completions(carry, (byte,)))
    elif fed := feed(carry, item.data):
        yield Arc(fed[0], fed[1] or None)


def _is_better(shown: str, text: str, *, holes: int) -> bool:
    """Say whether the result is Chinese and clearly likelier than what is shown."""
    hanzi = count_hanzi(text)
    high = len(text) - len(text.encode("ascii", "ignore"))
    if not hanzi or high < (1 if holes else 2) or share_chinese(text) < 0.95:
        return False
    if mean_cost(text) > _RARE_MEAN:
        return False  # damaged more than once, and not to be read by undoing it once
    return gain(shown, text) > (12.0 if hanzi <= 2 else 6.0)


def _forward(shown: str) -> Callable[[str], str]:
    """Return the program that did the damage: it shows losses as ``shown`` does."""
    whole = shown.count(REPLACEMENT + "?") * 2 > shown.count(REPLACEMENT) > 0
    lost = REPLACEMENT + "?" * whole if REPLACEMENT in shown else "?"

    def forward(text: str) -> str:
        return read_as_gbk(text.replace(LOST, "0").encode("utf-8"), lost=lost)

    return forward


CHANNEL = Channel(
    "utf8-as-gbk",
    "UTF-8 误作 GBK",
    "UTF-8 read as GBK",
    find,
    pairs=signature,
    damage=damage,
    whole=Whole(is_seen, is_read, SHORTEST),
)
