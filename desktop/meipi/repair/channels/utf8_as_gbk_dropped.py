"""UTF-8 read as GBK where private-use characters were dropped later: 鏄畾涔 for 是定义.

Pairs in GBK's user-defined areas show as private-use characters, which many a page has lost on its
way. Each takes two bytes with it. Looked for only between runs that are proven.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, product
from math import exp
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.utf8 import count_hanzi, feed, gain, mean_cost, share_chinese, wanted
from meipi.repair.codepages import gbk_pairs, read_as_gbk
from meipi.repair.lattice import Arc, Node, decode
from meipi.repair.model import SEEN, language_model
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PIECE = re.compile("[^\\x00-\\x7f\ue000-\uf8ff\ufffd]{1,60}")
_PAIRS = tuple(
    bytes(pair)
    for pair in chain(
        product(range(0xAA, 0xB0), range(0xA1, 0xFF)),
        product(range(0xA1, 0xA8), range(0x80, 0xA1)),
    )
)
"""What of the user-defined areas can stand inside UTF-8."""
_COST = 4.0
_RAREST, _RARE_MEAN = 10.5, 9.3
_SUPPORT = 4
_GAIN = 3.0
_END = b""


def find_dropped(
    text: str, found: Sequence[Change], outside: Sequence[tuple[int, int]]
) -> list[Change]:
    """Propose the repair of what is left ``outside`` of what was ``found``, with pairs put back."""
    proven = count_hanzi("".join(change.after for change in found))
    if proven < _SUPPORT or _PRIVATE.search(text):
        return []
    ends = {change.end: change.after for change in found}
    starts = {change.start: change.after for change in found}
    pieces = (match for gap in outside for match in _PIECE.finditer(text, *gap))
    near = (m for m in pieces if m.start() in ends or m.end() in starts)
    found_here = (
        _repair(m[0], m.start(), ends.get(m.start(), "\n"), starts.get(m.end(), "")) for m in near
    )
    return [change for change in found_here if change]


def _repair(shown: str, start: int, before: str, after: str) -> Change | None:
    """Return what is ``shown`` at ``start`` with pairs put back, between what is read around it."""
    tokens = [gbk_pairs().get(character, b"\xff") for character in shown]
    nodes = decode(
        [*tokens, _END], _arcs, language_model(), before="\n" + before[-SEEN:], after=after[:SEEN]
    )
    result = "".join(node.arc.text for node in nodes or ())
    if nodes is None or not _is_sound(shown, result):
        return None
    margin = min(node.margin for node in nodes)
    return Change(
        start, start + len(shown), result, round(0.85 / (1 + exp(-margin)), 3), Proof.INFERRED
    )


def _is_sound(shown: str, result: str) -> bool:
    if not count_hanzi(result) or share_chinese(result) < 1.0 or mean_cost(result) > _RARE_MEAN:
        return False
    again = _PRIVATE.sub("", read_as_gbk(result.encode()))
    return again == shown and gain(shown, result) > _GAIN


def _arcs(data: bytes, node: Node) -> Iterator[Arc]:
    carry = node.carry or b""
    if data == _END:
        if not carry:
            yield Arc("")
        yield from (Arc(text, None, _COST) for text, left in _with_pair(carry) if not left)
        return
    if fed := feed(carry, data):
        yield Arc(fed[0], fed[1] or None)
    for text, left in _with_pair(carry):
        if fed := feed(left, data):
            yield Arc(text + fed[0], fed[1] or None, _COST)


@lru_cache(maxsize=4096)
def _with_pair(carry: bytes) -> tuple[tuple[str, bytes], ...]:
    """Return what ``carry`` becomes with a dropped pair behind it: a character, what is left."""
    if not wanted(carry):
        return ()
    cost = language_model().unigram
    fed = (f for pair in _PAIRS if (f := feed(carry, pair)) and len(f[0]) == 1)
    return tuple(f for f in fed if cost(f[0]) < _RAREST)
