"""What a file holds that Meipi has no place for is counted, not passed over in silence."""

import io
import json
import zipfile

import pytest

from meipi.exchange import FORMATS

TEXT = "甲公司投资乙市。"


def packed(**members: str) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    stream.seek(0)
    return stream


def passed(name: str, content: str | io.BytesIO) -> dict[str, int]:
    stream = content if isinstance(content, io.BytesIO) else io.BytesIO(content.encode())
    return dict(FORMATS[name].read(stream).passed_over)


def test_brats_relations_events_and_attributes_are_counted():
    ann = (
        "T1\tOrg 0 3\t甲公司\nT2\tLoc 5 7\t乙市\nR1\tInvests Arg1:T1 Arg2:T2\n*\tSame T1 T2\n"
        "E1\tInvest:T1\nA1\tNegated E1\nN1\tReference T1 Wikidata:Q1\t甲\n"
        "#1\tAnnotatorNotes T1\t批语\n#2\tAnnotatorNotes R1\t关系的批语\n"
    )
    found = FORMATS["brat"].read(packed(**{"a.txt": TEXT, "a.ann": ann}))
    assert dict(found.passed_over) == {
        **{"relation": 1, "event": 1, "attribute": 1, "reference": 1, "note": 1}
    }
    assert [a.note for a in found.documents[0].annotations] == ["批语", ""]
    assert [link.label for link in found.documents[0].links] == ["Invests"]


def test_doccanos_relations_are_counted():
    entities = [{"id": n, "label": "x", "start_offset": n, "end_offset": n + 2} for n in (0, 3)]
    relations = [{"id": 1, "from_id": 0, "to_id": 3, "type": "投资"}]
    line = json.dumps({"text": TEXT, "entities": entities, "relations": relations})
    assert passed("doccano-entities", line + "\n") == {"relation": 1}


def test_label_studios_relations_and_choices_are_counted():
    region = {"type": "labels", "value": {"start": 0, "end": 3, "labels": ["x"]}}
    others = [
        {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right"},
        {"type": "choices", "value": {"choices": ["经济"]}},
    ]
    task = {"data": {"text": TEXT}, "annotations": [{"result": [region, *others]}]}
    assert passed("label-studio", json.dumps([task])) == {"relation": 1, "document_label": 1}


def test_prodigys_relations_and_rejected_texts_are_counted():
    spans = [{"start": 0, "end": 3, "label": "x"}]
    kept = {"text": TEXT, "spans": spans, "relations": [{"head": 0, "child": 1, "label": "投"}]}
    lines = [kept, {"text": TEXT, "spans": [], "answer": "reject"}]
    content = "".join(json.dumps(line) + "\n" for line in lines)
    assert passed("prodigy", content) == {"relation": 1, "rejected": 1}


def test_webannos_relations_are_counted_and_its_spans_are_kept():
    table = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|value\n"
        "#T_RL=webanno.custom.Relation|value|BT_webanno.custom.Span\n\n\n"
        "#Text=甲 乙\n1-1\t0-1\t甲\tx\t_\t_\t\n1-2\t2-3\t乙\ty\t投资\t1-1\t\n"
    )
    found = FORMATS["webanno"].read(io.BytesIO(table.encode()))
    assert dict(found.passed_over) == {"relation": 1}
    assert len(found.documents[0].annotations) == 2


def test_relations_in_a_cas_are_links_and_no_marks():
    def structure(number: int, kind: str, **features: object) -> dict[str, object]:
        return {"%ID": number, "%TYPE": kind, **features}

    structures = [
        structure(1, "uima.cas.Sofa", sofaNum=1, sofaID="_InitialView", sofaString=TEXT),
        structure(2, "webanno.custom.Span", begin=0, end=3, value="x"),
        structure(3, "webanno.custom.Span", begin=5, end=7, value="y"),
        structure(
            4, "webanno.custom.Relation", begin=5, end=7, **{"@Governor": 2, "@Dependent": 3}
        ),
        structure(
            5, "webanno.custom.Relation", begin=5, end=7, **{"@Governor": 2, "@Dependent": 9}
        ),
    ]
    content = json.dumps({"%FEATURE_STRUCTURES": structures})
    found = FORMATS["uima-json"].read(io.BytesIO(content.encode()))
    assert dict(found.passed_over) == {"relation": 1}
    (document,) = found.documents
    by_id = {one.id: one.anchor.quote for one in document.annotations}
    (link,) = document.links
    assert (by_id[link.source], link.label, by_id[link.target]) == ("甲公司", "Relation", "乙市")


def test_notes_on_a_whole_page_are_counted():
    rows = [{"uri": "https://example.org/a", "text": "整页", "tags": [], "target": [{}]}]
    assert passed("hypothesis", json.dumps({"rows": rows})) == {"page_note": 1}


REFI = """<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Users/><CodeBook><Codes/></CodeBook>
<Cases><Case guid="{0}1" name="甲"/></Cases><Sources>
<TextSource guid="{0}2" name="a"><PlainTextContent>甲公司</PlainTextContent>
<PlainTextSelection guid="{0}3" startPosition="0" endPosition="1" name="甲"/></TextSource>
<PictureSource guid="{0}4" name="b" path="internal://b.jpg">
<PictureSelection guid="{0}5" firstX="0" firstY="0" secondX="1" secondY="1"/></PictureSource>
</Sources><Notes><Note guid="{0}6"><PlainTextContent>备忘</PlainTextContent></Note></Notes>
<Links><Link guid="{0}7" originGUID="{0}3" targetGUID="{0}5"/></Links>
<Sets><Set guid="{0}8" name="组"/></Sets></Project>"""


def test_what_a_qda_project_holds_beside_coded_texts_is_counted():
    project = REFI.format("00000000-0000-4000-8000-00000000000")
    assert passed("refi-qda", packed(**{"p.qde": project})) == {
        **{"case": 1, "source": 1, "region": 1, "note": 1, "relation": 1, "set": 1}
    }


@pytest.mark.parametrize("name", [n for n, one in FORMATS.items() if one.can_read])
def test_of_what_meipi_wrote_nothing_is_passed_over(small_set, written, name):
    if not FORMATS[name].available:
        pytest.skip(f"needs {FORMATS[name].module}")
    found = FORMATS[name].read(io.BytesIO(written(FORMATS[name], small_set)))
    assert found.passed_over == ()
