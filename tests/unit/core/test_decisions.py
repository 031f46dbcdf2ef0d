"""Decisions: which holds for a repair, and what text the repairs make as they were decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from meipi.core.decisions import Decided, Decision, Scope, Verdict, settle
from meipi.core.repairs import Lost, Proof, Repaired, RepairEdit, apply_edits
from meipi.core.spans import Span
from meipi.repair import repair

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE = "一?二?三‽四‽五"


def proposal(at: int, after: str, channel: str, confidence: float = 0.9) -> RepairEdit:
    before = SOURCE[at]
    proof = Proof.INFERRED
    return RepairEdit(0, 0, at, at + 1, before, after, channel, confidence, proof)


def repaired(edits: Sequence[RepairEdit]) -> Repaired:
    placed, shift = [], 0
    for e in edits:
        start = e.source_start + shift
        shift += len(e.after) - len(e.before)
        where = (start, start + len(e.after), e.source_start, e.source_end)
        placed.append(RepairEdit(*where, e.before, e.after, e.channel, e.confidence, e.proof))
    text, text_map = apply_edits(SOURCE, placed)
    holes = tuple(
        Lost(Span(e.start, e.end), Span(e.source_start, e.source_end), e.channel, "gone")
        for e in placed
        if e.after == "□"
    )
    return Repaired(text, tuple(placed), text_map, holes)


PROPOSED = repaired(
    [
        proposal(1, "问", "a"),
        proposal(3, "问", "a", 0.6),
        proposal(5, "叹气", "b"),
        proposal(7, "□", "b"),
    ]
)
FIRST, SECOND, THIRD, HOLE = PROPOSED.edits


def decisions(*made: tuple[Scope, Verdict] | tuple[Scope, Verdict, str]) -> list[Decision]:
    return [
        Decision(str(at), one[1], one[0], f"{at:04}", one[2] if len(one) > 2 else "")
        for at, one in enumerate(made)
    ]


def read(*made: tuple[Scope, Verdict] | tuple[Scope, Verdict, str], site: str = "报") -> str:
    return settled(*made, site=site).text


def settled(
    *made: tuple[Scope, Verdict] | tuple[Scope, Verdict, str], site: str = "报"
) -> Repaired:
    return settle(SOURCE, PROPOSED, Decided(decisions(*made), document="d", site=site))


def test_undecided_and_accepted_repairs_are_what_was_proposed() -> None:
    assert settled() is PROPOSED
    assert settled((Scope("a", "d"), Verdict.ACCEPTED)) is PROPOSED


def test_a_rejected_place_shows_the_source_text() -> None:
    assert read((Scope.place(FIRST, "d"), Verdict.REJECTED)) == "一?二问三叹气四□五"


def test_equal_repairs_are_rejected_together_and_others_stay() -> None:
    assert read((Scope.same(FIRST, "d"), Verdict.REJECTED)) == "一?二?三叹气四□五"


def test_a_channel_is_rewritten() -> None:
    assert read((Scope("b", "d"), Verdict.EDITED, "!")) == "一问二问三!四!五"


def test_an_edit_is_the_readers_and_certain() -> None:
    edit = settled((Scope.place(THIRD, "d"), Verdict.EDITED, "叹")).edits[2]
    assert (edit.after, edit.proof, edit.confidence) == ("叹", Proof.READER, 1.0)
    assert (edit.before, edit.channel) == (THIRD.before, THIRD.channel)


def test_an_edit_to_the_source_words_rejects_and_to_the_proposed_accepts() -> None:
    assert len(settled((Scope.place(THIRD, "d"), Verdict.EDITED, "‽")).edits) == 3
    assert settled((Scope.place(THIRD, "d"), Verdict.EDITED, "叹气")) is PROPOSED


def test_the_narrower_decision_holds() -> None:
    made = (Scope("a", "d"), Verdict.REJECTED), (Scope.place(SECOND, "d"), Verdict.ACCEPTED)
    assert read(*made) == "一?二问三叹气四□五"
    assert read(*made[::-1]) == "一?二问三叹气四□五"


def test_of_two_on_a_channel_the_later_holds_where_it_is_sure_enough() -> None:
    made = (Scope("a", "d"), Verdict.REJECTED), (Scope("a", "d", least=0.8), Verdict.ACCEPTED)
    assert read(*made) == "一问二?三叹气四□五"


def test_a_remembered_decision_holds_for_its_publisher_only() -> None:
    rule = Scope("a", site="报"), Verdict.REJECTED
    assert read(rule) == "一?二?三叹气四□五"
    assert read(rule, site="刊") == PROPOSED.text


def test_a_decision_of_the_document_holds_against_a_remembered_one() -> None:
    rule = Scope.same(FIRST), Verdict.REJECTED
    assert read(rule, (Scope("a", "d"), Verdict.ACCEPTED)) == PROPOSED.text


def test_a_decision_on_another_document_means_nothing_here() -> None:
    assert settled((Scope("a", "e"), Verdict.REJECTED)) is PROPOSED


def test_a_rejected_place_stays_so_whatever_is_proposed_later() -> None:
    other = Scope("a", "d", Span(1, 2), "?", "问号")
    assert read((other, Verdict.REJECTED)) == "一?二问三叹气四□五"


def test_a_hole_moves_with_the_text_before_it() -> None:
    (lost,) = settled((Scope.place(THIRD, "d"), Verdict.EDITED, "很长的叹气")).lost
    assert lost.span == Span(11, 12)


def test_a_hole_that_was_filled_or_taken_back_is_none() -> None:
    assert settled((Scope.place(HOLE, "d"), Verdict.EDITED, "停")).lost == ()
    assert settled((Scope.place(HOLE, "d"), Verdict.REJECTED)).lost == ()


def test_what_was_lost_without_a_repair_moves_with_the_text() -> None:
    text_map = PROPOSED.map
    gone = Lost(Span(7, 8), Span(6, 7), "c", "replaced")
    assert text_map.to_source_span(Span(7, 8)) == Span(6, 7)
    proposed = Repaired(PROPOSED.text, PROPOSED.edits, text_map, (gone,))
    scope = Scope.place(THIRD, "d")
    decided = Decided(decisions((scope, Verdict.REJECTED)), document="d", site=None)
    (lost,) = settle(SOURCE, proposed, decided).lost
    assert lost.span == Span(6, 7)


def test_a_decision_on_a_channel_overrules_those_on_its_parts() -> None:
    channel, place = Scope("a", "d"), Scope.place(FIRST, "d")
    assert channel.takes_over(place, here="d")
    assert Scope.same(FIRST, "d").takes_over(place, here="d")
    assert not place.takes_over(channel, here="d")
    assert not Scope("b", "d").takes_over(place, here="d")


def test_a_remembered_decision_overrules_the_document_it_is_made_in_and_no_other() -> None:
    rule = Scope("a")
    assert rule.takes_over(Scope.place(FIRST, "d"), here="d")
    assert not rule.takes_over(Scope.place(FIRST, "e"), here="d")
    assert not Scope("a", "d").takes_over(rule, here="d")


SCOPES = st.sampled_from(
    [scope for e in PROPOSED.edits for scope in (Scope.place(e, "d"), Scope.same(e, "d"))]
    + [Scope("a", "d"), Scope("b", "d"), Scope("a"), Scope("b", site="报"), Scope.same(HOLE)]
)
MADE = st.tuples(SCOPES, st.sampled_from(Verdict), st.text("问?□好", max_size=3))


@given(st.lists(MADE, max_size=12))
def test_a_settled_text_is_the_source_with_its_edits(
    made: list[tuple[Scope, Verdict, str]],
) -> None:
    found = settled(*made)
    assert apply_edits(SOURCE, found.edits) == (found.text, found.map)
    for edit in found.edits:
        assert edit.span.slice(found.text) == edit.after
    for lost in found.lost:
        assert lost.span.slice(found.text) == "□"
        assert lost.source == Span(HOLE.source_start, HOLE.source_end)


def test_repairs_made_when_asked_for_are_left_whole_where_nothing_is_against_them() -> None:
    """Those of a fresh repair are other objects each time they are looked at."""
    text = "介绍⼈才政策，⼈才济济。"
    fresh = repair(text)
    decided = Decided(decisions((Scope("radicals", "d"), Verdict.ACCEPTED)), document="d")
    assert settle(text, fresh, decided) is fresh
