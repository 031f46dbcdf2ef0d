"""Files meant to harm: refused with the reason, in bounded time and memory."""

import io
import json
import zipfile

import pytest

from meipi.exchange import FORMATS
from meipi.exchange.refusal import Refused
from meipi.exchange.xml_safe import each, parse_xml
from meipi.exchange.zipped import Archive

ZIPS = ["brat", "label-studio"]


def packed(**members: bytes) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    stream.seek(0)
    return stream


def refusal(work, *arguments) -> str:
    with pytest.raises(Refused) as caught:
        work(*arguments)
    return caught.value.reason


@pytest.mark.parametrize("name", ["../out.ann", "/etc/out.ann", "a\\..\\..\\b.ann", "C:x.ann"])
def test_a_name_that_reaches_outside_is_refused(name):
    assert refusal(Archive, packed(**{name: b""})) == "outside_zip"


def test_a_claim_of_two_gigabytes_is_refused_unread():
    data = bytearray(packed(**{"a.txt": b"x"}).getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (2 << 30).to_bytes(4, "little")
    assert refusal(Archive, io.BytesIO(bytes(data))) == "too_large"


def test_a_bomb_is_refused_unread():
    assert refusal(Archive, packed(**{"a.txt": b"\0" * (80 << 20)})) == "too_large"


def test_a_file_that_is_longer_than_it_claims_is_refused():
    data = bytearray(packed(**{"a.txt": b"x" * 1000}).getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (2000).to_bytes(4, "little")
    assert refusal(Archive(io.BytesIO(bytes(data))).read, "a.txt") in {"not_zip", "truncated"}


def test_an_encrypted_archive_is_refused():
    data = bytearray(packed(**{"a.txt": b"x"}).getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(Archive, io.BytesIO(bytes(data))) == "encrypted"


BOMB = b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        BOMB.decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?>' + BOMB,
    ],
)
def test_entities_and_document_types_are_refused(data):
    assert refusal(parse_xml, data) == "doctype"


@pytest.mark.parametrize(
    "data",
    [b"", BOMB.decode().encode("cp037"), b"<a>", b"<a>&x;</a>", b"<a>" * 100_000, b"<a b='\xff'/>"],
)
def test_what_is_no_sound_xml_is_refused(data):
    assert refusal(parse_xml, data) in {"not_xml", "not_utf8"}


XML = ["refi-codebook", "tei", "uima-xmi"]


@pytest.mark.parametrize("name", XML)
def test_a_bomb_of_entities_is_refused_by_every_format_of_xml(name):
    assert refusal(FORMATS[name].read, io.BytesIO(BOMB)) == "doctype"


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("refi-qda", "project.qde"),
        ("xlsx", "xl/worksheets/sheet1.xml"),
        ("uima-xmi", "a.xmi"),
    ],
)
def test_a_bomb_of_entities_inside_an_archive_is_refused(name, member):
    assert refusal(FORMATS[name].read, packed(**{member: BOMB})) == "doctype"


QDE = """<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Sources>
<TextSource guid="01234567-89ab-cdef-0123-456789abcdef" plainTextPath="{path}">
<PlainTextSelection guid="01234567-89ab-cdef-0123-456789abcde0" startPosition="{start}"
 endPosition="{end}"/></TextSource></Sources></Project>"""


@pytest.mark.parametrize(("start", "end"), [(0, 99), (3, 1), (-1, 2), ("x", 2), (0, 10**20)])
def test_wrong_offsets_of_a_project_are_refused(start, end):
    qde = QDE.format(path="internal://a.txt", start=start, end=end).encode()
    files = {"project.qde": qde, "Sources/a.txt": "五个字的文".encode()}
    assert refusal(FORMATS["refi-qda"].read, packed(**files)) in {"outside", "not_span"}


@pytest.mark.parametrize(
    "path", ["internal://../../etc/passwd", "/etc/passwd", "internal://no.txt"]
)
def test_a_source_outside_its_project_is_not_read(path):
    qde = QDE.format(path=path, start=0, end=0).encode()
    assert refusal(FORMATS["refi-qda"].read, packed(**{"project.qde": qde})) == "missing"


