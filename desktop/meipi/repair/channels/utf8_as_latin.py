"""UTF-8 read as a Western encoding: ä¸­æ–‡ for 中文.

Read as Latin-1 nothing is lost. cp1252 has no character for five bytes; some programs show them as
``?`` or U+FFFD, and the language model fills these holes. Text that was encoded twice is undone
twice, in two rounds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.channels.utf8 import (
    Item,
    completions,
    count_hanzi,
    feed,
    is_specimen,
    script_costs,
    share_chinese,
    split,
    wanted,
)
from meipi.repair.codepages import REPLACEMENT, latin_bytes, read_as_latin
from meipi.repair.lattice import Arc, Node, decode
from meipi.repair.model import language_model
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""The bytes that cp1252 has no character for."""
_LOST_SIGNS = ("?", REPLACEMENT)
_BLANK = 0xA0
"""The no-break space, which many a program narrows to a plain one."""
_MOST_HOLES = 0.12
_RARE = 11.0
_OTHER_SCRIPT = 5.0
_UTF8 = re.compile(
    rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+"
)


@lru_cache(maxsize=1)
def _class() -> str:
    return "".join(map(re.escape, latin_bytes()))


_SHORTEST = 4


@lru_cache(maxsize=1)
def _high() -> re.Pattern[str]:
    return re.compile(f"[{_class()}]+")


