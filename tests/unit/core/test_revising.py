"""Of a repaired text only what is decided is made anew; all else moves along."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from meipi.core.decisions import Decided, Decision, Scope, Verdict, settle
from meipi.core.repairs import Edits, Proof, RepairEdit, apply_edits
from meipi.core.revising import revised
from meipi.repair import repair

SOURCE = "京津冀協(xié)同發(fā)展，協(xié)同創(chuàng)新，開(kāi)會動(dòng)員，佔(zhàn)總人口的比重"
PROPOSED = repair(SOURCE)
COUNT = len(PROPOSED.edits)
WORDS = st.sampled_from([None, "", "字", "別的話", "\n"])


def made(changed: dict[int, str | None]) -> list[RepairEdit]:
    """Return the edits, placed one by one."""
    edits: list[RepairEdit] = []
    shift = 0
    for at, edit in enumerate(PROPOSED.edits):
        after = changed.get(at, edit.after)
        if after is None:
            continue
        start = edit.source_start + shift
        edits.append(replace(edit, start=start, end=start + len(after), after=after))
        shift += len(after) - len(edit.before)
    return edits


@given(changed=st.dictionaries(st.integers(0, COUNT - 1), WORDS))
def test_a_revised_text_is_the_source_with_its_edits_made(changed: dict[int, str | None]) -> None:
    edits = {
        at: None if words is None else replace(PROPOSED.edits[at], after=words)
        for at, words in changed.items()
    }
    result = revised(SOURCE, PROPOSED, edits)
    assert result.edits == made(changed)
    assert (result.text, result.map) == apply_edits(SOURCE, made(changed))


def test_edits_in_a_row_are_the_same_in_columns() -> None:
    edits = tuple(PROPOSED.edits)
    assert Edits.of(SOURCE, PROPOSED.text, edits) == edits
    assert [RepairEdit(*values) for values in Edits.of(SOURCE, "", edits).values()] == [
        replace(edit, after="") for edit in edits
    ]


def test_where_all_decisions_are_on_places_no_other_repair_is_looked_at() -> None:
    edits = PROPOSED.edits
    decision = Decision("1", Verdict.REJECTED, Scope.place(edits[2], "d"), "")
    decided = Decided([decision], document="d")
    assert [at for at, _ in decided.concerned(edits)] == [2]
    assert settle(SOURCE, PROPOSED, decided).text.count("(") == 1


def test_a_decision_on_a_channel_concerns_every_repair() -> None:
    decision = Decision("1", Verdict.REJECTED, Scope("pinyin", "d"), "")
    decided = Decided([decision], document="d")
    assert len([*decided.concerned(PROPOSED.edits)]) == COUNT
    assert settle(SOURCE, PROPOSED, decided).text == SOURCE


def test_the_readers_own_words_are_a_sort_of_their_own() -> None:
    scope = Scope.place(PROPOSED.edits[0], "d")
    decided = Decided([Decision("1", Verdict.EDITED, scope, "", "协")], document="d")
    first, second = settle(SOURCE, PROPOSED, decided).edits[:2]
    assert (first.after, first.proof, second.proof) == ("协", Proof.READER, Proof.REPLAYED)
