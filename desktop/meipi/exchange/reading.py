"""Opening a file somebody else wrote: every failure names the file and says why."""

from __future__ import annotations

import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, FileError, MeipiError, Phrase
from meipi.core.reasons import reason_of
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from meipi.core.annotated_set import AnnotatedSet
    from meipi.exchange.format import Format

_UNREADABLE: tuple[tuple[type[OSError], ErrorCode], ...] = (
    (FileNotFoundError, ErrorCode.FILE_NOT_FOUND),
    (IsADirectoryError, ErrorCode.FILE_IS_DIRECTORY),
    (PermissionError, ErrorCode.FILE_NOT_PERMITTED),
)

_NOT_REGULAR = Phrase("不是普通文件", "not a regular file")


def read_import(path: Path, chosen: Format) -> AnnotatedSet:
    """Read the set in ``path``; raise `FileError`, or `MeipiError` (``IMPORT_INVALID``)."""
    if chosen.read is None:
        reason = Phrase(f"{chosen.label_zh} 只能导出", f"{chosen.label_en} can only be exported")
        raise MeipiError(ErrorCode.IMPORT_INVALID, path=path, reason=reason)
    with opened(path) as stream:
        try:
            return chosen.read(stream)
        except Refused as refused:
            raise MeipiError(
                ErrorCode.IMPORT_INVALID, path=path, reason=refused.phrase
            ) from refused


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open ``path`` for reading; word why it cannot be."""
    try:
        # A pipe or a device would keep the caller waiting or never end.
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise FileError(ErrorCode.FILE_UNREADABLE, path=path, reason=_NOT_REGULAR)
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        for kind, code in _UNREADABLE:
            if isinstance(error, kind):
                raise FileError(code, path=path) from error
        raise FileError(ErrorCode.FILE_UNREADABLE, path=path, reason=reason_of(error)) from error
    except ValueError as error:  # a NUL in the path itself
        if isinstance(error, Refused):
            raise
        raise FileError(ErrorCode.FILE_NOT_FOUND, path=path) from error
