"""What is shown of UTF-8 read as GBK, as pieces of known bytes and holes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from meipi.repair.channels.utf8 import Item, feed, wanted
from meipi.repair.codepages import EURO, REPLACEMENT, gbk_characters, gbk_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LOST_SIGNS = ("?", REPLACEMENT)
_LONGEST_PIECE = 240
_SEPARATE = 6
"""Characters behind a hole that are read one by one; by then all ways to read it have met."""
_STOP = re.compile("[，。！？；：、…”』」）》]")


def signature() -> tuple[frozenset[str], frozenset[str]]:
    """Return the displayed characters that begin such a run, and those that can come second."""
    return _signature()


@lru_cache(maxsize=1)
def _signature() -> tuple[frozenset[str], frozenset[str]]:
    """Return the displayed characters that begin such a run, and those that can come second."""
    first, second = set(), {EURO, REPLACEMENT, "?"}
    for pair, character in gbk_characters().items():
        lead, trail = pair
        if lead in (*range(0xE2, 0xEA), 0xEF) and 0x80 <= trail < 0xC0:
            first.add(character)
        # The third byte ends a character, and the fourth begins one.
        if 0x80 <= lead < 0xC0 and 0xC2 <= trail < 0xF0:
            second.add(character)
    return frozenset(first), frozenset(second)


def _bytes_of(character: str) -> bytes:
    """Return the bytes behind a displayed character, or none."""
    return character.encode() if character < "\x80" else gbk_pairs().get(character, b"")


@lru_cache(maxsize=1)
def _piece() -> re.Pattern[str]:
    plain = "".join(sorted(gbk_pairs().keys() - {EURO}))
    return re.compile(f"[{plain}]{{2,{_LONGEST_PIECE}}}")


def run(text: str, start: int, stop: int) -> list[Item]:
    """Return the items of the longest well-formed run from ``start``, ASCII at its end left off.

    What begins at ``stop`` is known to be whole in itself.
    """
    items: list[Item] = []
    # One by one at first: what is no such run ends after a few characters.
    whole, carry, at, behind = 0, b"", start, 0
    while at < stop:
        item = _long_item(text, at, stop, carry) if behind >= _SEPARATE else None
        item = item or _item(text, at, carry)
        after = _carry_after(item, carry)
        if after is None:
            break
        items.append(item)
        behind = 0 if item.hole else behind + 1
        carry, at = after, item.end
        if not carry and (item.hole or item.data >= b"\x80"):
            whole = len(items)
    return items[:whole] + _whole_part(text, items[whole:])


def _long_item(text: str, at: int, stop: int, carry: bytes) -> Item | None:
    """Return the two-byte characters at ``at`` up to where both texts have a sentence's end."""
    piece = _piece().match(text, at, stop)
    data = _pairs_of(piece[0]) if piece else b""
    fed = feed(carry, data) if data else None
    if fed is None:
        return None
    size = -len(carry)
    done = 0
    for mark in _STOP.finditer(fed[0]):
        size += len(fed[0][done : mark.end()].encode())
        done = mark.end()
        if size > 0 and size % 2 == 0:
            return Item(at, at + size // 2, data[:size])
    return Item(at, at + len(data) // 2, data)


def _pairs_of(shown: str) -> bytes:
    try:
        return shown.encode("gbk")
    except UnicodeEncodeError:
        return b"".join(map(gbk_pairs().__getitem__, shown))


def _whole_part(text: str, items: Sequence[Item]) -> list[Item]:
    """Return what begins ``items`` and ends with a character of both texts, one by one."""
    kept: list[Item] = []
    whole, carry = 0, b""
    for single in (single for item in items for single in _singles(text, item)):
        carry = _carry_after(single, carry) or b""
        kept.append(single)
        if not carry and (single.hole or single.data >= b"\x80"):
            whole = len(kept)
    return kept[:whole]


def _singles(text: str, item: Item) -> Iterator[Item]:
    if item.hole or item.end - item.start == 1:
        yield item
        return
    for at in range(item.start, item.end):
        yield Item(at, at + 1, _bytes_of(text[at]))


def _item(text: str, at: int, carry: bytes) -> Item:
    character = text[at]
    following = text[at + 1 : at + 2]
    if character == EURO:
        return Item(at, at + 1, _euro(following, carry))
    if wanted(carry) != 1 or character not in _LOST_SIGNS:
        return Item(at, at + 1, _bytes_of(character))
    if character == REPLACEMENT and following != "?":
        return Item(at, at + 1, hole="byte", holes=_holes(_bytes_of(following)[:1]))
    end = at + 1 + (character == REPLACEMENT)
    return Item(at, end, hole="both" if end < len(text) else "byte", holes=_holes(b""))


@lru_cache(maxsize=256)
def _holes(following: bytes) -> tuple[int, ...]:
    """Return the bytes that GBK cannot join with the ``following`` one."""
    pairs = gbk_characters()
    return tuple(b for b in range(0x81, 0xC0) if bytes((b,)) + following not in pairs)


@lru_cache(maxsize=1)
def swallowed_leads() -> tuple[tuple[int, bytes], ...]:
    """Return the last bytes that swallow the first of the next character, with that byte."""
    pairs = ((b, bytes((n,))) for b in range(0x81, 0xC0) for n in range(0xE2, 0xF0))
    return tuple((b, n) for b, n in pairs if bytes((b,)) + n not in gbk_characters())


def _euro(following: str, carry: bytes) -> bytes:
    """Tell the byte 80 from the pair A2E3, both shown as €."""
    first = b"\x80" if following == EURO else _bytes_of(following)[:1] if following else b""
    return b"\xa2\xe3" if wanted(carry) == 1 and b"\x80" <= first < b"\xc0" else b"\x80"


def _carry_after(item: Item, carry: bytes) -> bytes | None:
    if item.hole:
        return b""
    fed = feed(carry, item.data) if item.data else None
    return fed[1] if fed else None
