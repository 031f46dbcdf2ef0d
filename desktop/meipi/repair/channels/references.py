"""Chinese still in a transport form: &#20013;&#25991;, =?gb2312?B?1tDOxA==?=.

A text *about* these forms keeps them.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from html import unescape
from quopri import decodestring
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel, matches
from meipi.repair.channels.utf8 import count_hanzi
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CODE = r"&(?:amp;){0,3}#(?:\d{2,7};|[xX][0-9a-fA-F]{2,6};|[1-6]\d{4}(?=[^\d;]|$))"
_NAMES = (
    "lt|gt|quot|apos|nbsp|amp|ldquo|rdquo|lsquo|rsquo|hellip|mdash|ndash|middot|times|divide|bull"
    "|deg|laquo|raquo|ensp|emsp|copy|reg|trade|yen|sect"
)
_NAME = f"&(?:amp;){{0,3}}(?:{_NAMES});"
_BETWEEN = f"{_NAME}|[ -%'-~]"
_NUMBERS = re.compile(
    f"(?:{_NAME}){{0,8}}{_CODE}(?:&#\\d{{4,5}};|(?:{_BETWEEN})*{_CODE})*+(?:{_NAME})*"
)
_IN_A_ROW = re.compile(r"(?:&#\d{3,5};)+")
_PLAIN = 0xA0
_HALVES = frozenset((*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF))
_ROUNDS = 4
_NAMED = re.compile(f"&amp;(?=(?:{_NAMES});)")
_FEW = 3
"""Fewer Chinese characters than this may be an example."""
_WORD = r"=\?[\w-]+\?[bBqQ]\?[^?\s]*\?="
_WORDS = re.compile(f"{_WORD}(?:[ \t]*\r?\n?[ \t]*{_WORD})*")
_PARTS = re.compile(r"=\?([\w-]+)\?([bBqQ])\?([^?\s]*)\?=")
_ATTRIBUTE = re.compile("=[\"']$")
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
    text = unescape(_IN_A_ROW.sub(_characters, shown))
    for _ in range(_ROUNDS if _NAMED.search(shown) or "&#" in text else 0):
        text = unescape(text)
    return text


def _characters(row: re.Match[str]) -> str:
    """Return the characters of decimal references in a row, in a tenth of the time of `unescape`.

    What it makes of some numbers, and of two halves of a character, it is asked for.
    """
    numbers = [*map(int, row[0][2:-1].split(";&#"))]
    if min(numbers) < _PLAIN or (max(numbers) >= 0xD800 and not _HALVES.isdisjoint(numbers)):
        return row[0]
    return "".join(map(chr, numbers))


def _is_about(text: str, at: int) -> bool:
    """Say whether the text there speaks of references, or is a tag that keeps one."""
    if _ATTRIBUTE.search(text, max(0, at - 2), at):
        return True
    return _ABOUT.search(text, max(0, at - 40), at + 40) is not None


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
MAIL_CHANNEL = Channel(
    "mail-words",
    "邮件标头编码",
    "Encoded words of mail headers",
    find_mail_words,
    pairs=lambda: (frozenset("="), frozenset("?")),
    damage=_as_mail_words,
)
