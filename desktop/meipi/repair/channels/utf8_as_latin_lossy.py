"""UTF-8 read as cp1252 with losses: bytes shown as ``?`` or U+FFFD, or not at all.

Lead bytes are never lost, so it is known where each character begins; the language model chooses
among the bytes that can be missing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from meipi.repair.channels.brackets import costs_of_gap
from meipi.repair.channels.eaten import is_odd
from meipi.repair.channels.punctuation import GAP
from meipi.repair.channels.told import Told
from meipi.repair.channels.utf8 import (
    HANZI_LEADS,
    Item,
    count_hanzi,
    feed,
    is_specimen,
    script_costs,
    share_chinese,
    split,
    wanted,
)
from meipi.repair.codepages import REPLACEMENT, latin_bytes, latin_class, read_as_latin
from meipi.repair.lattice import Arc, Arcs, Node, decode
from meipi.repair.model import language_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meipi.repair.plan import Change

UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""The bytes that cp1252 has no character for."""
DROPPED = (*UNDEFINED, 0xA0, 0xAD)
"""The bytes that vanish: those, the no-break space and the soft hyphen."""
_LOST_SIGNS = ("?", REPLACEMENT)
_BLANK = 0xA0
"""The no-break space, which many a program narrows to a plain one."""
_UNSEEN = (0xA0, 0xAD)
"""Those that vanish even where U+FFFD stands for the others."""
_DROP_COST, _SELDOM_COST = 1.0, 5.0
_OTHER_SCRIPT = 5.0
_MOST_LOST = 0.6
"""Share of characters with a loss beyond which what comes out is invented."""
_MOST_COST, _LEAST_CHINESE = 8.5, 0.8
"""Of what comes out: nats a character, and share that belongs in a Chinese text."""
_SLICE = 16_384
_FEW = 2
_LENGTH = 3
"""Bytes of nearly every Chinese character."""


@lru_cache(maxsize=1)
def _sequence() -> re.Pattern[str]:
    """Return the pattern of what is shown for one UTF-8 character outside ASCII, whole or not."""
    following = latin_class(0x80, 0xC0)
    either = f"[{following}? {REPLACEMENT}]"
    return re.compile(
        f"[{latin_class(0xE2, 0xF0)}](?P<two>[{following}]{{2}})|"
        f"[{latin_class(0xC2, 0xE0)}](?P<one>[{following}])|"
        f"[{latin_class(0xE2, 0xF0)}]{either}{{0,2}}"
    )


@lru_cache(maxsize=1)
def _whole_sequence() -> re.Pattern[str]:
    following = latin_class(0x80, 0xC0)
    return re.compile(
        f"[{latin_class(0xE2, 0xF0)}][{following}]{{2}}|[{latin_class(0xC2, 0xE0)}][{following}]"
    )


@lru_cache(maxsize=1)
def _broken() -> re.Pattern[str]:
    """Return the pattern of a lead byte that lacks what must follow: é in a word lacks nothing."""
    lead, following = latin_class(0xE2, 0xF0), latin_class(0x80, 0xC0)
    partial_ = f"[{lead}](?=[{following}?{REPLACEMENT}])(?![{following}]{{2}})"
    return re.compile(f"{partial_}|(?<![A-Za-z])[{lead}](?![{following}?{REPLACEMENT}A-Za-z])")


@lru_cache(maxsize=1)
def _run() -> re.Pattern[str]:
    shown = latin_class(0x80, 0x100)
    return re.compile(f"[{shown}](?:[{shown}?{REPLACEMENT}\\x00-\\x7f]*[{shown}?{REPLACEMENT}])?")


def find_lossy(text: str, letters: Sequence[int]) -> list[Change]:
    """Propose the repair of the paragraphs around ``letters`` that have losses."""
    return [
        change
        for start, end in stretches(text, letters)
        if has_losses(text, start, end)
        for change in _repair(text, start, end)
    ]


