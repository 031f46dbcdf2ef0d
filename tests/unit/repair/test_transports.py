"""Every way in which Chinese is left in a transport form, and texts about such forms."""

from __future__ import annotations

import re
from base64 import b64encode
from quopri import encodestring
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from meipi.core.repairs import LOST
from meipi.repair import repair

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "会议决定成立一个小组，专门研究农产品价格的变化，资料十分丰富。"
TRADITIONAL = "會議決定成立一個小組，專門研究農產品價格的變化，資料十分豐富。"


def references(form: str) -> Callable[[str], str]:
    return lambda text: "".join(form.format(ord(character)) for character in text)


def mail_words(charset: str, way: str, size: int) -> Callable[[str], str]:
    def encoded(data: bytes) -> str:
        if way in "Bb":
            return b64encode(data).decode()
        return "".join(f"={byte:02X}" for byte in data)

    def damage(text: str) -> str:
        data = text.encode(charset)
        parts = [data[at : at + size] for at in range(0, len(data), size)]
        return "\n ".join(f"=?{charset}?{way}?{encoded(part)}?=" for part in parts)

    return damage


def octets(form: str, codec: str) -> Callable[[str], str]:
    return lambda text: "".join(form.format(byte) for byte in text.encode(codec))


def quoted(codec: str, end: str = "=\n") -> Callable[[str], str]:
    return lambda text: encodestring(text.encode(codec)).decode().replace("=\n", end)


def mailbox(text: str) -> str:
    shifted = text.encode("utf-7").decode()
    return re.sub(r"\+([^-]*)-", lambda m: f"&{m[1].replace('/', ',')}-", shifted)


def seven_bit(text: str) -> str:
    return "".join(chr(byte & 0x7F) for byte in text.encode("gb2312"))


FORMS: dict[str, Callable[[str], str]] = {
    "decimal references": references("&#{};"),
    "hexadecimal references": references("&#x{:x};"),
    "hexadecimal references in capitals": references("&#X{:X};"),
    "references escaped once more": references("&amp;#{};"),
    "references escaped twice more": references("&amp;amp;#{};"),
    "references without their semicolon": references("&#{}"),
    "percent codes": quote,
    "percent codes in small letters": lambda text: quote(text).lower(),
    "percent codes written twice": lambda text: quote(quote(text)),
    "percent codes of GBK": lambda text: quote(text.encode("gbk")),
    "four digits": references("\\u{:04x}"),
    "four digits in capitals": references("\\u{:04X}"),
    "four digits, the backslash doubled": references("\\\\u{:04x}"),
    "four digits behind a percent sign": references("%u{:04X}"),
    "digits in braces": references("\\u{{{:x}}}"),
    "eight digits": references("\\U{:08x}"),
    "bytes of UTF-8": octets("\\x{:02x}", "utf-8"),
    "bytes of UTF-8 in capitals": octets("\\x{:02X}", "utf-8"),
    "bytes of GBK": octets("\\x{:02x}", "gbk"),
    "octal bytes": octets("\\{:03o}", "utf-8"),
    **{
        f"mail words of {charset} in {way} by {size} bytes": mail_words(charset, way, size)
        for charset in ("utf-8", "UTF-8", "gb2312", "GBK", "gb18030")
        for way in "BbQq"
        for size in (18, 19)
    },
    "quoted-printable": quoted("utf-8"),
    "quoted-printable in lines of Windows": quoted("utf-8", "=\r\n"),
    "quoted-printable, its lines joined": quoted("utf-8", ""),
    "quoted-printable of GBK": quoted("gbk"),
    "quoted-printable in small letters": lambda text: quoted("utf-8")(text).lower(),
    "UTF-7": lambda text: text.encode("utf-7").decode(),
    "UTF-7 of mail boxes": mailbox,
    "HZ": lambda text: text.encode("hz").decode(),
    "HZ that its line ends": lambda text: "~{" + seven_bit(text),
    "ISO-2022-CN": lambda text: f"\x1b$)A\x0e{seven_bit(text)}\x0f",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("frame", ["{}", "前言。\n{}\n后记。"], ids=["alone", "within"])
def test_a_transport_form_is_read(form: str, frame: str) -> None:
    assert repair(frame.format(FORMS[form](TEXT))).text == frame.format(TEXT)


TAIWANESE: dict[str, Callable[[str], str]] = {
    "mail words in Big5": mail_words("big5", "B", 19),
    "mail words in Big5, quoted": mail_words("big5", "Q", 19),
    "quoted-printable of Big5": quoted("big5"),
    "bytes of Big5": octets("\\x{:02x}", "big5"),
}


@pytest.mark.parametrize("form", TAIWANESE)
def test_a_transport_form_of_big5_is_read(form: str) -> None:
    assert repair(TAIWANESE[form](TRADITIONAL)).text == TRADITIONAL


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_percent_codes_cut_in_a_character_lose_only_that(codec: str) -> None:
    result = repair(quote(TEXT.encode(codec))[3:-3])
    assert result.text == LOST + TEXT[1:-1] + LOST
    assert len(result.lost) == 2


def test_a_letter_that_is_half_of_a_pair_ends_percent_codes() -> None:
    text = "資料十分豐"  # whose last byte is a letter in GBK
    assert repair(quote(text.encode("gbk"))).text == text


def test_japanese_mail_without_its_escapes_is_read() -> None:
    text = "市役所は昨日、会議を開いた。"
    shown = text.encode("iso2022_jp").decode()
    assert repair(shown).text == repair(shown.replace("\x1b", "")).text == text


def test_escapes_in_a_document_of_json_are_read() -> None:
    damaged = '{"title": "\\u5929\\u6d25\\u65b0\\u95fb", "id": 7}'
    assert repair(damaged).text == '{"title": "天津新闻", "id": 7}'


def test_a_character_beyond_the_basic_plane_is_read() -> None:
    assert repair("\\ud842\\udfb7\\u91ce\\u5bb6\\u7684\\u725b\\u8089").text == "𠮷野家的牛肉"


def test_named_references_are_read_where_several_stand_in_chinese() -> None:
    damaged = "&ldquo;十四五&rdquo;规划&mdash;&mdash;新起点&hellip;&hellip;"
    assert repair(damaged).text == "“十四五”规划——新起点……"


@pytest.mark.parametrize(
    "text",
    [
        r's = "\u5929\u6d25\u65b0\u95fb"',
        r"CHINESE = re.compile('[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+')",
        r"在JSON里，天津写成\u5929\u6d25\u65b0\u95fb这样的转义序列。",
        r'data = b"\xe4\xb8\xad\xe6\x96\x87\xe6\xa0\x87\xe9\xa2\x98"',
        r"C:\users\xeon\undo",
        "https://example.org/wiki/%E5%A4%A9%E6%B4%A5%E6%96%B0%E9%97%BB",
        "a=%E4&b=%B8&c=100%",
        "url?name=bb=e1=d2&x=ab=cd",
        "网页里用&nbsp;表示空格，用&lt;表示小于号。",
        "<p>天津&nbsp;&nbsp;新闻&ldquo;今天&rdquo;</p>",
        "AT&amp;T公司与A&amp;B公司",
        "x ~{ 3 } y; ~{a,b} && ~{c}",
        "echo $BASH_VERSION (B); $B(B",
        "1+1=2, C++11+Ti1lhw",
    ],
)
def test_what_only_looks_like_a_transport_form_stays(text: str) -> None:
    assert repair(text).edits == ()
