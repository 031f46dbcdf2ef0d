"""Several coders in one library: each annotation is somebody's, and acts of each are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span
from meipi.services.coders import Coder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace

    Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]

PLACE = Span(0, 3)


def test_what_is_annotated_is_of_the_coder_at_work(
    workspace: Workspace, document: str, tag: str
) -> None:
    for name in ("甲", "乙", "乙"):
        workspace.coders.switch(name)
        workspace.annotating.add(document, PLACE, tag=tag).result()
    assert [one.coder for one in workspace.annotating.of(document)] == ["甲", "乙"]
    assert workspace.coders.all() == [Coder("乙", 1), Coder("甲", 1)]


def test_a_coder_gets_another_name_with_all_that_is_theirs(
    workspace: Workspace, document: str, tag: str, path: Path, dump: Dump
) -> None:
    workspace.annotating.add(document, PLACE, tag=tag).result()
    before = dump(path)
    changes = workspace.coders.rename("", "甲").result()
    assert changes.label == "编码者“–”改名为“甲”（1 条批注）"
    assert workspace.coders.current == "甲"
    assert [one.coder for one in workspace.annotating.of(document)] == ["甲"]
    workspace.history.undo().result()
    assert dump(path) == before


def test_two_coders_cannot_have_one_name_and_nobody_an_empty_one(workspace: Workspace) -> None:
    workspace.coders.add("甲").result()
    for act, code in (
        (lambda: workspace.coders.add(" 甲 "), ErrorCode.CODER_EXISTS),
        (lambda: workspace.coders.add(" "), ErrorCode.CODER_NAMELESS),
        (lambda: workspace.coders.rename("", "甲"), ErrorCode.CODER_EXISTS),
        (lambda: workspace.coders.rename("甲", ""), ErrorCode.CODER_EXISTS),
    ):
        with pytest.raises(MeipiError) as caught:
            act().result()
        assert caught.value.code in {code, ErrorCode.CODER_NAMELESS}
    assert [one.name for one in workspace.coders.all()] == ["", "甲"]
