"""Two characters without sense before most marks, against copying (材料趣些，).

One such place can be a name; a page where they stand before mark after mark was made by a program.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from meipi.core.fold import fold_script
from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.model import language_model
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARK = re.compile("[，。；：！？,](?<=[\u4e00-\u9fff]{4}.)(?![\\d,])")
_LEAST = 120
"""Characters of the shortest text that is looked at; such noise lies on whole pages."""
_FIRST, _SOME = 4, 60
_DEAR, _PLAIN = 18.0, 15.0
"""Nats that two characters cost before a mark: in sound text one pair in fifty more than this."""
_WORD = 5.0
"""Nats of a character behind the one that it makes a word with: 创新 before a rare mark is none."""
_ENOUGH, _SHARE = 5, 0.5
_WELL = 5.3
"""Nats a character of prose; of old texts and lists of names it is over six."""


def is_likely(text: str) -> bool:
    """Say whether two of the first few marks have such pairs before them."""
    if len(text) < _LEAST:
        return False
    costs = [cost for _, cost in islice(_pairs(text), _FIRST)]
    return sum(cost > _PLAIN for cost in costs) >= 2


def find(text: str, _: Sequence[int] = ()) -> list[Change]:
    """Propose to drop the pairs, where most marks have one."""
    first = list(islice(_pairs(text), _SOME))
    if sum(cost > _DEAR for _, cost in first) < _SHARE / 2 * len(first):
        return []  # a long text with names at its beginning need not be weighed to its end
    found = list(_pairs(text))
    dear = sum(cost > _DEAR for _, cost in found)
    if dear < _ENOUGH or dear < _SHARE * len(found):
        return []
    put_in = [at for at, cost in found if cost > _PLAIN]
    if not _reads_well(text, put_in):
        return []
    return [Change(at - 3, at, text[at - 3], 0.85, Proof.INFERRED) for at in put_in]


def _reads_well(text: str, put_in: Sequence[int]) -> bool:
    """Say whether the text would be plain prose without: in old texts and lists all is rare."""
    model = language_model()
    gone = {place for at in put_in for place in (at - 2, at - 1)}
    before, costs = "\n", []
    for place, character in enumerate(text):
        if place in gone:
            continue
        if character > "\u3000":
            costs.append(model.cost(before, character))
        before = before[-1:] + character
    return 2 * len(costs) > len(text) and sum(costs) < _WELL * len(costs)


def _pairs(text: str) -> Iterator[tuple[int, float]]:
    """Yield the place of each mark and what the two characters before it cost, a word nothing."""
    model = language_model()
    for match in _MARK.finditer(text):
        at, mark = match.start(), match[0]
        before, pair = text[at - 4 : at - 2], text[at - 2 : at]
        whole = model.text_cost(pair + mark, before=before)
        cost = whole - model.cost(before, mark)
        yield at, 0.0 if cost > _PLAIN and _is_word(pair) else cost


def _is_word(pair: str) -> bool:
    folded = fold_script(pair)
    return language_model().cost(folded[0], folded[1]) < _WORD


CHANNEL = Channel(
    "rare-pairs",
    "标点前的防复制字",
    "Characters put before marks against copying",
    find,
    probe=is_likely,
)