def stretches(
    text: str, letters: Sequence[int], stop: int | None = None
) -> Iterator[tuple[int, int]]:
    """Yield the stretches without Chinese that begin at ``letters``, none within another."""
    end = -1
    for letter in letters:
        if letter < end:
            continue
        run = _run().match(text, letter, len(text) if stop is None else stop)
        end = run.end() if run else letter + 1
        yield letter, end


def has_losses(text: str, start: int, end: int) -> bool:
    """Say whether a lead byte in the stretch lacks what must follow."""
    return _broken().search(text, start, end) is not None


def _repair(text: str, start: int, end: int) -> list[Change]:
    count, sound = (_count(of(), text, start, end) for of in (_sequence, _whole_sequence))
    if count - sound > _MOST_LOST * count or is_specimen(text, start, end):
        return []
    shown = partial(_sequence().finditer, text, start, end)
    whole = "".join(m[0] for m in shown() if m["two"])
    data = bytes(map(latin_bytes().__getitem__, whole)).decode("utf-8", "ignore")
    if count_hanzi(data) < _FEW or share_chinese(data) < 0.9:
        return []
    losses = [m[0] for m in shown() if not (m["two"] or m["one"])]
    items, known = _items(text, start, end)
    arcs = partial(_arcs, script_costs(data), _vanished(losses, text[start:end]), Told(known))
    return _decode(text, _with_costs(items, known), arcs)


