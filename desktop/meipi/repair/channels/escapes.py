r"""Chinese as programs write it in sources and logs: \u4e2d\u6587, %u4E2D, \xe4\xb8\xad, \344.

In quotes it is a program's own and stays, unless the whole document is JSON.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.channels.utf8 import count_hanzi, mean_cost, share_chinese
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UNIT = re.compile(
    r"(?:\\{1,4}[uU]\{?|%u)((?<=\{)[0-9a-fA-F]{2,6}(?=\})|(?<=U)[0-9a-fA-F]{8}|[0-9a-fA-F]{4})\}?"
)
_BYTE = re.compile(r"\\{1,4}x([0-9a-fA-F]{2})|\\{1,2}([23][0-7]{2})")
_BETWEEN = re.compile(r"(?:[ !#-&(-;=?-\[\]-_a-~]|\\{1,4}[nt\"/])*")
"""ASCII that may stand among escapes: no quotes, no angle brackets."""
_WRITTEN = re.compile(r"\\{1,4}([nt\"/])")
_PLAIN = {"n": "\n", "t": "\t"}
_ENCODINGS = ("utf-8", "gb18030", "big5hkscs")
_FARTHEST = 40
_FEW = 3
_RARE_MEAN = 9.3
_LONGEST_LINE = 2000
_ABOUT = re.compile("转义|轉義|编码|編碼|写成|寫成|表示|正则|正則|码点|碼點|unicode|escape", re.I)


def find(text: str, _: Sequence[int] = ()) -> list[Change]:
    r"""Propose the characters for escapes in running text or in a document of JSON.

    >>> [c.after for c in find(r"标题:\u5929\u6d25\u65b0\u95fb")]
    ['天津新闻']
    >>> find(r's = "\u5929\u6d25\u65b0\u95fb"')
    []
    """
    json = text.lstrip()[:1] in ("{", "[") and text.rstrip()[-1:] in ("}", "]")
    return [
        Change(start, end, after, 0.97, Proof.TABLE)
        for pattern, read in ((_UNIT, _characters), (_BYTE, _from_bytes))
        for start, end, units in _runs(pattern, text)
        if (after := read(text, units)) and (json or not _is_programs(text, start, end))
    ]


def _runs(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int, list[re.Match[str]]]]:
    """Yield runs of escapes with nothing but ASCII between them, each with its place."""
    run: list[re.Match[str]] = []
    for unit in pattern.finditer(text):
        if run and not _follows(text, run[-1].end(), unit.start()):
            yield run[0].start(), run[-1].end(), run
            run = []
        run.append(unit)
    if run:
        yield run[0].start(), run[-1].end(), run


def _follows(text: str, end: int, start: int) -> bool:
    return start - end <= _FARTHEST and _BETWEEN.fullmatch(text, end, start) is not None


def _is_programs(text: str, start: int, end: int) -> bool:
    """Say whether escapes stand in quotes or a pattern, or the text there speaks of such things."""
    before = text[max(text.rfind("\n", 0, start) + 1, start - _LONGEST_LINE) : start]
    quoted = any(before.count(mark) % 2 for mark in "\"'`") or before.endswith(("/", "["))
    return quoted or _ABOUT.search(text, max(0, start - 40), end + 40) is not None


def _characters(text: str, units: list[re.Match[str]]) -> str:
    codes = [int(unit[1], 16) for unit in units]
    if max(codes) > 0x10FFFF:
        return ""
    shown = _joined(text, units, [chr(code) for code in codes])
    return _checked(shown.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


def _from_bytes(text: str, units: list[re.Match[str]]) -> str:
    pieces = [chr(int(unit[1], 16) if unit[1] else int(unit[2], 8)) for unit in units]
    data = _joined(text, units, pieces).encode("latin-1")
    for encoding in _ENCODINGS:
        try:
            after = _checked(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if after:
            return after
    return ""


def _joined(text: str, units: list[re.Match[str]], pieces: list[str]) -> str:
    """Return ``pieces`` with the text between the units they come from."""
    parts: list[str] = []
    end = units[0].start()
    for unit, piece in zip(units, pieces, strict=True):
        between = text[end : unit.start()]
        parts += (_WRITTEN.sub(lambda m: _PLAIN.get(m[1], m[1]), between), piece)
        end = unit.end()
    return "".join(parts)


def _checked(after: str) -> str:
    common = share_chinese(after) >= 0.95 and mean_cost(after) < _RARE_MEAN
    return after if count_hanzi(after) >= _FEW and common else ""


def _damage(text: str) -> str:
    return text.encode("unicode-escape").decode().replace(r"\n", "\n")


CHANNEL = Channel(
    "escapes",
    "反斜杠转义",
    "Backslash escapes",
    find,
    pairs=lambda: (frozenset("\\%"), frozenset("uUx3")),
    damage=_damage,
)
