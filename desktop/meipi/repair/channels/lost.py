"""Text lost for good: it is named where it stands and left as it is. Nothing brings it back.

Whoever writes about 锟斤拷 means the word; such specimens are no loss.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from meipi.repair.channels.base import Channel
from meipi.repair.channels.lost_runs import Run, runs
from meipi.repair.channels.utf8 import count_hanzi, is_specimen
from meipi.repair.codepages import REPLACEMENT
from meipi.repair.plan import Loss

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.repair.plan import Change

_SIGNS = frozenset(f"{REPLACEMENT}锟嚙閿敓ãäåæçèéï")
_FILLS = frozenset("烫屯")
"""Surnames and dishes have one of them; only in a row are they what fills memory."""
_TYPED = frozenset("\"'`")
_NEARBY = 200
_SPEAKS = re.compile(
    r"乱码|亂碼|编码|編碼|字符集|utf-?8|gbk|gb2312|big5|latin-?1|unicode|转义|显示|顯示|看到"
    r"|填充|内存|記憶體|未初始化|\b0x[cd]{2}\b|mojibake|encoding|garbled",
    re.IGNORECASE,
)
_SPEAKS_OF_MARKS = re.compile(
    r"u\+?fffd|替换(?:字)?符|替換(?:字)?[符元]|replacement character", re.IGNORECASE
)
_WORD = re.compile("[A-Za-z]{3,}")
_KNOWN = re.compile("(?:锟斤拷|嚙踝蕭)+|[烫屯]{3,}")
_OPENING, _CLOSING = frozenset("“”‘「『《\"'`"), frozenset("”“’」』》\"'`")
_BEFORE = frozenset("是叫为為成像如即了到把被出现現识識见見看满滿和与與或及、/")
_AFTER = frozenset("和与與或及、是这這那之等/问問")
_EXCLAIMED = re.compile("[好太很真别喊叫道说：]$")
_SHORT = 6
"""Longest bare word that is taken for a name in prose; damage goes on and on."""
_PROSE, _LITTLE = 8, 4


def losses(text: str, places: Sequence[int]) -> list[Loss]:
    """Return what is lost for good in ``text``.

    >>> [text for loss in losses("标题：锟斤拷锟斤拷", [3]) for text in (loss.reason, loss.end)]
    ['rewritten', 9]
    >>> losses("程序员都见过锟斤拷和烫烫烫这样的老朋友。", [6, 10])
    []
    """
    found = runs(text, places)
    broken = [run.start for run in found if not run.pure]
    return [
        Loss(run.start, run.end, run.reason)
        for run in found
        if not _is_meant(text, run, broken=broken)
    ]


def _is_meant(text: str, run: Run, *, broken: Sequence[int]) -> bool:
    """Say whether the run is an example in a text about such damage."""
    if not run.pure:
        return is_specimen(text, run.start, run.end)
    before, after = _around(text, run)
    if run.reason == "replaced":
        speaks_of = _SPEAKS_OF_MARKS.search(f"{before}\n{after}")
        return speaks_of is not None or is_specimen(text, run.start, run.end)
    if _is_quoted(before, after, run):
        return True
    return not _is_near(broken, run) and _is_used(before, after, run)


def _around(text: str, run: Run) -> tuple[str, str]:
    """Return what stands before and behind the run in its line, not far off."""
    before = text[max(0, run.start - _NEARBY) : run.start].rpartition("\n")[2]
    after = text[run.end : run.end + _NEARBY].partition("\n")[0]
    return before, after


def _is_prose(before: str, after: str, least: int) -> bool:
    """Say whether enough readable words stand around."""
    around = _KNOWN.sub(" ", f"{before}\n{after}")
    return count_hanzi(around) >= least or len(_WORD.findall(around)) >= _LITTLE


def _is_quoted(before: str, after: str, run: Run) -> bool:
    """Say whether it stands in quotes; those of program text need words around."""
    if before[-1:] not in _OPENING or after[:1] not in _CLOSING:
        return False
    alone = after[0] not in _TYPED and run.end - run.start <= _SHORT
    return alone or _is_prose(before, after, _LITTLE)


def _is_near(broken: Sequence[int], run: Run) -> bool:
    at = bisect_left(broken, run.start - _NEARBY)
    return at < len(broken) and broken[at] <= run.end + _NEARBY


def _is_used(before: str, after: str, run: Run) -> bool:
    """Say whether the words around speak of the run or make something of it."""
    if run.reason == "fill" and (after[:1] in ("！", "!") or _EXCLAIMED.search(before)):
        return True
    if not _is_prose(before, after, _LITTLE):
        return False
    return _SPEAKS.search(f"{before}\n{after}") is not None or _is_named(before, after, run)


def _is_named(before: str, after: str, run: Run) -> bool:
    """Say whether the sentence uses the run as a name, alone or in a row of such names."""
    other = _KNOWN.findall(f"{before}\n{after}")
    if any((name[0] in "烫屯") != (run.reason == "fill") for name in other):
        return True
    if run.reason == "fill" and re.search("[烫屯]", f"{before}\n{after}"):
        return True
    least = _LITTLE if run.reason == "fill" else _PROSE
    if run.end - run.start > _SHORT or not _is_prose(before, after, least):
        return False
    return before[-1:] in _BEFORE or after[:1] in _AFTER


def _nothing(_text: str, _places: Sequence[int]) -> list[Change]:
    return []


CHANNEL = Channel(
    "lost",
    "已失文字",
    "Text lost for good",
    _nothing,
    pairs=lambda: (_FILLS, _FILLS),
    alone=_SIGNS,
    losses=losses,
)
