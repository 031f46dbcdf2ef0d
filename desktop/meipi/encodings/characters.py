"""Classes of characters: which kind follows which tells a right decoding from a wrong one."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

CLASSES = (
    "space",
    "letter",
    "digit",
    "mark",
    "han",
    "kana",
    "hangul",
    "cjk mark",
    "accented",
    "other",
    "half kana",
    "rare han",
)
"""The names, by number."""

LAST_ASCII = CLASSES.index("mark")
"""Classes up to this one hold ASCII only."""

# Sorted by first code point; each range ends where the next begins. None: what no text holds.
_RANGES: tuple[tuple[int, str | None], ...] = (
    (0x00, None),
    (0x09, "space"),
    (0x0B, None),
    (0x0C, "space"),
    (0x0E, None),
    (0x20, "space"),
    (0x21, "mark"),
    (0x30, "digit"),
    (0x3A, "mark"),
    (0x41, "letter"),
    (0x5B, "mark"),
    (0x61, "letter"),
    (0x7B, "mark"),
    (0x7F, None),
    (0xA0, "other"),
    (0xB7, "cjk mark"),
    (0xB8, "other"),
    (0xC0, "accented"),
    (0x250, "other"),
    (0x2010, "cjk mark"),
    (0x2028, None),
    (0x2030, "other"),
    (0x2E80, "rare han"),
    (0x3000, "cjk mark"),
    (0x3040, "kana"),
    (0x3100, "other"),
    (0x3400, "rare han"),
    (0x4E00, "han"),
    (0xA000, "other"),
    (0xAC00, "hangul"),
    (0xD7A4, None),
    (0xF900, "rare han"),
    (0xFB00, "other"),
    (0xFE30, "cjk mark"),
    (0xFE70, "other"),
    (0xFEFF, None),
    (0xFF01, "cjk mark"),
    (0xFF61, "half kana"),
    (0xFFA0, "other"),
    (0xFFE0, "cjk mark"),
    (0xFFE7, None),
    (0x10000, None),
)
NONE = 255
"""The class of what no text holds: controls, private use, unassigned, U+FFFD."""


@cache
def class_table() -> bytes:
    """Return the class of each code point of the basic plane."""
    table = bytearray([NONE]) * 0x10000
    for (start, name), (end, _) in pairwise(_RANGES):
        table[start:end] = bytes([NONE if name is None else CLASSES.index(name)]) * (end - start)
    return bytes(table)


def class_of(character: str) -> int:
    """Return the number of the character's class; the planes above hold rare hanzi and emoji."""
    code = ord(character)
    if code < 0x10000:
        return class_table()[code]
    return CLASSES.index("rare han" if 0x20000 <= code < 0x323B0 else "other")
