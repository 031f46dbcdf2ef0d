"""A few pieces of a long file that stand for all of it, each beginning where a character does."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHOLE = 4096
_PIECES = 4
_CHUNK = 1 << 18
_PIECE = 1024
# No encoding here uses these bytes inside a character, except UTF-16 and UTF-32.
_BOUNDARY = re.compile(rb"[\x00-\x2f](?=[^\x00-\x2f])")


class Piece(NamedTuple):
    """Consecutive bytes of a file; ``aligned`` are the same, from an offset divisible by four."""

    plain: bytes
    aligned: bytes
    ends: bool
    """Whether the file ends here too."""


def pieces(data: bytes) -> tuple[Piece, ...]:
    """Return pieces of ``data``, each from where it is not ASCII, or all of it if it is short."""
    if len(data) <= _WHOLE:
        return (Piece(data, data, ends=True),)
    starts, high = [], -1
    for offset in range(0, len(data), -(-len(data) // _PIECES)):
        if high < offset:
            high = first_high_byte(data, offset)
        starts.append(_start(data, offset, high))
    return tuple(_piece(data, start) for start in sorted({*starts}))


def first_high_byte(data: bytes, start: int) -> int:
    """Return where the first byte above 0x7F is, or the length of ``data``."""
    for at, chunk in chunks(data, start):
        try:
            codecs.ascii_decode(chunk)
        except UnicodeDecodeError as error:
            return at + error.start
    return len(data)


def chunks(data: bytes, start: int = 0) -> Iterator[tuple[int, memoryview]]:
    """Yield ``data`` from ``start`` with offsets; a failed decoding copies what it was given."""
    view = memoryview(data)
    for at in range(start, len(data), _CHUNK):
        yield at, view[at : at + _CHUNK]


def _start(data: bytes, offset: int, high: int) -> int:
    if high > len(data) - _PIECE:
        return len(data) - _PIECE if high < len(data) else min(offset, len(data) - _PIECE)
    near = max(offset, high - _PIECE)
    last = None
    for last in _BOUNDARY.finditer(data, near, high):  # noqa: B007 - the last match is meant
        pass
    return last.end() if last else high


def _piece(data: bytes, start: int) -> Piece:
    aligned = start // 4 * 4
    end = start + _PIECE
    return Piece(data[start:end], data[aligned : aligned + _PIECE], ends=end >= len(data))
