"""Meipi JSONL loses nothing and believes nothing."""

import base64
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.messages import word
from meipi.exchange import jsonl, losses, read_set, write_set
from meipi.exchange.refusal import Refused


def stored(annotated) -> bytes:
    return "".join(jsonl.chunks(annotated)).encode()


def values(annotated) -> list:
    return [json.loads(line) for line in stored(annotated).splitlines()]


def lines(items) -> bytes:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items).encode()


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        jsonl.read(io.BytesIO(data))
    return caught.value.phrase.en


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_set_reads_back_equal(annotated_sets, data):
    annotated = data.draw(annotated_sets)
    assert jsonl.read(io.BytesIO(stored(annotated))) == annotated


def test_a_written_file_reads_back_equal(small_set, tmp_path):
    path = tmp_path / "set.jsonl"
    assert write_set(small_set, path, format="jsonl").lossless
    assert read_set(path) == small_set


def test_no_loss_is_reported(small_set):
    assert losses(small_set, format="jsonl").items == ()


def test_every_quote_is_the_slice_it_was_taken_from(small_set):
    for line in values(small_set)[1:]:
        for one in line["annotations"]:
            start, end = one["span"]
            assert line["reading"]["text"][start:end] == one["quote"]


def test_the_source_text_is_the_reading_text_with_its_edits_taken_back(small_set):
    line = values(small_set)[1]
    text = line["reading"]["text"]
    for one in reversed(line["reading"]["edits"]):
        text = text[: one["start"]] + one["before"] + text[one["end"] :]
    assert text == line["source_text"]


def test_a_map_finer_than_the_edits_survives(small_set):
    from dataclasses import replace

    from meipi.core.textmap import Piece, TextMap

    document = small_set.documents[2]
    length = len(document.repaired.text)
    pieces = [Piece(0, 1, 0, 1, linear=False), Piece(1, length, 1, length, linear=True)]
    repaired = replace(document.repaired, map=TextMap(pieces))
    annotated = replace(small_set, documents=(replace(document, repaired=repaired),))
    assert jsonl.read(io.BytesIO(stored(annotated))) == annotated


def test_line_separators_inside_a_text_end_no_line(small_set):
    assert stored(small_set).count(b"\n") == 1 + len(small_set.documents)


def _set(path: str, value: object):
    def change(items: list) -> None:
        at: object = items
        *way, last = path.split(".")
        for step in way:
            at = at[int(step)] if step.lstrip("-").isdigit() else at[step]
        at[int(last) if isinstance(at, list) else last] = value

    return change


