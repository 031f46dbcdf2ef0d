"""麵 (noodles) for 面, which converters that go character by character put in: 前麵, 麵積.

Only in words that noodles have no part in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGN = "麵"
_WORD = re.compile(
    "(?:(?<=[前後外方表場局當封側片書迎桌])麵(?![條条粉包食團团館馆店糊皮筋類类製制])"
    "|麵(?=[臨積貌孔龐]))"
)
_ABOUT = re.compile(
    "繁體|繁体|簡體|简体|轉換|转换|異體|异体|錯字|错字|別字|别字|寫成|写成|食|吃|煮"
)


def find(text: str, places: Sequence[int]) -> list[Change]:
    """Propose 面 in such words.

    >>> [change.start for change in find("前麵有一家麵館，佔地麵積不大", [1, 5, 10])]
    [1, 10]
    """
    found = (match for at in places if (match := _WORD.match(text, at)))
    return [
        Change(m.start(), m.end(), "面", 0.93, Proof.TABLE)
        for m in found
        if not _ABOUT.search(text, max(0, m.start() - 15), m.end() + 15)
    ]


CHANNEL = Channel(
    "overconverted",
    "繁简误转",
    "Converted once too often",
    find,
    frozenset(_SIGN),
    damage=lambda text: text.replace("前面", "前麵").replace("方面", "方麵"),
)
