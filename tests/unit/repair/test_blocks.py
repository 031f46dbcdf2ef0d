"""Blocks that are damaged as a whole are told by a look, and a long line of them by one sign."""

from __future__ import annotations

from html import unescape

import pytest

from meipi.core.textmap import Replacement, TextMap
from meipi.repair import repair
from meipi.repair.channels import ALL, utf8_as_latin
from meipi.repair.channels.references import _unescaped
from meipi.repair.codepages import read_as_gbk, read_as_latin
from meipi.repair.scan import Scan

CLEAN = "市政府昨日召开会议，研究部署今年冬天的供暖工作，确保居民室内温度达标。"
WHOLE = {
    "utf8-as-latin": read_as_latin(CLEAN.encode(), windows=True),
    "utf8-as-gbk": read_as_gbk(f"{CLEAN}！".encode()),
}
NAMES = {channel.name: channel for channel in ALL}


@pytest.mark.parametrize("name", WHOLE)
def test_a_long_line_of_a_block_that_is_damaged_as_a_whole_has_one_sign(name: str) -> None:
    text = "\n".join([WHOLE[name]] * 300)
    assert len(Scan(ALL).suspected(text).places(NAMES[name]) or ()) == 300


@pytest.mark.parametrize("name", WHOLE)
def test_a_clean_line_among_many_damaged_ones_stays_and_the_others_are_undone(name: str) -> None:
    lines = [WHOLE[name]] * 2000
    lines[990] = CLEAN
    assert repair("\n".join(lines)).text.count(CLEAN) == 2000


def test_signs_of_a_clean_text_are_those_of_its_lines() -> None:
    line = "安德烈·马尔罗(André Malraux)，17%的人。\n"
    places = Scan(ALL).suspected(line * 9000).places(utf8_as_latin.CHANNEL)
    assert [*(places or ())] == [at * len(line) + line.index("é") for at in range(9000)]


@pytest.mark.parametrize("number", [0, 38, 128, 159, 160, 0xD800, 0xDFFF, 0xFFFE, 25991, 65535])
def test_references_in_a_row_are_what_html_makes_of_them(number: int) -> None:
    shown = f"&#25991;&#{number};&#{number:05};&#23383;"
    assert _unescaped(shown) == unescape(unescape(shown))


def test_a_reference_that_is_escaped_again_among_others_is_undone() -> None:
    assert repair("&#22825;&#27941;&amp;#24066;&#26032;&lt;").text == "天津市新<"


def test_a_map_of_offsets_is_that_of_the_replacements() -> None:
    replaced = [Replacement(0, 2, 1), Replacement(2, 3, 2), Replacement(5, 5, 1)]
    offsets = [0, 1, 0, 2, 1, 3, 2, 3, 5, 6, 5, 5, 8, 8, 7, 7]
    assert TextMap.from_offsets(9, offsets) == TextMap.from_replacements(9, replaced)
