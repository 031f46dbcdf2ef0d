"""The first hundred bytes of a library: what they must be is known, so that they can be mended."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from meipi.library.schema import APPLICATION_ID, SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_PAGE = 4096


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


def transplant_schema(donor: Path, copy: Path) -> None:
    """Put the pages that say where tables are into a copy of a damaged library, from another."""
    with donor.open("rb") as source, copy.open("r+b") as target:
        for page in _schema_pages(donor):
            at = (page - 1) * _PAGE + (_HEADER if page == 1 else 0)
            source.seek(at)
            target.seek(at)
            target.write(source.read(page * _PAGE - at))


def _schema_pages(path: Path) -> list[int]:
    """Return the pages of the table of tables; of a SQLite that does not tell, the first."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            rows = connection.execute("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")
            return [1, *(row[0] for row in rows if row[0] != 1)]
        except sqlite3.Error:
            return [1]


def _number(data: bytearray, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")
