"""Long lines are read at once, and come out as they would run by run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.repairs import Proof
from meipi.repair import repair
from meipi.repair.channels.gbk_as_latin_lines import decoders, shown_central
from meipi.repair.codepages import read_as_gbk, read_as_latin

if TYPE_CHECKING:
    from collections.abc import Callable

LINE = (
    "市政府昨日召开会议，研究部署今年冬天的供暖工作。会议要求各区在10月底前检修管网，确保居民室内温度达标。"
    "老师说：“做学问要耐得住寂寞，也要经得起批评。”没有提供暖气的，每天都要报告，谁也没法例外。"
)


def western(text: str) -> str:
    return read_as_latin(text.encode(), windows=True)


WAYS: dict[str, Callable[[str], str]] = {
    "UTF-8 as cp1252": western,
    "UTF-8 as Latin-1": lambda text: text.encode().decode("latin-1"),
    "UTF-8 as cp1252 twice": lambda text: western(western(text)),
    "UTF-8 as both": lambda text: western(text.encode().decode("latin-1")),
    "GBK as cp1252": lambda text: read_as_latin(text.encode("gbk"), windows=True),
    "GBK as Latin-1": lambda text: text.encode("gbk").decode("latin-1"),
    "GBK as cp1250": shown_central,
    "GBK by a mixed decoder, two bytes": decoders("")[1],
    "GBK by a mixed decoder, three bytes": decoders("")[2],
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_long_line_comes_out_whole(way: Callable[[str], str]) -> None:
    assert repair(way(LINE)).text == LINE


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_clean_lines_beside_damaged_ones_stay(way: Callable[[str], str]) -> None:
    around = "标题：供暖\n{}\nRésumé, naïveté.\n正文在此。"
    assert repair(around.format(way(LINE))).text == around.format(LINE)


def test_every_edit_of_a_long_line_is_replayed() -> None:
    assert {edit.proof for edit in repair(western(LINE)).edits} == {Proof.REPLAYED}


def test_a_long_line_is_cut_into_some_sentences() -> None:
    assert 1 < len(repair(western(LINE * 3)).edits) <= 9


@pytest.mark.parametrize("rest", ["", "\n后面是正文，没有坏。", "后面是正文，没有坏。"])
def test_utf8_read_as_gbk_is_read_by_the_line(rest: str) -> None:
    whole = "".join(character for character in LINE * 2 if character > "\x7f")
    beginnings = (whole[:end] for end in range(len(whole), 0, -1))
    clean = next(text for text in beginnings if "?" not in read_as_gbk(text.encode()))
    result = repair(read_as_gbk(clean.encode()) + rest)
    assert result.text == clean + rest
    assert {edit.proof for edit in result.edits} == {Proof.REPLAYED}


def test_short_lines_between_long_ones_do_not_cut_these() -> None:
    page = "\n".join([LINE, "供暖", LINE, "结束。"])
    assert len(repair(western(page)).edits) == 2 * len(repair(western(LINE)).edits) + 2


def test_private_characters_are_no_reading_of_western_letters() -> None:
    shown = decoders("")[2]("制品厂里六十多人没事干，都在等着开工。" * 9)
    assert not any("\ue000" <= c <= "\uf8ff" for c in repair(shown).text)


def test_a_byte_that_vanished_is_no_proof() -> None:
    clean = "他说“好”，然后大家都回到工厂里继续工作，没有人再提起这件事情。"
    result = repair(western(clean).replace("\x9d", "").replace("\x81", ""))
    assert result.text == clean
    assert all(
        edit.proof is Proof.INFERRED for edit in result.edits if western(edit.after) != edit.before
    )
