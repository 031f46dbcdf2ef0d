"""The five samples, repaired and full of marks, through every format and back."""

import hashlib
import io
import zipfile
from collections import Counter
from dataclasses import replace

import cassis
import pytest
from lxml import etree

from meipi.core.anchors import make_anchor
from meipi.core.annotated_set import AnnotatedDocument, AnnotatedSet
from meipi.core.annotation import Annotation, Tag
from meipi.core.document import Document
from meipi.core.entity import EntityType, Mention
from meipi.core.spans import Span
from meipi.exchange import FORMATS, read_set
from meipi.exchange.loss import LEFT_OUT, Facet
from meipi.services.pipeline import prepare

READABLE = [n for n, known in FORMATS.items() if known.can_read and "codebook" not in n]
TAGS = (Tag("a" * 32, "区域"), Tag("b" * 32, "协同", parent="a" * 32), Tag("c" * 32, "民生"))
TIME = "2026-03-01T08:00:00.000Z"


def _annotated(number: int, path) -> AnnotatedDocument:
    """Mark every seventh stretch of twelve characters; some overlap."""
    data = path.read_bytes()
    prepared = prepare(data, name=path.name)
    text, key = prepared.repaired.text, f"{number:032x}"
    annotations = tuple(
        Annotation(
            f"{number:08x}{at:024x}",
            key,
            make_anchor(text, Span(at, min(len(text), at + 12)), prepared.repaired.map),
            (None, *(tag.id for tag in TAGS))[at % 4],
            "批注" if at % 4 == 0 else "",
            "晓",
            TIME,
            TIME,
        )
        for at in range(0, len(text) - 1, 7)
    )
    words = [Span(at, at + 2) for at in range(3, len(text) - 2, 50)]
    mentions = tuple(
        Mention(s, EntityType.ORG, s.slice(text), s.slice(text), "model") for s in words
    )
    document = Document(
        key, hashlib.sha256(data).hexdigest(), path.name, TIME, prepared.decoded.encoding, "text",
        prepared.structure.title or path.stem, None, None, (), None, len(text),
    )  # fmt: skip
    return AnnotatedDocument(
        document, data, prepared.decoded.text, prepared.repaired, prepared.structure,
        annotations, mentions,
    )  # fmt: skip


@pytest.fixture(scope="module")
def marked(seeds) -> AnnotatedSet:
    documents = tuple(_annotated(n, path) for n, path in enumerate(seeds.values(), 1))
    return AnnotatedSet(documents, TAGS)


@pytest.mark.parametrize("name", READABLE)
def test_every_mark_of_the_samples_comes_back_but_those_reported(marked, written, name):
    known = FORMATS[name]
    data = written(known, marked)
    known.check(io.BytesIO(data), marked)
    report = known.losses(marked)
    left_out = Counter(item.subject for item in report.items if item.what in LEFT_OUT)
    found = known.read(io.BytesIO(data))
    total = sum(len(d.annotations) for d in marked.documents)
    assert sum(len(d.annotations) for d in found.documents) == total - left_out["annotation"]
    entities = sum(len(d.mentions or ()) for d in found.documents)
    lost = {item.what for item in report.items}
    if Facet.ENTITIES not in lost:
        wanted = sum(len(d.mentions or ()) for d in marked.documents)
        assert entities == wanted - left_out["entity"]


@pytest.mark.parametrize("name", [n for n in READABLE if n not in {"jsonl", "w3c", "csv", "xlsx"}])
def test_a_second_trip_changes_nothing(marked, written, name):
    known = FORMATS[name]
    first = known.read(io.BytesIO(written(known, marked)))
    again = known.read(io.BytesIO(written(known, first)))
    assert _essence(again) == _essence(first)


def _essence(annotated: AnnotatedSet) -> list[object]:
    """Return texts, marks and tags, whatever stands beside."""
    names = {tag.id: tag.name for tag in annotated.tags}
    return [
        (
            d.repaired.text,
            sorted((a.anchor.span, names.get(a.tag or "", ""), a.note) for a in d.annotations),
            sorted((m.span, m.type) for m in d.mentions or ()),
        )
        for d in (replace(one, data=b"") for one in annotated.documents)
    ]


@pytest.mark.parametrize("name", ["w3c", "tei", "jsonl"])
def test_the_source_text_can_be_made_again(marked, written, name):
    found = FORMATS[name].read(io.BytesIO(written(FORMATS[name], marked)))
    for one, wanted in zip(found.documents, marked.documents, strict=True):
        assert [(e.source_start, e.before) for e in one.repaired.edits] == [
            (e.source_start, e.before) for e in wanted.repaired.edits
        ]
        if name != "w3c":
            assert one.source_text == wanted.source_text


def test_projects_of_the_samples_are_valid_and_survive_another_program(
    marked, written, cases, tmp_path
):
    data = written(FORMATS["refi-qda"], marked)
    schema = etree.XMLSchema(etree.parse(cases / "refi_qda" / "Project-mrt2019.xsd"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        schema.assertValid(etree.fromstring(archive.read("project.qde")).getroottree())
    pyrefiqda = pytest.importorskip("pyrefiqda")
    path, again = tmp_path / "set.qdpx", tmp_path / "again.qdpx"
    path.write_bytes(data)
    project = pyrefiqda.RefiProject.load(path, tmp_path / "unpacked")
    sources = tmp_path / "unpacked" / "Sources"
    pyrefiqda.RefiProject.save(project, again, source_media_dir=sources)
    assert read_set(again) == read_set(path)


def test_cas_of_the_samples_survives_cassis(marked, written, tmp_path):
    data = written(FORMATS["uima-xmi"], marked)
    first = FORMATS["uima-xmi"].read(io.BytesIO(data))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = cassis.load_typesystem(io.BytesIO(archive.read("TypeSystem.xml")))
        names = sorted(name for name in archive.namelist() if name.endswith(".xmi"))
        for name, wanted in zip(names, first.documents, strict=True):
            cas = cassis.load_cas_from_xmi(io.BytesIO(archive.read(name)), typesystem=types)
            cas.to_xmi(tmp_path / name)
            (found,) = read_set(tmp_path / name).documents
            assert found.repaired.text == wanted.repaired.text
            assert _marks(found) == _marks(wanted)


def _marks(document: AnnotatedDocument) -> list[object]:
    annotations = [(a.id, a.anchor.span, a.tag, a.note, a.coder) for a in document.annotations]
    return [sorted(annotations, key=str), sorted((m.span, m.type) for m in document.mentions or ())]
