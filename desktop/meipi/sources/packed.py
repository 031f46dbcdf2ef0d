"""Archives that are documents (DOCX, ODT, EPUB), opened within bounds whoever made them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, FileError, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 256 << 20
"""Of all files in an archive, unpacked."""
_MOST_FILES = 20_000
_BOMB, _SMALL = 200, 16 << 20
"""How many times larger than packed a file above `_SMALL` bytes may be."""

_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, OverflowError, UnicodeError, ValueError, IndexError),
)
_NO_ARCHIVE = Phrase("压缩包已损坏", "its archive is damaged")
_TOO_MUCH = Phrase("解压后过大", "it is too large once unpacked")
LOCKED = Phrase("设有密码", "it is locked with a password")


class Packed:
    """The files of a packed document, by name. Raises ``FileError`` for what it will not open."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise self.refusal(_NO_ARCHIVE) from error
        self._check(infos)
        self._names = {info.filename for info in infos}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes:
        """Return the bytes of a file in the archive."""
        try:
            with self._zip.open(name) as member:
                data = member.read(MOST_BYTES + 1)
        except (KeyError, *_BROKEN) as error:
            raise self.refusal(_NO_ARCHIVE) from error
        if len(data) > MOST_BYTES:
            raise self.refusal(_TOO_MUCH)
        return data

    def refusal(self, reason: Phrase) -> FileError:
        """Return the error that says why the document is not read."""
        return FileError(ErrorCode.FILE_UNREADABLE, path=self._name, reason=reason)

    def _check(self, infos: Iterable[zipfile.ZipInfo]) -> None:
        total = count = 0
        for info in infos:
            count, total = count + 1, total + info.file_size
            bomb = info.file_size > _SMALL and info.file_size > _BOMB * max(1, info.compress_size)
            if bomb or count > _MOST_FILES or total > MOST_BYTES:
                raise self.refusal(_TOO_MUCH)
            if info.flag_bits & 1:
                raise self.refusal(LOCKED)


def begins_with_member(data: bytes, *names: bytes) -> bool:
    """Tell an archive by files it names; reads neither of them."""
    return data[:4] == b"PK\x03\x04" and any(name in data for name in names)
