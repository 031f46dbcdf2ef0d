"""What the list of repairs says and offers, worked out without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meipi.core.decisions import Decided, Decision, Scope, Verdict, settle
from meipi.core.document import Document, Structure
from meipi.core.entity import EntityType, Mention
from meipi.core.repairs import LOST, Lost, Proof, Repaired, RepairEdit, apply_edits
from meipi.core.spans import Span
from meipi.services.documents import Reading
from meipi.services.provenance import Provenance
from meipi.ui.i18n import Words
from meipi.ui.presenters.deciding import RepairFilter, reaches, words_now
from meipi.ui.presenters.entities import EntityIndex
from meipi.ui.presenters.opened import (
    OpenDocument,
    carried,
    open_document,
    with_mentions_of,
)
from meipi.ui.presenters.origin import origin_card
from meipi.ui.presenters.repairs import RepairGroup, RepairRow, RuleRow
from meipi.ui.presenters.source_text import source_text
from meipi.ui.presenters.targets import Target

LABELS = {"a": ("甲", "Alpha"), "b": ("乙", "Beta")}
SOURCE = "一?二?三‽四"
ENCODINGS = {"utf-8": ("UTF-8", "UTF-8")}


def proposals() -> Repaired:
    made = []
    for at, after, channel, sure in (
        (1, "问", "a", 0.95),
        (3, "问", "a", 0.5),
        (5, LOST, "b", 0.7),
    ):
        where = (at, at + 1, at, at + 1)
        made.append(RepairEdit(*where, SOURCE[at], after, channel, sure, Proof.INFERRED))
    text, text_map = apply_edits(SOURCE, made)
    lost = Lost(Span(5, 6), Span(5, 6), "b", "replaced")
    return Repaired(text, tuple(made), text_map, (lost,))


def opened(*decisions: Decision, words: Words | None = None) -> OpenDocument:
    proposed = proposals()
    decided = Decided(decisions, document="d", site="报")
    repaired = settle(SOURCE, proposed, decided)
    document = Document(
        "d", "", "a.txt", "", "utf-8", "text", "题", None, "报", (), None, len(repaired.text)
    )
    reading = Reading(document, SOURCE, repaired, Structure(()), proposed, decisions, "报")
    return open_document(reading, (), labels=LABELS, words=words or Words("zh"))


def decision(scope: Scope, verdict: Verdict, text: str = "") -> Decision:
    return Decision("1", verdict, scope, "2026", text)


def repairs(document: OpenDocument) -> list[RepairRow]:
    return [r for r in document.repair_rows if isinstance(r, RepairRow) and not r.lost]


FIRST = proposals().edits[0]


def test_the_least_sure_repairs_come_first_whatever_is_decided_on_them(words: Words) -> None:
    def order(*decisions: Decision) -> list[tuple[float, str]]:
        rows = repairs(opened(*decisions, words=words))
        return [(row.sure, row.before) for row in rows if row.edit and row.edit.channel == "a"]

    plain = order()
    assert [sure for sure, _ in plain] == sorted(sure for sure, _ in plain)
    for edit in proposals().edits:
        assert order(decision(Scope.same(edit, "d"), Verdict.REJECTED)) == plain


def test_a_rejected_repair_is_where_the_source_text_stands(words: Words) -> None:
    document = opened(decision(Scope("a", "d"), Verdict.REJECTED), words=words)
    index = document.repairs
    assert [edit.span.slice(document.text) for edit in index.edits[:2]] == ["?", "?"]
    assert list(index.states) == [Verdict.REJECTED, Verdict.REJECTED, None]
    assert index.rejected == 2


def test_equal_repairs_with_other_decisions_are_rows_of_their_own(words: Words) -> None:
    scope = Scope.place(FIRST, "d")
    document = opened(decision(scope, Verdict.EDITED, "甲"), words=words)
    rows = [row for row in repairs(document) if row.edit and row.edit.channel == "a"]
    assert {(row.state, row.instead, row.count) for row in rows} == {
        (None, "", 1),
        (Verdict.EDITED, "甲", 1),
    }
    edited = next(row for row in rows if row.state is Verdict.EDITED)
    assert words_now(edited, 0, document) == "甲"


def test_what_is_remembered_has_rows_that_say_where_it_holds(words: Words) -> None:
    document = opened(decision(Scope("a", site="报"), Verdict.ACCEPTED), words=words)
    (row,) = [row for row in document.repair_rows if isinstance(row, RuleRow)]
    assert (row.title, row.detail) == ("已认可 甲", "来自报的每篇")


def test_a_hole_belongs_to_its_repair(words: Words) -> None:
    document = opened(words=words)
    assert document.repairs.edit_of(0) == 2
    assert Target("lost", 0).repair(document) == 2


def test_a_decision_reaches_from_one_place_to_every_document(words: Words) -> None:
    document = opened(words=words)
    row = next(row for row in repairs(document) if row.edit == FIRST)
    found = [reach.scope for reach in reaches(row, 0, document, LABELS, words)]
    assert Scope("a", "d") in found
    assert Scope("a", "d", least=0.9) in found
    assert Scope("a", site="报") in found
    assert Scope("a") in found
    assert len({reach.text for reach in reaches(row, 0, document, LABELS, words)}) == len(found)


def test_the_head_of_a_channel_reaches_no_single_place(words: Words) -> None:
    document = opened(words=words)
    head = next(
        row for row in document.repair_rows if isinstance(row, RepairGroup) and row.channel == "a"
    )
    assert all(reach.scope.before is None for reach in reaches(head, 0, document, LABELS, words))


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        (RepairFilter(), 3),
        (RepairFilter(channel="b"), 1),
        (RepairFilter(kind="inferred"), 3),
        (RepairFilter(kind="proved"), 0),
        (RepairFilter(kind="rejected"), 1),
        (RepairFilter(kind="undecided", most=0.8), 2),
        (RepairFilter(most=0.6), 1),
    ],
)
def test_filters_choose_by_channel_state_and_confidence(chosen: RepairFilter, count: int) -> None:
    document = opened(decision(Scope.place(FIRST, "d"), Verdict.REJECTED))
    assert sum(chosen.fits(row) for row in repairs(document)) == count


def test_a_place_is_carried_to_another_reading_of_the_same_source() -> None:
    before = opened()
    after = opened(decision(Scope.place(FIRST, "d"), Verdict.EDITED, "很长的字"))
    assert carried(before, after, Span(4, 5)).slice(after.text) == "三"
    assert carried(before, after, Span(4, 4)) == Span(7, 7)


def test_the_source_text_shows_what_no_block_stands_for() -> None:
    shown = source_text(opened())
    assert [block.span.slice(SOURCE) for block in shown.structure.blocks] == [SOURCE]
    assert [edit.start for edit in shown.edits] == [1, 3, 5]
    assert [lost.span for lost in shown.lost] == [Span(5, 6)]


def origin(**values: object) -> Provenance:
    known = {
        "span": Span(1, 2),
        "text": "问",
        "source_span": Span(1, 2),
        "source": "?",
        "encoding": "utf-8",
        "bytes_at": 3,
        "data": b"?",
        "edit": FIRST,
        "proposal": FIRST,
        "lost": None,
    }
    return Provenance(**{**known, **values})  # type: ignore[arg-type]  # by name


def test_an_origin_says_bytes_decoding_way_and_proof(words: Words) -> None:
    card = origin_card(origin(), LABELS, ENCODINGS, words)
    assert card.kind == "甲"
    assert card.doubtful
    assert card.lines[:3] == (
        "字节 3F（自第 3 字节起，1 个）",
        "按 UTF-8 解读为“?”",
        "修复 ? → 问",
    )


def test_an_origin_without_known_bytes_says_so(words: Words) -> None:
    card = origin_card(origin(bytes_at=None, data=b"", edit=None), LABELS, ENCODINGS, words)
    assert "无从确定" in card.lines[0]
    assert "原建议：问" in card.lines[-1]


def test_mentions_whose_words_came_along_stay_until_those_of_the_text_are_found() -> None:
    known = tuple(
        Mention(Span(at, at + 1), EntityType.LOC, proposals().text[at], "", "model")
        for at in (1, 4, 6)
    )
    before = replace(opened(), entities=EntityIndex(known))
    after = opened(decision(Scope.place(FIRST, "d"), Verdict.EDITED, "很长的字"))
    found = with_mentions_of(before, replace(after, entities=None))
    assert found.provisional
    assert [m.span.slice(after.text) for m in found.mentions or ()] == ["三", "四"]
