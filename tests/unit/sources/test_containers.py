"""Files that hold many documents: read as streams, divided without loss, refused where harmful."""

from __future__ import annotations

import gzip
import json
import random
import zipfile
from typing import TYPE_CHECKING

import pyarrow
import pyarrow.parquet
import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.sources import containers
from meipi.sources.containers import Columns, Item, Portion, item

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = Columns()
TEXT = "天津市宝坻区召开新闻发布会。"


def items(path: Path, *, documents: int = 3, columns: Columns = COLUMNS) -> list[Item]:
    portions = containers.divide(path, columns=columns, documents=documents)
    return [found for portion in portions for found in containers.read(portion, columns=columns)]


def texts(path: Path, **options: int) -> list[str]:
    return [found.data.decode() for found in items(path, **options)]


def reasons(found: list[Item]) -> list[str]:
    return [str(one.error.fields.get("reason", one.error.code)) for one in found if one.error]


def noise(length: int) -> bytes:
    return random.Random(length).randbytes(length)  # noqa: S311 - the same every run


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


# Zip.


def test_the_documents_of_a_zip_come_in_its_order_whatever_the_portions(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {f"{at}.txt": f"{TEXT}{at}".encode() for at in range(8)})
    assert texts(path) == texts(path, documents=100) == [f"{TEXT}{at}" for at in range(8)]


def test_what_is_no_document_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    names = ["a.txt", "b.exe", ".c.txt", "__MACOSX/a.txt", "d/", "d/e.html"]
    path = zipped(tmp_path / "a.zip", dict.fromkeys(names, TEXT.encode()))
    assert [found.name for found in items(path)] == ["a.txt", "d/e.html"]


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_names_in_a_zip_are_read_in_the_encoding_they_were_written_in(
    tmp_path: Path, encoding: str
) -> None:
    name = "天津新聞/協同發展報告.txt" if encoding == "big5" else "天津新闻/协同发展报告.txt"
    path = zipped(tmp_path / "a.zip", {"0" * len(name.encode(encoding)): TEXT.encode()})
    path.write_bytes(path.read_bytes().replace(b"0" * 8, b"0" * 8))
    data = path.read_bytes().replace(b"0" * len(name.encode(encoding)), name.encode(encoding))
    path.write_bytes(data)
    known = [found.name for found in items(path)]
    assert known == [name]


def test_a_zip_bomb_is_refused_and_what_stands_beside_it_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"bomb.txt": b"0" * (30 << 20), "b.txt": TEXT.encode()})
    bomb, other = items(path)
    assert "thousandfold" in reasons([bomb])[0]
    assert not bomb.data
    assert other.data.decode() == TEXT


def test_an_entry_beyond_the_limit_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meipi.sources.containers import archive

    monkeypatch.setattr(archive, "LARGEST", 100)
    path = zipped(tmp_path / "a.zip", {"a.txt": noise(101)})
    error = items(path)[0].error
    assert error is not None
    assert error.code is ErrorCode.FILE_TOO_LARGE


def test_a_name_that_leads_out_of_a_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"../../a.txt": TEXT.encode(), "b.txt": TEXT.encode()})
    assert reasons(items(path)) == ["its name leads out of the archive"]


def test_a_damaged_entry_is_one_error(tmp_path: Path) -> None:
    entries = {f"{at}.txt": noise(200) for at in range(3)}
    path = zipped(tmp_path / "a.zip", entries)
    data = bytearray(path.read_bytes())
    data[data.find(b"1.txt") + 60] ^= 0xFF
    path.write_bytes(data)
    found = items(path)
    assert [bool(one.error) for one in found] == [False, True, False]


def test_an_entry_with_a_password_says_so(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": TEXT.encode()})
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + flags] |= 1
    path.write_bytes(data)
    assert reasons(items(path)) == ["it has a password"]


# JSON lines.


