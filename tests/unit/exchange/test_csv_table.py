"""CSV: what a spreadsheet shows is what was marked, and nothing in it runs."""

import csv
import hashlib
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meipi.core.annotated_set import AnnotatedSet
from meipi.core.entity import EntityType
from meipi.exchange import csv_table, losses, read_set, write_set
from meipi.exchange.csv_cells import guard, read_rows, unguard, write_row
from meipi.exchange.loss import Facet
from meipi.exchange.refusal import Refused


def stored(annotated) -> bytes:
    return "".join(csv_table.chunks(annotated)).encode()


def rows(annotated) -> list[dict[str, str]]:
    """Read the annotations in the table as any other program does."""
    return [row for row in all_rows(annotated) if row["kind"] == "annotation"]


def all_rows(annotated) -> list[dict[str, str]]:
    text = stored(annotated).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def refusal(text: str) -> str:
    with pytest.raises(Refused) as caught:
        csv_table.read(io.BytesIO(text.encode()))
    return caught.value.phrase.en


@pytest.fixture
def table(small_set) -> list[list[str]]:
    """The cells as they were before they were guarded."""
    cells = csv.reader(io.StringIO(stored(small_set).decode("utf-8-sig"), newline=""))
    return [[unguard(cell) for cell in row] for row in cells]


def test_the_python_csv_module_reads_every_quote_as_the_slice_it_is(small_set):
    texts = {d.document.id: d.repaired.text for d in small_set.documents}
    found = rows(small_set)
    assert len(found) == 8
    for row in found:
        slice_ = texts[row["document_id"]][int(row["start"]) : int(row["end"])]
        assert unguard(row["quote"]) == slice_


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_a_table_can_carry_reads_back(annotated_sets, data):
    annotated = data.draw(annotated_sets)
    stream = io.BytesIO(stored(annotated))
    assert csv_table.read(stream) == csv_table.survivors(annotated)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_another_reader_finds_the_same_quotes(annotated_sets, data):
    annotated = data.draw(annotated_sets)
    quotes = [a.anchor.quote for d in annotated.documents for a in d.annotations]
    assert [unguard(row["quote"]) for row in rows(annotated)] == [
        quote.replace("\0", "\ufffd") for quote in quotes
    ]


def test_annotations_survive_with_tag_place_and_note(small_set, tmp_path):
    path = tmp_path / "set.csv"
    write_set(small_set, path, format="csv")
    found = read_set(path)
    before = [a for d in small_set.documents for a in d.annotations]
    after = [a for d in found.documents for a in d.annotations]
    assert [(a.id, a.anchor, a.note, a.modified) for a in after] == [
        (a.id, a.anchor, a.note, a.modified) for a in before
    ]
    names = {tag.id: tag.name for tag in (*small_set.tags, *found.tags)}
    assert [names.get(a.tag) for a in after] == [names.get(a.tag) for a in before]


def test_a_tag_keeps_its_place_in_the_codebook(small_set):
    found = csv_table.read(io.BytesIO(stored(small_set)))
    tags = {tag.name: tag for tag in found.tags}
    assert tags["协同"].parent == tags["区域 > 发展"].id


def test_the_file_begins_with_a_bom_and_ends_lines_with_crlf(small_set):
    data = stored(small_set)
    assert data.startswith(b"\xef\xbb\xbfdocument,")
    assert data.endswith(b"\r\n")


def test_the_text_the_offsets_count_in_is_named_by_its_hash(small_set):
    text = small_set.documents[0].repaired.text
    assert rows(small_set)[0]["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert rows(small_set)[0]["unit"] == "code points"


@pytest.mark.parametrize("start", "=+-@\t\r\n＝＋－＠")
def test_no_cell_begins_as_a_formula(start):
    cell = next(csv.reader(io.StringIO(write_row([f"{start}cmd|' /C calc'!A0"]), newline="")))[0]
    assert cell.startswith("'")
    assert unguard(cell)[0] == start


@given(st.text(st.sampled_from("'=+-@a＝\t")))
def test_the_guard_comes_off_as_it_went_on(value):
    assert unguard(guard(value)) == value


@given(st.lists(st.text(st.sampled_from("a\",\r\n\u2028 ;\t'")), min_size=2, max_size=4))
def test_cells_read_back(values):
    assert list(read_rows(write_row(values))) == [(1, values)]


def test_a_cell_longer_than_the_csv_module_allows_reads_back():
    value = "长" * 200_000
    assert next(read_rows(write_row([value, "x"]))) == (1, [value, "x"])


def test_columns_of_others_and_plain_line_feeds_are_accepted(small_set, table):
    text = "".join(write_row([*row, "我的列"])[:-2] + "\n" for row in table[:2])
    found = csv_table.read(io.BytesIO(text.encode()))
    assert found.documents[0].annotations[0].anchor == small_set.documents[0].annotations[0].anchor


CHANGES = {
    "another unit": ({"unit": "utf-16"}, "line 2: unit cannot be 'utf-16'"),
    "a place that is no number": ({"start": "三"}, "start should be a whole number"),
    "a negative place": ({"start": "-1"}, "start should be a whole number"),
    "a huge place": ({"end": "9" * 5000}, "end should be a whole number"),
    "the end before the start": ({"start": "9", "end": "2"}, "start is not a valid range"),
    "a quote of another length": ({"end": "4"}, "the quote of a1"),
    "an unknown state": ({"state": "sure"}, "state cannot be 'sure'"),
    "no id": ({"annotation_id": ""}, "annotation_id cannot be ''"),
    "no document": ({"document_id": ""}, "document_id cannot be ''"),
    "a used id": ({"annotation_id": "a2"}, "line 3: the id a2 is used twice"),
    "another title": ({"title": "别的"}, "line 3: says otherwise about d1"),
}


@pytest.mark.parametrize(("change", "reason"), CHANGES.values(), ids=CHANGES)
def test_a_changed_table_is_refused_with_its_row_and_reason(table, change, reason):
    for column, value in change.items():
        table[1][table[0].index(column)] = value
    assert reason in refusal("".join(map(write_row, table)))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "line 1: the header has no column document"),
        ("a,b\r\n1,2\r\n", "the header has no column document"),
        ('"a', "line 1: a quotation mark is unpaired"),
        ('a"b,c\r\n', "line 1: a quotation mark is unpaired"),
        ('"a"b,c\r\n', "line 1: a quotation mark is unpaired"),
        ("\0", "a binary file"),
    ],
)
def test_what_is_no_such_table_is_refused(text, reason):
    assert reason in refusal(text)


