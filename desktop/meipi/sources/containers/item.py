"""What containers are made of: documents in a stream, and portions that are read by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from meipi.core.errors import ErrorCode, FileError, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from meipi.core.errors import MeipiError

LARGEST = 64 << 20
"""Bytes of the largest document that is read out of a container."""
_EMPTY = Phrase("其中没有文字", "it has no text")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Item:
    """A document in a container, or why there is none.

    ``name`` is what the container calls it (an entry, a line, an address), ``file`` a file name
    that tells its format, ``key`` the identity it came with.
    """

    name: str
    data: bytes = b""
    file: str = "document.txt"
    encoding: str | None = None
    key: str | None = None
    error: MeipiError | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a document of a table stands."""

    text: str = "text"
    key: str = "id"


@dataclass(frozen=True, slots=True)
class Portion:
    """What is read in one go: from ``start`` to ``end``, in whatever its container counts.

    ``weight`` says about how many documents it holds.
    """

    path: str
    container: str
    start: int = 0
    end: int | None = None
    weight: int = 1


class Divide(Protocol):
    """Divides a file into portions of about so many documents. Raises ``MeipiError``."""

    def __call__(self, path: Path, *, columns: Columns, documents: int) -> Iterator[Portion]:
        """Yield portions that are the whole file."""


class Read(Protocol):
    """Reads a portion; what is wrong with a document stands in its place."""

    def __call__(self, path: Path, portion: Portion, *, columns: Columns) -> Iterator[Item]:
        """Yield the documents. Raises ``MeipiError`` where nothing more can be read."""


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of file that holds documents: its name, its suffixes and how it is read."""

    name: str
    suffixes: tuple[str, ...]
    divide: Divide
    read: Read


def of_text(name: str, text: object, *, key: object = None) -> Item:
    """Return the document whose text a table holds; half characters become U+FFFD.

    >>> made = of_text("3", "天津", key=7)
    >>> made.data.decode(), made.key
    ('天津', '7')
    """
    known = None if key is None else str(key)
    if not isinstance(text, str) or not text.strip("\ufeff\0 \t\r\n\f\v\u00a0\u3000"):
        return Item(name, key=known, error=unreadable(name, _EMPTY))
    data = _SURROGATE.sub("\ufffd", text).encode()
    if len(data) > LARGEST:
        return Item(name, key=known, error=too_large(name))
    return Item(name, data, encoding="utf-8", key=known)


def unreadable(name: object, reason: Phrase | str) -> FileError:
    """Return the error of what cannot be read for ``reason``."""
    return FileError(ErrorCode.FILE_UNREADABLE, path=str(name), reason=reason)


def too_large(name: object) -> FileError:
    """Return the error of a document beyond `LARGEST`."""
    return FileError(ErrorCode.FILE_TOO_LARGE, path=str(name), limit=f"{LARGEST >> 20} MB")
