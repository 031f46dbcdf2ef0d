"""The loss report: exact, and in words."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meipi.core.anchors import AnchorState
from meipi.core.annotated_set import AnnotatedSet
from meipi.exchange import FORMATS, csv_table, losses, w3c, write_set
from meipi.exchange.loss import Facet, LossReport


def test_a_report_of_nothing_is_lossless():
    assert LossReport("jsonl", ()).lossless
    assert LossReport("jsonl", ()).summary("zh") == "jsonl:无损,可原样导回。"


def test_a_format_that_is_not_read_back_is_not_lossless():
    assert not LossReport("markdown", (), can_read=False).lossless


def test_the_summary_is_one_line_with_sums(small_set):
    summary = losses(small_set, format="csv").summary()
    assert "original bytes (3 documents, 288 in all)" in summary
    assert "repairs (1 document, 4 in all)" in summary
    assert "\n" not in summary


def test_the_summary_is_worded_in_chinese(small_set):
    assert "修复记录(1 篇文档,共 4)" in losses(small_set, format="csv").summary("zh")


def test_the_text_names_every_item_once_in_each_language(small_set):
    report = losses(small_set, format="w3c")
    assert report.text().count("\n- ") == 2 * len(report.items)


def test_a_name_with_line_breaks_stays_on_its_line(probe_document):
    document = probe_document("甲\n乙", 1, [(0, 3, None, "")])
    moved = replace(document.annotations[0].anchor, state=AnchorState.MOVED)
    annotation = replace(document.annotations[0], anchor=moved)
    report = losses(AnnotatedSet((replace(document, annotations=(annotation,)),), ()), format="w3c")
    assert "「甲 乙」: states of anchors" in report.text()


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_the_totals_add_up_to_the_items(annotated_sets, data, name):
    annotated = data.draw(annotated_sets)
    report = losses(annotated, format=name)
    assert sum(concerned for concerned, _ in report.totals().values()) == len(report.items)


@pytest.mark.parametrize("module", [csv_table, w3c])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_differs_after_reading_back_is_in_the_report(annotated_sets, data, module):
    annotated = data.draw(annotated_sets)
    left = {d.document.id: d for d in module.survivors(annotated).documents}
    lost = {(i.what, i.id) for i in module.FORMAT.losses(annotated).items}
    for one in annotated.documents:
        key = one.document.id
        kept = left.get(key)
        if kept is None:
            assert (Facet.EMPTY_DOCUMENT, key) in lost or one.mentions
            continue
        pairs = {
            Facet.BYTES: (one.data, kept.data),
            Facet.SOURCE_TEXT: (one.source_text, kept.source_text),
            Facet.READING_TEXT: (one.repaired.text, kept.repaired.text),
            Facet.REPAIRS: (one.repaired.edits, kept.repaired.edits),
            Facet.LOST: (one.repaired.lost, kept.repaired.lost),
            Facet.STRUCTURE: (one.structure, kept.structure),
            Facet.NAME: (one.document.name, kept.document.name),
            Facet.TITLE: (one.document.title, kept.document.title),
            Facet.DATE: (one.document.date, kept.document.date),
            Facet.AUTHORS: (one.document.authors, kept.document.authors),
            Facet.REGION: (one.document.region, kept.document.region),
        }
        replaced = (Facet.CONTROLS, key) in lost
        for facet, (before, after) in pairs.items():
            assert ((facet, key) in lost or (replaced and before != after)) == (before != after)
        same = one.mentions == kept.mentions
        assert same != bool({(Facet.ENTITIES, key), (Facet.ENTITY_SEARCH, key)} & lost)


class _Once:
    """A set whose documents are made when they are asked for."""

    def __init__(self, annotated: AnnotatedSet) -> None:
        self.tags, self.attributes = annotated.tags, annotated.attributes
        self.memos = annotated.memos
        self.documents = self
        self.made: list[str] = []
        self._annotated = annotated

    def __len__(self) -> int:
        return len(self._annotated.documents)

    def __iter__(self):
        for document in self._annotated.documents:
            self.made.append(document.document.id)
            yield document

    def __contains__(self, item: object) -> bool:
        return item in self._annotated.documents


def test_documents_are_asked_for_one_at_a_time(small_set):
    lazy = _Once(small_set)
    next(FORMATS["jsonl"].chunks(lazy))
    assert lazy.made == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_set_that_makes_its_documents_anew_can_be_written(small_set, written, tmp_path, name):
    path = tmp_path / "set"
    write_set(_Once(small_set), path, format=name)
    assert path.read_bytes() == written(FORMATS[name], small_set)
