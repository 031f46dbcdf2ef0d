"""The journal tells everything, the list of acts leads back, a moment comes back as one act."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from meipi.core.anchors import AnchorState
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.spans import Span
from meipi.library import journal as told
from meipi.library import times
from meipi.services.journal import Sought

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meipi.services.workspace import Workspace

    Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]


def add(workspace: Workspace, document: str, start: int, tag: str | None = None) -> str:
    future = workspace.annotating.add(document, Span(start, start + 3), tag=tag, note="批")
    return next(iter(future.result().annotations))


def acts(workspace: Workspace, sought: Sought | None = None) -> list[tuple[str, str]]:
    return [(line.way, line.act) for line in workspace.journal.lines(sought)]


def test_what_was_undone_for_good_stays_in_the_journal(workspace: Workspace, document: str) -> None:
    add(workspace, document, 0)
    workspace.history.undo().result()
    add(workspace, document, 3)
    assert acts(workspace) == [
        ("do", "批注“宝坻区”"),
        ("undo", "批注“天津市”"),
        ("do", "批注“天津市”"),
        ("do", "加入文档“天津市宝坻区推进京津冀协同发展”"),
    ]


def test_the_journal_is_sifted_by_coder_document_and_day(
    workspace: Workspace, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = workspace.documents.add_bytes(b"other words", name="b.txt").result().document
    workspace.coders.switch("甲")
    add(workspace, document, 0)
    workspace.coders.switch("乙")
    monkeypatch.setattr(told, "now", lambda: "2031-05-06T07:08:09.000Z")
    add(workspace, other, 0)
    assert [act for _, act in acts(workspace, Sought(coder="甲"))] == ["批注“天津市”"]
    assert [act for _, act in acts(workspace, Sought(document=other))] == [
        "批注“oth”",
        "加入文档“other words”",
    ]
    assert [act for _, act in acts(workspace, Sought(since="2031-05-06"))] == ["批注“oth”"]
    assert len(acts(workspace, Sought(until="2031-05-05"))) == 3
    assert workspace.journal.coders() == ["", "乙", "甲"]


def test_the_journal_goes_along_as_csv_without_formulas(workspace: Workspace) -> None:
    workspace.coders.switch("=1+1")
    workspace.codebook.add("产业").result()
    rows = list(csv.DictReader(io.StringIO(workspace.journal.csv())))
    assert [(row["coder"], row["act"], row["way"]) for row in rows] == [
        ("'=1+1", "新建标签“产业”", "do")
    ]


def test_a_jump_undoes_and_redoes_as_far_as_the_act(
    workspace: Workspace, document: str, path: Path, dump: Dump
) -> None:
    states = [dump(path)]
    for start in (0, 3, 6):
        add(workspace, document, start)
        states.append(dump(path))
    listed = workspace.history.listed()
    assert [one.label for one in listed] == ["批注“推进京”", "批注“宝坻区”", "批注“天津市”"]
    for at in (1, 3, 0, 2):
        target = 0 if at == 0 else listed[3 - at].id
        workspace.history.jump(target).result()
        assert dump(path) == states[at]
    assert [one.undone for one in workspace.history.listed()] == [True, False, False]
    with pytest.raises(MeipiError) as caught:
        workspace.history.jump(listed[1].id).result()
    assert caught.value.code is ErrorCode.NOTHING_TO_DO


def test_a_moment_comes_back_whatever_was_done_and_undone_since(
    workspace: Workspace, document: str, tag: str, path: Path, dump: Dump
) -> None:
    kept = add(workspace, document, 0, tag)
    gone = add(workspace, document, 3, tag)
    moment = workspace.journal.lines(limit=1)[0].id
    then = dump(path)["annotations"]
    workspace.annotating.set_note(kept, "另一句").result()
    workspace.annotating.delete([gone]).result()
    workspace.history.undo().result()
    workspace.history.redo().result()
    workspace.history.undo().result()
    added = add(workspace, document, 9)
    workspace.annotating.delete([gone]).result()
    before = dump(path)["annotations"]
    found = workspace.moments.difference(document, moment)
    assert [one.id for one in found.added] == [gone]
    assert [(was.note, now.note) for was, now in found.changed] == [("批", "另一句")]
    assert [one.id for one in found.removed] == [added]
    workspace.moments.restore(document, moment, when="早上").result()
    assert dump(path)["annotations"] == then
    assert not workspace.moments.difference(document, moment)
    workspace.history.undo().result()
    assert dump(path)["annotations"] == before


def test_what_comes_back_into_another_reading_is_put_on_its_words_or_marked(
    workspace: Workspace, tag: str
) -> None:
    data = "甲".encode("gb18030") + "天津市宝坻区推进协同发展".encode("gb18030")
    document = (
        workspace.documents.add_bytes(data, name="a.txt", encoding="gb18030").result().document
    )
    key = add(workspace, document, 1, tag)
    moment = workspace.journal.lines(limit=1)[0].id
    workspace.annotating.delete([key]).result()
    workspace.documents.change_encoding(document, "big5").result()
    workspace.moments.restore(document, moment, when="").result()
    (back,) = workspace.annotating.of(document)
    assert back.anchor.state is AnchorState.NEEDS_REVIEW
    assert back.anchor.quote == "天津市"


def test_a_tag_deleted_since_leaves_what_comes_back_untagged(
    workspace: Workspace, document: str, tag: str
) -> None:
    key = add(workspace, document, 0, tag)
    moment = workspace.journal.lines(limit=1)[0].id
    workspace.annotating.delete([key]).result()
    workspace.codebook.delete(tag).result()
    workspace.moments.restore(document, moment, when="").result()
    (back,) = workspace.annotating.of(document)
    assert (back.tag, back.note) == (None, "批")


def test_a_clock_put_back_changes_no_order(
    workspace: Workspace, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(f"2026-11-24T{hour:02}:00:00.000Z" for hour in (12, 10, 11, 9))
    monkeypatch.setattr(told, "now", lambda: next(clock))
    keys = [add(workspace, document, start) for start in (0, 3, 6)]
    assert [line.act for line in workspace.journal.lines(limit=3)] == [
        *("批注“推进京”", "批注“宝坻区”", "批注“天津市”")
    ]
    moment = workspace.moments.at("2026-11-24T10:30:00.000Z")
    found = workspace.moments.difference(document, moment)
    assert [one.id for one in found.removed] == [keys[2]]
    workspace.history.undo().result()
    assert {one.id for one in workspace.annotating.of(document)} == set(keys[:2])
    assert times.now()
