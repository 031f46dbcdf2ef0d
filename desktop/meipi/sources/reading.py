"""From bytes to source text, whatever the format; and the refusal of what is no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, FileError, MeipiError
from meipi.encodings.detection import Guess, detect
from meipi.encodings.named import byte_order_mark, resolve
from meipi.sources.binary import has_foreign_magic, is_binary
from meipi.sources.files import read_bytes
from meipi.sources.formats import FORMATS, pick
from meipi.sources.limits import limited

if TYPE_CHECKING:
    from pathlib import Path

    from meipi.core.document import Decoded
    from meipi.sources.formats import SourceFormat

# A decoded mark, NULs and blanks: a text of these alone has nothing to read.
_NOTHING = "\ufeff\0 \t\r\n\f\v\x1a\u00a0\u3000"


def read_file(path: Path) -> bytes:
    """Return the bytes of a text file; FileError for anything else."""
    data = read_bytes(path)
    _refuse_empty(data, name=str(path))
    if not pick(FORMATS, name=path.name, data=data).tells_encoding:
        _refuse_binary(data, name=str(path), guess=detect(data, limit=1)[0])
    return data


def read_source(data: bytes, *, name: str, encoding: str | None = None) -> Decoded:
    """Return the source text of ``data``, in its format by ``name`` and content.

    An ``encoding`` is the reader's choice: what does not fit it becomes U+FFFD and is counted.

    >>> read_source("天津市宝坻区".encode("gb18030"), name="新闻.txt").text
    '天津市宝坻区'
    >>> read_source("協同發展".encode("big5"), name="a.txt", encoding="Big5").encoding
    'big5hkscs'
    """
    format_, guess = _opened(data, name=name, encoding=encoding)
    decoded = _read(format_, data, guess, name=name)
    if decoded.text.strip(_NOTHING):
        return decoded
    if encoding is None:
        raise FileError(ErrorCode.FILE_EMPTY, path=name)
    raise MeipiError(ErrorCode.ENCODING_MISFIT, path=name, encoding=encoding)


def head(data: bytes, *, characters: int = 65536, name: str) -> Decoded:
    """Return the beginning of the source text quickly, for the first paint.

    >>> head("眉批是写在书眉上的批语。".encode(), characters=2, name="a.md").text
    '眉批'
    """
    format_, guess = _opened(data, name=name, encoding=None)
    return format_.head(data, guess=guess, characters=characters)


def _read(format_: SourceFormat, data: bytes, guess: Guess, *, name: str) -> Decoded:
    """Read a document; what a format says against it names the document."""
    if not format_.tells_encoding:
        return format_.read(data, guess=guess)
    try:
        with limited(name):
            return format_.read(data, guess=guess)
    except FileError as error:
        raise FileError(error.code, **{**error.fields, "path": name}) from error


def _opened(data: bytes, *, name: str, encoding: str | None) -> tuple[SourceFormat, Guess]:
    _refuse_empty(data, name=name)
    format_ = pick(FORMATS, name=name, data=data)
    if format_.tells_encoding:
        if encoding is not None:
            raise MeipiError(ErrorCode.ENCODING_TOLD, path=name)
        return format_, format_.guess(data)
    if encoding is not None:
        # Read wrongly on purpose, a text may be full of controls: only a known signature counts.
        if has_foreign_magic(data):
            raise FileError(ErrorCode.FILE_BINARY, path=name)
        return format_, Guess(resolve(encoding), 1.0)
    guess = format_.guess(data)
    _refuse_binary(data, name=name, guess=guess)
    return format_, guess


def _refuse_empty(data: bytes, *, name: str) -> None:
    mark = byte_order_mark(data)
    body = data.strip() if mark is None else data[len(mark.bom) :].strip(b"\0 \t\r\n\f\v")
    if not body:
        raise FileError(ErrorCode.FILE_EMPTY, path=name)


def _refuse_binary(data: bytes, *, name: str, guess: Guess) -> None:
    if is_binary(data, guess):
        raise FileError(ErrorCode.FILE_BINARY, path=name)