def _count(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Count the matches without keeping any: there can be a million. One cut in two may be lost."""
    slices = (text[at : min(at + _SLICE, end)] for at in range(start, end, _SLICE))
    return sum(pattern.subn("", part)[1] for part in slices)


def _vanished(losses: Sequence[str], shown: str) -> tuple[int, ...]:
    """Return the bytes that can have vanished: none where each loss has its sign.

    What is still to be seen somewhere did not vanish.
    """
    if all(len(loss) == _LENGTH for loss in losses):
        return ()
    unseen = tuple(byte for byte in _UNSEEN if chr(byte) not in shown)
    signed = any(sign in loss for loss in losses for sign in _LOST_SIGNS)
    return unseen if signed else (*UNDEFINED, *unseen)


def _items(text: str, start: int, end: int) -> tuple[list[Item], str]:
    """Return the items of a run, and what of it can be read, with a gap for each broken character.

    Whole characters in a row are one item, except behind a loss.
    """
    items: list[Item] = []
    known: list[str] = []
    at, gap = start, 0
    for match in _sequence().finditer(text, start, end):
        items += _plain(text, at, match.start())
        known.append(text[at : match.start()])
        gap += match.start() - at
        if match["two"] or match["one"]:
            items.append(_whole(match))
            known.append(items[-1].data.decode("utf-8", "replace"))
        else:
            items += _plain(text, *match.span(), gap=gap)
            known.append(GAP)
        gap += len(known[-1])
        at = match.end()
    items += _plain(text, at, end)
    known.append(text[at:end])
    return [*items, Item(end, end, hole="end")], "".join(known)


def _with_costs(items: Sequence[Item], known: str) -> list[Item]:
    """Give each item of a broken character what its neighbours make of it."""
    priced = []
    marks = lru_cache(maxsize=2)(partial(costs_of_gap, known))
    last = -1
    can_be_mark = False
    for number, item in enumerate(items):
        # What a dropped byte completes comes out with the item behind it.
        gap = items[number - 1].gap if item.gap < 0 and number else item.gap
        if gap < 0:
            priced.append(item)
        else:
            if gap != last:
                last, can_be_mark = gap, item.data[:1] not in HANZI_LEADS
            costs, behind = marks(gap) if can_be_mark else {}, known[gap + 1 : gap + 3]
            priced.append(replace(item, costs=costs, behind=behind))
    return priced


def _whole(match: re.Match[str]) -> Item:
    return Item(*match.span(), bytes(map(latin_bytes().__getitem__, match[0])))


def _plain(text: str, start: int, end: int, *, gap: int = -1) -> Iterator[Item]:
    table = latin_bytes()
    for at in range(start, end):
        character = text[at]
        if character in _LOST_SIGNS:
            yield Item(at, at + 1, character.encode(), hole="byte", holes=UNDEFINED, gap=gap)
        elif character == " ":
            yield Item(at, at + 1, b" ", hole="byte", holes=(_BLANK,), gap=gap)
        else:
            byte = table.get(character)
            data = character.encode() if byte is None else bytes((byte,))
            yield Item(at, at + 1, data, gap=gap)


def _decode(text: str, items: list[Item], arcs: Arcs[Item]) -> list[Change]:
    start, end = items[0].start, items[-1].end
    nodes = decode(
        items,
        arcs,
        language_model(),
        before="\n" + text[max(0, start - 2) : start],
        after=text[end : end + 2] or "\n",
    )
    result = "".join(node.arc.text for node in nodes or ())
    if nodes is None or share_chinese(result) < _LEAST_CHINESE or _mean_cost(result) > _MOST_COST:
        return []
    shown = text[start:end]
    return split(items, nodes, lambda read: shown if shows(read, shown) else "", text)


def _mean_cost(text: str) -> float:
    return language_model().text_cost(text) / max(1, len(text))


def _arcs(
    foreign: frozenset[str], dropped: tuple[int, ...], told: Told, item: Item, node: Node
) -> Iterator[Arc]:
    for text, carry, cost in _with_dropped(node.carry or b"", dropped):
        for arc in _read(item, carry):
            whole = text + arc.text
            guessed = whole and (cost or item.hole)
            extra = _extra(foreign, told, item, node.tail, whole[0]) if guessed else 0.0
            yield Arc(whole, arc.carry, cost + extra, "dropped" if cost else "")


def _extra(foreign: frozenset[str], told: Told, item: Item, before: str, character: str) -> float:
    """Return what a character that comes out of a broken one costs beside the model's."""
    odd = character in foreign or is_odd(before[-1:], character)
    cost = item.costs.get(character, 0.0) - told.bonus(before, character, item.behind)
    return cost + _OTHER_SCRIPT if odd else cost


@lru_cache(maxsize=4096)
def _with_dropped(carry: bytes, dropped: tuple[int, ...]) -> tuple[tuple[str, bytes, float], ...]:
    """Return what ``carry`` becomes with bytes that vanished behind it: none, one or two."""
    ways = [("", carry, 0.0)]
    if not dropped or not carry:
        return tuple(ways)
    level = [carry]
    each = _DROP_COST if len(dropped) > len(_UNSEEN) else _SELDOM_COST
    for count in range(1, wanted(carry) + 1):
        fed = [f for c in level for b in dropped if (f := feed(c, bytes((b,))))]
        ways += [(text, left, each * count) for text, left in fed]
        level = [left for _, left in fed]
    return tuple(ways)


def _read(item: Item, carry: bytes) -> Iterator[Arc]:
    if item.hole == "end":
        if not carry:
            yield Arc("")
        return
    if item.hole and carry:
        for byte in item.holes:
            if fed := feed(carry, bytes((byte,))):
                yield Arc(fed[0], fed[1] or None)
    elif fed := _fed(carry, item.data):
        yield Arc(fed[0], fed[1] or None)


@lru_cache(maxsize=65536)
def _fed(carry: bytes, data: bytes) -> tuple[str, bytes] | None:
    return feed(carry, data)


def shows(read: str, shown: str) -> bool:
    """Say whether ``read``, damaged, is shown so: its losses as signs, blanks or not at all."""
    at = 0
    for character in read_as_latin(read.encode(), windows=True):
        sign = shown[at : at + 1]
        byte = latin_bytes().get(character, 0)
        if sign == character or _can_show(byte, sign):
            at += 1
        elif byte not in DROPPED:
            return False
    return at == len(shown)


def _can_show(byte: int, sign: str) -> bool:
    return sign == " " if byte == _BLANK else sign in _LOST_SIGNS and byte in UNDEFINED
