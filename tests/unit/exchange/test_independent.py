"""Readers that are not ours agree on what we wrote: on every text, place and label."""

import io
import json
import lzma
import os
import re
import zipfile
from pathlib import Path

import cassis
import docx
import html5lib
import openpyxl
import pytest
from lxml import etree

from meipi.core.annotated_set import AnnotatedSet
from meipi.exchange import FORMATS, read_set, uima_types
from meipi.exchange.brat_types import labels_in
from meipi.exchange.webanno_read import annotations_of
from meipi.exchange.webanno_table import read_table, write_table

SCHEMAS = Path(__file__).parents[2] / "schemas"


@pytest.fixture
def unpacked(small_set, written, tmp_path):
    """Write the small set and unpack the archive."""

    def unpack(name: str):
        with zipfile.ZipFile(io.BytesIO(written(FORMATS[name], small_set))) as archive:
            archive.extractall(tmp_path)
        return tmp_path

    return unpack


def quotes_of(annotated: AnnotatedSet) -> list[str]:
    """Return the quotes of all annotations and entities, in no order."""
    annotations = [a.anchor.quote for d in annotated.documents for a in d.annotations]
    return sorted(annotations + [m.text for d in annotated.documents for m in d.mentions or ()])


def test_the_words_on_every_line_of_brat_are_those_at_its_place(small_set, unpacked):
    seen = 0
    for path in sorted(unpacked("brat").glob("*.ann")):
        text = path.with_suffix(".txt").read_bytes().decode()
        for line in path.read_bytes().decode().split("\n"):
            if not line.startswith("T"):
                continue
            _, place, words = line.split("\t", 2)
            pieces = [piece.split(" ") for piece in place.partition(" ")[2].split(";")]
            assert words == " ".join(text[int(a) : int(b)] for a, b in pieces)
            seen += 1
    assert seen == len(quotes_of(small_set))


def test_pybrat_reads_every_passage_at_its_place(small_set, unpacked):
    pybrat = pytest.importorskip("pybrat.parser")
    folder = unpacked("brat")
    labels = labels_in((folder / "visual.conf").read_text())
    seen = []
    for path in sorted(folder.glob("*.ann")):
        (example,) = [e for e in pybrat.BratParser().parse(folder) if e.id == path.stem]
        for entity in example.entities:
            pieces = [example.text[span.start : span.end] for span in entity.spans]
            assert " ".join(pieces) == entity.mention
            assert entity.type in labels
            seen.append(re.sub(r"\s", "", entity.mention))
    assert sorted(seen) == sorted(re.sub(r"\s", "", quote) for quote in quotes_of(small_set))


def test_seqeval_finds_the_spans_that_were_kept(small_set, written):
    seqeval = pytest.importorskip("seqeval.metrics.sequence_labeling")
    text = written(FORMATS["conll"], small_set).decode()
    chunks = []
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if "\t" in line]
        for label, start, end in seqeval.get_entities([row[1] for row in rows]):
            chunks.append((label, "".join(row[0] for row in rows[start : end + 1])))
    assert chunks == [
        ("LOC", "天津市"),
        ("区域%20\\>%20发展%20>%20协同", "協同發展"),
        ("区域%20\\>%20发展", "推動京津冀"),
        ("区域%20\\>%20发展", "\ufeff习近平在"),
        ("区域%20\\>%20发展%20>%20协同", "🙂李克强。北京大学与清华大学签约。一家👨‍👩‍👧‍👦人"),
        ("区域%20\\>%20发展", '=1+1，“引号”,"quoted"**星号**<b>&amp;</b>'),
    ]