def jsonl(path: Path, rows: list[object]) -> Path:
    lines = "".join(
        row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) + "\n" for row in rows
    )
    data = lines.encode("utf-8", "surrogatepass")
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("size", [1, 7, 64, 100_000])
def test_lines_are_read_once_each_however_a_file_is_cut(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meipi.sources.containers import lines

    monkeypatch.setattr(lines, "_A_LINE", size)
    rows = [{"id": at, "text": TEXT * (at % 5 + 1)} for at in range(30)]
    path = jsonl(tmp_path / "a.jsonl", list(rows))
    found = items(path, documents=1)
    assert [one.key for one in found] == [str(at) for at in range(30)]
    assert [one.data.decode() for one in found] == [row["text"] for row in rows]


def test_packed_lines_are_read_too(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl.gz", [{"text": TEXT}, {"text": "乙"}])
    assert texts(path) == [TEXT, "乙"]


def test_a_line_that_is_no_document_is_an_error_in_its_place(tmp_path: Path) -> None:
    nested = "[" * 200_000 + "\n"
    rows: list[object] = [{"text": "甲"}, "{broken\n", "3\n", {"id": 4}, nested, {"text": " "}]
    half = r'{"text": "乙\ud800"}' + "\n"
    path = jsonl(tmp_path / "a.jsonl", [*rows, {"text": 3}, "\n", half])
    found = items(path)
    assert [bool(one.error) for one in found] == [False, *[True] * 6, False]
    assert found[-1].data.decode() == "乙\ufffd"


def test_a_line_without_an_end_is_passed_over_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meipi.sources.containers import lines

    monkeypatch.setattr(lines, "LARGEST", 50)
    path = jsonl(tmp_path / "a.jsonl", [{"text": "x" * 3000}, {"text": "乙"}])
    first, second = items(path)
    assert first.error is not None
    assert first.error.code is ErrorCode.FILE_TOO_LARGE
    assert second.data.decode() == "乙"


def test_a_packed_file_cut_off_gives_what_comes_before_and_one_error(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl.gz", [{"text": f"{TEXT}{at}"} for at in range(3000)])
    path.write_bytes(path.read_bytes()[:-40])
    found = items(path)
    assert len(found) > 10
    assert [bool(one.error) for one in found] == [False] * (len(found) - 1) + [True]


def test_texts_stand_in_the_columns_that_are_named(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", [{"正文": TEXT, "编号": "x7"}])
    (found,) = items(path, columns=Columns("正文", "编号"))
    assert (found.key, found.data.decode()) == ("x7", TEXT)


# Parquet.


def parquet(path: Path, columns: dict[str, list[object]], *, group: int = 4) -> Path:
    pyarrow.parquet.write_table(pyarrow.table(columns), path, row_group_size=group)
    return path


@pytest.mark.parametrize("documents", [1, 3, 4, 50])
def test_rows_are_read_once_each_however_a_table_is_cut(tmp_path: Path, documents: int) -> None:
    rows: list[object] = [f"{TEXT}{at}" for at in range(21)]
    path = parquet(tmp_path / "a.parquet", {"id": list(range(21)), "text": rows, "other": rows})
    found = items(path, documents=documents)
    assert [one.data.decode() for one in found] == rows
    assert [one.key for one in found] == [str(at) for at in range(21)]


def test_bytes_in_a_table_are_a_document_as_it_came(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", {"text": [TEXT.encode("gb18030"), None, b""]})
    found = items(path)
    assert (found[0].data, found[0].encoding) == (TEXT.encode("gb18030"), None)
    assert found[1].error is not None


def test_a_table_without_the_column_says_which_it_has(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", {"content": [TEXT], "n": [1]})
    with pytest.raises(MeipiError) as caught:
        items(path)
    assert caught.value.code is ErrorCode.COLUMN_UNKNOWN
    assert caught.value.fields["known"] == "content, n"


def test_a_broken_table_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    for data in (b"", b"PAR1" + bytes(50) + b"PAR1", b"no table at all"):
        path.write_bytes(data)
        assert len(reasons(items(path))) == 1


def test_a_table_damaged_within_gives_what_can_be_read_and_errors(tmp_path: Path) -> None:
    rows: list[object] = [f"{TEXT}{at}" for at in range(400)]
    path = parquet(tmp_path / "a.parquet", {"text": rows}, group=100)
    data = bytearray(path.read_bytes())
    at = len(data) // 3
    data[at : at + 200] = bytes(200)
    path.write_bytes(data)
    found = items(path, documents=100)
    assert [one for one in found if one.error]
    assert [one for one in found if not one.error]


# WARC.


def warc(path: Path, pages: list[tuple[str, str, bytes]], *, status: str = "200 OK") -> Path:
    path.write_bytes(b"".join(record(path, *page, status) for page in pages))
    return path


def record(path: Path, address: str, kind: str, body: bytes, status: str) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
        f"WARC-Record-ID: <urn:uuid:{address}>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"WARC-Date: 2026-11-01T00:00:00Z\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    data = head.encode() + http + b"\r\n\r\n"
    return gzip.compress(data) if path.suffix == ".gz" else data


PAGES = [
    (f"http://a.cn/{at}", "text/html; charset=gbk", f"<p>{TEXT}{at}</p>".encode("gb18030"))
    for at in range(9)
]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("documents", [1, 4, 100])
def test_pages_are_read_once_each_however_an_archive_is_cut(
    tmp_path: Path, name: str, documents: int
) -> None:
    found = items(warc(tmp_path / name, PAGES), documents=documents)
    assert [one.name for one in found] == [address for address, _, _ in PAGES]
    assert [one.data for one in found] == [body for _, _, body in PAGES]
    assert {one.file for one in found} == {"page.html"}
    assert all(one.key for one in found)


def test_a_page_with_an_archive_in_it_is_one_page(tmp_path: Path) -> None:
    inner = warc(tmp_path / "inner.warc", PAGES[:2]).read_bytes()
    outer = [("http://a.cn/0", "text/plain", b"\r\n\r\n" + inner), *PAGES[1:3]]
    for name in ("a.warc", "a.warc.gz"):
        assert len(items(warc(tmp_path / name, outer), documents=1)) == 3


def test_pictures_and_pages_not_found_are_no_documents(tmp_path: Path) -> None:
    picture = [("http://a.cn/a.png", "image/png", b"\x89PNG")]
    assert items(warc(tmp_path / "a.warc.gz", picture)) == []
    assert items(warc(tmp_path / "b.warc.gz", PAGES, status="404 Not Found")) == []


def test_a_broken_archive_gives_what_comes_before_and_one_error(tmp_path: Path) -> None:
    path = warc(tmp_path / "a.warc.gz", PAGES)
    path.write_bytes(path.read_bytes()[:-100])
    found = items(path, documents=4)
    assert [one.name for one in found[:8]] == [address for address, _, _ in PAGES[:8]]
    assert found[-1].error is not None
    path.write_bytes(b"no archive at all\n" * 20)
    assert len(reasons(items(path))) == 1


def test_an_archive_packed_as_one_piece_is_told_how_to_pack_it(tmp_path: Path) -> None:
    plain = warc(tmp_path / "a.warc", PAGES)
    path = tmp_path / "b.warc.gz"
    path.write_bytes(gzip.compress(plain.read_bytes()))
    assert any("warcio recompress" in reason for reason in reasons(items(path)))


def test_a_page_that_unpacks_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meipi.sources.containers import web

    monkeypatch.setattr(web, "LARGEST", 1000)
    path = warc(tmp_path / "a.warc.gz", [("http://a.cn/", "text/html", b"0" * 5000), *PAGES[:1]])
    big, other = items(path)
    assert big.error is not None
    assert big.error.code is ErrorCode.FILE_TOO_LARGE
    assert other.data == PAGES[0][2]


# All.


def test_a_file_that_holds_one_document_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    assert texts(tmp_path / "a.txt") == [TEXT]


@pytest.mark.parametrize("name", ["a.txt", "a.zip", "a.jsonl", "a.jsonl.gz", "a.parquet", "a.warc"])
def test_a_file_that_has_gone_is_one_error(tmp_path: Path, name: str) -> None:
    portion = Portion(str(tmp_path / name), containers.pick(tmp_path / name).name)
    (found,) = containers.read(portion, columns=COLUMNS)
    assert found.error is not None


def test_an_empty_text_is_an_error() -> None:
    assert item.of_text("3", "\u3000\ufeff").error is not None