CHANGES = {
    "a newer version": (_set("0.version", 2), "line 1: written by a newer Meipi"),
    "another format": (_set("0.format", "x"), "line 1: not a Meipi JSONL file"),
    "another unit": (_set("0.unit", "bytes"), "line 1: unit cannot be"),
    "too few documents": (_set("0.documents", 9), "should hold 9 documents and holds 3"),
    "a huge claim": (_set("0.documents", 10**18), "line 1: documents should be a whole number"),
    "an unknown key": (_set("1.secret", 1), "line 2: the key secret is unknown"),
    "a number for a title": (_set("1.title", 5), "line 2: title should be text"),
    "true for a number": (_set("1.length", True), "line 2: length should be a whole number"),
    "a wrong length": (_set("1.length", 2_000_000_000), "line 2: the stated length 2000000000"),
    "a fraction for an offset": (_set("1.annotations.0.span", [1.5, 2]), "a whole number"),
    "a negative offset": (_set("1.annotations.0.span", [-1, 2]), "a whole number"),
    "a span from end to start": (_set("1.annotations.0.span", [5, 2]), "not a valid range"),
    "a span of three": (_set("1.annotations.0.span", [1, 2, 3]), "not a valid range"),
    "an annotation outside the text": (
        _set("1.annotations.0.span", [3, 999]),
        "a1 at 3–999 lies outside the 17 characters",
    ),
    "a source place outside": (_set("1.annotations.0.source", [3, 999]), "lies outside"),
    "another quote": (_set("1.annotations.0.quote", "別的"), "the quote of a1"),
    "an unknown tag": (_set("1.annotations.0.tag", "t9"), "a1 has the unknown tag t9"),
    "an unknown state": (_set("1.annotations.0.state", "sure"), "state cannot be 'sure'"),
    "a repeated annotation": (_set("2.annotations.0.id", "a1"), "line 3: the id a1 is used twice"),
    "a repeated document": (_set("2.id", "d1"), "line 3: the id d1 is used twice"),
    "a repeated tag": (_set("0.tags.1.id", "t1"), "line 1: the id t1 is used twice"),
    "an unknown parent": (_set("0.tags.1.parent", "t9"), "unknown parent t9"),
    "a circle of parents": (_set("0.tags.0.parent", "t2"), "form a circle"),
    "a shortcut of two keys": (_set("0.tags.0.shortcut", "12"), "shortcut cannot be '12'"),
    "other bytes": (_set("1.data", base64.b64encode(b"x").decode()), "stated SHA-256"),
    "no base64": (_set("1.data", "@@"), "data is not valid base64"),
    "Chinese for base64": (_set("1.data", "数据"), "data is not valid base64"),
    "another source text": (_set("1.source_text", "x"), "the edits do not turn"),
    "another reading text": (_set("3.reading.text", "无批注？\n"), "the edits do not turn"),
    "an edit elsewhere": (_set("1.reading.edits.0.start", 0), "the edits do not turn"),
    "an unsure confidence": (_set("1.reading.edits.0.confidence", 7), "confidence cannot be"),
    "no confidence": (_set("1.reading.edits.0.confidence", None), "should be a number"),
    "an unknown proof": (_set("1.reading.edits.0.proof", "hope"), "proof cannot be 'hope'"),
    "a map of other lengths": (_set("1.reading.map", [[0, 1, 0, 1, True]]), "the map does not fit"),
    "a map that is none": (_set("1.reading.map", [[0, 1]]), "not a valid range"),
    "a block outside": (_set("1.structure.blocks.1.span", [9, 99]), "blocks at 9–99"),
    "blocks out of order": (_set("1.structure.blocks.1.span", [0, 2]), "blocks is not a valid"),
    "hidden text outside its block": (_set("1.structure.blocks.0.hidden", [[9, 10]]), "hidden"),
    "a mention outside": (_set("1.mentions.0.span", [0, 99]), "mentions at 0–99"),
    "an unknown type": (_set("1.mentions.0.type", "DOG"), "type cannot be 'DOG'"),
    "a lone surrogate": (_set("1.annotations.0.note", "\ud800"), "holds a lone surrogate"),
    "NUL in a name": (_set("0.tags.0.name", "a\0b"), "name holds a NUL"),
    "an empty id": (_set("1.id", ""), "id cannot be ''"),
    "a list for an object": (_set("1.structure", []), "structure should be an object"),
    "an object for a list": (_set("1.annotations", {}), "annotations should be a list"),
    "a string for a document": (_set("1", "document"), "line should be an object"),
}


@pytest.mark.parametrize(("change", "reason"), CHANGES.values(), ids=CHANGES)
def test_a_changed_file_is_refused_with_its_line_and_reason(small_set, change, reason):
    items = values(small_set)
    change(items)
    data = "".join(json.dumps(item) + "\n" for item in items).encode()
    assert reason in refusal(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a Meipi JSONL file"),
        (b"\n", "line 1: not valid JSON"),
        (b"{}\n", "not a Meipi JSONL file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not UTF-8"),
        (b"PK\3\4\0\0\0", "a binary file"),
        ("习近平".encode("gb18030") + b"\n", "not UTF-8"),
        (b"[" * 200_000 + b"\n", "nested too deeply"),
        (b'{"format":' + b'{"a":' * 100_000 + b"\n", "nested too deeply"),
        (b'{"format":NaN}\n', "the number NaN is not finite"),
        (b'{"format":"a","format":"b"}\n', "the key 'format' stands twice"),
        (b'{"version":' + b"9" * 10_000 + b"}\n", "number too long"),
        (b'{"format":"meipi-annotated-set"', "cut off"),
    ],
)
def test_a_file_of_another_kind_is_refused(data, reason):
    assert reason in refusal(data)


def test_a_file_cut_off_anywhere_is_refused(small_set):
    data = stored(small_set)
    for end in range(0, len(data) - 1, 97):
        refusal(data[:end])


def test_a_line_longer_than_the_bound_is_refused_unread():
    from meipi.exchange.lines import read_lines

    stream = io.BytesIO(b"x" * 3_000_000)
    with pytest.raises(Refused):
        list(read_lines(stream, limit=1_000_000))
    assert stream.tell() <= 1_000_001


def test_a_sparse_file_of_two_gigabytes_is_refused_at_once(tmp_path):
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as stream:
        stream.truncate(2 << 30)
    with pytest.raises(MeipiError) as caught:
        read_set(path)
    assert caught.value.code is ErrorCode.IMPORT_INVALID


def test_the_reason_is_worded_in_both_languages(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b'{"format":"meipi-annotated-set","version":7}\n')
    with pytest.raises(MeipiError) as caught:
        read_set(path)
    assert "第 1 行：由更新的版本写成" in word(caught.value, "zh")
    assert "line 1: written by a newer Meipi" in word(caught.value, "en")


def test_nothing_is_held_but_the_document_being_read(small_set):
    _, documents = jsonl.open_set(io.BytesIO(stored(small_set)))
    assert next(documents) == small_set.documents[0]