def _high_runs(text: str, letters: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of characters outside ASCII that a Western encoding has, around ``letters``.

    Quotes and dashes of Chinese text are such characters too; to begin at letters is what is fast.
    """
    table, end = latin_bytes(), 0
    for start in letters:
        if start < end:
            continue
        first = start
        while first > end and text[first - 1] in table:
            first -= 1
        run = _high().match(text, start)
        end = run.end() if run else start + 1
        if end - first >= _SHORTEST:
            yield first, end


@lru_cache(maxsize=1)
def _broken() -> re.Pattern[str]:
    """Return the pattern of a lead byte with the sign of a loss among the two bytes it wants."""
    following = "".join(map(re.escape, (c for c, b in latin_bytes().items() if b < 0xC0)))
    return re.compile(f"[à-ï](?:[{following}][? {REPLACEMENT}]|(?=[? {REPLACEMENT}]))")


@lru_cache(maxsize=1)
def _broken_run() -> re.Pattern[str]:
    """Return the pattern of a run of what Western encodings show with such a loss in it."""
    return re.compile(f"[{_class()}]*?{_broken().pattern}")


@lru_cache(maxsize=1)
def _lossy_run() -> re.Pattern[str]:
    """Return the pattern of a run with losses: it begins with a lead byte and what follows it."""
    return re.compile(f"[Â-ô][{_class()}? {REPLACEMENT}]{{2}}[{_class()}?{REPLACEMENT}\x00-\x7f]*")


def _data(shown: str) -> bytes:
    return bytes(map(latin_bytes().__getitem__, shown))


def _is_windows(shown: str) -> bool:
    return any(character > "\xff" for character in shown)


# UTF-8, nothing lost


def find(text: str, letters: Sequence[int]) -> list[Change]:
    r"""Propose the repair of UTF-8 read as cp1252 or Latin-1.

    >>> [change.after for change in find("标题：ä¸\xadæ–‡", [3, 6])]
    ['中文']
    """
    whole = [c for run in _high_runs(text, letters) for c in _whole_runs(text, *run)]
    return whole + _lossy(text, whole, letters)


def _whole_runs(text: str, start: int, end: int) -> Iterator[Change]:
    data = _data(text[start:end])
    for match in _UTF8.finditer(data):
        first, last = start + match.start(), start + match.end()
        result = match[0].decode("utf-8", "replace")
        if not (_reads_chinese(result) or _is_encoded_again(result)):
            continue
        shown = text[first:last]
        again = read_as_latin(result.encode(), windows=_is_windows(shown))
        if again == shown and not is_specimen(text, first, last):
            yield Change(first, last, result, 0.999, Proof.REPLAYED)


def _reads_chinese(result: str) -> bool:
    return len(result) >= 2 and count_hanzi(result) >= 1 and share_chinese(result) >= 0.95


def _is_encoded_again(result: str) -> bool:
    """Say whether the result is UTF-8 read as Latin once more, and Chinese below that."""
    if any(character not in latin_bytes() for character in result):
        return False
    below = _UTF8.search(_data(result))
    return below is not None and _reads_chinese(below[0].decode("utf-8", "replace"))


# UTF-8, five bytes lost


def _lossy(text: str, whole: list[Change], letters: Sequence[int]) -> list[Change]:
    """Propose runs with holes; the whole runs in them are theirs then, better than without."""
    if not any(_broken_run().match(text, letter) for letter in letters):
        return []
    found = [c for m in _lossy_run().finditer(text) for c in _lossy_parts(text, *m.span())]
    taken = [change for change in found if change.proof is Proof.INFERRED]
    if taken:
        found_at = sorted((change.start, change.end) for change in found)
        whole[:] = [change for change in whole if not _touches(change, found_at)]
        return found
    return []


def _touches(change: Change, spans: list[tuple[int, int]]) -> bool:
    at = bisect_left(spans, (change.end,)) - 1
    return at >= 0 and spans[at][1] > change.start


def _lossy_parts(text: str, start: int, end: int) -> list[Change]:
    changes: list[Change] = []
    at = start
    while at < end:
        items = _items(text, at, end) if text[at] >= "\x80" else []
        if items:
            changes += _decode(text, items)
            at = items[-1].end
        else:
            at += 1
    return changes


def _items(text: str, start: int, end: int) -> list[Item]:
    """Return the items of the longest well-formed run from ``start``, ending on no ASCII."""
    items: list[Item] = []
    carry, whole = b"", 0
    for at in range(start, end):
        item = _item(text, at, carry)
        after = _carry_after(item, carry)
        if after is None:
            break
        items.append(item)
        carry = after
        if not carry and (item.hole or item.data >= b"\x80"):
            whole = len(items)
    return items[:whole]


def _carry_after(item: Item, carry: bytes) -> bytes | None:
    if item.hole:
        return b"" if wanted(carry) == 1 else carry + b"\x81"
    fed = feed(carry, item.data) if item.data else None
    return fed[1] if fed else None


def _item(text: str, at: int, carry: bytes) -> Item:
    character = text[at]
    if wanted(carry) and character in _LOST_SIGNS:
        return Item(at, at + 1, hole="byte", holes=_UNDEFINED)
    if character == " " and _is_blank_of(carry):
        return Item(at, at + 1, hole="blank", holes=(_BLANK,))
    if character < "\x80":
        return Item(at, at + 1, character.encode())
    byte = latin_bytes().get(character)
    return Item(at, at + 1, b"" if byte is None else bytes((byte,)))


def _is_blank_of(carry: bytes) -> bool:
    """Say whether a blank can belong to the character begun in ``carry``: not to a rare one."""
    fed = feed(carry, bytes((_BLANK,))) if carry else None
    return fed is not None and language_model().text_cost(fed[0], before="") < _RARE


def _decode(text: str, items: list[Item]) -> list[Change]:
    start, end = items[0].start, items[-1].end
    holes = sum(bool(item.hole) for item in items)
    if not holes or holes > _MOST_HOLES * len(items) or is_specimen(text, start, end):
        return []
    foreign = script_costs(_bytes_known(items))
    nodes = decode(
        items,
        lambda item, node: _arcs(item, node, foreign),
        language_model(),
        before="\n" + text[max(0, start - 2) : start],
        after=text[end : end + 2] or "\n",
    )
    result = "".join(node.arc.text for node in nodes or ())
    if nodes is None or count_hanzi(result) < 3 or share_chinese(result) < 0.9:
        return []
    return split(items, nodes, lambda repaired: _lossy_forward(repaired, text[start:end]), text)


def _bytes_known(items: list[Item]) -> str:
    known = b"".join(item.data or b"\xff" for item in items)
    return known.decode("utf-8", "ignore")


def _arcs(item: Item, node: Node, foreign: frozenset[str]) -> Iterator[Arc]:
    carry = node.carry or b""
    if not item.hole:
        if fed := feed(carry, item.data):
            yield Arc(fed[0], fed[1] or None)
    elif wanted(carry) == 1:
        for character in completions(carry, item.holes):
            yield Arc(character, None, _OTHER_SCRIPT if character in foreign else 0.0)
    else:
        yield from (Arc("", carry + bytes((byte,))) for byte in item.holes)


def _lossy_forward(repaired: str, shown: str) -> str:
    """Damage ``repaired``, showing what cp1252 lacks and its blank as ``shown`` does."""
    again = read_as_latin(repaired.encode(), windows=True)
    narrowed = (
        sign if _can_show(character, sign) else character
        for character, sign in zip(again, shown, strict=False)
    )
    return "".join(narrowed) + again[len(shown) :]


def _can_show(character: str, sign: str) -> bool:
    if sign == " ":
        return character == chr(_BLANK)
    return sign in _LOST_SIGNS and latin_bytes().get(character) in _UNDEFINED


_LETTERS = frozenset(map(chr, range(0xC0, 0x100)))
CHANNEL = Channel(
    "utf8-as-latin",
    "UTF-8 误作西文",
    "UTF-8 read as a Western encoding",
    find,
    _LETTERS,
    damage=lambda text: read_as_latin(text.encode("utf-8"), windows=True),
)
