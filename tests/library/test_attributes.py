"""Attributes of documents and annotations, tags of documents, states of annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.attributes import CERTAINTY, Kind, Subject
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span

if TYPE_CHECKING:
    from meipi.services.workspace import Workspace


@pytest.fixture
def annotation(workspace: Workspace, document: str, tag: str) -> str:
    changes = workspace.annotating.add(document, Span(0, 3), tag=tag).result()
    return next(iter(changes.annotations))


def define(workspace: Workspace, name: str, kind: Kind = Kind.TEXT, *choices: str) -> str:
    future = workspace.attributes.define(name, Subject.DOCUMENT, kind=kind, choices=choices)
    return next(iter(future.result().attributes))


def refusal(future: object) -> ErrorCode:
    with pytest.raises(MeipiError) as caught:
        future.result()  # type: ignore[attr-defined]
    return caught.value.code


def values(workspace: Workspace, document: str) -> list[str]:
    return [one.value for one in workspace.attributes.values_on(document)]


def test_every_library_knows_the_certainty_of_annotations(
    workspace: Workspace, document: str, annotation: str
) -> None:
    workspace.attributes.set_on_annotations(CERTAINTY, [annotation], "low").result()
    (value,) = workspace.attributes.values_on(document)
    assert (value.annotation, value.value) == (annotation, "low")
    wrong = workspace.attributes.set_on_annotations(CERTAINTY, [annotation], "maybe")
    assert refusal(wrong) is ErrorCode.ATTRIBUTE_VALUE_INVALID


def test_a_value_set_on_several_documents_is_one_act(workspace: Workspace, document: str) -> None:
    other = workspace.documents.add_bytes("另一篇".encode(), name="b.txt").result().document
    key = define(workspace, "刊期", Kind.CHOICE, "日报", "周报")
    workspace.attributes.set_on_documents(key, [document, other], "周报").result()
    assert values(workspace, document) == values(workspace, other) == ["周报"]
    assert workspace.history.undo_label() == "把“刊期”设为“周报”（2 项）"
    workspace.attributes.set_on_documents(key, [other], "").result()
    assert workspace.attributes.counts() == {key: 1}
    workspace.history.undo().result()
    workspace.history.undo().result()
    assert workspace.attributes.counts() == {}


def test_deleting_an_annotation_takes_its_values_and_undo_brings_them_back(
    workspace: Workspace, document: str, annotation: str
) -> None:
    workspace.attributes.set_on_annotations(CERTAINTY, [annotation], "high").result()
    workspace.annotating.delete([annotation]).result()
    assert values(workspace, document) == []
    workspace.history.undo().result()
    assert values(workspace, document) == ["high"]


def test_deleting_an_attribute_takes_its_values(workspace: Workspace, document: str) -> None:
    key = define(workspace, "发行量", Kind.NUMBER)
    workspace.attributes.set_on_documents(key, [document], "1,200").result()
    assert values(workspace, document) == ["1200"]
    workspace.attributes.delete(key).result()
    assert values(workspace, document) == []
    assert workspace.history.undo_label() == "删除属性“发行量”（1 个值）"
    workspace.history.undo().result()
    assert values(workspace, document) == ["1200"]


def test_a_choice_renamed_is_renamed_in_use(workspace: Workspace, document: str) -> None:
    key = define(workspace, "刊期", Kind.CHOICE, "日报", "周报")
    workspace.attributes.set_on_documents(key, [document], "周报").result()
    workspace.attributes.change(key, choices=["日报", "周刊"]).result()
    assert values(workspace, document) == ["周刊"]
    workspace.attributes.change(key, choices=["周刊", "日报"]).result()
    assert values(workspace, document) == ["周刊"]


def test_a_definition_that_values_do_not_fit_is_refused(
    workspace: Workspace, document: str
) -> None:
    key = define(workspace, "备注")
    workspace.attributes.set_on_documents(key, [document], "很多").result()
    assert refusal(workspace.attributes.change(key, kind=Kind.NUMBER)) is ErrorCode.ATTRIBUTE_IN_USE
    workspace.attributes.set_on_documents(key, [document], "2025年3月").result()
    workspace.attributes.change(key, kind=Kind.DATE).result()
    assert values(workspace, document) == ["2025-03"]


@pytest.mark.parametrize(
    ("name", "choices", "code"),
    [
        (" ", (), ErrorCode.ATTRIBUTE_NAMELESS),
        ("备注", (), ErrorCode.ATTRIBUTE_EXISTS),
        ("刊期", ("日报", "日报"), ErrorCode.ATTRIBUTE_CHOICES),
        ("刊期", ("",), ErrorCode.ATTRIBUTE_CHOICES),
    ],
)
def test_a_definition_that_is_none_is_refused(
    workspace: Workspace, name: str, choices: tuple[str, ...], code: ErrorCode
) -> None:
    define(workspace, "备注")
    future = workspace.attributes.define(name, Subject.DOCUMENT, kind=Kind.CHOICE, choices=choices)
    assert refusal(future) is code


def test_what_is_not_there_is_said(workspace: Workspace, document: str, annotation: str) -> None:
    key = define(workspace, "备注")
    attributes = workspace.attributes
    for future, code in (
        (attributes.set_on_documents("x", [document], "1"), ErrorCode.ATTRIBUTE_UNKNOWN),
        (attributes.set_on_documents(key, ["x"], "1"), ErrorCode.DOCUMENT_UNKNOWN),
        (attributes.set_on_annotations(CERTAINTY, ["x"], "low"), ErrorCode.ANNOTATION_UNKNOWN),
        (attributes.set_on_annotations(key, [annotation], "1"), ErrorCode.ATTRIBUTE_OTHER_SUBJECT),
        (attributes.set_given(["x"], "region", "天津"), ErrorCode.DOCUMENT_UNKNOWN),
        (workspace.document_tags.add([document], "x"), ErrorCode.TAG_UNKNOWN),
    ):
        assert refusal(future) is code
    with pytest.raises(MeipiError):
        attributes.set_given([document], "length", "3")
    with pytest.raises(MeipiError):
        attributes.set_status([annotation], "whatever")


def test_what_the_reader_wrote_over_stays_when_the_document_is_read_again(
    workspace: Workspace, document: str
) -> None:
    workspace.attributes.set_given([document], "title", "宝坻的产业").result()
    workspace.attributes.set_given([document], "date", "2025.3.1").result()
    workspace.attributes.set_given([document], "authors", "王一；李二").result()
    workspace.documents.change_encoding(document, "gb18030").result()
    found = workspace.documents.get(document)
    assert (found.title, found.date, found.authors) == (
        "宝坻的产业",
        "2025-03-01",
        ("王一", "李二"),
    )
    assert found.encoding == "gb18030"
    for _ in range(4):
        workspace.history.undo().result()
    assert workspace.documents.get(document).date is None


def test_a_date_that_is_none_is_refused_for_a_document(workspace: Workspace, document: str) -> None:
    with pytest.raises(MeipiError) as caught:
        workspace.attributes.set_given([document], "date", "去年春天")
    assert caught.value.code is ErrorCode.ATTRIBUTE_VALUE_INVALID


def test_the_status_of_annotations_is_one_act(
    workspace: Workspace, document: str, annotation: str
) -> None:
    workspace.attributes.set_status([annotation], "review").result()
    assert workspace.annotating.get(annotation).status == "review"
    assert workspace.history.undo_label() == "1 条批注：待复核"
    workspace.history.undo().result()
    assert workspace.annotating.of(document)[0].status == ""


def test_a_document_bears_a_tag_once(workspace: Workspace, document: str, tag: str) -> None:
    workspace.document_tags.add([document], tag).result()
    workspace.document_tags.add([document], tag).result()
    assert [one.tag for one in workspace.document_tags.of(document)] == [tag]
    assert workspace.codebook.document_counts() == {tag: 1}
    workspace.document_tags.remove([document], tag).result()
    assert workspace.document_tags.all() == {}
