"""The public face, used alone: what it takes, what it refuses and how it says so."""

from __future__ import annotations

import subprocess
import sys

import pytest

from meipi.repair import CHANNELS, decode, repair


@pytest.mark.parametrize("value", [None, b"\xe4\xb8\xad", 5, ["x"]])
def test_what_is_no_text_is_refused_in_plain_words(value: object) -> None:
    with pytest.raises(TypeError, match="repair takes a str, not"):
        repair(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [None, "text", 5])
def test_what_is_no_bytes_is_refused_in_plain_words(value: object) -> None:
    with pytest.raises(TypeError, match="decode takes bytes, not"):
        decode(value)  # type: ignore[arg-type]


def test_bytes_of_any_kind_are_decoded() -> None:
    data = "京津冀协同发展".encode("gb18030")
    assert {decode(kind(data)).text for kind in (bytes, bytearray, memoryview)} == {
        "京津冀协同发展"
    }


def test_a_channel_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="no channel is called nonsense"):
        repair("x", channels=["pinyin", "nonsense"])
    with pytest.raises(TypeError, match="a collection of names"):
        repair("x", channels="pinyin")


def test_all_channels_named_are_all_channels() -> None:
    text = "京津冀協(xié)同發(fā)展，鐢ㄦ埛鐧诲綍"
    assert repair(text, channels=[channel.name for channel in CHANNELS]) == repair(text)


def test_it_works_without_the_window_and_without_the_library() -> None:
    code = (
        "import sys; from meipi.repair import repair; print(repair('鐢ㄦ埛鐧诲綍').text); "
        "print(any(name.startswith(('PySide6', 'sqlite3', 'meipi.ui', 'meipi.services', "
        "'meipi.library')) for name in sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, check=True
    )
    assert run.stdout.decode().split() == ["用户登录", "False"]
