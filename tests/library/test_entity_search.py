"""The search for entities in long documents: step by step, stopped, gone on with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from meipi.core.entity import EntityType, Mention
from meipi.core.spans import Span
from meipi.services import entity_search, pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from meipi.services.entity_search import Progress
    from meipi.services.workspace import Workspace

LINES = 12
TEXT = "".join(f"第{at}行:宝坻区教育局在宝坻区。\n" for at in range(10, 10 + LINES))
NAME = "宝坻区教育局"


class Pipeline:
    """Finds 宝坻 and keeps what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.known: list[Mapping[str, EntityType]] = []

    def find(
        self, text: str, structure: object, *, known: Mapping[str, EntityType] | None = None
    ) -> tuple[Mention, ...]:
        del structure
        self.texts.append(text)
        self.known.append(known or {})
        return tuple(
            Mention(Span(*m.span()), EntityType.ORG, m[0], m[0], "model")
            for m in re.finditer(f"{NAME}|宝坻区", text)
        )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    made = Pipeline()
    monkeypatch.setattr(pipeline, "find_mentions", made.find)
    monkeypatch.setattr(pipeline, "united_names", lambda _: {})
    for name, value in {
        "WHOLE": 60, "_SLICE": 60, "_SHORT": 20, "_BEFORE": 4, "_AFTER": 20,
    }.items():  # fmt: skip
        monkeypatch.setattr(entity_search, name, value)
    return made


@pytest.fixture
def long(workspace: Workspace, asked: Pipeline) -> str:
    return workspace.documents.add_bytes(TEXT.encode(), name="长.txt").result().document


def places(mentions: tuple[Mention, ...] | None) -> list[tuple[int, int]]:
    return [(m.span.start, m.span.end) for m in mentions or ()]


EXPECTED = [m.span() for m in re.finditer(f"{NAME}|宝坻区", TEXT)]


def test_slices_give_what_the_whole_would(workspace: Workspace, long: str, asked: Pipeline) -> None:
    found = workspace.entities.find(long).result()
    assert places(found) == EXPECTED
    assert places(workspace.entities.stored(long)) == EXPECTED
    assert len(asked.texts) > 3
    assert "".join(asked.texts) == TEXT


def test_what_stands_on_the_screen_is_found_first(workspace: Workspace, long: str) -> None:
    at = TEXT.index("第18行")
    reports: list[Progress] = []
    workspace.entities.find(long, place=at, report=reports.append).result()
    first = reports[0]
    assert (first.done, first.total) == (0, len(TEXT))
    assert any(at <= start < at + 20 for start, _ in places(first.mentions))


def test_reports_are_in_order_and_grow_to_the_end(workspace: Workspace, long: str) -> None:
    reports: list[Progress] = []
    workspace.entities.find(long, place=len(TEXT) // 2, report=reports.append).result()
    assert [report.done for report in reports] == sorted(report.done for report in reports)
    assert all(places(r.mentions) == sorted(set(places(r.mentions))) for r in reports)
    assert places(reports[-1].mentions) == EXPECTED
    assert reports[-1].share == 1


def test_a_search_turns_to_where_the_reader_goes(
    workspace: Workspace, long: str, asked: Pipeline
) -> None:
    def report(progress: Progress) -> None:
        if len(asked.texts) == 1:
            workspace.entities.look_at(progress.document, TEXT.index("第20行"))

    workspace.entities.find(long, report=report).result()
    assert "第20行" in asked.texts[1]


def test_turning_to_and_fro_without_end_holds_no_search_up(
    workspace: Workspace, long: str, asked: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entity_search, "_GLIMPSES", 3)
    here = TEXT.index("第19行") + 9
    there = here + 12

    def report(progress: Progress) -> None:
        assert len(asked.texts) < 100
        workspace.entities.look_at(progress.document, (here, there)[len(asked.texts) % 2])

    assert places(workspace.entities.find(long, place=here, report=report).result()) == EXPECTED
    assert any("第19行" in text and len(text) < 40 for text in asked.texts)


def stopping(workspace: Workspace, *, leave: bool = False) -> Callable[[Progress], None]:
    return lambda progress: workspace.entities.stop(progress.document, leave=leave)


def test_a_stopped_search_keeps_nothing_and_says_how_far_it_came(
    workspace: Workspace, long: str, asked: Pipeline
) -> None:
    assert workspace.entities.find(long, report=stopping(workspace)).result() is None
    assert workspace.entities.stored(long) is None
    assert len(asked.texts) == 1
    progress = workspace.entities.progress(long)
    assert progress is not None
    assert 0 < progress.share < 1
    assert places(progress.mentions) == [span for span in EXPECTED if span[1] <= progress.done]


def test_a_stopped_search_goes_on_where_it_was(
    workspace: Workspace, long: str, asked: Pipeline
) -> None:
    workspace.entities.find(long, report=stopping(workspace)).result()
    assert places(workspace.entities.find(long).result()) == EXPECTED
    assert "".join(asked.texts) == TEXT
    assert workspace.entities.progress(long) is None


def test_a_search_left_with_its_document_is_not_one_the_reader_stopped(
    workspace: Workspace, long: str
) -> None:
    workspace.entities.find(long, report=stopping(workspace, leave=True)).result()
    assert workspace.entities.progress(long) is None
    assert places(workspace.entities.find(long).result()) == EXPECTED


def test_a_stopped_search_is_not_taken_up_behind_the_readers_back(
    workspace: Workspace, long: str, asked: Pipeline
) -> None:
    workspace.entities.find(long, report=stopping(workspace)).result()
    assert workspace.entities.find_next().result() == 0
    assert len(asked.texts) == 1


def test_long_names_are_handed_on_from_slice_to_slice(
    workspace: Workspace, long: str, asked: Pipeline
) -> None:
    workspace.entities.find(long).result()
    assert asked.known[0] == {}
    assert asked.known[1] == {NAME: EntityType.ORG}


def test_one_thing_is_called_the_same_in_all_slices(
    workspace: Workspace, long: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fuller = {(EntityType.ORG, NAME): "天津市宝坻区教育局"}
    monkeypatch.setattr(pipeline, "united_names", lambda _: fuller)
    found = workspace.entities.find(long).result() or ()
    assert {m.canonical for m in found if m.text == NAME} == {"天津市宝坻区教育局"}


def test_a_short_document_is_searched_at_once(workspace: Workspace, asked: Pipeline) -> None:
    text = "宝坻区教育局开会。"
    document = workspace.documents.add_bytes(text.encode(), name="短.txt").result().document
    workspace.entities.find(document, place=0, report=lambda _: None).result()
    assert asked.texts == [text]
