"""Text that is lost for good is named where it stands and stays as it is."""

from __future__ import annotations

import pytest

from meipi.core.repairs import LOST, apply_edits
from meipi.core.spans import Span
from meipi.repair import CHANNELS, repair
from meipi.repair.codepages import REPLACEMENT, read_as_gbk

PROSE = "渔民天不亮就出海了，傍晚带着满舱的黄鱼回到码头。"
AS_UTF8 = PROSE.encode("gbk").decode("utf-8", "replace")


def found(text: str) -> list[str]:
    """Return what is marked as lost, by the channel of lost text."""
    result = repair(text)
    return [one.span.slice(result.text) for one in result.lost if one.channel == "lost"]


def rewritten(text: str, encoding: str = "gbk") -> str:
    """Read GBK as UTF-8, save it as UTF-8, read that as ``encoding``."""
    again = text.encode("gbk").decode("utf-8", "replace").encode("utf-8")
    return again.decode(encoding, "ignore")


MARKED = [
    ("标题：锟斤拷", ["锟斤拷"]),
    ("锟斤拷锟斤拷锟斤拷", ["锟斤拷锟斤拷锟斤拷"]),
    ("作者 锟斤", ["锟斤"]),
    ("/* 锟斤拷锟街凤拷 */", ["锟斤拷锟街凤拷"]),
    ("// 图标锟叫割工锟斤拷", ["锟叫", "锟斤拷"]),
    ("备注：锟�", ["锟�"]),
    ("備註：嚙踝蕭嚙踝蕭", ["嚙踝蕭嚙踝蕭"]),
    ("备注：閿熸枻鎷", ["閿熸枻鎷"]),
    ("char s[8] = 烫烫烫烫烫", ["烫烫烫烫烫"]),
    ("buf: 屯屯屯屯屯屯屯屯", ["屯屯屯屯屯屯屯屯"]),
    ("王�先生", ["�"]),
    ("��������.doc", ["��������"]),
    ("摘要：ǩ��ʽ��", ["ǩ��ʽ��"]),
    ("名称ï¿½ï¿½ï¿½ï¿½", ["ï¿½ï¿½ï¿½ï¿½"]),
]


@pytest.mark.parametrize(("text", "marked"), MARKED)
def test_lost_text_is_marked(text: str, marked: list[str]) -> None:
    assert found(text) == marked


@pytest.mark.parametrize("text", [text for text, _ in MARKED])
def test_lost_text_stays_as_it_is(text: str) -> None:
    result = repair(text)
    assert (result.text, result.edits) == (text, ())


@pytest.mark.parametrize("text", [text for text, _ in MARKED])
def test_what_is_lost_is_found_again_in_the_reading_text(text: str) -> None:
    once = repair(text)
    assert repair(once.text).lost == once.lost


def test_gbk_read_as_utf8_is_lost_from_end_to_end() -> None:
    assert sum(map(len, found(AS_UTF8))) > 0.9 * len(AS_UTF8)


@pytest.mark.parametrize("encoding", ["gbk", "big5"])
def test_gbk_saved_as_utf8_and_read_once_more_is_lost(encoding: str) -> None:
    damaged = rewritten(PROSE, encoding)
    assert repair(damaged).edits == ()
    assert sum(map(len, found(damaged))) > 0.6 * len(damaged)


def test_utf8_read_as_latin1_without_its_controls_is_lost() -> None:
    damaged = "".join(
        c for c in "渔民出海打鱼".encode().decode("latin-1") if not "\x80" <= c < "\xa0"
    )
    assert found(f"标题 {damaged}") == [damaged]
    assert repair(damaged).lost[0].reason == "dropped"


