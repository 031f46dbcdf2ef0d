"""JSON lines: an object a line, whose text is the document."""

from __future__ import annotations

import gzip
import json
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from meipi.core.errors import Phrase
from meipi.core.reasons import reason_of
from meipi.sources.containers.item import (
    LARGEST,
    Columns,
    Container,
    Item,
    Portion,
    of_text,
    too_large,
    unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_A_LINE = 4_096
"""Bytes that a document is taken to have, to divide a file without reading it."""
_BROKEN = (OSError, EOFError, zlib.error)
_NO_OBJECT = Phrase("这一行不是 JSON 对象", "the line is no JSON object")
_NO_TEXT = Phrase("这一行的对象没有正文列", "the object has no text under the column's name")


def divide(path: Path, *, columns: Columns, documents: int) -> Iterator[Portion]:
    """Yield ranges of bytes; a line is of the range that it begins in."""
    del columns
    try:
        size = path.stat().st_size
    except OSError as error:
        raise unreadable(path, reason_of(error)) from error
    if _is_packed(path):
        yield Portion(str(path), JSONL.name, 0, None, max(1, size // _A_LINE))
        return
    step = documents * _A_LINE
    for start in range(0, size, step):
        end = min(size, start + step)
        yield Portion(str(path), JSONL.name, start, end, -(-(end - start) // _A_LINE))


def read(path: Path, portion: Portion, *, columns: Columns) -> Iterator[Item]:
    """Yield the documents of a range, named by where their line begins: ``byte 120``."""
    with _opened(path) as file:
        at = _line_from(file, portion.start)
        try:
            while portion.end is None or at < portion.end:
                line = file.readline(LARGEST + 1)
                if not line:
                    return
                length = len(line) + (_skip(file) if len(line) > LARGEST else 0)
                if line.strip():
                    yield _item(f"byte {at}", line, columns)
                at += length
        except _BROKEN as error:
            raise unreadable(path, str(error)) from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        raw = path.open("rb")
    except OSError as error:
        raise unreadable(path, reason_of(error)) from error
    with raw:
        yield cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if _is_packed(path) else raw


def _line_from(file: IO[bytes], start: int) -> int:
    """Go to the first line that begins at ``start`` or behind it; return where that is."""
    if not start:
        return 0
    file.seek(start - 1)
    return start - 1 + _skip(file)


def _skip(file: IO[bytes]) -> int:
    """Read up to the end of the line; return how far that was."""
    read = 0
    while part := file.readline(1 << 20):
        read += len(part)
        if part.endswith(b"\n"):
            break
    return read


def _item(name: str, line: bytes, columns: Columns) -> Item:
    if len(line) > LARGEST:
        return Item(name, error=too_large(name))
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        return Item(name, error=unreadable(name, _NO_OBJECT))
    text, key = value.get(columns.text), value.get(columns.key)
    if not isinstance(text, str):
        return Item(name, key=_worded(key), error=unreadable(name, _NO_TEXT))
    return of_text(name, text, key=_worded(key))


def _worded(key: object) -> str | None:
    if key is None or isinstance(key, str):
        return None if key is None else key.encode("utf-8", "replace").decode()
    return json.dumps(key, ensure_ascii=True)


def _is_packed(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


JSONL = Container("jsonl", (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"), divide, read)
