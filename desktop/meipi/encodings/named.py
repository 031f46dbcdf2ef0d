"""The encodings a reader can choose, their names, and decoding that counts what does not fit."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import NamedTuple

from meipi.core.errors import ErrorCode, MeipiError


@dataclass(frozen=True, slots=True)
class EncodingInfo:
    """An encoding as the picker shows it; ``name`` is Python's codec."""

    name: str
    label_zh: str
    label_en: str
    aliases: tuple[str, ...] = ()
    bom: bytes = b""


ENCODINGS: tuple[EncodingInfo, ...] = (
    EncodingInfo(
        "utf-8", "UTF-8", "UTF-8", ("utf8", "utf-8-sig", "ascii", "us-ascii"), b"\xef\xbb\xbf"
    ),
    EncodingInfo(
        "gb18030",
        "简体中文(GB18030、GBK、GB2312)",
        "Simplified Chinese (GB18030, GBK, GB2312)",
        ("gbk", "gb2312", "gb-2312", "gb2312-80", "cp936", "936", "euc-cn", "x-gbk", "chinese"),
        b"\x84\x31\x95\x33",
    ),
    EncodingInfo(
        "big5hkscs",
        "繁体中文(Big5-HKSCS,香港)",
        "Traditional Chinese (Big5-HKSCS, Hong Kong)",
        ("big5", "big-5", "big5-hkscs", "cn-big5", "x-x-big5", "hkscs"),
    ),
    EncodingInfo(
        "cp950",
        "繁体中文(Big5,Windows)",
        "Traditional Chinese (Big5, Windows)",
        ("950", "ms950", "windows-950"),
    ),
    EncodingInfo(
        "utf-16-le", "UTF-16(小端)", "UTF-16 (little-endian)", ("utf-16", "unicode"), b"\xff\xfe"
    ),
    EncodingInfo("utf-16-be", "UTF-16(大端)", "UTF-16 (big-endian)", (), b"\xfe\xff"),
    EncodingInfo(
        "utf-32-le", "UTF-32(小端)", "UTF-32 (little-endian)", ("utf-32",), b"\xff\xfe\x00\x00"
    ),
    EncodingInfo("utf-32-be", "UTF-32(大端)", "UTF-32 (big-endian)", (), b"\x00\x00\xfe\xff"),
    EncodingInfo("hz", "简体中文(HZ)", "Simplified Chinese (HZ)", ("hz-gb", "hz-gb-2312", "hzgb")),
    EncodingInfo(
        "cp932",
        "日文(Shift-JIS)",
        "Japanese (Shift-JIS)",
        ("shift-jis", "sjis", "x-sjis", "ms932", "windows-31j", "932"),
    ),
    EncodingInfo("euc_jp", "日文(EUC-JP)", "Japanese (EUC-JP)", ("eucjp", "ujis", "x-euc-jp")),
    EncodingInfo(
        "cp949",
        "韩文(EUC-KR、UHC)",
        "Korean (EUC-KR, UHC)",
        ("euc-kr", "euckr", "ks-c-5601-1987", "ksc5601", "uhc", "949", "windows-949"),
    ),
    EncodingInfo("cp1252", "西欧(Windows-1252)", "Western (Windows-1252)", ("windows-1252",)),
    EncodingInfo(
        "latin-1",
        "西欧(ISO-8859-1)",
        "Western (ISO-8859-1)",
        ("iso-8859-1", "iso8859-1", "l1", "latin1"),
    ),
)

SURROGATE = re.compile("[\ud800-\udfff]")


class DecodedText(NamedTuple):
    """Text and the number of byte sequences that stand in it as U+FFFD."""

    text: str
    replaced: int


def resolve(name: str) -> str:
    """Return the codec's name for any name of an encoding.

    >>> resolve("GB2312"), resolve("Big5"), resolve("utf8")
    ('gb18030', 'big5hkscs', 'utf-8')
    """
    found = _BY_NAME.get(_plain(name))
    if found is None:
        known = ", ".join(info.name for info in ENCODINGS)
        raise MeipiError(ErrorCode.ENCODING_UNKNOWN, encoding=name, known=known)
    return found


def byte_order_mark(data: bytes) -> EncodingInfo | None:
    """Return the encoding whose mark ``data`` begins with."""
    # The longest first: UTF-32's little-endian mark begins with UTF-16's.
    return next((info for info in _MARKED if data.startswith(info.bom)), None)


def without_mark(data: bytes, encoding: str) -> bytes:
    """Return ``data`` without the byte order mark of ``encoding``."""
    return data.removeprefix(_MARKS.get(encoding, b""))


def decode_as(data: bytes, encoding: str) -> DecodedText:
    r"""Decode all of ``data``; what does not fit becomes U+FFFD and is counted.

    >>> decode_as("中国".encode("gb18030") + b"\xff", "gb18030")
    DecodedText(text='中国�', replaced=1)
    """
    try:
        return DecodedText(*_without_surrogates(data.decode(encoding), 0))
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        # One U+FFFD stands for one error, so leaving errors out instead counts them.
        return DecodedText(
            *_without_surrogates(text, len(text) - len(data.decode(encoding, "ignore")))
        )


def decode_beginning(data: bytes, encoding: str) -> DecodedText:
    """Decode ``data``, leaving off a character cut in two at its end."""
    decoder = codecs.getincrementaldecoder(encoding)
    text = decoder("replace").decode(data)
    return DecodedText(*_without_surrogates(text, len(text) - len(decoder("ignore").decode(data))))


def _without_surrogates(text: str, replaced: int) -> tuple[str, int]:
    """Python's codecs give none today; a document with one could not be stored or drawn."""
    text, found = SURROGATE.subn("\ufffd", text) if SURROGATE.search(text) else (text, 0)
    return text, replaced + found


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", name.strip().lower())


_BY_NAME = {_plain(alias): info.name for info in ENCODINGS for alias in (info.name, *info.aliases)}
_MARKED = sorted((info for info in ENCODINGS if info.bom), key=lambda info: -len(info.bom))
_MARKS = {info.name: info.bom for info in _MARKED}
