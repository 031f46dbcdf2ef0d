"""The first hundred bytes of a library: what they must be is known, so that they can be mended."""

from __future__ import annotations

from meipi.library.schema import APPLICATION_ID, SCHEMA

_MAGIC = b"SQLite format 3\0"
_PAGE = 4096
_BIG = 1 << 16


def mended_header(header: bytes, size: int) -> bytes:
    """Return ``header`` with what a library of ``size`` bytes must say there.

    Nothing is changed in a header that says it.
    """
    data = bytearray(header.ljust(100, b"\0"))
    data[0:16] = _MAGIC
    data[16:18] = _PAGE.to_bytes(2, "big")
    data[20:24] = bytes((0, 64, 32, 32))
    if data[18] not in (1, 2) or data[19] not in (1, 2):
        data[18:20] = b"\2\2"
    if _number(data, 44) not in (1, 2, 3, 4):
        data[44:48] = (4).to_bytes(4, "big")
    data[52:56] = bytes(4)  # no auto-vacuum
    data[56:60] = (1).to_bytes(4, "big")  # UTF-8
    data[64:68] = bytes(4)
    data[68:72] = APPLICATION_ID.to_bytes(4, "big")
    data[72:92] = bytes(20)
    if not 0 < _number(data, 60) <= SCHEMA:
        data[60:64] = SCHEMA.to_bytes(4, "big")
    # The size in pages counts only where both counters of changes agree.
    data[28:32] = (size // _PAGE).to_bytes(4, "big")
    data[92:96] = data[24:28]
    return bytes(data[:100])


def _number(data: bytearray, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")
