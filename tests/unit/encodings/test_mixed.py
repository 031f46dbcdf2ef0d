"""Files whose lines are in two encodings."""

from __future__ import annotations

import pytest

from meipi.encodings import decode
from meipi.encodings.mixed import decode_whole

SIMPLIFIED = ["她在图书馆工作了二十年，认得每一位常来的读者。", "新修的铁路穿过三座大山。"]
TRADITIONAL = ["新修的鐵路穿過三座大山，從省城到海邊只要兩個小時。", "村裡人連夜搬糧食。"]


@pytest.mark.parametrize(
    ("lines", "encodings"),
    [
        (SIMPLIFIED, ("gb18030", "utf-8")),
        (SIMPLIFIED, ("utf-8", "gb18030")),
        (TRADITIONAL, ("big5", "utf-8")),
        (TRADITIONAL, ("utf-8", "big5")),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, tuple) else value[0][:4],
)
@pytest.mark.parametrize("feed", ["\n", "\r\n"], ids=["unix", "windows"])
def test_each_line_is_read_in_its_own(
    lines: list[str], encodings: tuple[str, str], feed: str
) -> None:
    data = feed.encode().join(
        line.encode(encoding) for line, encoding in zip(lines, encodings, strict=True)
    )
    decoded = decode(data)
    assert (decoded.text, decoded.replaced) == (feed.join(lines), 0)


def test_reading_again_in_the_encoding_found_gives_the_same() -> None:
    data = b"\n".join([SIMPLIFIED[0].encode(), SIMPLIFIED[1].encode("gbk")])
    found = decode(data)
    assert decode(data, encoding=found.encoding).text == found.text


def test_a_damaged_line_of_utf8_stays_utf8() -> None:
    good, bad = (line.encode() for line in SIMPLIFIED)
    text, replaced = decode_whole(good + b"\n" + bad[:9] + b"\xff" + bad[9:], "utf-8")
    assert (text.count("\ufffd"), replaced) == (1, 1)
    assert text.replace("\ufffd", "") == "\n".join(SIMPLIFIED)


def test_bytes_that_are_no_chinese_either_are_counted() -> None:
    text, replaced = decode_whole(SIMPLIFIED[0].encode() + b"\n\x81\x92\xa3\xf5\xe0\xff\n", "utf-8")
    assert text.startswith(SIMPLIFIED[0])
    assert replaced > 0


def test_a_western_line_is_not_taken_for_chinese() -> None:
    western = "Déjà vu à l’été, naïve façade".encode("cp1252")
    text, replaced = decode_whole(SIMPLIFIED[0].encode() + b"\n" + western, "utf-8")
    assert replaced > 0
    assert "D\ufffdj\ufffd" in text


def test_the_beginning_of_a_mixed_file_is_the_beginning_of_its_text() -> None:
    data = b"\n".join(line.encode(code) for line in SIMPLIFIED * 3 for code in ("utf-8", "gb18030"))
    whole = decode_whole(data, "utf-8").text
    start = decode_whole(data[:150], "utf-8", whole=False)
    assert whole.startswith(start.text)
