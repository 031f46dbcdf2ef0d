"""E-mail and web pages saved as one file (MHTML): the text of its best part, the letter's heads."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.header import decode_header
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from meipi.core.errors import MeipiError
from meipi.encodings.detection import Guess, detect
from meipi.encodings.named import resolve
from meipi.sources.formats import html, text
from meipi.sources.formats.html_charset import guess_encoding
from meipi.sources.formats.registry import SourceFormat
from meipi.sources.formats.told import document, guarded, no_guess, no_head, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from meipi.core.document import Decoded

_HEADS = re.compile(
    rb"(?:(?:Return-Path|Received|Delivered-To|From|To|Subject|Date|Message-ID|MIME-Version"
    rb"|X-[\w-]+|Content-[\w-]+|Snapshot-Content-Location)[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2}",
    re.IGNORECASE,
)
_BLOCKS = re.compile(r"\n{3,}")
_DEEPEST = 40
"""Letters within letters."""


def read(data: bytes, *, guess: Guess) -> Decoded:
    """Return the letter's text: the page it has, else the plain part."""
    return guarded("mail", lambda: _read(data))


def read_page(data: bytes, *, guess: Guess) -> Decoded:
    """Return the main text of a page that was saved with all it shows."""
    return guarded("mhtml", lambda: _read_page(data))


def _read(data: bytes) -> Decoded:
    message = message_from_bytes(data, policy=policy.compat32)
    parts = list(_texts(message))
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    texts = [_plain(part) for part in plain] or [_decoded_page(part).text for part in pages]
    body = _BLOCKS.sub("\n\n", "\n\n".join(texts).replace("\r\n", "\n")).strip("\n")
    if not body and not message.keys():
        raise unreadable("mail")
    return document(body, format_name="mail", declared=_declared(message))


def _read_page(data: bytes) -> Decoded:
    message = message_from_bytes(data, policy=policy.compat32)
    page = next((p for p in _texts(message) if p.get_content_type() == "text/html"), None)
    if page is None:
        raise unreadable("mhtml")
    found = _decoded_page(page)
    declared = {**_declared(message), **found.declared}
    declared.pop("author", None) if "author" not in found.declared else None
    return document(found.text, format_name="mhtml", declared=declared)


def _texts(message: Message, depth: int = 0) -> Iterator[Message]:
    """Yield the parts that are text and no enclosure."""
    if depth > _DEEPEST:
        return
    if message.is_multipart():
        for part in message.get_payload():
            if not isinstance(part, str):
                yield from _texts(part, depth + 1)
    elif message.get_content_maintype() == "text" and not message.get_filename():
        yield message


def _plain(part: Message) -> str:
    data = _bytes_of(part)
    return text.read(data, guess=_guess_of(part, data)).text if data else ""


def _decoded_page(part: Message) -> Decoded:
    data = _bytes_of(part)
    declared = part.get_content_charset()
    guess = _guess_of(part, data) if declared else guess_encoding(data)
    return html.read(data, guess=guess)


def _bytes_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _guess_of(part: Message, data: bytes) -> Guess:
    """Return the encoding that is named, where it fits, else the likeliest."""
    best = detect(data, limit=1)[0]
    named = part.get_content_charset()
    if not named:
        return best
    try:
        codec = resolve(named)
        data.decode(codec)
    except (MeipiError, UnicodeError, LookupError):
        return best
    return Guess(codec, 1.0)


def _declared(message: Message) -> dict[str, str]:
    name, address = parseaddr(_words(message, "From"))
    return {
        "title": _words(message, "Subject"),
        "author": name or address,
        "date": _day(_words(message, "Date")),
    }


def _words(message: Message, head: str) -> str:
    """Return a head of the letter; bytes that nobody declared are read as they likely are."""
    value = message.get(head)
    if value is None:
        return ""
    parts = []
    for words, charset in decode_header(value):
        if isinstance(words, str):
            parts.append(words)
            continue
        try:
            codec = resolve(charset) if charset and charset != "unknown-8bit" else None
        except MeipiError:
            codec = None
        parts.append(words.decode(codec or detect(words, limit=1)[0].encoding, "replace"))
    return " ".join("".join(parts).split())


def _day(date: str) -> str:
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


def recognises(data: bytes) -> bool:
    """Tell a letter by its heads."""
    return _HEADS.match(data[:8192].lstrip(b"\r\n").replace(b"\r\n", b"\n")) is not None


def _recognises_page(data: bytes) -> bool:
    return recognises(data) and b"multipart/related" in data[:8192]


MAIL = SourceFormat(
    "mail",
    "电子邮件",
    "E-mail",
    (".eml",),
    no_guess,
    read,
    no_head("mail"),
    recognises,
    tells_encoding=True,
)
MHTML = SourceFormat(
    "mhtml",
    "单一文件网页",
    "Web page in one file",
    (".mhtml", ".mht"),
    no_guess,
    read_page,
    no_head("mhtml"),
    _recognises_page,
    tells_encoding=True,
)
