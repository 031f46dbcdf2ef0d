"""Decisions on repairs: the text follows, annotations move along, undo restores every row."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from meipi.core.anchors import AnchorState
from meipi.core.decisions import Scope, Verdict
from meipi.core.document import Decoded
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.reading import Prepared
from meipi.core.repairs import Proof, Repaired, RepairEdit, apply_edits
from meipi.core.spans import Span
from meipi.library import readings
from meipi.services import pipeline
from meipi.structure import analyse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from meipi.services.workspace import Workspace

_MARKED = re.compile(r"\[(\w+):([^|\]]*)\|([^\]]*)\]")
TEXT = (
    "天津[a:bao|宝]坻:聚焦“圈”\n"
    "来源:人民网 2025-03-01\n"
    "[a:bao|宝]坻区推进京津冀协[b:(xie)|]同发展,[b:[|〔]另有[c:??|□]处缺字。\n"
    "𠮷野家与🙂在宝坻区开业,打造[a:chuang|创]新高地。\n"
)


def prepare(data: bytes, *, name: str, encoding: str | None = None) -> Prepared:
    """Propose what stands behind the bar of ``[channel:before|after]``, as if found by itself."""
    del name
    marked = data.decode(encoding or "utf-8", "replace")
    parts: list[str] = []
    edits: list[RepairEdit] = []
    at = end = shift = 0
    for match in _MARKED.finditer(marked):
        channel, before, after = match.groups()
        parts += (marked[end : match.start()], before)
        at, end = at + match.start() - end, match.end()
        where = (at + shift, at + shift + len(after), at, at + len(before))
        sure = 0.95 if channel == "a" else 0.5
        edits.append(RepairEdit(*where, before, after, channel, sure, Proof.INFERRED))
        at, shift = at + len(before), shift + len(after) - len(before)
    source = "".join((*parts, marked[end:]))
    text, text_map = apply_edits(source, edits)
    repaired = Repaired(text, tuple(edits), text_map)
    return Prepared(Decoded(source, encoding or "utf-8"), repaired, analyse(text))


@pytest.fixture(autouse=True)
def small_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Foresee every repair."""
    monkeypatch.setattr(pipeline, "prepare", prepare)


@pytest.fixture
def document(workspace: Workspace) -> str:
    return add(workspace, TEXT)


def add(workspace: Workspace, text: str) -> str:
    return workspace.documents.add_bytes(text.encode(), name="a.txt").result().document


def text_of(workspace: Workspace, document: str) -> str:
    return workspace.documents.reading(document).repaired.text


def proposed(workspace: Workspace, document: str) -> tuple[RepairEdit, ...]:
    return workspace.documents.reading(document).proposed.edits


def annotate(workspace: Workspace, document: str, words: str) -> None:
    at = text_of(workspace, document).index(words)
    workspace.annotating.add(document, Span(at, at + len(words)), note=words).result()


def states(workspace: Workspace, document: str) -> dict[str, AnchorState]:
    return {item.note: item.anchor.state for item in workspace.annotating.of(document)}


Dump = "Callable[[Path], dict[str, list[tuple[object, ...]]]]"


@pytest.fixture
def rows(path: Path, dump: Dump) -> Callable[[], dict[str, list[tuple[object, ...]]]]:
    """Read every row that the history is answerable for."""
    return lambda: dump(path)


def test_a_rejected_repair_shows_the_source_and_can_be_accepted_again(
    workspace: Workspace, document: str
) -> None:
    before = text_of(workspace, document)
    scope = Scope.place(proposed(workspace, document)[0], document)
    changes = workspace.repairs.decide(document, scope, Verdict.REJECTED).result()
    assert changes.label == "拒绝修复 a 1 处"
    assert changes.documents == changes.decided == {document}
    assert text_of(workspace, document).startswith("天津bao坻:聚焦")
    assert workspace.documents.get(document).title.startswith("天津bao坻")
    workspace.repairs.decide(document, scope, Verdict.ACCEPTED).result()
    assert text_of(workspace, document) == before


def test_a_whole_channel_is_one_act(workspace: Workspace, document: str) -> None:
    workspace.repairs.decide(document, Scope("a", document), Verdict.REJECTED).result()
    assert text_of(workspace, document).count("bao") == 2
    assert workspace.history.undo_label() == "拒绝修复 a 3 处"
    workspace.history.undo().result()
    assert "bao" not in text_of(workspace, document)


