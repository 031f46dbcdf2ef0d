"""Plain text: the decoded characters exactly as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.document import Decoded
from meipi.encodings import decode, detect
from meipi.encodings.mixed import decode_whole
from meipi.encodings.named import without_mark
from meipi.sources.formats.registry import SourceFormat

if TYPE_CHECKING:
    from meipi.encodings.detection import Guess

_LONGEST = 4  # bytes a character takes in any encoding here


def guess_encoding(data: bytes) -> Guess:
    """Return the likeliest encoding."""
    return detect(data, limit=1)[0]


def read(data: bytes, *, guess: Guess, format_name: str = "text") -> Decoded:
    """Decode all of ``data``."""
    decoded = decode(data, encoding=guess.encoding)
    return replace(decoded, confidence=guess.confidence, format=format_name)


def head(data: bytes, *, guess: Guess, characters: int, format_name: str = "text") -> Decoded:
    """Decode the first ``characters`` characters; ``replaced`` counts in what was looked at."""
    start = data[: _LONGEST * (characters + 1)]
    body = without_mark(start, guess.encoding)
    text, replaced = decode_whole(body, guess.encoding, whole=len(start) == len(data))
    return Decoded(
        text=text[:characters],
        encoding=guess.encoding,
        confidence=guess.confidence,
        bom=len(body) < len(start),
        format=format_name,
        replaced=replaced,
    )


TEXT = SourceFormat("text", "纯文本", "Plain text", (".txt", ".text"), guess_encoding, read, head)
