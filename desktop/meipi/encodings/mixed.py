"""Files whose lines are in two encodings: a log of two programs, a page with a foreign part.

A line that does not fit the file's encoding is read in the one it fits: whole lines of UTF-8 are
proven by their structure, other lines have to be Chinese.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.encodings.likelihood import models
from meipi.encodings.named import DecodedText, decode_as, decode_beginning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Decode = Callable[[bytes, str], DecodedText]

_OTHERS = {
    "utf-8": ("gb18030", "big5hkscs"),
    "gb18030": ("utf-8",),
    "big5hkscs": ("utf-8",),
    "cp950": ("utf-8",),
}
_LONG = re.compile(rb"[\xe1-\xef][\x80-\xbf]{2}")
_SHORT = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")
_HIGH = re.compile(rb"[\x80-\xff]")
_FEW = 4
"""Fewer high bytes than this are stray ones."""
_LIKELY = 9.5
"""Nats a character under which a line is Chinese; drawn at random it has eleven."""
_WEIGHED = 300
_BLOCK = 1 << 16


def decode_whole(data: bytes, encoding: str, *, whole: bool = True) -> DecodedText:
    r"""Decode ``data``, lines in another encoding in theirs; not ``whole``, its end may be cut.

    >>> data = "昨天下雨\n".encode() + "今天放晴".encode("gbk")
    >>> decode_whole(data, "utf-8")
    DecodedText(text='昨天下雨\n今天放晴', replaced=0)
    """
    decode = decode_as if whole else decode_beginning
    found = decode(data, encoding)
    if not found.replaced or encoding not in _OTHERS or b"\n" not in data:
        return found
    lines = list(_lines(data, encoding, whole=whole))
    return DecodedText("".join(line.text for line in lines), sum(line.replaced for line in lines))


def _lines(data: bytes, encoding: str, *, whole: bool) -> Iterator[DecodedText]:
    """Yield the decoded lines, those of a block that fits at once."""
    for block in _cut(data, _BLOCK):
        decode = decode_as if whole or not data.endswith(block) else decode_beginning
        found = decode(block, encoding)
        if found.replaced:
            yield from (_line(line, encoding, decode) for line in _cut(block, 1))
        else:
            yield found


def _cut(data: bytes, size: int) -> Iterator[bytes]:
    """Cut ``data`` behind line feeds, into pieces of ``size`` or a line more."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + size - 1) + 1 or len(data)
        yield data[start:end]
        start = end


def _line(line: bytes, encoding: str, decode: Decode) -> DecodedText:
    if encoding != "utf-8" and _is_utf8(line):
        return decode(line, "utf-8")
    found = decode(line, encoding)
    if not found.replaced or encoding != "utf-8" or not _is_foreign(line):
        return found
    others = [other for name in _OTHERS["utf-8"] if not (other := decode(line, name)).replaced]
    best = min(others, key=lambda other: _improbability(other.text), default=None)
    return best if best and _improbability(best.text) < _LIKELY else found


def _is_utf8(line: bytes) -> bool:
    """Say whether a line is UTF-8: every high byte in a sequence, some of these long."""
    return len(_LONG.findall(line)) >= 2 and not _HIGH.search(_SHORT.sub(b"", line))


def _is_foreign(line: bytes) -> bool:
    """Say whether a line that is not well-formed is no damaged UTF-8 either."""
    high = len(_HIGH.findall(line))
    return high >= _FEW and 3 * len(_LONG.findall(line)) < high / 2


def _improbability(text: str) -> float:
    weighed = text[:_WEIGHED]
    cost = min(models()[language].cost(weighed) for language in ("hans", "hant"))
    return cost / max(1, sum(character >= "\x80" for character in weighed))
