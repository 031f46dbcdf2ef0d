"""Gaps are read by what is around them: marks without partner, questions, words said elsewhere."""

from __future__ import annotations

import re

import pytest

from meipi.core.repairs import LOST, Proof
from meipi.repair import repair
from meipi.repair.channels.brackets import BOX, costs_of_marks
from meipi.repair.channels.eaten import Swallowed
from meipi.repair.channels.punctuation import GAP, costs_of_stops
from meipi.repair.channels.told import Told
from meipi.repair.codepages import REPLACEMENT, read_as_gbk, read_as_latin

PROSE = "这座小城的旧书店开了四十年，店主姓顾，每天傍晚把门口的灯点亮，等放学的孩子们进来翻书。"
STRIPPED = frozenset(map(chr, range(0x80, 0xA0)))


def gap_costs(text: str) -> dict[str, float]:
    return dict(costs_of_marks(text, text.index(GAP)))


def test_an_open_bracket_asks_for_its_partner() -> None:
    assert gap_costs(f"店主（姓顾{GAP}每天")["）"] < 0


def test_a_bracket_that_closes_asks_for_one_that_opens() -> None:
    assert gap_costs(f"店主{GAP}姓顾）每天")["（"] < 0


def test_a_bracket_that_nothing_opened_is_unlikely() -> None:
    assert gap_costs(f"店主姓顾{GAP}每天")["）"] > 0


def stop(text: str) -> str:
    """Return the mark that a gap most likely holds, as far as the words of its clause tell."""
    (costs,) = costs_of_stops(text, text.index(GAP))
    return min(costs, key=costs.__getitem__)


def test_a_question_word_asks_for_a_question_mark() -> None:
    assert stop(f"你什么时候回来{GAP}") == "？"
    assert stop(f"他明天回来{GAP}") != "？"


def test_a_condition_goes_on_behind_a_comma() -> None:
    assert stop(f"如果他明天回来{GAP}我们就走。") == "，"


def test_a_line_seldom_ends_with_a_comma_unless_others_do() -> None:
    alone = f"他明天回来{GAP}\n后天走。"
    beside = f"他明天回来{GAP}\n后天走，\n不再来，\n也不说，\n也不写。"
    ways = [costs_of_stops(text, text.index(GAP))[0] for text in (alone, beside)]
    assert ways[0]["，"] - ways[0]["。"] > ways[1]["，"] - ways[1]["。"]


def test_a_box_of_the_text_is_no_lost_digit() -> None:
    assert gap_costs(f"他明天回来{GAP}")[LOST] == BOX


def cheapest(known: str, following: str, before: str) -> str:
    row = Swallowed(known).costs(following)[before]
    return min(row, key=row.__getitem__)


@pytest.mark.parametrize(
    ("following", "before", "mark"),
    [("第二天他们", "stop", "\n"), ("014年春天", "stop", LOST), ("Debian 的", "other", " ")],
)
def test_what_was_swallowed_is_told_by_both_sides(following: str, before: str, mark: str) -> None:
    assert cheapest("", following, before) == mark


def test_the_text_itself_shows_how_it_is_written() -> None:
    usual = Swallowed("").costs("然后")["comma"][" "]
    assert Swallowed("先看书, 再写字， 然后， 最后， ").costs("然后")["comma"][" "] < usual


def test_a_word_said_elsewhere_fills_a_gap() -> None:
    told = Told("蓝凫洲的渔民都认得蓝凫洲")
    assert told.bonus("到蓝", "凫", "洲") > told.bonus("到蓝", "天", "洲")


def test_a_rare_name_is_read_where_it_stands_whole_elsewhere() -> None:
    text = "顾砚秋与蒋砚秋同名。来信写给顾砚秋，信里只说砚秋安好，别的没有提。"
    assert repair(read_as_gbk(text.encode(), lost=REPLACEMENT)).text == text


def test_a_digit_of_a_year_is_marked_as_lost() -> None:
    text = "他们搬了两次家。2014年春天，书店重新开张。"
    result = repair(read_as_gbk(text.encode()))
    assert result.text.replace(LOST, "2") == text


def test_a_paragraph_that_ends_with_a_full_stop_ends() -> None:
    text = "书店关了门。\n第二天他又去了一次。\n门还是关着。"
    assert repair(read_as_gbk(text.encode())).text == text


@pytest.mark.parametrize("windows", [True, False])
def test_a_single_character_is_read_beside_proven_damage(windows: bool) -> None:
    text = f"{PROSE}\n2004年5月"
    assert repair(read_as_latin(text.encode(), windows=windows)).text == text


def test_latin1_twice_loses_nothing() -> None:
    damaged = PROSE.encode().decode("latin-1").encode().decode("latin-1")
    assert repair(damaged).text == PROSE


def stripped(text: str) -> str:
    return "".join(c for c in text.encode().decode("latin-1") if c not in STRIPPED)


def test_text_without_its_controls_is_offered_as_a_guess() -> None:
    result = repair(stripped(PROSE))
    assert {edit.channel for edit in result.edits} == {"utf8-as-latin-stripped"}
    assert all(edit.proof is Proof.INFERRED and edit.confidence < 0.5 for edit in result.edits)
    assert sum(a == b for a, b in zip(result.text, PROSE, strict=False)) > len(PROSE) * 0.6


def test_a_character_nobody_knows_is_no_obstacle_to_the_guess() -> None:
    assert "㪺" in repair(stripped(f"{PROSE[:20]}㪺{PROSE[20:]}")).text


def test_a_soft_hyphen_in_front_hides_no_damage() -> None:
    text = "经过一个冬天，书店又开张了，孩子们都回来了。"
    assert repair(text.encode("gbk").decode("latin-1")).text == text


def test_short_lines_are_read_beside_long_ones_of_the_same_crossing() -> None:
    text = f"{PROSE}\n顾先生\n{PROSE}"
    assert repair(text.encode("gbk").decode("big5hkscs", "replace")).text.split("\n")[1] == "顾先生"


def test_a_mark_that_could_as_well_be_another_is_shown_as_lost() -> None:
    text = "打开文件夹(或者用命令行)，再选择要打开的文件。然后按下按钮。"
    result = repair(read_as_gbk(text.encode())).text
    assert result[5] == LOST
    assert all(a in (b, LOST) for a, b in zip(result, text, strict=True))


def dropped(text: str) -> str:
    """Read UTF-8 as cp1252, without the five bytes that it has no character for."""
    shown = read_as_latin(text.encode(), windows=True)
    return re.sub("[\x81\x8d\x8f\x90\x9d]", "", shown)


@pytest.mark.parametrize(
    "text",
    [
        "这是中国恒星观测史的一部分，恒星很多。",
        "他们把星座叫作Rāśi，其中最亮的恒星是参宿四，人们观察到它的颜色。",
    ],
    ids=["a rare character among usual ones", "a letter of two bytes"],
)
def test_bytes_that_vanished_are_put_back(text: str) -> None:
    assert repair(dropped(text)).text == text