def test_a_damaged_paragraph_leaves_the_next_one_alone() -> None:
    result = repair(f"{AS_UTF8}\n{PROSE}")
    assert max(one.span.end for one in result.lost) <= len(AS_UTF8)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("锟斤拷", "rewritten"), ("烫烫烫烫", "fill"), ("一�二", "replaced")],
)
def test_a_loss_says_what_took_the_text(text: str, reason: str) -> None:
    assert [one.reason for one in repair(text).lost] == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "他把屏幕上的“锟斤拷”念了三遍。",
        "“烫烫烫”",
        "老程序员看见锟斤拷和屯屯屯就会笑。",
        "如果页面显示锟斤拷锟斤拷，多半是编码选错了。",
        "常见乱码：锟斤拷、烫烫烫、屯屯屯。",
        "Text such as 锟斤拷 appears when the wrong encoding is used twice.",
        "未初始化的内存里全是烫烫烫烫烫烫。",
        "替换字符�的编号是U+FFFD。",
        "网页乱码有时写作“����”。",
    ],
)
def test_a_text_about_such_damage_has_lost_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "这碗面烫烫的，小心。",
        "烫烫烫！孩子缩回了手。",
        "他大喊：烫烫烫",
        "记者王锟介绍说，李锟将于明天接任。",
        "陈锟拷贝了全部文件，又给张锟斤斤计较地算了一遍账。",
        "皇家屯屯长召集村民开会。",
        "L'été, le café où naît l'idée; Ærøskøbing, æðiíæð, çàéèê.",
        "Ελληνικά и русский текст, עברית.",
        "嚙齒動物嚙咬電線。",
        PROSE,
    ],
)
def test_clean_text_has_lost_nothing(text: str) -> None:
    assert repair(text).lost == ()


def test_a_bare_word_among_broken_lines_is_no_example() -> None:
    text = "// 读取编码表里的锟斤拷\n// 锟街凤拷转锟斤拷"
    assert found(text)[0] == "锟斤拷"


def test_what_a_repair_brings_to_light_is_marked_at_its_source() -> None:
    damaged = f"说明：{read_as_gbk('出海的渔民：锟斤拷锟斤拷'.encode())}"
    result = repair(damaged)
    (one,) = (one for one in result.lost if one.channel == "lost")
    edit = next(e for e in result.edits if e.span.start <= one.span.start < e.span.end)
    assert one.span.slice(result.text) == "锟斤拷锟斤拷"
    assert (one.source.start, one.source.end) == (edit.source_start, edit.source_end)


def test_places_behind_a_repair_are_those_of_the_reading_text() -> None:
    text = "京津冀協(xié)同發(fā)展，協(xié)同創(chuàng)新。作者：锟斤拷"
    result = repair(text)
    (one,) = result.lost
    assert one.span == Span(len(result.text) - 3, len(result.text))
    assert one.source == Span(len(text) - 3, len(text))
    assert apply_edits(text, result.edits) == (result.text, result.map)


def test_losses_of_all_channels_stand_in_order() -> None:
    text = "锟斤拷\n國家發(fā)展改革委組織開(kāi)展調研,協(xié)同創(chuàng)新。\n一�二"
    spans = [one.span for one in repair(text).lost]
    assert spans == sorted(spans)
    assert len(spans) >= 2


def test_lost_text_is_marked_only_where_its_channel_is_asked_for() -> None:
    assert repair("作者：锟斤拷", channels=["pinyin"]).lost == ()
    assert len(repair("作者：锟斤拷", channels=["lost"]).lost) == 1


def test_a_box_that_a_text_always_had_is_not_lost() -> None:
    assert repair(f"请在{LOST}里打勾。").lost == ()


def test_the_channel_has_a_name_in_both_languages() -> None:
    (info,) = (channel for channel in CHANNELS if channel.name == "lost")
    assert (info.label_zh, info.label_en) == ("已失文字", "Text lost for good")


def test_western_letters_behind_a_replacement_are_still_repaired() -> None:
    damaged = REPLACEMENT + "你好，世界".encode().decode("latin-1")
    assert repair(damaged).text == f"{REPLACEMENT}你好，世界"
