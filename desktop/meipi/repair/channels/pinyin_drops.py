"""Pages with readings put in whose private-use characters were dropped later.

Out of step, two bytes that are halves of two characters can be a pair for private use. With it the
end of one character and the beginning of the next are gone.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from meipi.repair.channels.pinyin_arcs import RARE, Kind, Token, arcs
from meipi.repair.codepages import gbk_characters, gbk_pairs
from meipi.repair.lattice import Arc, Node
from meipi.repair.model import language_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DROPPED = 2.5
"""Nats for a drop; one pair in fifteen is for private use."""
_FITS, _STILL = 4.0, 18.0
"""Nats under which what follows is explained without a drop, and with one."""
_MOST, _MOST_TWICE = 6, 150
_HIGH, _LOW = tuple(range(0xA1, 0xFF)), (*range(0x40, 0x7F), *range(0x80, 0xA1))
_AREAS = {
    **dict.fromkeys((*range(0xAA, 0xB0), *range(0xF8, 0xFF)), _HIGH),
    **dict.fromkeys(range(0xA1, 0xA8), _LOW),
}
"""The second bytes of private-use pairs, by their first."""
_MARK_LEADS = (0xA1, 0xA3)
"""Before a byte that was swallowed there was a mark, more often than not."""


class _Drop(NamedTuple):
    """Characters that end within a dropped pair, and the byte of it that the next begins with."""

    text: str
    trails: tuple[int, ...]


def arcs_with_drops(token: Token, node: Node) -> Iterator[Arc]:
    """Return every way to read ``token``, also with one private-use pair gone before it, or two."""
    ways = list(arcs(token, node))
    yield from ways
    if node.carry is None or token.kind in (Kind.ANNOTATION, Kind.OTHER):
        return
    if _cheapest_cost(ways, node.tail) < _FITS:
        return
    ways = [arc for drop in _once(node.carry, node.tail) for arc in _after(drop, token, node)]
    yield from ways
    if _cheapest_cost(ways, node.tail) < _STILL:
        return
    for drop in _once(node.carry, node.tail):
        for again in _twice(drop, node.tail):
            yield from _after(again, token, node)


def _cheapest_cost(ways: Sequence[Arc], before: str) -> float:
    model = language_model()
    costs = (arc.cost + model.text_cost(arc.text, before=before) for arc in ways if arc.text)
    return min(costs, default=float("inf"))


def _once(carry: bytes, before: str) -> list[_Drop]:
    """Return the likeliest characters that ``carry`` and the first byte of a dropped pair make."""
    return [_Drop(c, _AREAS[gbk_pairs()[c][1]]) for c in _likeliest(_with_lead(carry), before)]


def _twice(drop: _Drop, before: str) -> Iterator[_Drop]:
    """Yield the likeliest characters that two dropped pairs make together with ``drop``'s."""
    allowed = frozenset(drop.trails)
    found = [c for c in _commonest() if gbk_pairs()[c][0] in allowed]
    for second in _likeliest(found, before + drop.text):
        yield _Drop(drop.text + second, _AREAS[gbk_pairs()[second][1]])


def _after(drop: _Drop, token: Token, node: Node) -> Iterator[Arc]:
    """Yield the likeliest ways to read ``token`` after a drop."""
    tail = (node.tail + drop.text)[-2:]
    penalty = _DROPPED * len(drop.text)
    for arc in _cheapest(_ways(replace(token, start=0, end=0), drop.trails), tail):
        yield Arc(drop.text + arc.text, arc.carry, arc.cost + penalty, arc.note or "dropped")


@lru_cache(maxsize=4096)
def _ways(token: Token, trails: tuple[int, ...]) -> tuple[Arc, ...]:
    """Return the ways to read a token behind any of ``trails``; where it stands does not matter."""
    if token.kind is Kind.QUESTION:
        trails = tuple(byte for byte in trails if byte in _MARK_LEADS)
    return tuple(
        arc
        for trail in trails
        for arc in arcs(token, Node(None, Arc("", bytes((trail,))), 0.0, ""))
        if not arc.text or language_model().unigram(arc.text[0]) < RARE
    )


@lru_cache(maxsize=256)
def _with_lead(lead: bytes) -> tuple[str, ...]:
    """Return the common characters of this lead byte whose trail can lead a private-use pair."""
    found = (gbk_characters().get(lead + bytes((trail,))) for trail in _AREAS)
    return tuple(c for c in found if c and language_model().unigram(c) < RARE)


@lru_cache(maxsize=1)
def _commonest() -> tuple[str, ...]:
    """Return the commonest characters whose trail can lead a private-use pair."""
    pairs = map(bytes, product(range(0x81, 0xFF), _AREAS))
    found = [c for pair in pairs if (c := gbk_characters().get(pair))]
    return tuple(sorted(found, key=language_model().unigram)[:_MOST_TWICE])


def _likeliest(characters: Sequence[str], before: str) -> list[str]:
    costs = language_model().costs(before, characters)
    ranked = sorted(zip(costs, characters, strict=True))
    return [character for _, character in ranked[:_MOST]]


def _cheapest(ways: Sequence[Arc], before: str) -> list[Arc]:
    """Return the likeliest ways, judged by the first character of each."""
    model = language_model()
    costs = model.costs(before, [arc.text[0] for arc in ways if arc.text])
    total = iter(costs)
    ranked = sorted(
        ((next(total) if arc.text else 0.0) + arc.cost, number) for number, arc in enumerate(ways)
    )
    best = [ways[number] for _, number in ranked[: 4 * _MOST]]
    if all(len(arc.text) < 2 for arc in best):
        return best[:_MOST]
    best.sort(key=lambda arc: arc.cost + model.text_cost(arc.text, before=before))
    return best[:_MOST]
