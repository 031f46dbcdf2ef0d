"""Zip archives: every document in them, unpacked in memory and no further than a bound."""

from __future__ import annotations

import zipfile
import zlib
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from meipi.core.errors import MeipiError, Phrase
from meipi.core.reasons import reason_of
from meipi.encodings.detection import detect
from meipi.sources.containers.item import (
    LARGEST,
    Columns,
    Container,
    Item,
    Portion,
    too_large,
    unreadable,
)
from meipi.sources.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zipfile import ZipFile, ZipInfo

_UTF8, _ENCRYPTED = 0x800, 0x1
_BOMB = 1_000
"""So many times what it takes packed no text takes unpacked; deflate's own bound is 1,032."""
_SMALL = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_IS_BOMB = Phrase(
    "解压后膨胀上千倍，疑为压缩炸弹", "it grows a thousandfold when unpacked, as bombs do"
)
_LOCKED = Phrase("它有密码", "it has a password")
_OUTSIDE = Phrase("它的路径指向压缩包之外", "its name leads out of the archive")
_DAMAGED = Phrase("压缩包已损坏", "the archive is damaged")


def divide(path: Path, *, columns: Columns, documents: int) -> Iterator[Portion]:
    """Yield ranges of the documents in the archive, by their number."""
    del columns
    with _opened(path) as archive:
        count = sum(1 for _ in _documents(archive))
    for start in range(0, count, documents):
        end = min(count, start + documents)
        yield Portion(str(path), ZIP.name, start, end, end - start)


def read(path: Path, portion: Portion, *, columns: Columns) -> Iterator[Item]:
    """Yield the documents of a range."""
    del columns
    with _opened(path) as archive:
        for number, (name, info) in enumerate(_documents(archive)):
            if portion.start <= number and (portion.end is None or number < portion.end):
                yield _item(archive, name, info)


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        reason = reason_of(error) if isinstance(error, OSError) else _DAMAGED
        raise unreadable(path, reason) from error
    with archive:
        yield archive


def _documents(archive: ZipFile) -> Iterator[tuple[str, ZipInfo]]:
    known = {suffix.lower() for format_ in FORMATS for suffix in format_.suffixes}
    for info in archive.infolist():
        name = _name(info)
        parts = PurePosixPath(name).parts
        hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
        if not info.is_dir() and not hidden and PurePosixPath(name).suffix.lower() in known:
            yield name, info


def _name(info: ZipInfo) -> str:
    r"""Return the name as it was meant: old programs write it in the system's own encoding.

    >>> _name(zipfile.ZipInfo("新闻/甲.txt".encode("gbk").decode("cp437")))
    '新闻/甲.txt'
    """
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    return raw.decode(detect(raw, limit=1)[0].encoding, "replace").replace("\\", "/")


def _item(archive: ZipFile, name: str, info: ZipInfo) -> Item:
    try:
        return Item(name, _unpacked(archive, name, info), file=PurePosixPath(name).name)
    except MeipiError as error:
        return Item(name, error=error)
    except (*_BROKEN, RuntimeError) as error:
        return Item(name, error=unreadable(name, f"{type(error).__name__}: {error}"))


def _unpacked(archive: ZipFile, name: str, info: ZipInfo) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise unreadable(name, _LOCKED)
    if ".." in PurePosixPath(name).parts or name.startswith("/"):
        raise unreadable(name, _OUTSIDE)
    if info.file_size > _SMALL and info.file_size > _BOMB * max(1, info.compress_size):
        raise unreadable(name, _IS_BOMB)
    if info.file_size > LARGEST:
        raise too_large(name)
    with archive.open(info) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise too_large(name)
    return data


ZIP = Container("zip", (".zip",), divide, read)
