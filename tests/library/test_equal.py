"""Tagging all equal passages, and changing many annotations at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span
from meipi.services.equal import Wanted
from meipi.services.passage_search import Way

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace

OTHER = "協同發展的寶地，宝地与寶地"


@pytest.fixture
def other(workspace: Workspace, document: str) -> str:
    """A second document, in the other script; both are in the index."""
    del document
    added = workspace.documents.add_bytes(OTHER.encode(), name="b.txt").result()
    workspace.flush()
    return added.document


def found(workspace: Workspace, text: str, way: Way, document: str | None = None) -> list[str]:
    passages = workspace.equal.find(Wanted(text, way, document)).result()
    return [one.quote for one in passages]


def test_the_very_words_or_either_script_or_an_expression(workspace: Workspace, other: str) -> None:
    assert found(workspace, "宝地", Way.EXACT, other) == ["宝地"]
    assert found(workspace, "宝地", Way.SCRIPT, other) == ["寶地", "宝地", "寶地"]
    assert found(workspace, "宝.|協同", Way.REGEX, other) == ["協同", "寶地", "宝地", "寶地"]


def test_the_whole_library_is_searched(workspace: Workspace, other: str) -> None:
    del other
    assert len(found(workspace, "宝地", Way.SCRIPT)) == 4
    assert found(workspace, "协同发展", Way.SCRIPT) == ["协同发展", "協同發展"]


def test_a_part_of_a_latin_word_is_found_though_the_index_knows_only_words(
    workspace: Workspace, document: str
) -> None:
    del document
    workspace.documents.add_bytes(b"Reinvestment and vest", name="c.txt").result()
    workspace.flush()
    assert found(workspace, "vest", Way.SCRIPT) == ["vest", "vest"]


def test_what_is_chosen_is_tagged_in_one_act(workspace: Workspace, other: str, tag: str) -> None:
    passages = workspace.equal.find(Wanted("宝地")).result()
    workspace.equal.tag(passages[1:], tag, words="宝地").result()
    assert len(workspace.annotating.all()) == 3
    assert workspace.history.undo_label() == "给“宝地”等 3 处标上“产业”"
    again = workspace.equal.find(Wanted("宝地", Way.SCRIPT, other)).result()
    assert sum(tag in one.tags for one in again) >= 2
    workspace.history.undo().result()
    assert workspace.annotating.all() == []


def test_tagging_again_leaves_those_that_bear_the_tag(
    workspace: Workspace, other: str, tag: str
) -> None:
    passages = workspace.equal.find(Wanted("宝地", Way.SCRIPT, other)).result()
    workspace.equal.tag(passages, tag, words="宝地").result()
    assert not workspace.equal.tag(passages, tag, words="宝地").result()


def test_what_reads_otherwise_by_now_is_left_out(
    workspace: Workspace, other: str, tag: str
) -> None:
    passages = workspace.equal.find(Wanted("宝地", Way.SCRIPT, other)).result()
    workspace.documents.change_encoding(other, "latin-1").result()
    assert not workspace.equal.tag(passages, tag, words="宝地").result()


def test_stopping_in_the_midst_takes_all_back(
    workspace: Workspace,
    other: str,
    tag: str,
    path: Path,
    dump: Callable[[Path], dict[str, list[tuple[object, ...]]]],
) -> None:
    passages = workspace.equal.find(Wanted("宝地", Way.SCRIPT, other)).result()
    before = dump(path)

    def stop(share: float) -> None:
        if share > 0.5:
            raise MeipiError(ErrorCode.TAGGING_CANCELLED)

    with pytest.raises(MeipiError):
        workspace.equal.tag(passages, tag, words="宝地", watch=stop).result()
    assert dump(path) == before


def test_a_search_can_be_stopped(workspace: Workspace, other: str) -> None:
    del other

    def stop(share: float) -> None:
        del share
        raise MeipiError(ErrorCode.TAGGING_CANCELLED)

    with pytest.raises(MeipiError):
        workspace.equal.find(Wanted("宝地", Way.REGEX), stop).result()


def test_an_expression_that_is_none_is_explained(workspace: Workspace, other: str) -> None:
    with pytest.raises(MeipiError) as caught:
        found(workspace, "(宝", Way.REGEX, other)
    assert caught.value.code is ErrorCode.EXPRESSION_INVALID


def test_an_unknown_tag_is_refused(workspace: Workspace, other: str) -> None:
    passages = workspace.equal.find(Wanted("宝地", Way.SCRIPT, other)).result()
    with pytest.raises(MeipiError) as caught:
        workspace.equal.tag(passages, "none", words="宝地").result()
    assert caught.value.code is ErrorCode.TAG_UNKNOWN


# Many at once.


@pytest.fixture
def three(workspace: Workspace, document: str, tag: str) -> list[str]:
    """Three annotations."""
    spans = (Span(0, 2), Span(3, 5), Span(6, 8))
    return [
        next(iter(workspace.annotating.add(document, span, tag=tag).result().annotations))
        for span in spans
    ]


def test_many_get_another_tag_in_one_act(workspace: Workspace, three: list[str]) -> None:
    (other,) = workspace.codebook.add("民生").result().tags
    workspace.bulk.retag(three, other).result()
    assert {one.tag for one in workspace.annotating.all()} == {other}
    assert workspace.history.undo_label() == "3 条批注改标“民生”"
    workspace.history.undo().result()
    assert other not in {one.tag for one in workspace.annotating.all()}


def test_words_go_below_the_notes_there_are_and_only_once(
    workspace: Workspace, three: list[str]
) -> None:
    workspace.annotating.set_note(three[0], "原注").result()
    workspace.bulk.append_note(three, "核对过").result()
    assert not workspace.bulk.append_note(three, "核对过").result()
    notes = [workspace.annotating.get(key).note for key in three]
    assert notes == ["原注\n\n核对过", "核对过", "核对过"]


def test_one_that_is_gone_fails_the_whole_act(workspace: Workspace, three: list[str]) -> None:
    with pytest.raises(MeipiError):
        workspace.bulk.append_note([*three, "gone"], "核对过").result()
    assert {one.note for one in workspace.annotating.all()} == {""}
