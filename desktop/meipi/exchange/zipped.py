"""Zip archives within bounds: what they claim and what they hold, whoever made them."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from meipi.exchange.records import parse_json
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO, BinaryIO

    from meipi.exchange.flat import FlatDocument

MAX_MEMBER = 1 << 28
"""Bytes of one file in an archive."""

MAX_TOTAL = 1 << 30
"""Bytes of all files in an archive."""

_MAX_COUNT = 100_000
_MAX_NAMES = 1 << 24
_BOMB = 200
"""How many times larger than packed a file of more than `_SMALL` bytes may be."""
_SMALL = 1 << 26
_CHUNK = 1 << 20
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The same set makes the same archive."""

_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    UnicodeError,
    OSError,
    ValueError,
    IndexError,
)

SIDE = "meipi.json"
"""What Meipi knows of the documents in an archive and the format does not say."""


class Archive:
    """A zip archive opened for reading; refuses what is broken, too large or reaches outside.

    ``largest`` bounds the bytes of one file; above `MAX_MEMBER` for those who read piece by piece.
    """

    def __init__(self, stream: BinaryIO, *, largest: int = MAX_MEMBER) -> None:
        self._largest = largest
        try:
            self._zip = zipfile.ZipFile(stream)
            self._infos = self._checked()
        except Refused:
            raise
        except _BROKEN:
            raise Refused("not_zip") from None

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        if len(infos) > _MAX_COUNT or sum(len(one.filename) for one in infos) > _MAX_NAMES:
            raise Refused("too_large", limit=f"{_MAX_COUNT:,} files")
        if sum(one.file_size for one in infos) > MAX_TOTAL:
            raise Refused("too_large", limit=f"{MAX_TOTAL:,} bytes")
        for one in infos:
            _check_member(one, self._largest)
        return {one.filename: one for one in infos if not one.is_dir()}

    @property
    def names(self) -> list[str]:
        """The names of the files in it."""
        return list(self._infos)

    def read(self, name: str) -> bytes:
        """Return the bytes of the file called ``name``."""
        with self.open(name) as member:
            return b"".join(iter(lambda: member.read(_CHUNK), b""))

    @contextmanager
    def open(self, name: str) -> Iterator[Member]:
        """Open the file called ``name`` to be read piece by piece."""
        if name not in self._infos:
            raise Refused("missing", where=name)
        info = self._infos[name]
        try:
            stream = self._zip.open(info)
        except _BROKEN:
            raise Refused("not_zip") from None
        with stream:
            yield Member(stream, info.file_size)

    def text(self, name: str, *, bom: bool = False) -> str:
        """Return the file called ``name`` as UTF-8 text; with ``bom`` the BOM is part of it."""
        return decoded(self.read(name), bom=bom)

    @property
    def ours(self) -> bool:
        """Whether Meipi wrote it."""
        return SIDE in self._infos

    def side(self) -> dict[str, dict[str, str]]:
        """Return what Meipi wrote beside the documents, by the name of their file."""
        if not self.ours:
            return {}
        value = parse_json(self.text(SIDE))
        found = value.get("documents") if isinstance(value, dict) else None
        if not isinstance(found, dict):
            raise Refused("not_object", where=SIDE)
        return {
            str(name): {str(k): str(v) for k, v in facts.items()}
            for name, facts in found.items()
            if isinstance(facts, dict)
        }


class Member:
    """A file in an archive: no byte more and none less than it claims."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream = stream
        self._left = size

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes, none at the end."""
        try:
            data = self._stream.read(size)
        except _BROKEN:
            raise Refused("not_zip") from None
        self._left -= len(data)
        if self._left < 0 or (not data and self._left and size):
            raise Refused("truncated")
        return data


def _check_member(info: zipfile.ZipInfo, largest: int) -> None:
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in info.filename[:3]:
        raise Refused("outside_zip", name=info.filename)
    if info.flag_bits & 1:
        raise Refused("encrypted")
    packed = info.file_size > _SMALL and info.file_size > _BOMB * max(info.compress_size, 1)
    if info.file_size > largest or packed:
        raise Refused("too_large", limit=f"{largest:,} bytes")


def decoded(data: bytes, *, bom: bool = False) -> str:
    """Return UTF-8 text (UTF-16 where a BOM says so), without its BOM unless ``bom``."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = data.decode(encoding)
        text.encode()
    except UnicodeError:
        raise Refused("not_utf8") from None
    return text if bom else text.removeprefix("\ufeff")


def zip_names(stream: BinaryIO) -> tuple[str, ...]:
    """Return the names in an archive; nothing where it is none."""
    try:
        return tuple(Archive(stream).names)
    except Refused:
        return ()


def pack(members: Iterable[tuple[str, Iterable[str | bytes]]]) -> Iterator[bytes]:
    """Yield an archive of ``members``, made on disk and not in memory."""
    with TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, parts in members:
                info = zipfile.ZipInfo(name, _MOMENT)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                with archive.open(info, "w", force_zip64=False) as out:
                    for part in parts:
                        out.write(part.encode() if isinstance(part, str) else part)
        file.seek(0)
        while part := file.read(_CHUNK):
            yield part


class Names:
    """Gives each document of an archive a file name of its own that any system can hold."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, name: str) -> str:
        """Return a stem for the document called ``name``."""
        stem = name.removesuffix(".txt")
        safe = "".join("_" if c in '/\\:*?"<>|' or not c.isprintable() else c for c in stem)
        safe = safe.strip(" .")[:80] or "document"
        made, number = safe, 2
        while made.casefold() in self._taken:
            made, number = f"{safe}-{number}", number + 1
        self._taken.add(made.casefold())
        return made


def side_facts(flat: FlatDocument) -> dict[str, str]:
    """Return what stands beside a document."""
    return {"id": flat.id, "sha256": flat.sha256, "name": flat.name, "title": flat.title}


def side_file(facts: dict[str, dict[str, str]]) -> str:
    """Return the file that stands beside the documents."""
    whole = {"generator": "Meipi", "documents": facts}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
