"""Two coders are measured and set against each other; who decides makes a third layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.disagreement import Kind
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span
from meipi.services import agreeing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace

    Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]

CODED = {
    "甲": [(0, 3, 0), (5, 8, 0), (10, 13, 0), (20, 23, 1)],
    "乙": [(0, 3, 0), (5, 9, 0), (10, 13, 1), (26, 29, 0)],
}


@pytest.fixture
def coded(workspace: Workspace, document: str) -> str:
    """A document that two coders coded."""
    tags = [next(iter(workspace.codebook.add(name).result().tags)) for name in ("产业", "民生")]
    for coder, places in CODED.items():
        workspace.coders.switch(coder)
        for start, end, tag in places:
            workspace.annotating.add(document, Span(start, end), tag=tags[tag]).result()
    workspace.coders.switch("丙")
    return document


def layer(workspace: Workspace, document: str) -> list[tuple[int, int]]:
    found = [one for one in workspace.annotating.of(document) if one.coder == "裁定"]
    return [(one.span.start, one.span.end) for one in found]


def test_the_walk_goes_by_place_and_says_in_what_they_differ(
    workspace: Workspace, coded: str
) -> None:
    del coded
    walk = workspace.adjudicating.walk("甲", "乙", layer="裁定")
    assert [(one.kind, one.span) for one in walk.disagreements] == [
        (Kind.ENDS, Span(5, 9)),
        (Kind.TAG, Span(10, 13)),
        (Kind.FIRST_ONLY, Span(20, 23)),
        (Kind.SECOND_ONLY, Span(26, 29)),
    ]
    assert [one.span for one, _ in walk.agreed] == [Span(0, 3)]


def test_each_decision_is_one_act_in_a_layer_of_its_own(
    workspace: Workspace, coded: str, path: Path, dump: Dump
) -> None:
    before = dump(path)
    walk = workspace.adjudicating.walk("甲", "乙", layer="裁定")
    verdicts = ("second", "both", "neither", "second")
    for one, verdict in zip(walk.disagreements, verdicts, strict=True):
        workspace.adjudicating.decide(one, verdict, layer="裁定").result()
    workspace.adjudicating.take_agreed(walk).result()
    assert layer(workspace, coded) == [(0, 3), (5, 9), (10, 13), (10, 13), (26, 29)]
    again = workspace.adjudicating.walk("甲", "乙", layer="裁定")
    assert again.open == ()
    assert workspace.history.undo_label() == "采纳一致的 1 条批注"
    for _ in range(5):
        workspace.history.undo().result()
    assert dump(path) == before
    roles = {one.name: one.role for one in workspace.coders.all()}
    assert "裁定" not in roles


def test_a_decision_can_be_another(workspace: Workspace, coded: str) -> None:
    one = workspace.adjudicating.walk("甲", "乙", layer="裁定").disagreements[0]
    for verdict, expected in (("first", (5, 8)), ("second", (5, 9))):
        workspace.adjudicating.decide(one, verdict, layer="裁定").result()
        assert layer(workspace, coded) == [expected]
    workspace.adjudicating.decide(one, "new", layer="裁定", span=Span(4, 7)).result()
    assert layer(workspace, coded) == [(4, 7)]
    workspace.adjudicating.decide(one, "neither", layer="裁定").result()
    assert layer(workspace, coded) == []


def test_what_was_agreed_is_taken_over_once(workspace: Workspace, coded: str) -> None:
    del coded
    walk = workspace.adjudicating.walk("甲", "乙", layer="裁定")
    workspace.adjudicating.take_agreed(walk).result()
    with pytest.raises(MeipiError) as caught:
        workspace.adjudicating.take_agreed(walk).result()
    assert caught.value.code is ErrorCode.NOTHING_TO_DO


def test_coders_are_measured_in_the_documents_that_all_of_them_coded(
    workspace: Workspace, coded: str
) -> None:
    workspace.documents.add_bytes("无人标过的文字".encode(), name="b.txt").result()
    study = workspace.agreeing.study(["甲", "乙"])
    assert list(study.lengths) == [coded]
    found = workspace.agreeing.measure(study).result()
    assert found.over_all.counts == (4, 4)
    assert found.over_all.exact == pytest.approx(2 / 8)
    assert found.tags["产业"].exact == pytest.approx(2 / 6)
    assert found.over_all.overlap == pytest.approx(2 / 4)


def test_with_nothing_to_compare_that_is_said(workspace: Workspace, coded: str) -> None:
    del coded
    for coders in (["甲"], ["甲", "丁"]):
        with pytest.raises(MeipiError) as caught:
            workspace.agreeing.study(coders)
        assert caught.value.code is ErrorCode.NOTHING_TO_DO


def test_without_its_library_gamma_says_what_to_install(
    workspace: Workspace, coded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del coded
    monkeypatch.setattr(agreeing, "has_gamma", lambda: False)
    study = workspace.agreeing.study(["甲", "乙"])
    with pytest.raises(MeipiError) as caught:
        workspace.agreeing.gamma(study).result()
    assert caught.value.code is ErrorCode.EXTRA_MISSING
    assert caught.value.fields["extra"] == "agreement"


def test_gamma_is_one_where_coders_agree_and_less_where_they_do_not(
    workspace: Workspace, coded: str
) -> None:
    pytest.importorskip("pygamma_agreement", reason="its library is not installed")
    study = workspace.agreeing.study(["甲", "乙"])
    same = type(study)(
        study.coders, study.lengths, {(who, coded): study.of("甲", coded) for who in study.coders}
    )
    assert workspace.agreeing.gamma(same).result() == pytest.approx(1)
    found = workspace.agreeing.gamma(study).result()
    assert found is not None
    assert found < 0.9
