"""Marks put in by programs: commas before other marks, backslashes before quotes, ?? for blanks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

_HANZI = "\u3400-\u9fff"
_COMMA = re.compile(f",(?<=[{_HANZI}”》」）],)(?=([,、。；：！？])[{_HANZI}“《「（])")
_SLASHES = re.compile(r"\\{1,3}(?=[\"'])")
_INDENT = re.compile(f"^\\?{{2,8}}(?=[{_HANZI}“《「（])", re.MULTILINE)
_ENOUGH_LINES = 3


def find_commas(text: str, places: Sequence[int]) -> list[Change]:
    """Propose to drop commas before other marks, where not all of these are commas.

    >>> len(find_commas("這場硬仗,,他說“再動員,、再部署”", [12]))
    2
    >>> find_commas("是的,,我来了,,你呢", [])
    []
    """
    if not any(_COMMA.match(text, at) for at in places):
        return []
    found = [match for match in _COMMA.finditer(text) if not text.startswith(",,,", match.start())]
    if len(found) < 2:
        return []
    return [Change(m.start(), m.start() + 2, m[1], 0.9, Proof.TABLE) for m in found]


def find_slashes(text: str, places: Sequence[int]) -> list[Change]:
    r"""Propose to drop the backslashes before quotes of running text.

    >>> len(find_slashes('他说\\"你好\\"，就走了。', [2, 6]))
    2
    >>> find_slashes('s = "他说\\"你好\\""', [7, 11])
    []
    """
    found = [match for at in places if (match := _SLASHES.match(text, at))]
    kept = [match for match in found if _is_prose(text, *match.span())]
    if len(kept) < 2:
        return []
    return [Change(m.start(), m.end() + 1, text[m.end()], 0.9, Proof.TABLE) for m in kept]


def _is_prose(text: str, start: int, end: int) -> bool:
    """Say whether Chinese stands beside, and the line has no quotes but such."""
    if text[start - 1 : start] == "\\":
        return False
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[max(low, start - 2000) : end + 2000 if high < 0 else min(high, end + 2000)]
    around = text[max(0, start - 1) : start], text[end + 1 : end + 2]
    beside = any("\u3000" <= c <= "\uffef" for c in around if c)
    return beside and re.search(r"(?<!\\)[\"'`]|[;{}=]$", line) is None


def find_indents(text: str, _: Sequence[int] = ()) -> list[Change]:
    r"""Propose blanks for the question marks that paragraphs begin with.

    >>> len(find_indents("??今天下雨。\n??明天晴。\n??后天有风。"))
    3
    """
    found = list(_INDENT.finditer(text))
    lines = sum(1 for _ in re.finditer(r"^.*\S", text, re.MULTILINE)) if found else 0
    if len(found) < _ENOUGH_LINES or 3 * len(found) < lines:
        return []
    return [Change(m.start(), m.end(), "\u00a0" * len(m[0]), 0.85, Proof.INFERRED) for m in found]


COMMAS_CHANNEL = Channel(
    "commas",
    "防复制的逗号",
    "Commas against copying",
    find_commas,
    pairs=lambda: (frozenset(","), frozenset("、。；：！？")),
)
SLASHES_CHANNEL = Channel(
    "slashes",
    "引号前的反斜杠",
    "Backslashes before quotes",
    find_slashes,
    pairs=lambda: (frozenset("\\"), frozenset("\"'")),
    damage=lambda text: text.replace("“", '\\"').replace("”", '\\"') if "“" in text else text,
)
INDENTS_CHANNEL = Channel(
    "lost-blanks",
    "空格变成问号",
    "Blanks shown as question marks",
    find_indents,
    pairs=lambda: (frozenset("?"), frozenset("?")),
)
