"""The one decoder: find the likeliest text among all that a damaged run can stand for.

A channel turns what is shown into tokens and says, for each token and what was left over from the
token before (the *carry*), which characters may come out. Where there is one way only, nothing is
scored; elsewhere the language model chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import takewhile
from math import inf
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from meipi.repair.model import SEEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.repair.model import LanguageModel

Token = TypeVar("Token")

_OF_CLASS = {
    **{chr(code): 2.3 for start in (0x30, 0xFF10) for code in range(start, start + 10)},
    **{
        chr(code): 3.3
        for start in (0x41, 0x61, 0xFF21, 0xFF41)
        for code in range(start, start + 26)
    },
}
"""What one digit or letter costs beyond its class, which is all the model knows."""
BEGUN = 8.0
"""What a character that is begun will cost at the least, in nats."""
WIDTH = 10
"""Hypotheses kept after a token."""
BEAM = 12.0
"""Hypotheses dearer than the best by more than this, in nats, are dropped."""


class Arc(NamedTuple):
    """One way to read a token: the text it gives, what it leaves over and what it costs extra.

    Where ``priced`` the model is not asked for the text: ``cost`` is all it costs.
    """

    text: str
    carry: bytes | None = None
    cost: float = 0.0
    note: str = ""
    priced: bool = False


class Node:
    """A hypothesis after some tokens: a linked list back to the start."""

    __slots__ = ("arc", "carry", "cost", "margin", "previous", "tail")

    def __init__(
        self, previous: Node | None, arc: Arc, cost: float, tail: str, margin: float = inf
    ) -> None:
        self.previous = previous
        self.arc = arc
        self.carry = arc.carry
        self.cost = cost
        self.tail = tail
        self.margin = margin


Arcs = Callable[[Token, Node], Iterable[Arc]]


def decode(
    tokens: Sequence[Token],
    arcs: Arcs[Token],
    model: LanguageModel,
    *,
    before: str = "\n",
    after: str = "",
) -> list[Node] | None:
    """Return the nodes of the cheapest reading of all ``tokens``, one a token, or nothing.

    It ends without a carry. ``after`` is known text behind the tokens that helps to judge the end.
    """
    alive = [Node(None, Arc(""), 0.0, before[-SEEN:])]
    for token in tokens:
        alive = _step(token, alive, arcs, model)
        if not alive:
            return None
    whole = [node for node in alive if node.carry is None]
    if not whole:
        return None
    return _path(_best(whole, after, model))


def _step(token: Token, alive: list[Node], arcs: Arcs[Token], model: LanguageModel) -> list[Node]:
    if len(alive) == 1:
        node = alive[0]
        ways = list(arcs(token, node))
        if len(ways) == 1:
            arc = ways[0]
            tail = node.tail if not arc.text else (node.tail + arc.text)[-SEEN:]
            return [Node(node, arc, node.cost + arc.cost, tail)]
        return _pruned(_grow(node, ways, model))
    return _pruned(new for node in alive for new in _grow(node, arcs(token, node), model))


def _grow(node: Node, ways: Iterable[Arc], model: LanguageModel) -> Iterable[Node]:
    tail = node.tail
    kept, cost_behind = tail[1 - SEEN :], model.behind(tail)
    for arc in ways:
        text = arc.text
        if not text:
            yield Node(node, arc, node.cost + arc.cost, tail)
        elif arc.priced:
            yield Node(node, arc, node.cost + arc.cost, (tail + text)[-SEEN:])
        elif len(text) == 1 and text != ".":
            cost = node.cost + arc.cost + cost_behind(text) + _OF_CLASS.get(text, 0.0)
            yield Node(node, arc, cost, kept + text)
        else:
            cost = node.cost + arc.cost + model.text_cost(text, before=tail)
            cost += sum(_OF_CLASS.get(character, 0.0) for character in text)
            yield Node(node, arc, cost, (tail + text)[-SEEN:])


def _pruned(nodes: Iterable[Node]) -> list[Node]:
    """Keep the cheapest of those that nothing later can tell apart, and of these the best."""
    kept: dict[tuple[bytes | None, str], Node] = {}
    for node in nodes:
        key = (node.carry, node.tail)
        rival = kept.get(key)
        if rival is None:
            kept[key] = node
        elif node.cost < rival.cost:
            node.margin = rival.cost - node.cost
            kept[key] = node
        else:
            rival.margin = min(rival.margin, node.cost - rival.cost)
    ranked = sorted(kept.values(), key=_likely_cost)
    # Bytes of a hole cost the same until the next byte makes characters of them: keep them all.
    costs = [_likely_cost(node) for node in ranked[: WIDTH + 1]]
    dearest = min(costs[-1], costs[0] + BEAM) if costs else 0.0
    best = list(takewhile(lambda node: _likely_cost(node) <= dearest, ranked))
    if all(node.carry is not None for node in best):
        # A way that leaves nothing over must stay, however dear: the others may lead nowhere.
        best += [node for node in ranked if node.carry is None][:1]
    return best


def _likely_cost(node: Node) -> float:
    """Return what a node has cost, and where it is in the midst of a character what that will."""
    return node.cost if node.carry is None else node.cost + BEGUN


def _best(whole: list[Node], after: str, model: LanguageModel) -> Node:
    """Return the cheapest node, judged with the text behind it; its margin tells how clearly."""
    costs = {node: node.cost + model.text_cost(after, before=node.tail) for node in whole}
    ranked = sorted(whole, key=costs.__getitem__)
    if len(ranked) > 1:
        ranked[0].margin = min(ranked[0].margin, costs[ranked[1]] - costs[ranked[0]])
    return ranked[0]


def _path(node: Node) -> list[Node]:
    path = []
    while node.previous is not None:
        path.append(node)
        node = node.previous
    return path[::-1]
