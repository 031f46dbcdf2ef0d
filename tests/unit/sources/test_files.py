"""Every file that is no readable text is refused with the error that says why."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import socket
import zipfile
from pathlib import Path

import pytest

from meipi.core.errors import ErrorCode, FileError
from meipi.core.lines import one_line
from meipi.core.messages import word
from meipi.sources import files, read_file, read_source

NOISE = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(200))


def code_of(path: Path) -> ErrorCode:
    with pytest.raises(FileError) as caught:
        read_file(path)
    assert one_line(str(path)) in word(caught.value, "zh")
    assert "{" not in word(caught.value, "en")
    return caught.value.code


def written(folder: Path, data: bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_text_file_gives_its_bytes(tmp_path: Path) -> None:
    data = "书眉上的批语\r\n".encode()
    assert read_file(written(tmp_path, data)) == data


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    assert code_of(tmp_path / "没有.txt") is ErrorCode.FILE_NOT_FOUND


def test_a_link_to_nothing_is_not_found(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")
    assert code_of(link) is ErrorCode.FILE_NOT_FOUND


def test_a_file_taken_for_a_folder_is_not_found(tmp_path: Path) -> None:
    assert code_of(written(tmp_path, b"text") / "b.txt") is ErrorCode.FILE_NOT_FOUND


def test_a_nul_in_the_path_is_not_found() -> None:
    assert code_of(Path("a\0b.txt")) is ErrorCode.FILE_NOT_FOUND


def test_a_directory_is_called_a_directory(tmp_path: Path) -> None:
    assert code_of(tmp_path) is ErrorCode.FILE_IS_DIRECTORY


def test_a_circle_of_links_is_unreadable(tmp_path: Path) -> None:
    link = tmp_path / "circle.txt"
    link.symlink_to(link)
    assert code_of(link) is ErrorCode.FILE_UNREADABLE


def test_a_path_too_long_is_unreadable(tmp_path: Path) -> None:
    assert code_of(tmp_path / ("长" * 300)) is ErrorCode.FILE_UNREADABLE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_not_permitted(tmp_path: Path) -> None:
    path = written(tmp_path, "文".encode())
    path.chmod(0)
    assert code_of(path) is ErrorCode.FILE_NOT_PERMITTED


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, ErrorCode.FILE_NOT_PERMITTED),
        (errno.EPERM, ErrorCode.FILE_NOT_PERMITTED),
        (errno.EIO, ErrorCode.FILE_UNREADABLE),
        (errno.EMFILE, ErrorCode.FILE_UNREADABLE),
    ],
)
def test_a_failing_system_call_is_explained(
    number: int, code: ErrorCode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files.os, "open", fail)
    assert code_of(tmp_path / "a.txt") is code


def test_a_pipe_without_a_writer_does_not_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert code_of(pipe) is ErrorCode.FILE_UNREADABLE


def test_a_device_is_refused() -> None:
    assert code_of(Path(os.devnull)) is ErrorCode.FILE_UNREADABLE


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.txt")
        assert code_of(Path("s.txt")) is ErrorCode.FILE_UNREADABLE


def test_a_file_over_the_limit_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(files.LIMIT + 1)  # a hole: takes no room on the disk
    assert code_of(path) is ErrorCode.FILE_TOO_LARGE


def test_a_file_that_grows_over_the_limit_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LIMIT", 10)
    monkeypatch.setattr(files, "_check", lambda *_: None)
    assert code_of(written(tmp_path, b"0123456789A")) is ErrorCode.FILE_TOO_LARGE


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff\0\n"])
def test_nothing_but_blanks_is_empty(data: bytes, tmp_path: Path) -> None:
    assert code_of(written(tmp_path, data)) is ErrorCode.FILE_EMPTY


def test_ideographic_blanks_are_empty_too() -> None:
    with pytest.raises(FileError) as caught:
        read_source("\u3000\u3000\n\u3000".encode("utf-16"), name="a.txt")
    assert caught.value.code is ErrorCode.FILE_EMPTY


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("picture.bin", "批注")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_zip(), id="archive"),
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(60), id="program"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)), id="jpeg"),
        pytest.param(b"GIF89a\x01\0\x01\0", id="gif"),
        pytest.param(b"\x1f\x8b\x08\0\0\0\0\0", id="gzip"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), id="old office file"),
        pytest.param(b"SQLite format 3\0" + bytes(84), id="database"),
        pytest.param(b"RIFF\x24\0\0\0WAVEfmt ", id="sound"),
        pytest.param(b"\0\0\0\x20ftypisom\0\0\2\0", id="film"),
        pytest.param(bytes(1000), id="zeros"),
        pytest.param(b"abc\0def\0\0ghi\0jkl", id="a few zeros among letters"),
        pytest.param(NOISE, id="noise"),
        pytest.param(b"\xff\xfe" + NOISE, id="noise after a mark"),
    ],
)
def test_what_is_no_text_is_binary_whatever_its_name(data: bytes, tmp_path: Path) -> None:
    assert code_of(written(tmp_path, data)) is ErrorCode.FILE_BINARY


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_reading_bytes_refuses_what_is_no_text(name: str) -> None:
    with pytest.raises(FileError) as caught:
        read_source(_zip(), name=name)
    assert caught.value.code is ErrorCode.FILE_BINARY


def test_a_chosen_encoding_does_not_make_text_of_a_picture() -> None:
    with pytest.raises(FileError) as caught:
        read_source(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", name="a.txt", encoding="latin-1")
    assert caught.value.code is ErrorCode.FILE_BINARY


def test_one_stray_nul_in_a_long_text_leaves_it_readable(tmp_path: Path) -> None:
    data = "春眠不觉晓。".encode() * 100 + b"\0" + "处处闻啼鸟。".encode() * 100
    assert read_file(written(tmp_path, data)) == data


def test_escape_sequences_of_a_terminal_are_text(tmp_path: Path) -> None:
    data = "\x1b[31m警告\x1b[0m 磁盘空间不足\n".encode()
    assert read_file(written(tmp_path, data)) == data


def test_a_megabyte_without_a_line_break_is_a_text(tmp_path: Path) -> None:
    data = ("读书" * 180_000).encode("gb18030") * 2
    decoded = read_source(read_file(written(tmp_path, data)), name="a.txt")
    assert decoded.text == "读书" * 360_000
