"""Opening what somebody else wrote."""

import os
import zipfile

import pytest

from meipi.core.errors import ErrorCode, FileError, MeipiError
from meipi.core.messages import word
from meipi.exchange import FORMATS, format_of, read_set, write_set

READABLE = [name for name, known in FORMATS.items() if known.can_read]


def code_of(path, name=None) -> ErrorCode:
    with pytest.raises(MeipiError) as caught:
        read_set(path, format=name)
    assert word(caught.value, "zh")
    return caught.value.code


@pytest.mark.parametrize("name", [None, *READABLE])
def test_a_missing_file_is_said_to_be_missing(tmp_path, name):
    assert code_of(tmp_path / "no.jsonl", name) is ErrorCode.FILE_NOT_FOUND


@pytest.mark.parametrize("name", [None, *READABLE])
def test_a_folder_is_said_to_be_one(tmp_path, name):
    assert code_of(tmp_path, name) is ErrorCode.FILE_IS_DIRECTORY


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said_to_be_so(tmp_path):
    path = tmp_path / "set.jsonl"
    path.touch(mode=0o000)
    assert code_of(path) is ErrorCode.FILE_NOT_PERMITTED


def test_a_pipe_keeps_nobody_waiting(tmp_path):
    path = tmp_path / "pipe.jsonl"
    os.mkfifo(path)
    with pytest.raises(FileError):
        read_set(path)


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 5000, b"\x89PNG\r\n\x1a\n", "习近平".encode("gb18030"), b"%PDF-1.7\n\xff"]
)
def test_a_file_of_another_kind_is_refused_in_any_format(tmp_path, name, data):
    path = tmp_path / "file"
    path.write_bytes(data)
    assert code_of(path, name) is ErrorCode.IMPORT_INVALID


def test_a_file_of_no_known_format_is_refused_with_the_known_ones(tmp_path):
    path = tmp_path / "notes.docx"
    path.write_bytes(b"PK\3\4")
    with pytest.raises(MeipiError) as caught:
        read_set(path)
    assert "*.jsonl" in word(caught.value)


@pytest.mark.parametrize("name", READABLE)
def test_the_format_is_found_by_content_whatever_the_name(small_set, tmp_path, name):
    path = tmp_path / "set.txt"
    write_set(small_set, path, format=name)
    assert format_of(path).name == name


def test_the_name_decides_where_the_content_does_not(tmp_path):
    path = tmp_path / "SET.CSV"
    path.write_text("a;b\n")
    assert format_of(path).name == "csv"


@pytest.mark.parametrize("name", ["brat", "webanno", "uima-xmi", "uima-json", "refi-qda"])
def test_an_unpacked_archive_is_read_as_the_archive(small_set, tmp_path, name):
    path, folder = tmp_path / "set.zip", tmp_path / "folder"
    write_set(small_set, path, format=name)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    assert format_of(folder).name == name
    assert read_set(folder) == read_set(path)


def test_links_in_a_folder_are_not_followed(tmp_path):
    (tmp_path / "a.ann").write_text("T1\tPER 0 1\tx\n")
    (tmp_path / "a.txt").symlink_to("/etc/hostname")
    assert code_of(tmp_path) is ErrorCode.IMPORT_INVALID


def test_an_archive_is_known_by_its_names_whatever_its_bytes_look_like(tmp_path):
    path = tmp_path / "project"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        first = zipfile.ZipInfo("sources/ab.txt")  # of a fixed date: the bytes are the same always
        archive.writestr(first, "甲 O\n乙 B-PER\n")
        archive.writestr("project.qde", "<Project/>")
    assert FORMATS["conll"].recognises(path.read_bytes())
    assert format_of(path).name == "refi-qda"
