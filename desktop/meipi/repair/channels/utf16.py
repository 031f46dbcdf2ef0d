r"""UTF-16 read byte by byte (``-N\x87e`` for 中文), or with its bytes swapped (ⴀ for a hyphen).

Nothing is lost, so a whole stretch reads as Chinese or it was no such damage.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.channels.utf8 import count_hanzi, mean_cost, share_chinese
from meipi.repair.codepages import REPLACEMENT, latin_bytes, latin_class, read_as_latin
from meipi.repair.lattice import Arc, decode
from meipi.repair.model import language_model
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEAST = 4
_RARE_MEAN = 9.0
_MOST_LOST = 0.2
_CONTROLS = frozenset(map(chr, (*range(1, 9), 0x0B, 0x0E, *range(0x0F, 0x20))))
_BYTES = re.compile(f"[\\x00-\\x7f{latin_class(0x80, 0x100)}]+")
_SWAPPED = re.compile("[^\n]+")
_SWAPPED_SIGNS = frozenset("\u0cff\u0230\u0a00\u1aff\u01ff\u1fff")
"""Swapped ，。 line feed ：！？; no living text has two of them."""


def find_bytes(text: str, places: Sequence[int]) -> list[Change]:
    r"""Propose the repair of UTF-16 whose bytes were taken for characters.

    >>> data = "中文，今天\n开会，".encode("utf-16-le").decode("latin-1")
    >>> [c.after for c in find_bytes(data, [5])]
    ['中文，今天\n开会，']
    """
    return [c for run in _around(_BYTES, text, places) if (c := _from_bytes(text, *run))]


def _around(
    pattern: re.Pattern[str], text: str, places: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield the runs of single characters of ``pattern`` that hold one of ``places``."""
    end = 0
    for at in places:
        if at < end:
            continue
        first = at
        while first > end and pattern.match(text, first - 1, first):
            first -= 1
        run = pattern.match(text, first)
        end = run.end() if run else at + 1
        yield first, end


def _from_bytes(text: str, start: int, end: int) -> Change | None:
    table = latin_bytes()
    data = bytes(ord(c) if c < "\x80" else table[c] for c in text[start:end])
    for codec in ("utf-16-le", "utf-16-be"):
        for skipped in (0, 1):
            length = (len(data) - skipped) // 2 * 2
            result = data[skipped : skipped + length].decode(codec, "replace")
            if _reads_chinese(result):
                before, after = _strange_ends(result)
                first, last = start + skipped + 2 * before, start + skipped + length - 2 * after
                result = result[before : len(result) - after]
                return _change(first, text[first:last], result, codec)
    return None


def _strange_ends(result: str) -> tuple[int, int]:
    """Count what is no Chinese at either end: signs of the sound text beside, taken for halves."""
    is_strange = [character > "\x7f" and share_chinese(character) < 1 for character in result]
    before = next(at for at, strange in enumerate(is_strange) if not strange)
    after = next(at for at, strange in enumerate(reversed(is_strange)) if not strange)
    return before, after


def _change(start: int, shown: str, result: str, codec: str) -> Change:
    """Return the change, proved unless two ways of showing bytes were mixed or some made none."""
    data = result.encode(codec)
    if any(read_as_latin(data, windows=windows) == shown for windows in (False, True)):
        return Change(start, start + len(shown), result, 0.99, Proof.REPLAYED)
    return Change(start, start + len(shown), result, 0.9, Proof.INFERRED)


def find_swapped(text: str, places: Sequence[int]) -> list[Change]:
    """Propose the repair of UTF-16 whose bytes were swapped.

    >>> shown = "中文，今天开会。".encode("utf-16-le").decode("utf-16-be", "replace")
    >>> [c.after for c in find_swapped(shown, [2])]
    ['中文，今天开会。']
    """
    return [c for run in _around(_SWAPPED, text, places) if (c := _swapped(text, *run))]


def _swapped(text: str, start: int, end: int) -> Change | None:
    shown = text[start:end]
    if shown.count(REPLACEMENT) > _MOST_LOST * len(shown) or max(shown) > "\uffff":
        return None
    ways = [_lost() if c == REPLACEMENT else (Arc(_swap(c)),) for c in shown]
    nodes = decode(ways, lambda arcs, _: arcs, language_model(), after="\n") or ()
    result = "".join(node.arc.text for node in nodes)
    if not _reads_chinese(result):
        return None
    inferred = REPLACEMENT in shown
    margin = min(node.margin for node in nodes)
    confidence = round((0.9 if inferred else 0.99) / (1 + exp(-margin)), 3)
    proof = Proof.INFERRED if inferred else Proof.REPLAYED
    return Change(start, end, result, confidence, proof)


def _swap(character: str) -> str:
    code = ord(character)
    return chr((code & 0xFF) << 8 | code >> 8)


@lru_cache(maxsize=1)
def _lost() -> tuple[Arc, ...]:
    """Return the characters that, swapped, are halves of a pair and shown as U+FFFD."""
    codes = (high << 8 | low for high in range(0x4E, 0xA0) for low in range(0xD8, 0xE0))
    rarest = language_model().unigram("\U0002a6a5")
    return tuple(Arc(chr(c)) for c in codes if language_model().unigram(chr(c)) < rarest)


def _reads_chinese(result: str) -> bool:
    enough = count_hanzi(result) >= max(_LEAST, len(result) // 4)
    return enough and share_chinese(result) >= 0.97 and mean_cost(result) < _RARE_MEAN


BYTES_CHANNEL = Channel(
    "utf16-as-latin",
    "UTF-16 逐字节误读",
    "UTF-16 read byte by byte",
    find_bytes,
    _CONTROLS,
    damage=lambda text: text.encode("utf-16-le").decode("latin-1"),
    over_lines=True,
)
SWAPPED_CHANNEL = Channel(
    "utf16-swapped",
    "UTF-16 字节序颠倒",
    "UTF-16 with its bytes swapped",
    find_swapped,
    _SWAPPED_SIGNS,
    damage=lambda text: text.encode("utf-16-le").decode("utf-16-be", "replace"),
    over_lines=True,
)
