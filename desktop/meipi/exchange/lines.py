"""Reading files line by line within bounds, whatever they claim to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

MAX_LINE = 1 << 29
"""Bytes of one line: a document of a hundred million characters with all on it still fits."""

MAX_FILE = 1 << 29
"""Bytes of a file that is parsed whole (W3C, CSV)."""

_CHUNK = 1 << 20


class Lines(Protocol):
    """Anything that is read line by line."""

    def readline(self, size: int, /) -> bytes:
        """Return the next line, or ``size`` bytes of it."""


def read_lines(stream: Lines, *, limit: int = MAX_LINE) -> Iterator[tuple[int, str]]:
    """Yield numbered lines without their line feed; refuse what is no UTF-8 text of bounded lines.

    NUL is noticed a megabyte at a time, so that a sparse file costs nothing.
    """
    number = 0
    while True:
        number += 1
        try:
            line = _read_line(stream, limit)
        except Refused as refused:
            raise refused.at(number) from None
        if line is None:
            return
        yield number, line


def _read_line(stream: Lines, limit: int) -> str | None:
    parts: list[bytes] = []
    size = 0
    while part := stream.readline(min(_CHUNK, limit + 1 - size)):
        if b"\0" in part:
            raise Refused("binary")
        parts.append(part)
        size += len(part)
        if part.endswith(b"\n"):
            break
        if size > limit:
            raise Refused("too_large", limit=f"{limit:,} bytes")
    if not parts:
        return None
    line = _decoded(b"".join(parts))
    if not line.endswith("\n"):
        raise Refused("truncated")
    return line[:-1]


def read_all(stream: BinaryIO, *, limit: int = MAX_FILE) -> str:
    """Return the whole text of a file; refuse what is no UTF-8 text or too large. A BOM goes."""
    parts: list[bytes] = []
    size = 0
    while part := stream.read(_CHUNK):
        if b"\0" in part:
            raise Refused("binary")
        parts.append(part)
        size += len(part)
        if size > limit:
            raise Refused("too_large", limit=f"{limit:,} bytes")
    return _decoded(b"".join(parts)).removeprefix("\ufeff")


def without_nul(text: str) -> str:
    r"""Replace NUL, by which every other program knows a binary file.

    >>> without_nul("a\0b") == "a\ufffdb"
    True
    """
    return text.replace("\0", "\ufffd")


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Refused("not_utf8") from None
