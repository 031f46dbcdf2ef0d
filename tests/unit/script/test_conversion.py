from __future__ import annotations

import doctest
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meipi.core.script import Script
from meipi.core.textmap import TextMap
from meipi.script import conversion, convert, words
from meipi.script.conversion import Segment, shown

if TYPE_CHECKING:
    from types import ModuleType

SEEDS = Path(__file__).parents[3] / "seeds"
SCRIPTS = (Script.SIMPLIFIED, Script.TRADITIONAL)


def simplified(text: str) -> str:
    return convert(text, Script.SIMPLIFIED).text


def traditional(text: str) -> str:
    return convert(text, Script.TRADITIONAL).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("著力推動著名學者的著作", "着力推动著名学者的著作"),
        ("沿著河走，看著名單，隨著作業增加", "沿着河走，看着名单，随着作业增加"),
        ("成效顯著，執著追求，意味著改變", "成效显著，执着追求，意味着改变"),
        ("曹雪芹著《紅樓夢》，她讀著《紅樓夢》", "曹雪芹著《红楼梦》，她读着《红楼梦》"),
        ("他們討論著論著裡的問題", "他们讨论着论著里的问题"),
        ("這標誌著作家的成熟", "这标志着作家的成熟"),
        ("乾隆年間，衣服乾了，乾杯", "乾隆年间，衣服干了，干杯"),
        ("皇后以後在後宮", "皇后以后在后宫"),
        ("頭髮與發展，一隻貓只有這裡", "头发与发展，一只猫只有这里"),
        ("答覆了，覆蓋面廣，反覆顛覆", "答复了，覆盖面广，反复颠覆"),
        ("杯盤狼藉，藉口，慰藉", "杯盘狼藉，借口，慰藉"),
        ("登高瞭望，一目瞭然", "登高瞭望，一目了然"),
        ("宮商角徵羽，徵求意見", "宫商角徵羽，征求意见"),
        # Made character by character, as such texts are found: 后 and 里 and 干 stood before too.
        (
            "須注明來源和署著作者名,著力鞏固主干道路,建成后",
            "须注明来源和署著作者名,着力巩固主干道路,建成后",
        ),
        ("為甚麼計畫鍛鍊身體", "为什么计划锻炼身体"),
    ],
)
def test_simplified_goes_by_the_word(text: str, expected: str) -> None:
    assert simplified(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发展经济，理发，头发", "發展經濟，理髮，頭髮"),
        ("皇后以后在后面", "皇后以後在後面"),
        ("干部干活，干燥，干涉", "幹部幹活，乾燥，干涉"),
        ("里面有公里数", "裡面有公里數"),
        ("吃面条，表面", "吃麵條，表面"),
        ("下面的面粉", "下面的麵粉"),
        ("系统的关系，系鞋带", "系統的關係，繫鞋帶"),
        ("包括发球，三天后到，国历史", "包括發球，三天後到，國歷史"),
        ("时钟敲响，钟情", "時鐘敲響，鍾情"),
        ("为了群众吃饭", "為了群眾吃飯"),
    ],
)
def test_traditional_goes_by_the_word(text: str, expected: str) -> None:
    assert traditional(text) == expected


def test_taiwan_glyphs_are_a_choice() -> None:
    assert convert("着力治理污染", Script.TRADITIONAL).text == "着力治理污染"
    assert convert("着力治理污染", Script.TRADITIONAL, taiwan=True).text == "著力治理汙染"


@pytest.mark.parametrize("text", ["天津市寶坻區以后發展余地", "后宮里的劇情，为尊"])
def test_a_traditional_text_stays_in_traditional(text: str) -> None:
    assert traditional(text) == text


@pytest.mark.parametrize("text", ["鲁迅著，瞭望台，乾隆与慰藉", "宫商角徵羽，覆盖这片土地"])
def test_a_simplified_text_stays_in_simplified(text: str) -> None:
    assert simplified(text) == text


def test_a_quotation_in_the_other_script_is_converted() -> None:
    text = "他在信里说：“國家興亡，匹夫有責。”这句话发表后传开了。"
    assert simplified(text) == "他在信里说：“国家兴亡，匹夫有责。”这句话发表后传开了。"


def test_japanese_and_korean_stay() -> None:
    text = "他說：「東京駅の歴史を学ぶ」，後來發表了。"
    assert simplified(text) == "他说：「東京駅の歴史を学ぶ」，后来发表了。"
    assert simplified("國民 여러분 안녕하십니까") == "國民 여러분 안녕하십니까"


def test_one_no_in_a_brand_name_is_no_japanese() -> None:
    assert simplified("鮮の每日來點發財樹") == "鲜の每日来点发财树"


@pytest.mark.parametrize("script", Script)
def test_ascii_and_nothing_stay(script: Script) -> None:
    for text in ("", "plain text"):
        assert convert(text, script).text == text
        assert convert(text, script).map == TextMap.identity(len(text))


@pytest.mark.parametrize("name", ["000", "002", "003", "004"])
def test_a_simplified_seed_shown_simplified_is_unchanged(name: str) -> None:
    for line in next(SEEDS.glob(f"{name}_*")).read_text(encoding="utf-8").splitlines():
        assert simplified(line) == line


@pytest.mark.parametrize("name", ["000", "002", "003", "004"])
def test_a_seed_shown_traditional_and_back_is_itself(name: str) -> None:
    for line in next(SEEDS.glob(f"{name}_*")).read_text(encoding="utf-8").splitlines():
        assert simplified(traditional(line)) == line


chinese = st.text(
    st.sampled_from("著名作隨發髮展后後里裡乾隆干部の天三，《》。𠮷🀄\n Ab") | st.characters()
)


@given(chinese, st.sampled_from(SCRIPTS))
def test_the_map_leads_from_the_text_to_what_is_shown(text: str, script: Script) -> None:
    result = convert(text, script)
    assert result.map.source_length == len(text)
    assert result.map.target_length == len(result.text)


@given(chinese, st.sampled_from(SCRIPTS))
def test_what_no_dictionary_knows_stays_in_its_place(text: str, script: Script) -> None:
    result = convert(text, script)
    for at, char in enumerate(text):
        if not "\u2e80" <= char <= "\U0003ffff" or char in "🀄，《》。":
            assert result.text[result.map.to_target(at)] == char


def test_a_word_that_changes_its_length_is_mapped_as_a_whole() -> None:
    result = shown("用程序做", [Segment(1, 3, "應用程式")])
    assert result.text == "用應用程式做"
    assert (result.map.to_target(3), result.map.to_source(2)) == (5, 1)


@pytest.mark.parametrize("table", ["SIMPLIFIED", "SIMPLIFIED_ZHU", "TRADITIONAL"])
def test_every_word_of_our_own_says_what_it_becomes(table: str) -> None:
    pairs = words.pairs(getattr(words, table))
    assert all(len(word) == len(became) > 0 for word, became in pairs.items())


@pytest.mark.parametrize("module", [conversion, words])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
