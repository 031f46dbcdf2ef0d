"""WARC: what a crawler kept of the web; its pages and texts are documents, all else is not."""

from __future__ import annotations

import io
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from meipi.core.errors import MeipiError, Phrase
from meipi.core.extras import need
from meipi.core.reasons import reason_of
from meipi.sources.containers.item import (
    LARGEST,
    Columns,
    Container,
    Item,
    Portion,
    too_large,
    unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXTRA = "batch"
_FILES = {
    "text/html": "page.html",
    "application/xhtml+xml": "page.html",
    "text/plain": "page.txt",
}
_KINDS = frozenset({"response", "resource", "conversion"})
_FOUND = "200"
_WHOLE = Phrase(
    "整个文件压成了一块；请先用 warcio recompress 逐条压缩",
    "it is packed as one piece; pack it record by record with `warcio recompress` first",
)


_CUT = Phrase("记录残缺或长度不符", "a record is cut off, or not as long as it says")


class _Slice(io.RawIOBase):
    """A file's bytes up to an end, as if it ended there."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        super().__init__()
        self._file, self._left = file, left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(min(len(buffer), self._left))
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


def divide(path: Path, *, columns: Columns, documents: int) -> Iterator[Portion]:
    """Yield ranges of bytes that begin with a record; goes once through the file to find them.

    Where the file is damaged the last range reaches from there to its end.
    """
    del columns
    need("warcio", EXTRA)
    start = count = 0
    try:
        for offset, _ in _records(path, 0, None):
            if count == documents:
                yield Portion(str(path), WARC.name, start, offset, count)
                start, count = offset, 0
            count += 1
    except MeipiError:
        count = max(count, 1)
    except _broken():
        count = max(count, 1)
    if count:
        yield Portion(str(path), WARC.name, start, None, count)


def read(path: Path, portion: Portion, *, columns: Columns) -> Iterator[Item]:
    """Yield the pages and texts of a range, named by their address."""
    del columns
    try:
        for _, record in _records(path, portion.start, portion.end):
            item = _item(record)
            if item is not None:
                yield item
    except MeipiError:
        raise
    except _broken() as error:
        whole = "non-chunked gzip" in str(error)
        reason = _WHOLE if whole else one_reason(error)
        raise unreadable(path, reason) from error


def one_reason(error: Exception) -> str:
    """Return what is wrong on one line."""
    return " ".join(str(error).split())[:200] or type(error).__name__


def _records(path: Path, start: int, end: int | None) -> Iterator[tuple[int, Any]]:
    """Yield each record with where the one before it ends."""
    iterator = need("warcio.archiveiterator", EXTRA)
    with _opened(path) as file:
        left = file.seek(0, 2) - start if end is None else end - start
        file.seek(start)
        records = iterator.ArchiveIterator(io.BufferedReader(_Slice(file, left)))
        reached = 0
        for record in records:
            yield start + reached, record
            records.read_to_end()
            reached = records.offset
            if records.err_count or getattr(record.raw_stream, "limit", 0) > 0:
                raise unreadable(path, _CUT)
        if reached < left:
            raise unreadable(path, _CUT)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise unreadable(path, reason_of(error)) from error
    with file:
        yield file


def _item(record: Any) -> Item | None:
    """Return the document that a record holds, if it is one."""
    if record.rec_type not in _KINDS:
        return None
    http = record.http_headers
    if http is not None and http.get_statuscode() != _FOUND:
        return None
    headers = http if http is not None else record.rec_headers
    file = _FILES.get((headers.get_header("Content-Type") or "").split(";")[0].strip().lower())
    if file is None:
        return None
    name = record.rec_headers.get_header("WARC-Target-URI") or "?"
    key = record.rec_headers.get_header("WARC-Record-ID")
    try:
        data = _content(record)
    except (zlib.error, OSError, ValueError, EOFError) as error:
        return Item(name, key=key, error=unreadable(name, one_reason(error)))
    if len(data) > LARGEST:
        return Item(name, key=key, error=too_large(name))
    return Item(name, data, file=file, key=key)


def _content(record: Any) -> bytes:
    """Return what the server sent, unpacked, a byte more than is read at most."""
    stream, parts, left = record.content_stream(), [], LARGEST + 1
    while left > 0 and (part := stream.read(min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _broken() -> tuple[type[Exception], ...]:
    """Return what a damaged file may raise."""
    exceptions = need("warcio.exceptions", EXTRA)
    return (exceptions.ArchiveLoadFailed, zlib.error, OSError, ValueError, EOFError, KeyError)


_SUFFIXES = tuple(f"{name}{gz}" for name in (".warc", ".wet") for gz in ("", ".gz"))
WARC = Container("warc", _SUFFIXES, divide, read)