def test_label_studio_knows_the_labels_and_places(small_set, unpacked):
    objects = pytest.importorskip("label_studio_sdk.label_interface")
    folder = unpacked("label-studio")
    interface = objects.LabelInterface((folder / "config.xml").read_text())
    interface.validate()
    tasks = json.loads((folder / "tasks.json").read_text())
    quotes = []
    for task in tasks:
        assert interface.validate_task({"data": task["data"]})
        assert all(map(interface.validate_annotation, task["annotations"]))
        for region in (r for one in task["annotations"] for r in one["result"]):
            value = region["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
            quotes.append(value["text"])
    assert sorted(quotes) == quotes_of(small_set)


@pytest.mark.parametrize("name", ["doccano", "doccano-entities"])
def test_doccano_parses_its_lines(small_set, written, tmp_path, name):
    parsers = pytest.importorskip("backend.data_import.pipeline.parsers")
    path = tmp_path / "set.jsonl"
    path.write_bytes(written(FORMATS[name], small_set))
    parser = parsers.JSONLParser(encoding="utf-8")
    quotes = []
    for row in parser.parse(str(path)):
        quotes += [row["text"][start:end] for start, end, _ in row.get("label", [])]
        quotes += [
            row["text"][one["start_offset"] : one["end_offset"]] for one in row.get("entities", [])
        ]
    assert not parser.errors
    assert sorted(quotes) == quotes_of(small_set)


@pytest.fixture(scope="module")
def project_schema(cases):
    return etree.XMLSchema(etree.parse(cases / "refi_qda" / "Project-mrt2019.xsd"))


def test_a_project_is_valid_and_its_selections_are_the_quotes(small_set, unpacked, project_schema):
    folder = unpacked("refi-qda")
    project = etree.parse(folder / "project.qde")
    project_schema.assertValid(project)
    quotes = []
    for source in project.iter("{*}TextSource"):
        name = source.get("plainTextPath").removeprefix("internal://")
        text = (folder / "Sources" / name).read_bytes().decode("utf-8-sig")
        for one in source.iter("{*}PlainTextSelection"):
            quotes.append(text[int(one.get("startPosition")) : int(one.get("endPosition"))])
    assert sorted(quotes) == quotes_of(small_set)


def test_pyrefiqda_loads_a_project_and_what_it_saves_is_read_back(small_set, written, tmp_path):
    pyrefiqda = pytest.importorskip("pyrefiqda")
    path, again = tmp_path / "set.qdpx", tmp_path / "again.qdpx"
    path.write_bytes(written(FORMATS["refi-qda"], small_set))
    project = pyrefiqda.RefiProject.load(path, tmp_path / "unpacked")
    sources = tmp_path / "unpacked" / "Sources"
    pyrefiqda.RefiProject.save(project, again, source_media_dir=sources)
    assert read_set(again) == read_set(path)


def test_tei_is_valid(small_set, written):
    with lzma.open(SCHEMAS / "tei_all.rng.xz") as stream:
        schema = etree.RelaxNG(etree.parse(stream))
    schema.assertValid(etree.fromstring(written(FORMATS["tei"], small_set)).getroottree())


def test_teis_ranges_are_the_quotes_and_its_apparatus_gives_the_source(small_set, written):
    root = etree.fromstring(written(FORMATS["tei"], small_set))
    quotes = []
    for tei, document in zip(root.iter("{*}TEI"), small_set.documents, strict=True):
        text = "".join(tei.find(".//{*}ab").itertext())
        for node in tei.iter("{*}annotation"):
            start, length = map(int, re.findall(r",(\d+)", node.get("target")))
            quotes.append(text[start : start + length])
        source, shift = text, 0
        for app in tei.iter("{*}app"):
            start, length = map(int, re.findall(r",(\d+)", app.get("from")))
            before = app.find("{*}rdg").text or ""
            source = source[: start + shift] + before + source[start + shift + length :]
            shift += len(before) - length
        assert source == document.source_text
    assert sorted(quotes) == quotes_of(small_set)


@pytest.mark.parametrize("name", ["uima-xmi", "uima-json"])
def test_cassis_covers_the_same_words(small_set, unpacked, name):
    folder = unpacked(name)
    quotes = []
    for path in sorted(folder.glob("00*")):
        if name == "uima-xmi":
            with (folder / "TypeSystem.xml").open("rb") as stream:
                types = cassis.load_typesystem(stream)
            with path.open("rb") as stream:
                cas = cassis.load_cas_from_xmi(stream, typesystem=types)
        else:
            with path.open("rb") as stream:
                cas = cassis.load_cas_from_json(stream)
        for kind in (uima_types.ANNOTATION, uima_types.ENTITY):
            quotes += [one.get_covered_text() for one in cas.select(kind)]
        assert "".join(s.get_covered_text() for s in cas.select(uima_types.SENTENCE))
    assert sorted(quotes) == quotes_of(small_set)


def test_what_cassis_writes_is_read_back(small_set, unpacked, tmp_path):
    folder = unpacked("uima-xmi")
    with (folder / "TypeSystem.xml").open("rb") as stream:
        types = cassis.load_typesystem(stream)
    with (folder / "002.xmi").open("rb") as stream:
        cas = cassis.load_cas_from_xmi(stream, typesystem=types)
    again = tmp_path / "again.xmi"
    cas.to_xmi(again)
    (found,) = read_set(again).documents
    wanted = small_set.documents[1]
    assert found.repaired.text == wanted.repaired.text
    essence = [(a.id, a.anchor.span, a.note, a.created) for a in wanted.annotations]
    assert sorted((a.id, a.anchor.span, a.note, a.created) for a in found.annotations) == essence


REFERENCES = os.environ.get("MEIPI_WEBANNO", "")


def reference_tables():
    """Return WebAnno's own reference files, where ``MEIPI_WEBANNO`` names their folder."""
    return sorted(Path(REFERENCES).glob("*/reference.tsv")) if REFERENCES else []


@pytest.mark.parametrize("path", reference_tables(), ids=lambda path: path.parent.name)
def test_a_reference_table_is_written_again_byte_for_byte(path):
    data = path.read_bytes()
    assert "".join(write_table(read_table(data.decode()))).encode() == data


def tables_true_to_their_xmi():
    """Return the tables that say the same as the XMI beside them.

    WebAnno itself moves blanks at the ends of marks and marks without width to the next token, and
    leaves out what has an unset slot; two of its tables have no XMI.
    """
    altered = re.compile("Whitespace|ZeroWidth|UnsetSlot")
    there = [path for path in reference_tables() if path.with_suffix(".xmi").exists()]
    return [path for path in there if not altered.search(path.parent.name)]


@pytest.mark.parametrize("path", tables_true_to_their_xmi(), ids=lambda path: path.parent.name)
def test_the_spans_of_a_reference_table_are_those_of_its_xmi(path):
    table = read_table(path.read_text())
    root = etree.parse(path.with_suffix(".xmi")).getroot()
    for layer in table.layers:
        if layer.kind == "T_SP" and ".lexmorph." not in layer.type:
            only = read_table(path.read_text())
            names = [e for e in root if e.tag.rpartition("}")[2] == layer.type.split(".")[-1]]
            if not names:  # some of the XMI files were saved without the layer
                continue
            wanted = sorted((int(e.get("begin")), int(e.get("end"))) for e in names)
            assert sorted(spans_of(only, layer)) == wanted


def spans_of(table, layer):
    """Return the places of a layer's annotations, in UTF-16 units."""
    column = sum(one.columns for one in table.layers[: table.layers.index(layer)])
    return [(one.start, one.end) for one in annotations_of(table, layer, column)]


def test_a_table_read_by_hand_has_every_mark_on_its_words(small_set, unpacked):
    seen = {}
    for path in sorted(unpacked("webanno").glob("*.tsv")):
        for line in path.read_bytes().decode().split("\n"):
            cells = line.split("\t")
            for value in cells[4:5] + cells[10:11] if len(cells) > 9 else []:
                for one in value.split("|"):
                    if match := re.search(r"\[(\d+)\]$", one):
                        seen.setdefault((path.name, match[1]), []).append(cells[2])
    words = sorted("".join(parts) for parts in seen.values())
    assert words == sorted(re.sub(r"\s", "", quote) for quote in quotes_of(small_set))


def test_openpyxl_sees_quotes_and_no_formula(small_set, written):
    book = openpyxl.load_workbook(io.BytesIO(written(FORMATS["xlsx"], small_set)))
    header, *rows = book.active.iter_rows()
    names = [cell.value for cell in header]
    assert not any(cell.data_type == "f" for row in rows for cell in row)
    marked = [row for row in rows if row[names.index("kind")].value == "annotation"]
    quotes = [row[names.index("quote")].value for row in marked]
    assert sorted(quotes) == sorted(
        a.anchor.quote for d in small_set.documents for a in d.annotations
    )
    assert [type(row[names.index("start")].value) for row in rows] == [int] * len(rows)


def test_what_openpyxl_saves_is_read_back(small_set, written, tmp_path):
    data = written(FORMATS["xlsx"], small_set)
    again = tmp_path / "again.xlsx"
    openpyxl.load_workbook(io.BytesIO(data)).save(again)
    assert read_set(again) == FORMATS["xlsx"].read(io.BytesIO(data))


def test_python_docx_reads_the_text_the_quotes_and_the_comments(small_set, written):
    document = docx.Document(io.BytesIO(written(FORMATS["docx"], small_set)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for one in small_set.documents:
        assert one.repaired.text.replace("\r", " ") in text
    bold = [run.text for p in document.paragraphs for run in p.runs if run.bold]
    wanted = [a.anchor.quote.replace("\r", " ") for d in small_set.documents for a in d.annotations]
    assert sorted(bold) == sorted(wanted)
    notes = [a.note for d in small_set.documents for a in d.annotations if a.note]
    comments = [comment.text for comment in document.comments]
    assert sorted(c.partition(": ")[2] or c for c in comments) == sorted(notes)


def test_html5lib_sees_the_whole_text_and_every_quote(small_set, written):
    tree = html5lib.parse(written(FORMATS["html"], small_set).decode(), namespaceHTMLElements=False)
    texts = ["".join(node.itertext()) for node in tree.iter("div") if node.get("class") == "text"]
    assert texts == [d.repaired.text for d in small_set.documents]
    quotes = ["".join(node.itertext()) for node in tree.iter("q")]
    assert sorted(quotes) == sorted(
        a.anchor.quote for d in small_set.documents for a in d.annotations
    )
    assert not list(tree.iter("script"))


def test_datasets_loads_parquet_with_the_same_slices(small_set, written, tmp_path):
    datasets = pytest.importorskip("datasets")
    path = tmp_path / "set.parquet"
    path.write_bytes(written(FORMATS["parquet"], small_set))
    rows = datasets.Dataset.from_parquet(str(path), cache_dir=str(tmp_path / "cache"))
    quotes = [row["text"][one["start"] : one["end"]] for row in rows for one in row["spans"]]
    assert sorted(quotes) == quotes_of(small_set)
    assert all(len(row["tokens"]) == len(row["ner_tags"]) for row in rows)


def test_spacy_loads_a_docbin_with_the_same_spans(small_set, written):
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import DocBin

    store = DocBin().from_bytes(written(FORMATS["spacy"], small_set))
    docs = list(store.get_docs(spacy.blank("zh").vocab))
    assert [doc.text for doc in docs] == [d.repaired.text for d in small_set.documents]
    quotes = [span.text for doc in docs for group in doc.spans.values() for span in group]
    assert sorted(quotes) == sorted(quote.strip() for quote in quotes_of(small_set))


def test_hypothesis_counts_as_a_browser_does(small_set, written):
    rows = json.loads(written(FORMATS["hypothesis"], small_set))["rows"]
    texts = {d.document.title: d.repaired.text for d in small_set.documents}
    for row in rows:
        position, quote = row["target"][0]["selector"][:2]
        units = texts[row["document"]["title"][0]].encode("utf-16-le", "surrogatepass")
        found = units[2 * position["start"] : 2 * position["end"]].decode("utf-16-le")
        assert found == quote["exact"]
    assert len(rows) == sum(len(d.annotations) for d in small_set.documents)
