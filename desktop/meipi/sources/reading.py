"""From bytes to source text, whatever the format; and the refusal of what is no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, FileError
from meipi.sources.binary import has_foreign_magic, is_binary
from meipi.sources.detection import detect
from meipi.sources.encodings import resolve
from meipi.sources.files import read_bytes
from meipi.sources.formats import FORMATS, pick

if TYPE_CHECKING:
    from pathlib import Path

    from meipi.core.document import Decoded


def read_file(path: Path) -> bytes:
    """Return the bytes of a text file; FileError for anything else."""
    data = read_bytes(path)
    _check(data, name=str(path))
    return data


def read_source(data: bytes, *, name: str, encoding: str | None = None) -> Decoded:
    """Return the source text of ``data``, in its format by ``name`` and content.

    An ``encoding`` is the reader's choice: what does not fit it becomes U+FFFD and is counted.

    >>> read_source("天津市宝坻区".encode("gb18030"), name="新闻.txt").text
    '天津市宝坻区'
    >>> read_source("協同發展".encode("big5"), name="a.txt", encoding="Big5").encoding
    'big5hkscs'
    """
    chosen = None if encoding is None else resolve(encoding)
    _check(data, name=name, encoding=chosen)
    decoded = pick(FORMATS, name=name, data=data).read(data, encoding=chosen)
    if not decoded.text.strip("\ufeff\0 \t\r\n\f\v\u3000"):
        raise FileError(ErrorCode.FILE_EMPTY, path=name)
    return decoded


def head(data: bytes, *, characters: int = 65536, name: str) -> Decoded:
    """Return the beginning of the source text quickly, for the first paint.

    >>> head("眉批是写在书眉上的批语。".encode(), characters=2, name="a.md").text
    '眉批'
    """
    _check(data, name=name)
    return pick(FORMATS, name=name, data=data).head(data, characters=characters)


def _check(data: bytes, *, name: str, encoding: str | None = None) -> None:
    if not data.strip():
        raise FileError(ErrorCode.FILE_EMPTY, path=name)
    if has_foreign_magic(data) or is_binary(data, encoding or detect(data, limit=1)[0].encoding):
        raise FileError(ErrorCode.FILE_BINARY, path=name)
