from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meipi.core.repairs import LOST, Proof, apply_edits
from meipi.core.resources import demo_seeds
from meipi.core.spans import Span
from meipi.repair import CHANNELS, repair
from meipi.repair.channels import ALL
from meipi.repair.channels.pinyin import annotate

if TYPE_CHECKING:
    from meipi.repair.channels.base import Channel

SIMPLIFIED = (
    "市政府昨日召开会议，研究部署今年冬天的供暖工作。会议要求各区提前检修管网，确保居民室内温度达标。"
    "潮白河水质稳定在Ⅲ类。"
)
TRADITIONAL = (
    "市政府昨日召開會議，研究部署今年冬天的供暖工作。會議要求各區提前檢修管網，確保居民室內溫度達標。"
    "潮白河水質穩定在Ⅲ類。"
)


def seed(number: str) -> str:
    (path,) = (path for path in demo_seeds() if path.name.startswith(number))
    return path.read_bytes().decode("utf-8")


def test_a_known_damage_is_undone(repaired: tuple[str, str]) -> None:
    damaged, reading = repaired
    assert repair(damaged).text == reading


def test_clean_text_comes_out_as_it_went_in(untouched: str) -> None:
    assert repair(untouched).edits == ()


@pytest.mark.xfail(strict=True, reason="not told from clean text yet")
def test_a_damage_still_out_of_reach_is_undone(known_failures: tuple[str, str]) -> None:
    damaged, reading = known_failures
    assert repair(damaged).text == reading


JAPANESE = "市役所は昨日、冬の暖房について会議を開いた。住民の安全を守るための計画です。"
KOREAN = "시청은 어제 겨울 난방에 대한 회의를 열었습니다. 주민의 안전을 위한 계획입니다."
TEXTS = {
    "simplified": SIMPLIFIED,
    "traditional": TRADITIONAL,
    "Japanese": JAPANESE,
    "Korean": KOREAN,
}
OF_OTHERS = {
    "gbk-as-big5": ["simplified"],
    "gbk-as-shift-jis": ["simplified"],
    "gbk-as-euc-kr": ["simplified"],
    "big5-as-gbk": ["traditional"],
    "shift-jis-as-gbk": ["Japanese"],
    "euc-kr-as-gbk": ["Korean"],
    "seven-bit": ["simplified"],
}
"""The texts that are written in an encoding; traditional ones in GBK lose too much elsewhere."""
WRITTEN = [
    pytest.param(channel, TEXTS[language], id=f"{channel.name}, {language}")
    for channel in ALL
    if channel.damage
    for language in OF_OTHERS.get(channel.name, ["simplified", "traditional"])
]


@pytest.mark.parametrize(("channel", "text"), WRITTEN)
def test_what_a_channel_damages_it_undoes(channel: Channel, text: str) -> None:
    assert channel.damage is not None
    assert repair(channel.damage(text)).text == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_clean_text_of_a_language_stays(text: str) -> None:
    assert repair(text).edits == ()


@pytest.mark.parametrize(("channel", "text"), WRITTEN)
def test_edits_replay_to_the_reading_text(channel: Channel, text: str) -> None:
    assert channel.damage is not None
    damaged = "前言。\n" + channel.damage(text) + "\n後記。"
    result = repair(damaged)
    assert apply_edits(damaged, result.edits) == (result.text, result.map)


def test_the_annotated_sample_reads_as_its_author_wrote_it(reading_of_001: str) -> None:
    result = repair(seed("001"))
    assert result.text.replace("：", ":") == reading_of_001.replace("：", ":")


def test_every_edit_of_the_annotated_sample_is_replayed() -> None:
    edits = repair(seed("001")).edits
    assert {edit.proof for edit in edits} == {Proof.REPLAYED}


def test_an_edit_holds_the_annotated_character_and_its_reading() -> None:
    edit = next(e for e in repair(seed("001")).edits if len(e.before) > len(e.after) == 1)
    assert edit.before.startswith(f"{edit.after}(")


@pytest.mark.parametrize("number", ["002", "003", "004"])
def test_a_clean_sample_has_no_edit(number: str) -> None:
    result = repair(seed(number))
    assert (result.edits, result.lost) == ((), ())


def test_a_clean_sample_with_one_look_alike_has_one_edit() -> None:
    (edit,) = repair(seed("000")).edits
    assert (edit.before, edit.after, edit.proof) == ("Ш", "Ⅲ", Proof.TABLE)


def test_a_swallowed_digit_is_marked_as_lost() -> None:
    clean = "開會，動員，開工，佔總人口的比重為17.9%，其餘不計"
    damaged = annotate(clean, {"開": "kāi", "動": "dòng", "員": "yuán", "側": "cè"})
    result = repair(damaged)
    assert result.text == clean.replace("17.9", LOST + "7.9")
    assert [lost.span.slice(result.text) for lost in result.lost] == [LOST]


def test_a_character_cut_at_the_end_of_the_text_is_restored() -> None:
    clean = "開會，動員，開工，其餘不計。"
    damaged = annotate(clean, {"開": "kāi", "動": "dòng", "員": "yuán", "嫛": "yī"})
    assert damaged.endswith("?")
    assert repair(damaged).text == clean


def test_channels_can_be_chosen() -> None:
    text = "⽔⼒发电，Ш类水质"
    assert repair(text, channels=["radicals"]).text == "水力发电，Ш类水质"


def test_no_channel_chosen_changes_nothing() -> None:
    assert repair("⽔⼒发电", channels=[]).text == "⽔⼒发电"


def test_channels_are_named_in_both_languages() -> None:
    assert all(channel.label_zh and channel.label_en for channel in CHANNELS)


def test_damage_under_damage_becomes_one_edit_a_place() -> None:
    damaged = next(channel.damage for channel in ALL if channel.name == "utf8-as-latin")
    assert damaged is not None
    twice = damaged(damaged("长江大桥今天通车"))
    result = repair(twice)
    assert (result.text, len(result.edits)) == ("长江大桥今天通车", 1)


def test_the_map_leads_back_to_the_damage() -> None:
    result = repair("河邊開(kāi)會(huì)動(dòng)工")
    assert result.map.to_source_span(Span(2, 4)).slice("河邊開(kāi)會(huì)動(dòng)工") == (
        "開(kāi)會(huì)"
    )


def test_lossless_damage_is_replayed_and_lossy_damage_inferred() -> None:
    lossless, lossy = "鐢ㄦ埛鐧诲綍鍚庡嵆鍙", "鐢ㄦ埛鐧诲綍锛?用户"
    proofs = [{edit.proof for edit in repair(text).edits} for text in (lossless, lossy)]
    assert proofs[0] == {Proof.REPLAYED}
    assert Proof.INFERRED in proofs[1]


def test_a_radical_in_a_line_with_losses_is_left_to_what_damaged_it() -> None:
    assert "⼒" in repair("⼒斕婓�嗻例�跡宒").text