def test_a_hole_can_be_filled(workspace: Workspace, document: str) -> None:
    hole = next(edit for edit in proposed(workspace, document) if edit.after == "□")
    scope = Scope.place(hole, document)
    workspace.repairs.decide(document, scope, Verdict.EDITED, text="两").result()
    assert "另有两处缺字" in text_of(workspace, document)
    found = workspace.documents.reading(document).repaired.edits
    assert next(edit for edit in found if edit.after == "两").proof is Proof.READER


def test_half_a_character_is_never_written(workspace: Workspace, document: str) -> None:
    scope = Scope("c", document)
    workspace.repairs.decide(document, scope, Verdict.EDITED, text="\ud800").result()
    assert "另有\ufffd处" in text_of(workspace, document)


def test_annotations_follow_and_say_how_sure_they_are(workspace: Workspace, document: str) -> None:
    for words in ("天津", "宝坻区推进", "协同发展", "🙂在"):
        annotate(workspace, document, words)
    scope = Scope("b", document)
    workspace.repairs.decide(document, scope, Verdict.REJECTED).result()
    assert states(workspace, document) == {
        "天津": AnchorState.EXACT,
        "宝坻区推进": AnchorState.EXACT,
        "协同发展": AnchorState.NEEDS_REVIEW,
        "🙂在": AnchorState.MOVED,
    }
    text = text_of(workspace, document)
    spans = {item.note: item.span.slice(text) for item in workspace.annotating.of(document)}
    assert (spans["协同发展"], spans["🙂在"]) == ("协(xie)同发展", "🙂在")


def test_words_that_stand_elsewhere_too_are_not_mistaken_for_those_annotated(
    workspace: Workspace,
) -> None:
    document = add(workspace, "坚持产业体系协同发展版图。\n又坚持产业体系协[b:x|]同发展版图。\n")
    text = text_of(workspace, document)
    at = text.rindex("产业体系协同发展版图")
    workspace.annotating.add(document, Span(at, at + 10), note="后").result()
    workspace.repairs.decide(document, Scope("b", document), Verdict.REJECTED).result()
    (item,) = workspace.annotating.of(document)
    assert item.anchor.state is AnchorState.NEEDS_REVIEW
    assert item.span.slice(text_of(workspace, document)) == "产业体系协x同发展版图"


def test_undo_restores_the_earlier_reading_and_every_row(
    workspace: Workspace, document: str, rows: Callable[[], object]
) -> None:
    annotate(workspace, document, "协同发展")
    before, reading = rows(), workspace.documents.reading(document)
    workspace.repairs.decide(document, Scope("b", document), Verdict.REJECTED).result()
    middle = rows()
    workspace.repairs.decide(document, Scope("a", document), Verdict.EDITED, text="保").result()
    after = rows()
    workspace.history.undo().result()
    assert rows() == middle
    workspace.history.undo().result()
    assert rows() == before
    assert workspace.documents.reading(document) == reading
    for _ in range(2):
        workspace.history.redo().result()
    assert rows() == after


def test_undo_survives_a_restart(
    open_library: Callable[..., Workspace], path: Path, rows: Callable[[], object]
) -> None:
    first = open_library()
    document = add(first, TEXT)
    before = rows()
    first.repairs.decide(document, Scope("a", document), Verdict.REJECTED).result()
    text = text_of(first, document)
    first.close()
    again = open_library(path)
    assert text_of(again, document) == text
    again.history.undo().result()
    assert rows() == before


def test_accepting_changes_no_text_and_is_remembered(workspace: Workspace, document: str) -> None:
    before = workspace.documents.reading(document)
    scope = Scope("a", document, least=0.9)
    changes = workspace.repairs.decide(document, scope, Verdict.ACCEPTED).result()
    assert (changes.documents, changes.decided) == (frozenset(), {document})
    after = workspace.documents.reading(document)
    assert after.repaired == before.repaired
    assert [one.scope for one in after.decisions] == [scope]