def test_other_programs_projects_are_read_whatever_their_case_and_bom():
    qde = QDE.format(path="internal://A.TXT", start=0, end=2).encode("utf-16")
    files = {"other.qde": qde, "sources/a.txt": "\ufeff五个字的文".encode()}
    (found,) = FORMATS["refi-qda"].read(packed(**files)).documents
    assert [a.anchor.quote for a in found.annotations] == ["五个"]


@pytest.mark.parametrize(
    "line", ["1-1\t0-99\t五\t_\t", "1-1\t5-1\t五\t_\t", "1-1\t0-1\t六\t_\t", "x", "1-1\t0-1\t五"]
)
def test_wrong_rows_of_a_table_are_refused(line):
    table = f"#FORMAT=WebAnno TSV 3.3\n#T_SP=a.B|value\n\n\n#Text=五个字\n{line}\n"
    if "0-99" in line:
        table = table.replace("_\t", "X\t")
    with pytest.raises(Refused):
        FORMATS["webanno"].read(io.BytesIO(table.encode()))


LINES = ["doccano", "doccano-entities", "prodigy"]
SURROGATE = '{"text":"\\ud800","label":[],"spans":[]}\n'


@pytest.mark.parametrize("name", LINES)
def test_a_lone_surrogate_is_refused(name):
    with pytest.raises(Refused) as caught:
        FORMATS[name].read(io.BytesIO(SURROGATE.encode()))
    assert caught.value.reason == "surrogate"


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("place", [[0, 99], [5, 2], [-1, 2], ["a", 2], [0, 10**30]])
def test_wrong_offsets_are_refused(name, place):
    start, end = place
    value = {
        "text": "五个字的文",
        "label": [[start, end, "L"]],
        "spans": [{"start": start, "end": end, "label": "L"}],
    }
    with pytest.raises(Refused):
        FORMATS[name].read(io.BytesIO(json.dumps(value).encode()))


def test_brats_wrong_offsets_are_refused_with_the_line():
    ann = "T1\tPER 0 2\t五个\nT2\tPER 3 99\t的\n".encode()
    with pytest.raises(Refused) as caught:
        FORMATS["brat"].read(packed(**{"a.txt": "五个字的文".encode(), "a.ann": ann}))
    assert (caught.value.reason, caught.value.line) == ("outside", 2)


@pytest.mark.parametrize("name", ZIPS)
def test_an_archive_of_something_else_is_refused(name):
    with pytest.raises(Refused):
        FORMATS[name].read(packed(**{"word/document.xml": b"<a/>"}))


class Trickle:
    """A file that gives at most ``size`` bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        self._stream = io.BytesIO(data)
        self._size = size

    def read(self, size: int) -> bytes:
        return self._stream.read(min(size, self._size))


@pytest.mark.parametrize("size", [1, 5, 1000, 1 << 20])
@pytest.mark.parametrize("filler", [0, 100_000])
def test_a_document_type_is_refused_wherever_pieces_part_it(size, filler):
    data = b"<a>" + b" " * filler + b"<!DOCTYPE a [<!ENTITY x 'y'>]><b/></a>"
    assert refusal(list, each(Trickle(data, size), "b")) == "doctype"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_long_list_reads_the_same_piece_by_piece(encoding):
    items = "".join(f"<b>批{n}</b>" for n in range(20_000))
    data = f"<a>{items}</a>".encode(encoding)
    found = [node.text for node in each(Trickle(data, 1000), "b")]
    assert found == [node.text for node in each(data, "b")]
    assert len(found) == 20_000


def test_a_member_is_bounded_by_what_its_reader_can_hold():
    data = packed(**{"a.txt": b"x" * 5000})
    assert Archive(data, largest=5000).read("a.txt") == b"x" * 5000
    with pytest.raises(Refused) as caught:
        Archive(data, largest=4000)
    assert caught.value.reason == "too_large"
