"""Word, OpenDocument, books, letters and RTF: their words and structure, nothing else of them."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, FileError
from meipi.sources import read_source
from meipi.sources.packed import Packed
from meipi.structure import analyse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meipi.core.document import Decoded

ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
WRITTEN = (
    "# 水磨记\n\n河边的老磨坊重新转了起来。\n\n## 用料\n\n- 松木\n- 铁钉\n\n月份\t斤数\n三月\t1200"
)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, stored)
    return data.getvalue()


def docx() -> bytes:
    document = pytest.importorskip("docx").Document()
    document.core_properties.title = "水磨记"
    document.core_properties.author = "陈木"
    document.add_heading("水磨记", 1)
    document.add_paragraph("河边的老磨坊重新转了起来。")
    document.add_heading("用料", 2)
    for item in ("松木", "铁钉"):
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(2, 2)
    for at, word in enumerate(("月份", "斤数", "三月", "1200")):
        table.cell(at // 2, at % 2).text = word
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def odt(body: str | None = None, *, head: str = "") -> bytes:
    body = body or (
        '<text:h text:outline-level="1">水磨记</text:h>'
        "<text:p>河边的<text:span>老磨坊</text:span>重新转了起来。</text:p>"
        '<text:h text:outline-level="2">用料</text:h>'
        "<text:list><text:list-item><text:p>松木</text:p></text:list-item>"
        "<text:list-item><text:p>铁钉</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>月份</text:p></table:table-cell>"
        "<table:table-cell><text:p>斤数</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>三月</text:p></table:table-cell>"
        "<table:table-cell><text:p>1200</text:p></table:table-cell></table:table-row></table:table>"
    )
    content = (
        f"<?xml version='1.0'?>{head}<office:document-content {ODF}><office:body><office:text>"
        f"{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {ODF}><office:meta><dc:title>水磨记</dc:title>"
        "<dc:creator>陈木</dc:creator></office:meta></office:document-meta>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": kind, "content.xml": content, "meta.xml": meta})


def epub(*, chapters: Mapping[str, str] | None = None, **more: str) -> bytes:
    chapters = chapters or {
        "二.xhtml": "<html><body><h1>第二章</h1><p>后来。</p></body></html>",
        "一.xhtml": "<html><body><h1>第一章</h1><p>起初。</p></body></html>",
    }
    items = "".join(
        f'<item id="c{at}" href="{name}" media-type="application/xhtml+xml"/>'
        for at, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in reversed(range(len(chapters))))
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
            'container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
            "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>水磨记</dc:title>'
            "<dc:creator>陈木</dc:creator><dc:date>2021-05-01T00:00:00Z</dc:date></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{f"OPS/{name}": text for name, text in chapters.items()},
            **more,
        }
    )


def letter(body: bytes, kind: str = "text/plain; charset=gb2312", **heads: str) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in heads.items())
    return (
        f"From: =?gb2312?B?{base64.b64encode('陈木'.encode('gb2312')).decode()}?= <c@x.invalid>\r\n"
        "Date: Mon, 3 Mar 2025 23:30:00 +0800\r\n"
        f"{head}MIME-Version: 1.0\r\nContent-Type: {kind}\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    ).encode("latin-1") + body


def read(data: bytes, name: str) -> Decoded:
    return read_source(data, name=name)


@pytest.mark.parametrize(("make", "name"), [(docx, "a.docx"), (odt, "a.odt")])
def test_headings_lists_and_tables_are_text_with_their_marks(make, name) -> None:  # type: ignore[no-untyped-def]
    found = read(make(), name)
    assert found.text == WRITTEN
    assert found.declared == {"title": "水磨记", "author": "陈木"}


@pytest.mark.parametrize(("make", "name"), [(docx, "a.docx"), (odt, "a.odt")])
def test_and_the_structure_knows_them(make, name) -> None:  # type: ignore[no-untyped-def]
    roles = [(str(block.role), block.level) for block in analyse(read(make(), name).text).blocks]
    assert ("heading", 1) in roles
    assert ("list item", 0) in roles


def test_the_chapters_of_a_book_come_in_the_order_of_its_spine() -> None:
    found = read(epub(), "a.epub")
    assert found.text == "# 第一章\n\n起初。\n\n# 第二章\n\n后来。"
    assert found.declared == {"title": "水磨记", "author": "陈木", "date": "2021-05-01"}


def test_a_chapter_that_is_not_there_is_passed_over() -> None:
    whole = epub()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if "二" not in name}
    assert read(packed(files), "a.epub").text == "# 第一章\n\n起初。"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (b"\\ansicpg936", b"\\'cc\\'ec\\'bd\\'f2\\par \\u23453?\\u22395?"),
        (
            b"\\ansicpg1252{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0",
            b"\\'cc\\'ec\\'bd\\'f2\\par \\u23453?\\u22395?",
        ),
    ],
)
def test_rtf_is_read_by_its_code_page_or_its_fonts(page: bytes, words: bytes) -> None:
    assert read(b"{\\rtf1\\ansi" + page + b" " + words + b"\\par}", "a.rtf").text == "天津\n宝坻"


def test_a_letter_in_an_old_charset_has_its_heads_and_its_text() -> None:
    raw = "磨坊的事".encode("gbk").decode("latin-1")
    # 镕 is not in GB 2312, which mail programs name all the same.
    found = read(letter("朱镕基来信。".encode("gbk"), Subject=raw), "a.eml")
    assert found.text == "朱镕基来信。"
    assert found.declared == {"title": "磨坊的事", "author": "陈木", "date": "2025-03-03"}


def test_of_a_letter_in_two_forms_the_plain_one_is_read_and_no_enclosure() -> None:
    body = (
        "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>网页</p>\r\n"
        "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n信的正文。\r\n"
        "--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Disposition: attachment; filename=a.txt\r\n\r\n附件。\r\n--b--\r\n"
    )
    assert read(letter(body.encode(), "multipart/mixed; boundary=b"), "a.eml").text == "信的正文。"


def test_a_page_saved_as_one_file_gives_its_main_text() -> None:
    page = (
        "<html><body><article><h1>水磨记</h1><p>"
        + "河边的老磨坊重新转了起来。" * 9
        + "</p></article></body></html>"
    )
    body = (
        "--b\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    data = letter(
        body.encode() + page.encode("gbk") + b"\r\n--b--\r\n", "multipart/related; boundary=b"
    )
    found = read(data, "a.mhtml")
    assert "河边的老磨坊" in found.text
    assert found.format == "mhtml"


def test_letters_within_letters_without_end_are_read_as_far_as_is_sane() -> None:
    data = letter(b"deep.", "text/plain")
    for at in range(120):
        head = f"--b{at}x\r\nContent-Type: message/rfc822\r\n\r\n".encode()
        end = f"\r\n--b{at}x--".encode()
        data = letter(head + data + end, f"multipart/mixed; boundary=b{at}x")
    with pytest.raises(FileError):
        read(data, "a.eml")


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"words", packed({"x.txt": "x"})])
def test_what_is_none_of_them_is_refused_by_its_name(name: str, data: bytes) -> None:
    with pytest.raises(FileError) as refused:
        read(data, name)
    assert refused.value.code is ErrorCode.FILE_UNREADABLE
    assert refused.value.fields["path"] == name


@pytest.mark.parametrize(("make", "name"), [(docx, "a.docx"), (odt, "a.odt"), (epub, "a.epub")])
def test_a_cut_one_is_refused(make, name) -> None:  # type: ignore[no-untyped-def]
    whole = make()
    for end in range(8, len(whole), max(1, len(whole) // 20)):
        with pytest.raises(FileError):
            read(whole[:end], name)


def test_an_archive_that_unpacks_without_end_is_refused() -> None:
    bomb = packed({"word/document.xml": b"\0" * (64 << 20)})
    with pytest.raises(FileError) as refused:
        read(bomb, "a.docx")
    assert "too large" in str(refused.value.fields["reason"].en)


def test_an_entity_that_multiplies_or_reads_a_file_is_not_opened(tmp_path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    head = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}"><!ENTITY a "AAAA"><!ENTITY b "&a;&a;">]>'
    )
    found = read(odt("<text:p>前&s;&b;后</text:p>", head=head), "a.odt")
    assert "SECRET" not in found.text
    assert "AAAA" not in found.text


def test_a_file_name_that_leads_outside_is_only_a_name() -> None:
    files = Packed(packed({"../../etc/passwd": "x", "a": "b"}), name="a.odt")
    assert files.read("../../etc/passwd") == b"x"


def test_a_locked_archive_says_so() -> None:
    data = bytearray(packed({"word/document.xml": "x"}))
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(FileError) as refused:
        read(bytes(data), "a.docx")
    assert "password" in refused.value.fields["reason"].en
