"""Tell text from what is none: programs, archives, pictures, office files under a wrong name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.encodings.characters import NONE, class_of
from meipi.encodings.likelihood import improbability

if TYPE_CHECKING:
    from meipi.encodings.detection import Guess

_MAGIC = re.compile(
    rb"\x7fELF|PK\x03\x04|PK\x05\x06|%PDF-\d|\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|\x1f\x8b\x08"
    rb"|BZh\d1AY&SY|\xfd7zXZ\x00|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    rb"|SQLite format 3\x00|RIFF.{4}(?:WAVE|AVI |WEBP)|ID3[\x02-\x04]|OggS\x00|fLaC\x00"
    rb"|.{4}ftyp[a-z]|\x00asm|\xca\xfe\xba\xbe|\x28\xb5\x2f\xfd|II\*\x00|MM\x00\*|wOF[F2]"
    rb"|\x00\x01\x00\x00\x00|MZ[^\n]{0,60}\x00\x00\x00",
    re.DOTALL,
)
# A text may hold tab, line feed, vertical tab, form feed, return, Ctrl-Z and escape.
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B}) + b"\x7f"
_LOOKED_AT = 1 << 16
# A stray NUL from a broken transfer leaves a text readable; one in two hundred does not.
_TOLERATED = 0.005
# Of pairs of random bytes, 15 in 100 are no character, private or half a surrogate.
_STRANGE = 0.08
# So many halves of a pair, left by a cut in the wrong place, leave the shortest text readable.
_STRAYS = 4
_WEIGHED = 2000
# Nats a character: prose has 6 to 9, hanzi drawn at random 11, pairs of random bytes 18.
_GIBBERISH = 14.0


def has_foreign_magic(data: bytes) -> bool:
    """Tell whether ``data`` begins as a well-known file format that is not text."""
    return _MAGIC.match(data) is not None


def control_share(data: bytes) -> float:
    """Return the share of control bytes at the beginning, in the middle and at the end."""
    sample = _sample(data)
    return (len(sample) - len(sample.translate(None, _CONTROLS))) / max(1, len(sample))


def is_binary(data: bytes, guess: Guess) -> bool:
    """Tell whether ``data``, best read as ``guess`` says, is no text at all."""
    if has_foreign_magic(data):
        return True
    if not guess.encoding.startswith(("utf-16", "utf-32")):
        return control_share(data) > _TOLERATED
    text = _sample(data).decode(guess.encoding, "replace").removeprefix("\ufeff")
    strange = sum(class_of(character) == NONE for character in text)
    if strange > max(_STRAYS, len(text) * _STRANGE):
        return True
    # A mark or the reader said that it is text. Otherwise it has to look like one.
    return guess.confidence < 1 and improbability(text[:_WEIGHED]) > _GIBBERISH


def _sample(data: bytes) -> bytes:
    if len(data) <= 3 * _LOOKED_AT:
        return data
    middle = len(data) // 8 * 4  # whole UTF-32 units
    tail = len(data) // 4 * 4 - _LOOKED_AT
    return data[:_LOOKED_AT] + data[middle : middle + _LOOKED_AT] + data[tail : tail + _LOOKED_AT]
