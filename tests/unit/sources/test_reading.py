"""Source text is the decoded characters, in the encoding found or chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.messages import word
from meipi.encodings import ENCODINGS
from meipi.encodings.named import SURROGATE, decode_as, resolve
from meipi.sources import FORMATS, head, read_file, read_source

if TYPE_CHECKING:
    from pathlib import Path

POEM = "春眠不覺曉,處處聞啼鳥。\r\n夜來風雨聲,花落知多少。\n\n\tEnd \u3000"
NAMES = [info.name for info in ENCODINGS]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_a_seed_is_decoded_exactly(number: str, seeds: dict[str, Path]) -> None:
    data = read_file(seeds[number])
    decoded = read_source(data, name=seeds[number].name)
    assert decoded.text == data.decode()
    assert (decoded.encoding, decoded.replaced, decoded.format) == ("utf-8", 0, "text")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "cp950", "utf-16-le"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "README", "a.log"])
def test_line_breaks_and_blanks_stay_as_they_are(encoding: str, name: str) -> None:
    assert read_source(POEM.encode(encoding), name=name).text == POEM


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_noted_and_taken_off(codec: str) -> None:
    decoded = read_source(POEM.encode(codec), name="a.txt")
    assert (decoded.text, decoded.bom) == (POEM, True)


def test_only_the_first_mark_is_taken_off() -> None:
    assert read_source("\ufeff\ufeff文".encode(), name="a.txt").text == "\ufeff文"


def test_markdown_keeps_its_marks() -> None:
    text = "# 标题\n\n- **粗**体\n> 引文\n"
    decoded = read_source(text.encode(), name="笔记.MD")
    assert (decoded.text, decoded.format) == (text, "markdown")


def test_a_chosen_encoding_is_obeyed_and_what_does_not_fit_is_counted() -> None:
    decoded = read_source("中国".encode(), name="a.txt", encoding="ascii")
    assert decoded.replaced == 0  # ascii is read as its superset
    decoded = read_source("中国人".encode() + b"\xff\xff", name="a.txt", encoding="utf-8")
    assert (decoded.text, decoded.replaced) == ("中国人\ufffd\ufffd", 2)
    assert decoded.confidence == 1.0


def test_a_replacement_character_in_the_file_itself_is_not_counted() -> None:
    decoded = read_source("已丢失\ufffd的字".encode() + b"\xff", name="a.txt")
    assert (decoded.text, decoded.replaced) == ("已丢失\ufffd的字\ufffd", 1)


def test_a_chosen_encoding_takes_its_own_mark_off() -> None:
    decoded = read_source(POEM.encode("utf-16"), name="a.txt", encoding="utf-16-le")
    assert (decoded.text, decoded.bom) == (POEM, True)


@pytest.mark.parametrize(
    ("given_name", "name"),
    [("GBK", "gb18030"), ("gb2312", "gb18030"), ("Big5", "big5hkscs"), ("UTF8", "utf-8"),
     ("Shift_JIS", "cp932"), ("EUC-KR", "cp949"), ("ISO-8859-1", "latin-1"), ("x-gbk", "gb18030")],
)  # fmt: skip
def test_an_encoding_goes_by_many_names(given_name: str, name: str) -> None:
    assert resolve(given_name) == name


def test_a_text_can_be_looked_at_in_a_wrong_encoding() -> None:
    decoded = read_source("读书 notes".encode("utf-16"), name="a.txt", encoding="gb18030")
    assert "n\0o\0t\0e\0s\0" in decoded.text


def test_a_chosen_encoding_that_leaves_no_text_is_a_misfit() -> None:
    with pytest.raises(MeipiError) as caught:
        read_source(b"\0 \0\n", name="a.txt", encoding="utf-16-be")
    assert caught.value.code is ErrorCode.ENCODING_MISFIT


def test_an_unknown_encoding_names_the_known_ones() -> None:
    with pytest.raises(MeipiError) as caught:
        read_source(b"text", name="a.txt", encoding="klingon")
    assert caught.value.code is ErrorCode.ENCODING_UNKNOWN
    assert "gb18030" in word(caught.value, "zh")


def test_the_picker_has_a_label_in_both_languages_for_each_encoding() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(info.label_zh and info.label_en for info in ENCODINGS)


@pytest.mark.parametrize("name", NAMES)
def test_every_encoding_offered_reads_what_it_wrote(name: str) -> None:
    for text in ("读书笔记,第1页", "讀書筆記", "読書ノート", "독서 기록", "café"):
        try:
            data = text.encode(name)
        except UnicodeEncodeError:
            continue
        assert read_source(data, name="a.txt", encoding=name).text == text


@given(st.text(min_size=1), st.sampled_from(NAMES))
def test_whatever_an_encoding_can_write_it_reads_back(text: str, name: str) -> None:
    data = text.encode(name, "ignore")
    # Two Unicode characters may share one code; what was read once is stable.
    once = decode_as(data, name)
    assert once.replaced == 0
    assert decode_as(once.text.encode(name), name) == once


@given(st.binary(max_size=400), st.sampled_from(NAMES))
def test_decoding_never_fails_and_never_gives_lone_surrogates(data: bytes, name: str) -> None:
    text, replaced = decode_as(data, name)
    assert not SURROGATE.search(text)
    assert replaced <= text.count("\ufffd")


def test_lone_surrogates_in_utf16_become_replacement_characters() -> None:
    data = "读书".encode("utf-16-le") + b"\x00\xd8" + "笔记".encode("utf-16-le")
    decoded = read_source(b"\xff\xfe" + data, name="a.txt")
    assert (decoded.text, decoded.replaced) == ("读书\ufffd笔记", 1)


def test_surrogates_in_utf8_become_replacement_characters() -> None:
    data = "读书笔记,".encode() * 4 + "\ud800".encode("utf-8", "surrogatepass")
    decoded = read_source(data, name="a.txt")
    assert decoded.text.startswith("读书笔记")
    assert decoded.text.encode("utf-8")


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.md", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        decoded = read_source(data, name=name)
    except MeipiError:
        return
    assert decoded.text.strip()
    assert not SURROGATE.search(decoded.text)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("characters", [1, 2, 3, 7, 1000, 65536])
def test_a_head_is_the_beginning_of_the_text(encoding: str, characters: int) -> None:
    text = POEM * 5000
    start = head(text.encode(encoding), characters=characters, name="a.txt")
    assert (start.text, start.encoding) == (text[:characters], encoding)
    assert start.replaced == 0


def test_the_head_of_a_short_text_is_all_of_it_with_its_bad_end() -> None:
    data = "图书馆周一闭馆。".encode()[:-1]
    assert head(data, name="a.txt") == read_source(data, name="a.txt")


def test_a_head_notes_the_mark() -> None:
    start = head(("文" * 100_000).encode("utf-16"), characters=3, name="a.txt")
    assert (start.text, start.bom) == ("文文文", True)


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_every_format_has_its_labels_and_suffixes(name: str) -> None:
    (format_,) = [known for known in FORMATS if known.name == name]
    assert format_.label_zh
    assert format_.label_en
    assert all(suffix.startswith(".") for suffix in format_.suffixes)
