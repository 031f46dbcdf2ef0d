"""Where little of a text changed, only those lines are looked at anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meipi.core.repairs import Proof
from meipi.repair import repair
from meipi.repair.channels import ALL
from meipi.repair.plan import Change, apply_changes
from meipi.repair.rescan import changed_lines
from meipi.repair.scan import Scan

CLEAN = "市政府昨日召开会议，研究部署今年冬天的供暖工作。\n"
SCAN = Scan(ALL)
PIECES = st.sampled_from(["é", "&#", "二OO八年", "\n", "17%a", "烫烫", "鐢ㄦ埛", "字", "", "СO2"])


def changes_at(text: str, made: dict[int, tuple[int, str]]) -> list[Change]:
    changes: list[Change] = []
    for at, (size, after) in sorted(made.items()):
        start = at % len(text)
        if not changes or start >= changes[-1].end:
            end = min(start + size, len(text))
            changes.append(Change(start, end, after, 0.9, Proof.TABLE))
    return sorted(changes, key=lambda change: change.start)


@given(
    made=st.dictionaries(
        st.integers(0, 2000), st.tuples(st.integers(0, 3), PIECES), min_size=1, max_size=4
    ),
    lines=st.lists(PIECES, min_size=80, max_size=90),
)
def test_looking_at_changed_lines_finds_what_looking_at_all_finds(
    made: dict[int, tuple[int, str]], lines: list[str]
) -> None:
    text = "".join(f"{CLEAN}{line}\n" for line in lines)
    changes = [c for c in changes_at(text, made) if c.start < c.end or c.after]
    moved = changed_lines(text, changes, least=0)
    after = apply_changes(text, changes)
    if moved is None:
        return
    again = SCAN.again(SCAN.suspected(text), after, moved)
    whole = SCAN.suspected(after)
    for channel in ALL:
        assert [*(again.places(channel) or ())] == [*(whole.places(channel) or ())], channel.name


def test_much_that_changed_is_looked_at_as_a_whole() -> None:
    assert changed_lines(CLEAN, [Change(0, 1, "字", 0.9, Proof.TABLE)], least=0) is None


def test_one_changed_line_leaves_what_others_found_in_the_rest() -> None:
    text = CLEAN * 900 + "二OO八年全年，水质达到标准。\n" + CLEAN * 40 + "安德烈(André)来了。\n"
    result = repair(text)
    assert [edit.after for edit in result.edits] == ["〇〇"]
