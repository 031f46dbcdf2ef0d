"""Marks that Windows swallowed and that could as well have been others: these are shown as lost."""

from __future__ import annotations

from itertools import islice
from math import exp
from typing import TYPE_CHECKING

from meipi.core.repairs import LOST
from meipi.repair.channels.eaten import kind_before
from meipi.repair.model import SEEN, language_model

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meipi.repair.channels.utf8 import Item
    from meipi.repair.lattice import Node

SURE = 0.9
"""How likely a mark has to be that is put back; others are shown as lost."""
_RIVALS = 6.0
"""Nats by which another mark may be dearer and still be weighed."""


def doubt(items: Sequence[Item], nodes: Sequence[Node], after: str) -> None:
    """Write `LOST` for each swallowed mark of a decoded run that is not sure."""
    for at, (item, node) in enumerate(zip(items, nodes, strict=True)):
        if item.hole != "eaten" or node.arc.text in ("", LOST) or node.previous is None:
            continue
        following = "".join(later.arc.text for later in islice(nodes, at + 1, at + 1 + SEEN))
        costs = eaten_costs(item, node.previous.tail[-1:])
        known = (following + after)[:SEEN]
        if _share(costs, node.arc.text, node.previous.tail, known) < SURE:
            node.arc = node.arc._replace(text=LOST)


def eaten_costs(item: Item, before: str) -> dict[str, float]:
    """Return what each character costs that may have been swallowed behind another."""
    row = (item.eaten or {})[kind_before(before)]
    more = [item.stops[end].get(before, 0.0) for end in (False, True)]
    return {mark: cost + more[mark == "\n"] for mark, cost in row.items()}


def _share(costs: Mapping[str, float], mark: str, before: str, behind: str) -> float:
    """Return how likely ``mark`` is among all that can stand between two texts."""
    model = language_model()
    dearest = costs[mark] + _RIVALS
    weighed = {
        rival: cost + model.text_cost(behind, before=before + rival)
        for rival, cost in costs.items()
        if cost < dearest
    }
    return 1 / sum(exp(weighed[mark] - cost) for cost in weighed.values())
