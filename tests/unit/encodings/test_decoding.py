"""Any bytes have a text, through the repair's own door too."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meipi.core.errors import ErrorCode, MeipiError
from meipi.repair import decode, repair

CHINESE = "天津市召开新闻发布会，研究部署今年冬天的供暖工作。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_the_encoding_it_was_written_in(encoding: str) -> None:
    text = "天津市的冬天" if encoding == "big5hkscs" else CHINESE
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding) == (text, encoding)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    found = decode(CHINESE.encode("utf-8-sig"))
    assert (found.text, found.bom) == (CHINESE, True)


def test_what_does_not_fit_the_named_encoding_is_counted() -> None:
    assert decode(b"abc\xff\xff", encoding="utf8").replaced == 2


def test_an_unknown_encoding_is_named_in_the_error() -> None:
    with pytest.raises(MeipiError) as caught:
        decode(b"abc", encoding="klingon")
    assert caught.value.code is ErrorCode.ENCODING_UNKNOWN


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_decoded_and_repaired_without_error(data: bytes) -> None:
    assert isinstance(repair(decode(data).text).text, str)


def test_decoding_and_repair_need_neither_qt_nor_the_program() -> None:
    script = (
        "import sys\n"
        "from meipi.repair import decode, repair\n"
        f"assert repair(decode({CHINESE!r}.encode('gbk')).text).text == {CHINESE!r}\n"
        "print(sorted(n for n in sys.modules if n.startswith(('meipi.', 'PySide6'))))\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    loaded = {name.split(".")[1] for name in eval(run.stdout) if name.startswith("meipi.")}  # noqa: S307 - our own print
    assert loaded == {"core", "encodings", "repair"}