def test_taking_a_decision_back_leaves_none(workspace: Workspace, document: str) -> None:
    scope = Scope.same(proposed(workspace, document)[0], document)
    workspace.repairs.decide(document, scope, Verdict.REJECTED).result()
    workspace.repairs.decide(document, scope, None).result()
    reading = workspace.documents.reading(document)
    assert (reading.repaired, reading.decisions) == (reading.proposed, ())


def test_search_follows_the_reading(workspace: Workspace, document: str) -> None:
    workspace.repairs.decide(document, Scope("a", document), Verdict.REJECTED).result()
    workspace.flush()
    assert len(workspace.search("chuang新高地")) == 1
    assert workspace.search("创新高地") == []
    workspace.repairs.decide(document, Scope("a", document), Verdict.ACCEPTED).result()
    workspace.flush()
    assert len(workspace.search("创新高地")) == 1


def test_a_remembered_choice_changes_every_document_and_those_that_come(
    workspace: Workspace, document: str
) -> None:
    other = add(workspace, f"另一篇:{TEXT}")
    scope = Scope.same(proposed(workspace, document)[0])
    changes = workspace.repairs.decide(document, scope, Verdict.REJECTED).result()
    assert changes.documents == {document, other}
    late = add(workspace, f"后来一篇:{TEXT}")
    for one in (document, other, late):
        assert text_of(workspace, one).count("bao") == 2
        assert "创新高地" in text_of(workspace, one)
    (rule,) = workspace.repairs.remembered()
    workspace.repairs.forget(rule.id).result()
    for one in (document, other, late):
        assert "bao" not in text_of(workspace, one)
    assert workspace.repairs.remembered() == []


def test_one_undo_takes_a_remembered_choice_back_everywhere(
    workspace: Workspace, document: str, rows: Callable[[], object]
) -> None:
    add(workspace, f"另一篇:{TEXT}")
    before = rows()
    workspace.repairs.decide(document, Scope("a"), Verdict.REJECTED).result()
    workspace.history.undo().result()
    assert rows() == before


def test_a_document_read_by_a_choice_that_was_undone_since_is_put_right_by_hand(
    workspace: Workspace, document: str
) -> None:
    scope = Scope.same(proposed(workspace, document)[0])
    workspace.repairs.decide(document, scope, Verdict.REJECTED).result()
    late = add(workspace, f"后来一篇:{TEXT}")
    workspace.history.undo().result()
    assert "bao" in text_of(workspace, late)
    here = Scope.same(proposed(workspace, late)[0], late)
    changes = workspace.repairs.decide(late, here, None).result()
    assert changes.label == "收回选择 a 2 处"
    assert "bao" not in text_of(workspace, late)


def test_taking_back_what_was_never_decided_changes_nothing(
    workspace: Workspace, document: str, rows: Callable[[], object]
) -> None:
    before = rows()
    changes = workspace.repairs.decide(document, Scope("a", document), None).result()
    assert not changes
    assert rows() == before


def test_a_choice_remembered_for_a_publisher_leaves_others_alone(
    workspace: Workspace, document: str
) -> None:
    other = add(workspace, TEXT.replace("人民网", "新华网"))
    scope = Scope("a", site="人民网")
    workspace.repairs.decide(document, scope, Verdict.REJECTED).result()
    assert "bao" in text_of(workspace, document)
    assert "bao" not in text_of(workspace, other)


def test_a_decision_waits_for_its_encoding_to_come_back(
    workspace: Workspace, document: str
) -> None:
    hole = next(edit for edit in proposed(workspace, document) if edit.after == "□")
    scope = Scope.place(hole, document)
    workspace.repairs.decide(document, scope, Verdict.EDITED, text="两").result()
    workspace.documents.change_encoding(document, "gb18030").result()
    workspace.documents.change_encoding(document, "utf-8").result()
    assert "另有两处缺字" in text_of(workspace, document)


def test_the_preview_of_an_encoding_shows_what_was_decided(
    workspace: Workspace, document: str
) -> None:
    workspace.repairs.decide(document, Scope("a", document), Verdict.REJECTED).result()
    assert workspace.documents.preview_encoding(document, "utf-8").text.startswith("天津bao坻")


def test_a_repair_that_is_no_longer_there_is_refused_and_nothing_changes(
    workspace: Workspace, document: str, rows: Callable[[], object]
) -> None:
    scope = Scope.place(proposed(workspace, document)[0], document)
    workspace.documents.change_encoding(document, "gb18030").result()
    before = rows()
    with pytest.raises(MeipiError) as caught:
        workspace.repairs.decide(document, scope, Verdict.REJECTED).result()
    assert caught.value.code is ErrorCode.REPAIR_UNKNOWN
    assert rows() == before


