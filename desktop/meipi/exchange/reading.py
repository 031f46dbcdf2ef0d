"""Opening a file somebody else wrote: every failure names the file and says why."""

from __future__ import annotations

import stat
from contextlib import contextmanager
from itertools import islice
from tempfile import TemporaryFile
from typing import TYPE_CHECKING
from zipfile import ZipFile

from meipi.core.errors import ErrorCode, FileError, MeipiError, Phrase
from meipi.core.reasons import reason_of
from meipi.exchange.progress import Telling, watched_stream
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from meipi.core.annotated_set import AnnotatedSet
    from meipi.exchange.format import Format
    from meipi.exchange.progress import Watch

_UNREADABLE: tuple[tuple[type[OSError], ErrorCode], ...] = (
    (FileNotFoundError, ErrorCode.FILE_NOT_FOUND),
    (IsADirectoryError, ErrorCode.FILE_IS_DIRECTORY),
    (PermissionError, ErrorCode.FILE_NOT_PERMITTED),
)

_MOST_FILES = 100_000
_NOT_REGULAR = Phrase("不是普通文件", "not a regular file")


def read_import(path: Path, chosen: Format, watch: Watch | None = None) -> AnnotatedSet:
    """Read the set in ``path``; raise `FileError`, or `MeipiError` (``IMPORT_INVALID``).

    What ``watch`` raises, which is told how far the file is read, stops the reading.
    """
    if chosen.read is None:
        reason = Phrase(f"{chosen.label_zh} 只能导出", f"{chosen.label_en} can only be exported")
        raise MeipiError(ErrorCode.IMPORT_INVALID, path=path, reason=reason)
    with opened(path, chosen) as stream:
        try:
            return chosen.read(watched_stream(stream, Telling(watch)))
        except Refused as refused:
            raise MeipiError(
                ErrorCode.IMPORT_INVALID, path=path, reason=refused.phrase
            ) from refused


def names_in_folder(path: Path) -> tuple[str, ...]:
    """Return the files of a folder, as an archive of it would name them; of a file, nothing."""
    try:
        if not path.is_dir():
            return ()
    except OSError:  # such as a name too long: opening it says so
        return ()
    found = (one for one in islice(path.rglob("*"), _MOST_FILES))
    return tuple(
        one.relative_to(path).as_posix() for one in found if one.is_file() and not one.is_symlink()
    )


@contextmanager
def opened(path: Path, known: Format | None = None) -> Iterator[BinaryIO]:
    """Open ``path`` for reading; word why it cannot be.

    A folder whose files are those of an archive in a ``known`` format is read as one.
    """
    names = names_in_folder(path) if known is not None else ()
    if known is not None and known.recognises_names(names):
        with _packed(path, names) as stream:
            yield stream
        return
    with _opened_file(path) as stream:
        yield stream


@contextmanager
def _packed(path: Path, names: tuple[str, ...]) -> Iterator[BinaryIO]:
    """Pack the files of a folder; beyond its bounds `Archive` refuses them unread."""
    with TemporaryFile() as file:
        with ZipFile(file, "w") as archive:
            for name in sorted(names):
                try:
                    archive.write(path / name, name)
                except (OSError, ValueError) as error:
                    reason = reason_of(error) if isinstance(error, OSError) else error
                    code = ErrorCode.FILE_UNREADABLE
                    raise FileError(code, path=path / name, reason=reason) from error
        file.seek(0)
        yield file


@contextmanager
def _opened_file(path: Path) -> Iterator[BinaryIO]:
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
