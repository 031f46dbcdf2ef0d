"""Code pages as programs really read them: byte-exact, with their private-use areas and losses."""

from __future__ import annotations

import re
from codecs import charmap_build, charmap_decode, charmap_encode, register_error
from functools import lru_cache, partial
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

EURO = "€"
"""What Windows shows for the byte 80 in GBK."""
REPLACEMENT = "\ufffd"
BYTE_FF = "\uf8f5"
"""What Windows shows for the byte FF in GBK."""

_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
_LOW_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xA1))
"""The third user-defined area, which Python's codecs leave out."""


@lru_cache(maxsize=1)
def gbk_characters() -> dict[bytes, str]:
    r"""Return the character that is shown for each byte pair, private-use characters included.

    >>> gbk_characters()["協".encode("gbk")], gbk_characters()[b"\xf8\xa1"]
    ('協', '\ue234')
    """
    pairs = [*map(bytes, product(range(0x81, 0xFF), _TRAILS))]
    table = decoded_alone(pairs, "gb18030") | decoded_alone(pairs, "gbk")
    for code, pair in enumerate(map(bytes, product(range(0xA1, 0xA8), _LOW_TRAILS)), 0xE4C6):
        table.setdefault(pair, chr(code))
    return table


def decoded_alone(sequences: Sequence[bytes], codec: str) -> dict[bytes, str]:
    """Return the character that each of ``sequences`` stands for by itself, where it does.

    A line feed is part of no character, so all are decoded at once: a hundred times as fast.
    """
    characters = b"\n".join(sequences).decode(codec, "replace").split("\n")
    found = zip(sequences, characters, strict=True)
    return {data: c for data, c in found if len(c) == 1 and c != REPLACEMENT}


@lru_cache(maxsize=1)
def gbk_pairs() -> dict[str, bytes]:
    """Return the byte pair of each character that Windows shows for one in GBK."""
    return {character: pair for pair, character in gbk_characters().items()}


def read_as_gbk(data: bytes, *, lost: str = "?") -> str:
    r"""Decode as Windows does: what is no pair becomes ``lost`` and both its bytes go.

    Where ``lost`` is U+FFFD only the first byte goes, as in browsers.

    >>> read_as_gbk("入".encode("gbk") + b"\x85(y")
    '入?y'
    """
    return data.decode("gbk", _HANDLERS[lost])


def _show(lost: str, error: UnicodeError) -> tuple[str, int]:
    """Show what Python does not read at this place."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    character, size = _shown_alone(error.object[error.start : error.start + 2], lost)
    return character, min(error.start + size, len(error.object))


_HANDLERS = {"?": "meipi-windows", REPLACEMENT: "meipi-browser", REPLACEMENT + "?": "meipi-both"}
for _lost, _name in _HANDLERS.items():
    register_error(_name, partial(_show, _lost))


def _shown_alone(data: bytes, lost: str) -> tuple[str, int]:
    """Return what is shown for the beginning of ``data`` that Python does not read, its length."""
    if data[0] in (0x80, 0xFF):
        return (EURO if data[0] == 0x80 else BYTE_FF), 1
    if found := gbk_characters().get(data):
        return found, 2
    return lost, 1 if lost == REPLACEMENT else 2


@lru_cache(maxsize=1)
def latin_bytes() -> dict[str, int]:
    r"""Return the byte of each character outside ASCII that cp1252 or Latin-1 shows for one.

    >>> latin_bytes()["ä"], latin_bytes()["–"], latin_bytes()["\x90"]
    (228, 150, 144)
    """
    table = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0xA0):
        if character := bytes((byte,)).decode("cp1252", "ignore"):
            table[character] = byte
    return table


def latin_class(first: int, last: int) -> str:
    """Return, for a character class, what Western encodings show for the bytes in a range."""
    return "".join(re.escape(c) for c, byte in latin_bytes().items() if first <= byte < last)


def as_latin_bytes(shown: str) -> bytes:
    r"""Return the bytes behind characters that Western encodings show for high bytes.

    >>> as_latin_bytes("ä¸–")
    b'\xe4\xb8\x96'
    """
    return shown.translate(_latin_codes()).encode("latin-1")


@lru_cache(maxsize=1)
def _latin_codes() -> dict[int, int]:
    return {ord(character): byte for character, byte in latin_bytes().items()}


def whole_latin_bytes(shown: str) -> tuple[bytes, bool] | None:
    r"""Return the bytes of ``shown`` and whether cp1252 shows them; nothing where neither does.

    >>> whole_latin_bytes("ä¸–!"), whole_latin_bytes("中")
    ((b'\xe4\xb8\x96!', True), None)
    """
    try:
        return charmap_encode(shown, "strict", _windows_bytes())[0], True
    except UnicodeEncodeError:
        pass
    try:
        return shown.encode("latin-1"), False
    except UnicodeEncodeError:
        return None


@lru_cache(maxsize=1)
def _windows_bytes() -> Any:
    return charmap_build(_windows())


@lru_cache(maxsize=1)
def _windows() -> str:
    return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in range(0x100))


def read_as_latin(data: bytes, *, windows: bool) -> str:
    r"""Decode as cp1252, where it is defined, or as Latin-1.

    >>> read_as_latin("中".encode(), windows=True), read_as_latin("中".encode(), windows=False)
    ('ä¸\xad', 'ä¸\xad')
    """
    if not windows:
        return data.decode("latin-1")
    return charmap_decode(data, "strict", _windows())[0]
