"""Turns what SQLite reports into the errors Meipi can explain."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, LibraryError, Phrase
from meipi.core.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PRIMARY = 0xFF
"""Extended result codes carry the primary one in their low byte."""

_ROOM = 256 * 1024
"""Bytes below which a failed write means a full disk: SQLite calls some of these an I/O error."""

_CODES: dict[int, ErrorCode] = {
    sqlite3.SQLITE_FULL: ErrorCode.DISK_FULL,
    sqlite3.SQLITE_NOTADB: ErrorCode.LIBRARY_NOT_SQLITE,
    sqlite3.SQLITE_CORRUPT: ErrorCode.LIBRARY_DAMAGED,
    sqlite3.SQLITE_FORMAT: ErrorCode.LIBRARY_DAMAGED,
    sqlite3.SQLITE_BUSY: ErrorCode.LIBRARY_LOCKED,
    sqlite3.SQLITE_LOCKED: ErrorCode.LIBRARY_LOCKED,
}

CLOSED = Phrase("已经关闭", "it was closed")
FOLDER = Phrase("这是文件夹", "it is a folder")
PAGES = Phrase("文件内部结构不完整", "its pages do not fit together")
OTHER_BYTES = Phrase("有文档的原始字节已变", "the bytes of a document have changed")
UNPACKABLE = Phrase("有文档无法解开", "a document cannot be unpacked")
NOT_REGULAR = Phrase("不是普通文件", "it is not a regular file")
READ_ONLY = Phrase("文件或所在文件夹只读", "it or its folder is read-only")

_REASONS: dict[int, Phrase] = {
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: Phrase("没有权限", "access is not permitted"),
    sqlite3.SQLITE_CANTOPEN: Phrase("文件打不开", "the file cannot be opened"),
    sqlite3.SQLITE_CORRUPT: PAGES,
    sqlite3.SQLITE_FORMAT: PAGES,
    sqlite3.SQLITE_IOERR: Phrase("读写磁盘出错", "reading or writing the disk failed"),
}


class Damage(ValueError):  # noqa: N818 - a finding, not a mistake
    """A row holds what Meipi never wrote. Leaves this package as a ``LibraryError``."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.en)
        self.reason = reason


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise what goes wrong inside as a ``LibraryError`` about ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error
    except UnicodeDecodeError as error:  # SQLite's own words quote what it read
        raise LibraryError(ErrorCode.LIBRARY_DAMAGED, path=path, reason=PAGES) from error
    except Damage as error:
        raise LibraryError(ErrorCode.LIBRARY_DAMAGED, path=path, reason=error.reason) from error


def explain(error: sqlite3.Error, path: Path) -> LibraryError:
    """Return ``error`` in the words Meipi has for it."""
    primary = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
    if primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and _disk_is_full(path):
        primary = sqlite3.SQLITE_FULL
    code = _CODES.get(primary, ErrorCode.LIBRARY_UNUSABLE)
    return LibraryError(code, path=path, reason=_REASONS.get(primary, str(error)))


def unusable(path: Path, reason: Phrase | OSError) -> LibraryError:
    """Return the error for a library that cannot be used because of ``reason``."""
    words = reason_of(reason) if isinstance(reason, OSError) else reason
    return LibraryError(ErrorCode.LIBRARY_UNUSABLE, path=path, reason=words)


def _disk_is_full(path: Path) -> bool:
    import shutil

    try:
        return shutil.disk_usage(path.parent).free < _ROOM
    except OSError:
        return False
