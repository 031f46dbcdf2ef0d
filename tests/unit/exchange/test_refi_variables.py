"""Attributes and tags of whole documents go through REFI-QDA projects, ours and those of others."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from meipi.core.annotated_set import AnnotatedSet
from meipi.core.attributes import Attribute, AttributeValue, DocumentTag, Kind, Subject
from meipi.exchange import FORMATS, losses

XSD = Path(__file__).parents[2] / "cases" / "refi_qda" / "Project-mrt2019.xsd"
REFI = FORMATS["refi-qda"]
KEYS = {kind: f"{number:032x}" for number, kind in enumerate(Kind, 1)}
ATTRIBUTES = tuple(
    Attribute(key, Subject.DOCUMENT, f"属性 {kind}", kind, ("日报", "周|报"), at)
    if kind is Kind.CHOICE
    else Attribute(key, Subject.DOCUMENT, f"属性 {kind}", kind, (), at)
    for at, (kind, key) in enumerate(KEYS.items())
)
VALUES = {
    Kind.TEXT: "=危险 <b>",
    Kind.NUMBER: "-3.5",
    Kind.DATE: "2025-03-01",
    Kind.CHOICE: "周|报",
    Kind.YES_NO: "no",
}


@pytest.fixture
def described(small_set) -> AnnotatedSet:
    first, *rest = small_set.documents
    key = first.document.id
    values = tuple(AttributeValue(KEYS[kind], key, VALUES[kind]) for kind in Kind)
    tags = (DocumentTag(key, "t1", "晓", "2026-03-01T08:00:00.000Z"), DocumentTag(key, "t4"))
    return AnnotatedSet(
        (replace(first, values=values, tags=tags), *rest), small_set.tags, attributes=ATTRIBUTES
    )


def project(body: str, *, text: str = "天津市") -> io.BytesIO:
    """Return a project as another program writes it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        head = '<Project xmlns="urn:QDA-XML:project:1.0" name="x">'
        archive.writestr("a.qde", f"{head}{body}</Project>")
        archive.writestr("Sources/a.txt", text)
    stream.seek(0)
    return stream


GUID = "00000000-0000-0000-0000-00000000000"
SOURCE = f'guid="{GUID}1" name="a" plainTextPath="internal://a.txt"'


def test_every_kind_of_value_comes_back_and_the_schema_agrees(described, written):
    data = written(REFI, described)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("project.qde"))
    etree.XMLSchema(etree.parse(XSD)).assertValid(root)
    found = REFI.read(io.BytesIO(data))
    assert [(one.name, one.kind, one.choices) for one in found.attributes] == [
        (one.name, one.kind, one.choices) for one in ATTRIBUTES
    ]
    first = found.documents[0]
    assert {one.value for one in first.values} == set(VALUES.values())
    names = {tag.id: tag.name for tag in found.tags}
    assert [(names[t.tag], t.coder) for t in first.tags] == [("区域 > 发展", "晓"), ("未用", "")]
    REFI.check(io.BytesIO(data), described)


def test_what_it_carries_is_not_in_its_report(described):
    lost = {str(item.what) for item in losses(described, format="refi-qda").items}
    assert lost.isdisjoint({"document values", "document tags"})


def test_values_of_a_case_are_those_of_its_sources():
    body = f"""
    <Variables><Variable guid="{GUID}2" name="年份" typeOfVariable="Integer"/></Variables>
    <Cases><Case guid="{GUID}3" name="c"><VariableValue><VariableRef targetGUID="{GUID}2"/>
    <IntegerValue>2025</IntegerValue></VariableValue>
    <SourceRef targetGUID="{GUID}1"/></Case></Cases>
    <Sources><TextSource {SOURCE}/></Sources>"""
    found = REFI.read(project(body))
    (value,) = found.documents[0].values
    assert (value.value, found.attributes[0].name) == ("2025", "年份")
    assert dict(found.passed_over) == {"case": 1}


def test_a_variable_that_is_not_what_it_says_holds_text():
    body = f"""
    <Variables><Variable guid="{GUID}2" name="日期" typeOfVariable="Date"/></Variables>
    <Sources><TextSource {SOURCE}><VariableValue><VariableRef targetGUID="{GUID}2"/>
    <TextValue>去年</TextValue></VariableValue></TextSource></Sources>"""
    found = REFI.read(project(body))
    assert found.attributes[0].kind is Kind.TEXT
    assert [one.value for one in found.documents[0].values] == ["去年"]


def test_a_value_of_no_source_is_counted_as_passed_over():
    body = f"""
    <Variables><Variable guid="{GUID}2" name="年" typeOfVariable="Text"/></Variables>
    <Cases><Case guid="{GUID}3"><VariableValue><VariableRef targetGUID="{GUID}2"/>
    <TextValue>x</TextValue></VariableValue></Case></Cases>
    <Sources><TextSource {SOURCE}/></Sources>"""
    assert dict(REFI.read(project(body)).passed_over) == {"attribute": 1, "case": 1}
