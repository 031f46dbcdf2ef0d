"""Chinese still in a transport form: &#20013;&#25991;, %D6%D0%CE%C4, =?gb2312?B?1tDOxA==?=.

A text *about* these forms keeps them, and so does an address: only running text is decoded.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from html import unescape
from quopri import decodestring
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel, matches
from meipi.repair.channels.utf8 import count_hanzi, mean_cost, share_chinese
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CODE = r"&(?:amp;)?#(?:\d{2,7}|[xX][0-9a-fA-F]{2,6});"
_NAME = "&(?:amp;)?(?:lt|gt|quot|nbsp|amp);"
_BETWEEN = f"{_NAME}|[ -%'-~]"
_NUMBERS = re.compile(f"(?:{_NAME}){{0,8}}{_CODE}(?:(?:{_CODE}|{_BETWEEN})*{_CODE})?(?:{_NAME})*")
_NAMED = re.compile("&amp;(?=(?:lt|gt|quot|nbsp|amp);)")
_RARE_MEAN = 9.3
_FEW = 3
"""Fewer Chinese characters than this may be an example."""
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2}|[!-$&-~ \n])*%[0-9A-Fa-f]{2}")
_ADDRESS = re.compile(r"(?:https?://|www\.|[\w.-]+\.(?:com|cn|org|net)\b)[!-~]*$")
_WORD = r"=\?[\w-]+\?[bBqQ]\?[^?\s]*\?="
_WORDS = re.compile(f"{_WORD}(?:[ \t]*\r?\n?[ \t]*{_WORD})*")
_PARTS = re.compile(r"=\?([\w-]+)\?([bBqQ])\?([^?\s]*)\?=")
_ABOUT = re.compile("实体|實體|转义|轉義|编码|編碼|写成|寫成|字符引用")


def find_numbers(text: str, places: Sequence[int]) -> list[Change]:
    """Propose the characters for numeric references.

    >>> [change.after for change in find_numbers("&#22825;&#27941;&#24066;新闻", [0])]
    ['天津市']
    """
    changes = []
    for match in matches(_NUMBERS, text, places):
        result = _unescaped(match[0])
        if count_hanzi(result) and not _is_about(text, match.start()):
            changes.append(Change(match.start(), match.end(), result, 0.99, Proof.TABLE))
    return changes if sum(count_hanzi(change.after) for change in changes) >= _FEW else []


def _unescaped(shown: str) -> str:
    once = unescape(shown)
    return unescape(once) if "&#" in once or _NAMED.search(shown) else once


def _is_about(text: str, at: int) -> bool:
    return _ABOUT.search(text, max(0, at - 40), at + 40) is not None


def find_percent(text: str, places: Sequence[int]) -> list[Change]:
    """Propose the Chinese behind percent codes in running text; in addresses only behind GBK's.

    >>> [change.after for change in find_percent("%E5%A4%A9%E6%B4%A5%E6%96%B0%E9%97%BB", [0])]
    ['天津新闻']
    """
    return [c for match in matches(_ESCAPED, text, places) if (c := _percent(text, *match.span()))]


def _percent(text: str, start: int, end: int) -> Change | None:
    data = unquote_to_bytes(text[start:end])
    in_address = _ADDRESS.search(text, max(0, start - 200), start) is not None
    for encoding in ("utf-8", "gb18030"):
        try:
            result = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" and in_address:
            return None
        readable = share_chinese(result) >= 0.95 and mean_cost(result) < _RARE_MEAN
        if count_hanzi(result) > _FEW and readable:
            return Change(start, end, result, 0.98, Proof.TABLE)
    return None


def find_mail_words(text: str, places: Sequence[int]) -> list[Change]:
    """Propose the characters of encoded words of mail headers.

    >>> [change.after for change in find_mail_words("=?gb2312?B?1tDOxA==?=", [0])]
    ['中文']
    """
    found = ((match, _mail_words(match[0])) for match in matches(_WORDS, text, places))
    return [Change(m.start(), m.end(), after, 0.99, Proof.TABLE) for m, after in found if after]


def _mail_words(shown: str) -> str:
    """Decode encoded words, joining the bytes of one charset: a word may end in mid-character."""
    try:
        return "".join(data.decode(charset) for charset, data in _joined(shown))
    except (Error, LookupError, UnicodeDecodeError, ValueError):
        return ""


def _joined(shown: str) -> Iterator[tuple[str, bytes]]:
    charset, data = "", b""
    for part in _PARTS.finditer(shown):
        name = part[1].lower()
        name = "gb18030" if name in ("gb2312", "gbk") else name
        if name != charset and data:
            yield charset, data
            data = b""
        charset = name
        raw = part[3].encode("ascii", "replace")
        data += (
            b64decode(raw + b"=" * (-len(raw) % 4))
            if part[2] in "bB"
            else decodestring(raw, header=True)
        )
    yield charset, data


def _as_mail_words(text: str) -> str:
    return f"=?utf-8?B?{b64encode(text.encode()).decode()}?="


NUMBERS_CHANNEL = Channel(
    "references",
    "数字字符引用",
    "Numeric character references",
    find_numbers,
    frozenset("&"),
    damage=lambda text: text.encode("ascii", "xmlcharrefreplace").decode(),
)
PERCENT_CHANNEL = Channel(
    "percent", "百分号编码", "Percent codes", find_percent, frozenset("%"), damage=quote
)
MAIL_CHANNEL = Channel(
    "mail-words",
    "邮件标头编码",
    "Encoded words of mail headers",
    find_mail_words,
    pairs=lambda: (frozenset("="), frozenset("?")),
    damage=_as_mail_words,
)
