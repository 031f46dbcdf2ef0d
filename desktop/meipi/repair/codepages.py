"""Code pages as programs really read them: byte-exact, with their private-use areas and losses."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

EURO = "€"
"""What Windows shows for the byte 80 in GBK."""
BYTE_FF = "\uf8f5"
"""What Windows shows for the byte FF in GBK."""

_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
_USER_DEFINED = (
    # lead bytes, trail bytes, first code point: GBK's three user-defined areas
    (range(0xAA, 0xB0), range(0xA1, 0xFF), 0xE000),
    (range(0xF8, 0xFF), range(0xA1, 0xFF), 0xE234),
    (range(0xA1, 0xA8), [t for t in _TRAILS if t < 0xA1], 0xE4C6),
)


@lru_cache(maxsize=1)
def gbk_characters() -> dict[bytes, str]:
    """Return the character of each byte pair that Windows assigns in GBK.

    >>> gbk_characters()["協".encode("gbk")], gbk_characters()[b"\\xf8\\xa1"]
    ('協', '\\ue234')
    """
    pairs = map(bytes, product(range(0x81, 0xFF), _TRAILS))
    table = {pair: found for pair in pairs if len(found := pair.decode("gbk", "ignore")) == 1}
    for leads, trails, first in _USER_DEFINED:
        for code, pair in enumerate(map(bytes, product(leads, trails)), start=first):
            table.setdefault(pair, chr(code))
    return table


@lru_cache(maxsize=1)
def gbk_pairs() -> dict[str, bytes]:
    """Return the byte pair of each character that Windows shows for one in GBK."""
    return {character: pair for pair, character in gbk_characters().items()}


def read_as_gbk(data: bytes) -> str:
    """Decode as Windows does: what is no pair becomes ``?`` and both its bytes go.

    >>> read_as_gbk("入".encode("gbk") + b"\\x85(y")
    '入?y'
    """
    characters = gbk_characters()
    shown = []
    at = 0
    while at < len(data):
        byte = data[at]
        if byte < 0x80:
            shown.append(chr(byte))
        elif byte in (0x80, 0xFF):
            shown.append(EURO if byte == 0x80 else BYTE_FF)
        else:
            shown.append(characters.get(data[at : at + 2], "?"))
            at += 1
        at += 1
    return "".join(shown)
