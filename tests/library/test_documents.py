"""Documents in a library: put in once, kept byte for byte, listed, read, taken out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, FileError, MeipiError
from meipi.core.spans import Span
from meipi.services import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.core.changes import Changes
    from meipi.services.workspace import Workspace

TEXT = "天津市宝坻区推进京津冀协同发展\n聚焦“产业圈”,\u200b打造宝地高地"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "新闻.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_file_becomes_a_document_with_its_bytes(workspace: Workspace, file: Path) -> None:
    added = workspace.documents.add_file(file).result()
    document = workspace.documents.get(added.document)
    assert (added.new, added.changes.documents) == (True, {added.document})
    assert workspace.documents.data(added.document) == file.read_bytes()
    assert document.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (document.name, document.title) == ("新闻.txt", "天津市宝坻区推进京津冀协同发展")


def test_identical_bytes_are_the_same_document(workspace: Workspace, file: Path) -> None:
    first = workspace.documents.add_file(file).result()
    second = workspace.documents.add_bytes(file.read_bytes(), name="other.txt").result()
    assert (second.document, second.new) == (first.document, False)
    assert not second.changes
    assert len(workspace.documents.cards()) == 1


def test_two_adding_the_same_bytes_at_once_get_the_same_document(workspace: Workspace) -> None:
    data = TEXT.encode()
    futures = [workspace.documents.add_bytes(data, name=f"{n}.txt") for n in range(4)]
    results = [future.result() for future in futures]
    assert len({added.document for added in results}) == 1
    assert sum(added.new for added in results) == 1


def test_a_reading_comes_back_as_it_was_prepared(workspace: Workspace, document: str) -> None:
    reading = workspace.documents.reading(document)
    data = workspace.documents.data(document)
    prepared = pipeline.prepare(data, name="a.txt")
    assert reading.source_text == prepared.decoded.text
    assert reading.repaired == prepared.repaired
    assert reading.structure == prepared.structure
    assert len(reading.repaired.text) == reading.document.length


def test_a_reading_survives_a_restart(
    workspace: Workspace, document: str, open_library: Callable[..., Workspace]
) -> None:
    before = workspace.documents.reading(document)
    workspace.close()
    assert open_library().documents.reading(document) == before


@pytest.mark.parametrize(
    "act",
    [
        lambda w: w.documents.get("none"),
        lambda w: w.documents.reading("none"),
        lambda w: w.documents.data("none"),
        lambda w: w.documents.remove(["none"]).result(),
        lambda w: w.documents.change_encoding("none", "utf-8").result(),
        lambda w: w.annotating.add("none", Span(0, 1)).result(),
        lambda w: w.entities.find("none").result(),
    ],
)
def test_a_document_the_library_does_not_have_is_an_error(
    workspace: Workspace, act: Callable[[Workspace], object]
) -> None:
    with pytest.raises(MeipiError) as caught:
        act(workspace)
    assert caught.value.code is ErrorCode.DOCUMENT_UNKNOWN


def test_a_file_that_is_not_there_is_a_file_error(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        workspace.documents.add_file(tmp_path / "none.txt").result()
    assert caught.value.code is ErrorCode.FILE_NOT_FOUND


def test_a_pipeline_that_fails_leaves_the_library_and_says_which_file(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(data: bytes, *, name: str, encoding: str | None = None) -> None:
        raise ZeroDivisionError(name)

    monkeypatch.setattr(pipeline, "prepare", fail)
    with pytest.raises(MeipiError) as caught:
        workspace.documents.add_bytes(b"x", name="a.txt").result()
    assert caught.value.code is ErrorCode.WORKER_FAILED
    assert caught.value.fields["path"] == "a.txt"
    assert workspace.documents.cards() == []


def test_the_document_opened_last_comes_first(workspace: Workspace) -> None:
    keys = [
        workspace.documents.add_bytes(f"第{n}篇".encode(), name=f"{n}.txt").result().document
        for n in range(3)
    ]
    workspace.documents.mark_opened(keys[0])
    workspace.flush()
    cards = workspace.documents.cards()
    assert [card.id for card in cards] == [keys[0], keys[2], keys[1]]
    assert cards[0].opened is not None


def test_a_card_counts_repairs_and_annotations(workspace: Workspace, document: str) -> None:
    workspace.annotating.add(document, Span(0, 3)).result()
    (card,) = workspace.documents.cards()
    assert (card.repairs, card.inferred, card.lost, card.annotations) == (1, 0, 0, 1)


def test_of_places_that_come_fast_the_last_is_kept(workspace: Workspace, document: str) -> None:
    for offset in range(500):
        workspace.documents.set_position(document, offset)
    workspace.flush()
    assert workspace.documents.cards()[0].position == 499


def test_a_removed_document_that_is_added_again_returns_with_its_annotations(
    workspace: Workspace, document: str
) -> None:
    data = workspace.documents.data(document)
    workspace.annotating.add(document, Span(0, 3)).result()
    workspace.documents.remove([document]).result()
    added = workspace.documents.add_bytes(data, name="a.txt").result()
    assert (added.document, added.new) == (document, True)
    assert len(workspace.annotating.of(document)) == 1


def test_listeners_hear_of_a_change_after_it_is_on_the_disk(
    workspace: Workspace, document: str
) -> None:
    heard: list[tuple[Changes, int]] = []
    stop = workspace.subscribe(
        lambda changes: heard.append((changes, len(workspace.annotating.of(document))))
    )
    changes = workspace.annotating.add(document, Span(0, 3)).result()
    stop()
    workspace.annotating.add(document, Span(4, 6)).result()
    assert heard == [(changes, 1)]


def test_a_listener_that_fails_harms_no_one(
    workspace: Workspace, document: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Changes) -> None:
        raise RuntimeError("a view broke")

    workspace.subscribe(fail)
    workspace.annotating.add(document, Span(0, 3)).result()
    assert len(workspace.annotating.of(document)) == 1
    assert "a listener failed" in caplog.text


def test_a_closed_library_says_so(workspace: Workspace, document: str) -> None:
    workspace.close()
    with pytest.raises(MeipiError) as caught:
        workspace.annotating.of(document)
    assert caught.value.code is ErrorCode.LIBRARY_UNUSABLE
    with pytest.raises(MeipiError):
        workspace.annotating.add(document, Span(0, 3))
    with pytest.raises(MeipiError):
        workspace.documents.add_bytes(b"x", name="x.txt")


def test_mentions_are_found_once_and_kept(
    workspace: Workspace, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meipi.core.entity import EntityName, EntityType, Mention

    found = (
        Mention(Span(0, 3), EntityType.LOC, "天津市", "天津市", "model"),
        Mention(Span(3, 6), EntityType.LOC, "宝坻区", "天津市宝坻区", "model", "120115"),
    )
    calls: list[str] = []

    def find(text: str, structure: object) -> tuple[Mention, ...]:
        del structure
        calls.append(text)
        return found

    monkeypatch.setattr(pipeline, "find_mentions", find)
    assert workspace.entities.stored(document) is None
    assert workspace.entities.find(document).result() == found
    assert workspace.entities.find(document).result() == found
    assert workspace.entities.stored(document) == found
    assert workspace.entities.counts(EntityName(EntityType.LOC, "天津市宝坻区")) == {document: 1}
    assert workspace.entities.counts(EntityName(EntityType.LOC, "天津市寶坻區")) == {document: 1}
    assert len(calls) == 1


def test_some_cards_are_read_again_in_their_place(workspace: Workspace) -> None:
    keys = [
        workspace.documents.add_bytes(text.encode(), name=f"{text}.txt").result().document
        for text in ("甲", "乙", "丙")
    ]
    before = workspace.documents.cards()
    workspace.annotating.add(keys[1], Span(0, 1), note="看").result()
    workspace.documents.mark_opened(keys[0])
    workspace.documents.remove([keys[2]]).result()
    workspace.flush()
    again = workspace.documents.cards_again(before, set(keys))
    assert again == workspace.documents.cards()
    assert [(card.id, card.annotations) for card in again] == [(keys[0], 0), (keys[1], 1)]
    workspace.history.undo().result()
    assert workspace.documents.cards_again(again, {keys[2]}) == workspace.documents.cards()
