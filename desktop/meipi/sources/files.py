"""Read a file's bytes, or say in one error why that is not possible."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, FileError, Phrase
from meipi.core.reasons import reason_of

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 512 << 20
"""The largest file that is read, in bytes."""

_ERRORS: dict[type[OSError], ErrorCode] = {
    FileNotFoundError: ErrorCode.FILE_NOT_FOUND,
    NotADirectoryError: ErrorCode.FILE_NOT_FOUND,
    IsADirectoryError: ErrorCode.FILE_IS_DIRECTORY,
    PermissionError: ErrorCode.FILE_NOT_PERMITTED,
}
_DEVICE = Phrase("这是设备文件", "it is a device")
_SPECIAL = (
    (stat.S_ISFIFO, Phrase("这是命名管道", "it is a named pipe")),
    (stat.S_ISSOCK, Phrase("这是套接字", "it is a socket")),
    (stat.S_ISCHR, _DEVICE),
    (stat.S_ISBLK, _DEVICE),
)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of the regular file at ``path``."""
    try:
        # A pipe without a writer would block open(); so would a terminal become ours.
        descriptor = os.open(path, os.O_RDONLY | _flag("O_NONBLOCK", "O_NOCTTY", "O_BINARY"))
        with os.fdopen(descriptor, "rb") as file:
            _check(path, os.fstat(descriptor))
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise _explained(path, error) from error
    except ValueError as error:  # a NUL in the path
        raise FileError(ErrorCode.FILE_NOT_FOUND, path=path) from error
    if len(data) > LIMIT:
        raise _too_large(path)
    return data


def _check(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise FileError(ErrorCode.FILE_IS_DIRECTORY, path=path)
    for is_kind, reason in _SPECIAL:
        if is_kind(status.st_mode):
            raise FileError(ErrorCode.FILE_UNREADABLE, path=path, reason=reason)
    if status.st_size > LIMIT:
        raise _too_large(path)


def _too_large(path: Path) -> FileError:
    return FileError(ErrorCode.FILE_TOO_LARGE, path=path, limit=f"{LIMIT >> 20} MB")


def _explained(path: Path, error: OSError) -> FileError:
    code = _ERRORS.get(type(error))
    if code is not None:
        return FileError(code, path=path)
    return FileError(ErrorCode.FILE_UNREADABLE, path=path, reason=reason_of(error))


def _flag(*names: str) -> int:
    flags = 0
    for name in names:
        flags |= getattr(os, name, 0)
    return flags
