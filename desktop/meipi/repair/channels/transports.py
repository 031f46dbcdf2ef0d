"""Chinese in the transport forms of old mail: =E4=B8=AD (quoted-printable), +Ti1lhw- (UTF-7)."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from quopri import decodestring, encodestring
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel, matches
from meipi.repair.channels.utf8 import count_hanzi, is_specimen, mean_cost, share_chinese
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUOTED = re.compile(
    r"=[0-9A-Fa-f]{2}(?:=[0-9A-Fa-f]{2}|=\r?\n|[!-<>-~ ](?=[!-<>-~ ]{0,60}=[0-9A-Fa-f\r\n]))+[@-~]?"
)
_SHIFTED = re.compile(r"(?<![A-Za-z0-9+/])(?:\+([A-Za-z0-9+/]{5,})(-)?|&([A-Za-z0-9+,]{5,})(-))")
"""UTF-7, and the same as mail boxes are named in it."""
_FEW = 3
_RARE_MEAN = 9.3


def find_quoted(text: str, places: Sequence[int]) -> list[Change]:
    """Propose the characters for quoted-printable bytes.

    >>> [c.after for c in find_quoted("=E4=B8=AD=E6=96=87=E6=A0=87=E9=A2=98", [0])]
    ['中文标题']
    """
    found = ((match, _quoted(match[0])) for match in matches(_QUOTED, text, places))
    return [_change(match, after) for match, after in found if count_hanzi(after) >= _FEW]


def _quoted(shown: str) -> str:
    """Return the likeliest of the readings that are Chinese; UTF-8, if it is that, is proof."""
    data = decodestring(shown.encode("ascii"))
    found: list[str] = []
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        try:
            result = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_common(result):
            found.append(result)
            if encoding == "utf-8":
                break
    return min(found, key=mean_cost, default="")


def find_shifted(text: str, places: Sequence[int]) -> list[Change]:
    """Propose the characters for the shifted parts of UTF-7.

    >>> [c.after for c in find_shifted("+Ti1lhw-cn", [0])]
    ['中文']
    """
    changes = []
    for match in matches(_SHIFTED, text, places):
        result = _shifted(match[1] or match[3].replace(",", "/"))
        enough = count_hanzi(result) >= (2 if match[2] or match[4] else _FEW)
        if enough and not is_specimen(text, *match.span()):
            changes.append(_change(match, result))
    return changes


def _shifted(shown: str) -> str:
    try:
        data = b64decode(shown + "=" * (-len(shown) % 4))
        result = data[: len(data) // 2 * 2].decode("utf-16-be")
    except (Error, UnicodeDecodeError):
        return ""
    exact = len(data) % 2 == 0 or data[-1] == 0
    return result if exact and share_chinese(result) == 1.0 and _is_common(result) else ""


def _is_common(result: str) -> bool:
    return share_chinese(result) >= 0.95 and mean_cost(result) < _RARE_MEAN


def _change(match: re.Match[str], after: str) -> Change:
    return Change(match.start(), match.end(), after, 0.97, Proof.TABLE)


QUOTED_CHANNEL = Channel(
    "quoted-printable",
    "可打印字符引用编码",
    "Quoted-printable",
    find_quoted,
    pairs=lambda: (frozenset("="), frozenset("89ABCDEFabcdef")),
    damage=lambda text: encodestring(text.encode()).decode().replace("=\n", ""),
)
SHIFTED_CHANNEL = Channel(
    "utf-7",
    "UTF-7 编码",
    "UTF-7",
    find_shifted,
    pairs=lambda: (frozenset("+&"), frozenset(ascii_letters + digits)),
    damage=lambda text: text.encode("utf-7").decode(),
)
