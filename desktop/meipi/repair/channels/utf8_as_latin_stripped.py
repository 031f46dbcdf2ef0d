"""UTF-8 read as Latin-1 whose control characters were dropped: ä¸å½äººæ for 中国人民.

Half of the bytes behind each lead byte are gone, so four characters in five are guesses: the model
makes them of what little is left, and they are shown as such, with low confidence.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from itertools import product
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel, matches
from meipi.repair.channels.utf8 import count_hanzi, is_specimen, script_costs, share_chinese
from meipi.repair.lattice import Arc, Node, decode
from meipi.repair.model import UNKNOWN_COST, language_model
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEADS = frozenset(map(chr, (0xC2, *range(0xE2, 0xEA), 0xEF)))
_CHARACTER = re.compile("([\xc2\xe2-\xe9\xef])([\xa0-\xbf]{0,2})")
_RUN = re.compile("[\xa0-\xff\x20-\x7e]*[\xa0-\xff]")
_DROPPED = tuple(range(0x80, 0xA0))
_LEAST, _MOST = 10, 2_000
"""Characters: fewer tell nothing, more would take minutes."""
_CANDIDATES = 70
"""The commonest characters that each remainder can stand for; more change little."""
_OTHER_SCRIPT = 5.0
_MOST_COST = 6.5
_CONFIDENCE = 0.3


def find(text: str, letters: Sequence[int]) -> list[Change]:
    """Propose what lines without their control characters can have been."""
    changes: list[Change] = []
    left = _MOST
    for run in matches(_RUN, text, letters):
        change = _repair(text, *run.span()) if _LEAST <= len(run[0]) < 2 * left else None
        if change:
            changes.append(change)
            left -= len(change.after)
    return changes


def _repair(text: str, start: int, end: int) -> Change | None:
    shown = text[start:end]
    found = _CHARACTER.findall(shown)
    if len(found) < _LEAST or not _is_stripped(shown, found) or is_specimen(text, start, end):
        return None
    whole = "".join("".join(_ways(*one)) for one in found if _is_whole(*one))
    arcs = partial(_arcs, script_costs(whole))
    nodes = decode(list(_tokens(shown)), arcs, language_model(), after="\n")
    after = "".join(node.arc.text for node in nodes or ())
    if not _reads_well(after):
        return None
    return Change(start, end, after, _CONFIDENCE, Proof.INFERRED)


def _is_stripped(shown: str, found: Sequence[tuple[str, str]]) -> bool:
    """Say whether nearly all is lead bytes and what may follow them, half of it missing."""
    high = sum(character >= "\x80" for character in shown)
    kept = sum(len(trails) for _, trails in found)
    return len(found) + kept >= 0.98 * high and 0.25 <= kept / (2 * len(found)) <= 0.75


def _is_whole(lead: str, trails: str) -> bool:
    return len(trails) == (1 if lead == "\xc2" else 2)


def _tokens(shown: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _CHARACTER.finditer(shown):
        yield from ((character, "") for character in shown[at : match.start()])
        yield match[1], match[2]
        at = match.end()


def _arcs(foreign: frozenset[str], token: tuple[str, str], _node: Node) -> Iterator[Arc]:
    if token[0] not in _LEADS:
        yield Arc(token[0])
        return
    for character in _ways(*token):
        yield Arc(character, None, _OTHER_SCRIPT if character in foreign else 0.0)


@lru_cache(maxsize=4096)
def _ways(lead: str, trails: str) -> tuple[str, ...]:
    """Return the commonest characters of which only these bytes are left."""
    known = tuple(map(ord, trails))
    wanted = (1 if lead == "\xc2" else 2) - len(known)
    orders = (
        {(*known, *lost) for lost in product(_DROPPED, repeat=wanted)} if wanted >= 0 else set()
    )
    if wanted == 1 and known:
        orders |= {(lost, *known) for lost in _DROPPED}
    every = (bytes((ord(lead), *order)).decode("utf-8", "ignore") for order in orders)
    cost = language_model().unigram
    usual = sorted((cost(character), character) for character in every if character)
    if len(usual) > 1:
        usual = [pair for pair in usual[:_CANDIDATES] if pair[0] < UNKNOWN_COST]
    return tuple(character for _, character in usual)


def _reads_well(after: str) -> bool:
    if count_hanzi(after) < _LEAST // 2 or share_chinese(after) < 0.95:
        return False
    return language_model().text_cost(after) < _MOST_COST * len(after)


CHANNEL = Channel(
    "utf8-as-latin-stripped",
    "UTF-8 误作西文，控制字符已失",
    "UTF-8 read as Latin-1, its controls dropped",
    find,
    _LEADS,
)
