"""The codes of administrative divisions (GB/T 2260; nine digits for townships), by their names."""

from __future__ import annotations

import gzip
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from meipi.core.resources import resource_path
from meipi.entities.folding import fold_text
from meipi.entities.gazetteer import load_gazetteer, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TOWNSHIP = 3
_FULL = 6
_LONGEST = 12
_ABBREVIATIONS = (
    "京11津12冀13晋14蒙15辽21吉22黑23沪31苏32浙33皖34闽35赣36鲁37豫41鄂42湘43粤44桂45琼46"
    "渝50川51蜀51黔52滇53藏54陕61甘62陇62青63宁64新65台71港81澳82"
)
_SPOKEN = {"自治州": "州", "自治县": "县", "自治旗": "旗"}


def division_codes(names: Iterable[str], *, bodies: Iterable[str] = ()) -> dict[str, str]:
    """Return name → code for the divisions among the place names of one document.

    A name many divisions bear has a code only where the document names, without doubt, what just
    one of them lies in, by itself or at the head of the name of a body.

    >>> division_codes(["江苏省南京市", "鼓楼区", "长沙", "朝阳区"])
    {'江苏省南京市': '320100', '鼓楼区': '320106', '长沙': '430100'}
    """
    found = {name: _codes(name) for name in names}
    heads = (_codes(head) for head in dict.fromkeys(map(_head, bodies)) if head)
    sure = {codes[0] for codes in (*found.values(), *heads) if len(codes) == 1}
    chosen = ((name, _chosen(codes, sure)) for name, codes in found.items())
    return {name: code.ljust(_FULL, "0") for name, code in chosen if code}


def _head(body: str) -> str:
    """Return the divisions a body's name begins with: 淄博市淄川区 of …市场监督管理局."""
    at = 0
    for start, end in load_gazetteer().full.find(body):
        if start != at:
            break
        at = end
    return body[:at]


def _chosen(codes: list[str], sure: Iterable[str]) -> str | None:
    if len(codes) > 1:
        codes = [code for code in codes if any(code.startswith(whole) for whole in sure)]
    return codes[0] if len(codes) == 1 else None


def _codes(name: str) -> list[str]:
    """Return the codes ``name`` can stand for: a division, or divisions one after the other."""
    table = _table()
    found = [""]
    at = 0
    while at < len(name):
        for end in range(min(len(name), at + _LONGEST), at, -1):
            inside = [
                code
                for code in table.get(name[at:end], ())
                if any(len(code) > len(whole) and code.startswith(whole) for whole in found)
            ]
            if inside:
                break
        else:
            return []
        found, at = _highest(inside), end
    return found


def _highest(codes: list[str]) -> list[str]:
    """Return the widest of ``codes``: 长沙 is first the prefecture, not the county in it."""
    shortest = min(map(len, codes))
    return [code for code in codes if len(code) == shortest]


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    """Read name → codes: in full, short, and as spoken (红河州)."""
    table: defaultdict[str, set[str]] = defaultdict(set)
    for level, name, code in _divisions():
        table[name].add(code)
        if level == _TOWNSHIP:
            continue
        table[shortened(name)].add(code)
        for long, spoken in _SPOKEN.items():
            if name.endswith(long):
                table[shortened(name) + spoken].add(code)
    for at in range(0, len(_ABBREVIATIONS), 3):
        table[_ABBREVIATIONS[at]].add(_ABBREVIATIONS[at + 1 : at + 3])
    return {name: tuple(sorted(codes)) for name, codes in table.items()}


def _divisions() -> Iterator[tuple[int, str, str]]:
    """Yield (level, folded name, code) of every division that has a code."""
    above = [""] * 5
    before = [""] * 5
    for line, written in zip(_lines("divisions"), _lines("division_codes"), strict=True):
        # The folding turns tabs into blanks.
        name = line.lstrip(" ")
        level = len(line) - len(name)
        last = before[level]
        own = written or (f"{int(last) + 1:0{len(last)}}" if last.isdigit() else "")
        prefix = next((above[at] for at in range(level, 0, -1) if above[at]), "")
        code = own[1:] if own.startswith("=") else own and prefix + own
        above[level + 1 :] = [code, *[""] * (3 - level)]
        before[level:] = [own, *[""] * (4 - level)]
        if code:
            yield level, name, code


def _lines(name: str) -> list[str]:
    packed = resource_path("entities", f"{name}.txt.gz").read_bytes()
    return fold_text(gzip.decompress(packed).decode()).split("\n")[:-1]
