"""Many lines read at once come out as they would line by line, run by run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meipi.core.repairs import apply_edits
from meipi.repair import repair
from meipi.repair.channels import gbk_as_latin_lines, utf8_as_gbk_lines, utf8_as_latin
from meipi.repair.codepages import read_as_gbk, read_as_latin

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.core.repairs import Repaired


def western(text: str) -> str:
    return read_as_latin(text.encode(), windows=True)


WAYS: dict[str, Callable[[str], str]] = {
    "cp1252": western,
    "Latin-1": lambda text: text.encode().decode("latin-1"),
    "cp1252 twice": lambda text: western(western(text)),
}
GBK: dict[str, Callable[[str], str]] = {
    "GBK as Latin-1": lambda text: text.encode("gbk").decode("latin-1"),
    "GBK as cp1252": lambda text: read_as_latin(text.encode("gbk"), windows=True),
}
AS_GBK: dict[str, Callable[[str], str]] = {
    "UTF-8 as GBK": lambda text: read_as_gbk(text.encode() + "！".encode() * (len(text) % 2)),
}
LONG = "市政府昨日召开会议，研究部署今年冬天的供暖工作，确保居民室内温度达标。"
LINES = st.sampled_from(
    [
        *(LONG, f"  {LONG} (3)", LONG * 6, f"“{LONG}”", "供暖", "10月", "", "page 1", "1990年"),
        *(
            "日本の工場で働いている人たちは毎日とても忙しいです。",
            "Ω是单位，" * 12,
            "她说：“没事。”",
        ),
    ]
)
DAMAGED = st.lists(st.tuples(LINES, st.booleans()), min_size=1, max_size=9)


def by_lines(text: str, patch: pytest.MonkeyPatch) -> Repaired:
    with patch.context() as without:
        without.setattr(utf8_as_latin, "read_blocks", lambda *_: ([], False))
        return repair(text)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@given(lines=DAMAGED)
@settings(max_examples=60, deadline=None)
def test_reading_blocks_is_reading_lines(
    way: Callable[[str], str], lines: list[tuple[str, bool]]
) -> None:
    text = "\n".join(way(line) if damaged else line for line, damaged in lines)
    with pytest.MonkeyPatch.context() as patch:
        assert repair(text) == by_lines(text, patch)


@pytest.mark.parametrize("way", GBK.values(), ids=GBK)
@given(lines=DAMAGED)
@settings(max_examples=60, deadline=None)
def test_reading_blocks_of_gbk_gives_the_text_that_lines_give(
    way: Callable[[str], str], lines: list[tuple[str, bool]]
) -> None:
    text = "\n".join(way(line) if damaged else line for line, damaged in lines)
    with pytest.MonkeyPatch.context() as patch:
        result = repair(text)
        patch.setattr(gbk_as_latin_lines, "read_blocks", lambda *_: ([], False))
        assert result.text == repair(text).text
    assert apply_edits(text, result.edits) == (result.text, result.map)


@given(lines=DAMAGED, times=st.sampled_from([1, 40]))
@settings(max_examples=60, deadline=None)
def test_reading_blocks_of_utf8_as_gbk_gives_the_text_that_lines_give(
    lines: list[tuple[str, bool]], times: int
) -> None:
    way = AS_GBK["UTF-8 as GBK"]
    text = "\n".join([way(line) if damaged else line for line, damaged in lines] * times)
    with pytest.MonkeyPatch.context() as patch:
        result = repair(text)
        patch.setattr(utf8_as_gbk_lines, "read_blocks", lambda *_: ([], False))
        assert result.text == repair(text).text
    assert apply_edits(text, result.edits) == (result.text, result.map)


@pytest.mark.parametrize("way", [*WAYS.values(), *GBK.values()], ids=[*WAYS, *GBK])
def test_a_text_of_many_blocks_comes_out_whole(way: Callable[[str], str]) -> None:
    text = "\n".join(f"{number}. {LONG * (number % 7)}" for number in range(900))
    result = repair(way(text))
    assert result.text == text
    assert apply_edits(way(text), result.edits) == (text, result.map)


def test_a_line_of_another_kind_among_many_hides_none_of_them() -> None:
    lines = [western(LONG)] * 200
    lines[117] = "Le café est très agréable, l'été surtout; naïveté, Zürich, Øresund."
    assert repair("\n".join(lines)).text.count(LONG) == 199


def test_an_edit_is_a_line_though_many_are_read_at_once() -> None:
    edits = repair("\n".join([western(LONG)] * 200)).edits
    assert (len(edits), {edit.after for edit in edits}) == (200, {LONG})


def test_what_another_channel_changes_in_a_block_is_one_edit_of_its_line() -> None:
    text = "\n".join([western(LONG), western(LONG.replace("室", "\u200b室")), western(LONG)] * 9)
    assert repair(text).text == "\n".join([LONG] * 27)
    assert len(repair(text).edits) == 27


def test_gbk_is_not_taken_for_utf8_of_which_it_holds_some_by_chance() -> None:
    clean = "他们脚下是泥泞的路，脚边是垠垠的雪，镇上的人都出来了。" * 3
    text = "\n".join([clean.encode("gbk").decode("latin-1")] * 60)
    result = repair(text)
    assert result.text == "\n".join([clean] * 60)
