"""Named references left in Chinese text: &ldquo;标题&rdquo;&nbsp;&hellip;, escaped twice too.

One alone may be an example, and the source of a page keeps all of them.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAMES = (
    "lt|gt|quot|apos|nbsp|amp|ldquo|rdquo|lsquo|rsquo|hellip|mdash|ndash|middot|times|divide|bull"
    "|deg|laquo|raquo|ensp|emsp|copy|reg|trade|yen|sect|#39|#34|#38|#60|#62|#160"
)
_RUN = re.compile(f"(?:&(?:amp;){{0,3}}(?:{_NAMES});[ \u3000]*)*&(?:amp;){{0,3}}(?:{_NAMES});")
_CHINESE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef“”‘’…—]")
_SOURCE = re.compile(
    r"</?[a-zA-Z!]|转义|轉義|实体|實體|编码|編碼|替换|替換|空格|标签|標籤|字符|html|xml|replace",
    re.I,
)
_QUOTES = frozenset("\"'`“”「」")
_ENOUGH = 2
_FARTHEST = 400
_MOST_DEEP = 4


def find(text: str, places: Sequence[int]) -> list[Change]:
    """Propose the characters of named references, where several stand beside Chinese.

    >>> [c.after for c in find("他说&ldquo;今天下雨&rdquo;。", [2, 13])]
    ['“', '”']
    >>> find("用 &amp; 连接", [2])
    []
    """
    runs = list(_runs(text, places))
    prose = [m for m in runs if _is_prose(text, *m.span())]
    beside = sum(_is_beside(text, *m.span()) for m in prose)
    if beside < _ENOUGH:
        return []
    return [Change(m.start(), m.end(), _unescaped(m[0]), 0.95, Proof.TABLE) for m in prose]


def _runs(text: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    end = 0
    for at in places:
        if at >= end and (match := _RUN.match(text, at)):
            end = match.end()
            yield match


def _is_prose(text: str, start: int, end: int) -> bool:
    """Say whether the line is no source of a page and does not speak of such."""
    if {text[start - 1 : start], text[end : end + 1]} & _QUOTES:
        return False
    low, high = max(0, start - _FARTHEST), end + _FARTHEST
    first = text.rfind("\n", low, start) + 1 or low
    last = text.find("\n", end, high)
    line = text[first : last if last >= 0 else high]
    return _SOURCE.search(line) is None and _CHINESE.search(line) is not None


def _is_beside(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 1) : start], text[end : end + 1]
    return any(_CHINESE.match(character) for character in around)


def _unescaped(shown: str) -> str:
    for _ in range(_MOST_DEEP):
        shown = unescape(shown)
    return shown


CHANNEL = Channel(
    "named-references",
    "命名字符引用",
    "Named character references",
    find,
    pairs=lambda: (frozenset("&"), frozenset("lgqanrhmtdbcesy#")),
    damage=lambda text: text.replace("“", "&ldquo;").replace("”", "&rdquo;"),
)
