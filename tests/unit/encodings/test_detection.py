"""Encodings are found in short, long, cut and slightly damaged bytes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.encodings import detect
from meipi.sources import read_source

# GB2312's and Big5's first levels: the characters of everyday text.
SIMPLIFIED = [
    bytes([row, cell]).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)
]
TRADITIONAL = [
    bytes([row, cell]).decode("big5")
    for row in range(0xA4, 0xC6)
    for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
]
PROSE = (
    "我小时候住在一条很窄的巷子里,两边都是青砖老房子。每到傍晚,家家户户都把小桌子搬到"
    "门口吃饭,谁家炖了肉,整条巷子都闻得到。后来城市改造,巷子拆了,邻居们搬到了不同的小区。"
)


def best(data: bytes) -> str:
    return detect(data)[0].encoding


def drawn(hanzi: list[str], seed: int, length: int) -> str:
    """Neither language nor order speaks for these: only which hanzi are everyday ones."""
    return "".join(random.Random(seed).sample(hanzi, length))  # noqa: S311 - no secret


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("习近平会见李克强", "gb18030"),
        ("会议纪要", "gb18030"),
        ("紅樓夢", "big5hkscs"),
        ("新文字文件", "big5hkscs"),
        ("习近平会见李克强", "utf-16-le"),
        ("图书馆周一闭馆", "utf-16-be"),
        ("会議は明日です", "cp932"),
        ("会議は明日の午前九時からです", "euc_jp"),
        ("도서관은 월요일에 쉽니다", "cp949"),
        ("Où est la bibliothèque ?", "cp1252"),
        ("读书笔记", "hz"),
        ("plain words", "utf-8"),
    ],
)
def test_a_few_characters_are_enough(text: str, encoding: str) -> None:
    assert best(text.encode(encoding)) == encoding


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides(codec: str, encoding: str) -> None:
    (guess,) = detect("批注".encode(codec))
    assert (guess.encoding, guess.bom, guess.confidence) == (encoding, True, 1.0)


def test_utf32_without_a_mark_is_found() -> None:
    assert best(PROSE.encode("utf-32-be")) == "utf-32-be"


def test_mojibake_that_is_valid_utf8_is_utf8() -> None:
    assert best("鍥句功棣嗗懆涓€闂".encode()) == "utf-8"


def test_mojibake_in_utf8_with_a_bad_byte_is_utf8() -> None:
    data = "鍥句功棣嗗懆涓€闂棶鐢ㄦ埛".encode()
    assert best(data[:18] + b"\xff" + data[18:]) == "utf-8"


def test_accents_in_utf8_are_utf8() -> None:
    assert best("Où est la bibliothèque ?".encode()) == "utf-8"


def test_cyrillic_in_utf8_is_utf8() -> None:
    assert best("да, нам пока".encode()) == "utf-8"


def test_two_hanzi_whose_gbk_bytes_are_also_utf8_are_read_as_hanzi() -> None:
    data = "一些".encode("gb18030")
    assert data.decode("utf-8") != "一些"
    assert best(data) == "gb18030"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "utf-16-le"])
def test_one_bad_byte_in_a_megabyte_changes_nothing(encoding: str) -> None:
    data = ("今天天氣很好,圖書館星期一休館。\n" * 40_000).encode(encoding)
    damage = b"\x00\xd8" if encoding == "utf-16-le" else b"\xff"
    middle = len(data) // 4 * 2
    assert best(data[:middle] + damage + data[middle:]) == encoding


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
@pytest.mark.parametrize("cut", [slice(1, None), slice(2, None), slice(None, -1)])
def test_bytes_cut_inside_a_character_keep_their_encoding(encoding: str, cut: slice) -> None:
    data = "圖書館星期一休館,請於星期二再來。".encode(encoding)
    assert best(data[cut]) == encoding


def test_chinese_after_a_megabyte_of_english_is_seen() -> None:
    data = b"The library is closed on Mondays.\n" * 30_000 + "图书馆周一闭馆".encode("gb18030")
    assert best(data) == "gb18030"


def test_one_word_after_twenty_thousand_lines_of_english_is_seen_in_the_middle() -> None:
    english = b"The library is closed on Mondays.\n" * 20_000
    assert best(english + "图书馆周一闭馆\n".encode("gb18030") + english) == "gb18030"


def test_braces_in_plain_english_are_not_hz() -> None:
    assert best(b"~/notes/{draft}.txt and a ~{tilde} in braces") == "utf-8"


def test_windows_big5_is_told_by_its_middle_dot() -> None:
    assert best("約翰‧甘迺迪總統".encode("cp950")) == "cp950"


def test_hong_kong_big5_is_told_by_its_own_characters() -> None:
    assert best("佢哋喺度食嘢,我哋唔去".encode("big5hkscs")) == "big5hkscs"


def test_guesses_come_best_first_and_no_more_than_asked_for() -> None:
    guesses = detect("欧阳".encode("gb18030"), limit=3)
    confidences = [guess.confidence for guess in guesses]
    assert len(guesses) == 3
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) <= 1


def test_no_bytes_are_utf8() -> None:
    assert best(b"") == "utf-8"


@given(st.integers(), st.integers(30, 200))
def test_any_simplified_hanzi_are_read_back(seed: int, length: int) -> None:
    text = drawn(SIMPLIFIED, seed, length)
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        assert read_source(text.encode(encoding), name="a.txt").text == text


@given(st.integers(), st.integers(30, 200))
def test_any_traditional_hanzi_are_read_back(seed: int, length: int) -> None:
    text = drawn(TRADITIONAL, seed, length)
    for encoding in ("utf-8", "big5", "gb18030", "utf-16-le", "utf-16-be"):
        assert read_source(text.encode(encoding), name="a.txt").text == text


@given(st.integers(0, len(PROSE) - 12), st.integers(12, 60))
def test_any_excerpt_of_prose_is_read_back(start: int, length: int) -> None:
    text = PROSE[start : start + length]
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-32"):
        assert read_source(text.encode(encoding), name="a.txt").text == text


@given(st.binary(max_size=300))
def test_any_bytes_get_a_guess(data: bytes) -> None:
    assert 0 < detect(data)[0].confidence <= 1
