"""Percent codes in running text: %E4%B8%AD, %D6%D0, written once or twice, cut in mid-character.

An address keeps them in UTF-8, which is how it is written.
"""

from __future__ import annotations

import codecs
import re
from string import hexdigits
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from meipi.core.repairs import LOST, Proof
from meipi.repair.channels.base import Channel, matches
from meipi.repair.channels.utf8 import count_hanzi, mean_cost, share_chinese
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CODE = "%(?:25)?[0-9A-Fa-f]{2}"
_ESCAPED = re.compile(f"{_CODE}(?:{_CODE}|[!-$&-~ \n])*{_CODE}")
_AGAIN = re.compile("(?:%25[0-9A-Fa-f]{2}){3}")
_BLANK = re.compile(r"(?<=[0-9A-F]{2})\+(?=%)|(?<=[0-9a-f]{2})\+(?=%)")
_ADDRESS = re.compile(r"(?:https?://|www\.|[\w.-]+\.(?:com|cn|org|net)\b)[!-~]*$")
_RARE_MEAN = 9.3
_FEW = 3
"""Fewer Chinese characters than this may be an example."""
_CUT = {"utf-8": (re.compile(rb"[\x80-\xbf]{1,2}"), 3), "gb18030": (re.compile(b"[\x80-\xff]"), 1)}
"""What may be left of a first character cut in two, and the most bytes of a last one."""


def find(text: str, places: Sequence[int]) -> list[Change]:
    """Propose the Chinese behind percent codes in running text; in addresses only behind GBK's.

    >>> [change.after for change in find("%E5%A4%A9%E6%B4%A5%E6%96%B0%E9%97%BB", [0])]
    ['天津新闻']
    """
    return [c for match in matches(_ESCAPED, text, places) if (c := _change(text, *match.span()))]


def _change(text: str, start: int, end: int) -> Change | None:
    data = _bytes(text[start:end])
    in_address = _ADDRESS.search(text, max(0, start - 200), start) is not None
    for encoding in ("utf-8", "gb18030"):
        for after, left in _readings(data, encoding):
            if not _reads_well(after):
                continue
            if encoding == "utf-8" and in_address:
                return None
            return _made(text, start, end, after, left)
    return None


def _bytes(shown: str) -> bytes:
    if " " not in shown:
        shown = _BLANK.sub(" ", shown)
    data = unquote_to_bytes(shown)
    return unquote_to_bytes(data) if _AGAIN.search(shown) else data


def _readings(data: bytes, encoding: str) -> Iterator[tuple[str, bytes]]:
    """Yield the text that ``data`` is, whole or without a half first character, and what is left.

    A half at the beginning becomes □.
    """
    begun, most = _CUT[encoding]
    half = begun.match(data)
    for skipped in (0, half.end()) if half else (0,):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            after = decoder.decode(data[skipped:])
        except UnicodeDecodeError:
            continue
        left = decoder.getstate()[0]
        if len(left) <= most:
            yield (LOST + after if skipped else after), left


def _made(text: str, start: int, end: int, after: str, left: bytes) -> Change:
    if left:
        # The last byte of GBK's pair may be a letter, which is written as itself.
        pair = (left + text[end : end + 1].encode("ascii", "ignore")).decode("gbk", "ignore")
        whole = len(left) == 1 and len(pair) == 1 and pair >= "\u3000"
        after, end = (after + pair, end + 1) if whole else (after + LOST, end)
    lost = "cut" if LOST in after else ""
    return Change(start, end, after, 0.98, Proof.TABLE, lost=lost)


def _reads_well(after: str) -> bool:
    known = after.replace(LOST, "")
    return (
        count_hanzi(known) > _FEW
        and share_chinese(known) >= 0.95
        and (mean_cost(known) < _RARE_MEAN)
    )


CHANNEL = Channel(
    "percent",
    "百分号编码",
    "Percent codes",
    find,
    pairs=lambda: (frozenset("%"), frozenset(hexdigits)),
    damage=quote,
)