def test_an_unknown_document_and_an_unknown_choice_are_refused(workspace: Workspace) -> None:
    with pytest.raises(MeipiError) as caught:
        workspace.repairs.decide("x", Scope("a", "x"), Verdict.REJECTED).result()
    assert caught.value.code is ErrorCode.DOCUMENT_UNKNOWN
    with pytest.raises(MeipiError) as caught:
        workspace.repairs.forget("x").result()
    assert caught.value.code is ErrorCode.DECISION_UNKNOWN


def test_decisions_made_while_the_encoding_changes_all_hold_in_the_end(
    workspace: Workspace, document: str
) -> None:
    futures = [
        workspace.repairs.decide(document, Scope("a", document), Verdict.REJECTED),
        workspace.documents.change_encoding(document, "utf-8"),
        workspace.repairs.decide(document, Scope("b", document), Verdict.REJECTED),
        workspace.documents.change_encoding(document, "utf-8"),
        workspace.repairs.decide(document, Scope("c", document), Verdict.REJECTED),
    ]
    for future in futures:
        future.result()
    reading = workspace.documents.reading(document)
    assert reading.repaired.text == reading.source_text
    for _ in futures:
        workspace.history.undo().result()
    reading = workspace.documents.reading(document)
    assert reading.repaired == reading.proposed


def words_under(workspace: Workspace, document: str) -> Iterator[tuple[str, AnchorState, str]]:
    text = text_of(workspace, document)
    for item in workspace.annotating.of(document):
        yield item.note, item.anchor.state, item.span.slice(text)


def test_after_500_random_decisions_every_annotation_is_right_or_says_that_it_needs_review(
    workspace: Workspace, rows: Callable[[], object]
) -> None:
    chance = random.Random(20_251_124)  # noqa: S311 - for tests
    document = add(workspace, "".join(TEXT.replace("天津", f"第{n}篇") for n in range(12)))
    reading = workspace.documents.reading(document)
    text, source_map = reading.repaired.text, reading.repaired.map
    for at in range(0, len(text) - 9, 7):
        span = Span(at, at + chance.randint(1, 9))
        where = source_map.to_source_span(span)
        workspace.annotating.add(document, span, note=f"{where.start},{where.end}").result()
    first = rows()
    edits = proposed(workspace, document)
    acts = 0
    for _ in range(500):
        edit = chance.choice(edits)
        narrow, same = Scope.place(edit, document), Scope.same(edit, document)
        wide = Scope(edit.channel, document)
        scope = chance.choices((narrow, same, wide), (12, 3, 1))[0]
        verdict = chance.choice((*Verdict, None))
        changes = workspace.repairs.decide(document, scope, verdict, text=chance.choice("甲乙□"))
        acts += bool(changes.result())
    seen = workspace.documents.reading(document).repaired
    for item in workspace.annotating.of(document):
        start, end = map(int, item.note.split(","))
        if item.anchor.state is AnchorState.NEEDS_REVIEW:
            continue
        assert item.span.slice(seen.text) == item.anchor.quote
        covered = seen.map.to_source_span(item.span)
        assert start <= covered.start <= covered.end <= end
    while workspace.history.undo_label() is not None and acts:
        workspace.history.undo().result()
        acts -= 1
    assert rows() == first


def test_a_channel_of_ten_thousand_repairs_is_one_row_of_the_history(workspace: Workspace) -> None:
    document = add(workspace, "一行[b:(yi)|]文字\n" * 10_000)
    workspace.repairs.decide(document, Scope("b", document), Verdict.REJECTED).result()
    reading = workspace.documents.reading(document)
    assert len(reading.decisions) == 1
    assert reading.repaired.text == reading.source_text


def test_what_was_decided_is_kept_unpacked_for_whoever_reads_next(
    workspace: Workspace, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("unpacked again")

    monkeypatch.setattr(readings, "load", never)
    workspace.repairs.decide(document, Scope("a", document), Verdict.REJECTED).result()
    assert "bao" in workspace.documents.reading(document).repaired.text