def test_a_row_of_too_few_cells_is_refused(table):
    table[1].pop()
    assert "line 2: should have 29 cells and has 28" in refusal("".join(map(write_row, table)))


def test_the_report_counts_exactly_what_is_lost(small_set):
    lost = {(i.what, i.subject, i.id): i.count for i in losses(small_set, format="csv").items}
    assert lost[Facet.BYTES, "document", "d1"] == len(small_set.documents[0].data)
    assert lost[Facet.REPAIRS, "document", "d1"] == 4
    assert lost[Facet.EMPTY_DOCUMENT, "document", "d3"] == 1
    assert lost[Facet.UNUSED_TAG, "tag", "t4"] == 1
    assert (Facet.COLOR, "tag", "t4") not in lost
    assert (Facet.HIERARCHY, "tag", "t2") not in lost
    assert not any(subject == "annotation" for _, subject, _ in lost)


def test_a_quote_longer_than_a_spreadsheet_cell_is_reported(probe_document):
    text = "长" * 40_000
    annotated = AnnotatedSet((probe_document(text, 1, [(0, len(text), None, "")]),), ())
    items = losses(annotated, format="csv").items
    assert [item.id for item in items if item.what is Facet.LONG_CELL] == ["d1a1"]


def test_nul_becomes_a_replacement_character_and_is_reported(probe_document, tmp_path):
    annotated = AnnotatedSet((probe_document("甲\0乙", 1, [(0, 3, None, "")]),), ())
    path = tmp_path / "set.csv"
    report = write_set(annotated, path, format="csv")
    assert [item.count for item in report.items if item.what is Facet.CONTROLS] == [1]
    assert b"\0" not in path.read_bytes()


def test_entities_are_rows_of_their_own_kind(small_set):
    (document,) = (one for one in small_set.documents if one.mentions)
    found = [row for row in all_rows(small_set) if row["kind"] == "entity"]
    assert len(found) == len(document.mentions)
    for row, mention in zip(found, document.mentions, strict=True):
        assert (row["type"], unguard(row["quote"])) == (mention.type, mention.text)
        assert (row["normal"] or row["code"]) == (mention.normal or "")
        assert row["tag"] == row["annotation_id"] == ""


def test_the_code_of_a_place_is_no_normal_form(small_set):
    document = next(one for one in small_set.documents if one.mentions)
    place = replace(document.mentions[0], type=EntityType.LOC, normal="330324")
    share = replace(document.mentions[0], type=EntityType.PERCENT, normal="62.8 %", corrected=True)
    changed = replace(small_set, documents=(replace(document, mentions=(place, share)),))
    first, second = (row for row in all_rows(changed) if row["kind"] == "entity")
    assert (first["code"], first["normal"], first["state"]) == ("330324", "", "")
    assert (second["code"], second["normal"], second["state"]) == ("", "62.8 %", "corrected")
    (read,) = csv_table.read(io.BytesIO(stored(changed))).documents
    assert read.mentions == (place, share)


def test_a_table_from_before_there_were_entities_in_it_is_read(table):
    kinds = table[0].index("kind")
    old = [row[:kinds] for row in table if row[kinds] != "entity"]
    read = csv_table.read(io.BytesIO("".join(map(write_row, old)).encode()))
    assert sum(len(one.annotations) for one in read.documents) == len(old) - 1


def test_a_row_of_another_kind_is_refused(table):
    table[1][table[0].index("kind")] = "remark"
    assert "kind" in refusal("".join(map(write_row, table)))
