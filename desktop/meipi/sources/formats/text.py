"""Plain text: the decoded characters exactly as they are."""

from __future__ import annotations

from meipi.core.document import Decoded
from meipi.sources.detection import detect
from meipi.sources.encodings import decode, decode_beginning, without_mark
from meipi.sources.formats.registry import SourceFormat

_LONGEST = 4  # bytes a character takes in any encoding here


def read(data: bytes, *, encoding: str | None, format_name: str = "text") -> Decoded:
    """Decode ``data`` in ``encoding``, or in the one that fits best."""
    name, confidence = (encoding, 1.0) if encoding else _detected(data)
    body = without_mark(data, name)
    text, replaced = decode(body, name)
    return Decoded(
        text=text,
        encoding=name,
        confidence=confidence,
        bom=len(body) < len(data),
        format=format_name,
        replaced=replaced,
    )


def head(data: bytes, *, characters: int, format_name: str = "text") -> Decoded:
    """Decode the first ``characters`` characters."""
    name, confidence = _detected(data)
    body = without_mark(data[: characters * _LONGEST], name)
    text, replaced = decode_beginning(body, name)
    return Decoded(
        text=text[:characters],
        encoding=name,
        confidence=confidence,
        bom=data[: len(data) - len(without_mark(data, name))] != b"",
        format=format_name,
        replaced=replaced,
    )


def _detected(data: bytes) -> tuple[str, float]:
    best = detect(data, limit=1)[0]
    return best.encoding, best.confidence


TEXT = SourceFormat("text", "纯文本", "Plain text", (".txt", ".text"), read, head)
