"""Mentions as a reader meets them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meipi.core.document import Block, Role, Structure
from meipi.core.entity import EntityType
from meipi.core.spans import Span
from meipi.entities import find_mentions

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "entity_mentions.json").read_text("utf-8")
)
EMPTY = Structure(())


def found(text: str, structure: Structure = EMPTY) -> dict[str, str]:
    return {m.text: str(m.type) for m in find_mentions(text, structure)}


def canonical(text: str) -> dict[str, str]:
    return {m.text: m.canonical for m in find_mentions(text, EMPTY)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_names_are_found_as_the_guidelines_mark_them(case: dict[str, object]) -> None:
    mentions = found(str(case["text"]))
    wanted = case["found"]
    assert isinstance(wanted, dict)
    assert wanted.items() <= mentions.items()
    if not wanted:
        assert mentions == {}


def test_boilerplate_is_left_out() -> None:
    text = "北京今天下雪。\n上海日报版权所有"
    structure = Structure((Block(Span(0, 7), Role.PARAGRAPH), Block(Span(8, 16), Role.BOILERPLATE)))
    assert found(text, structure) == {"北京": "LOC", "今天": "TIME"}


def test_a_name_over_a_hidden_line_break_is_found() -> None:
    text = "记者从广州市教\n育局获悉"
    structure = Structure((Block(Span(0, 12), Role.PARAGRAPH, hidden=(Span(7, 8),)),))
    (mention,) = find_mentions(text, structure)
    assert mention.span == Span(3, 10)
    assert mention.text == "广州市教\n育局"
    assert mention.canonical == "广州市教育局"


def test_blocks_are_not_read_into_one_another() -> None:
    text = "广州市\n教育局"
    structure = Structure((Block(Span(0, 3), Role.HEADING), Block(Span(4, 7), Role.PARAGRAPH)))
    assert "广州市\n教育局" not in found(text, structure)


def test_a_short_place_is_called_by_its_full_form() -> None:
    assert canonical("永嘉县位于温州。永嘉今年丰收。")["永嘉"] == "永嘉县"


def test_a_zone_s_short_form_is_the_one_zone_that_ends_so() -> None:
    text = "合肥滨湖科学城今天开园。科学城占地三平方公里。"
    assert canonical(text)["科学城"] == "合肥滨湖科学城"


def test_a_short_form_of_two_zones_stands_for_neither() -> None:
    text = "合肥滨湖科学城与东莞松山湖科学城今天签约。科学城各占地三平方公里。"
    assert canonical(text).get("科学城", "科学城") == "科学城"


def test_a_told_short_form_is_found_and_resolved() -> None:
    text = "宁波中瑞精密机械股份有限公司(以下简称“中瑞精密”)昨日上市。中瑞精密说,订单充足。"
    assert canonical(text)["中瑞精密"] == "宁波中瑞精密机械股份有限公司"


def test_someone_with_an_address_is_the_one_of_that_surname() -> None:
    text = "记者见到了店主王建国。王先生说,生意不错。"
    assert canonical(text)["王先生"] == "王建国"


def test_a_name_found_once_is_found_everywhere() -> None:
    text = "楠溪江风景名胜区今天开园。\n门票:楠溪江风景名胜区六十元"
    assert [m.text for m in find_mentions(text, EMPTY)].count("楠溪江风景名胜区") == 2


def test_canonical_names_keep_the_script_of_the_text() -> None:
    text = "臺北市長說,臺北市明年舉辦世大運。"
    assert all("台" not in m.canonical for m in find_mentions(text, EMPTY))


def test_both_scripts_give_the_same_spans() -> None:
    simplified = "广东省教育厅厅长陈国华昨天在广州宣布,投资三亿元建设实验学校。"
    traditional = "廣東省教育廳廳長陳國華昨天在廣州宣布,投資三億元建設實驗學校。"
    spans = [[(m.span, m.type) for m in find_mentions(t, EMPTY)] for t in (simplified, traditional)]
    assert spans[0] == spans[1]
    assert spans[0]


@settings(max_examples=60)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from(
                "天津市北京王明说第一二三十百万亿元年月日%0123.,《》“”（）·\n 省委局大学"
            ),
            st.characters(),
        ),
        max_size=120,
    )
)
def test_any_text_gives_sorted_disjoint_mentions_that_slice_it(text: str) -> None:
    mentions = find_mentions(text, EMPTY)
    assert all(m.span and m.text == m.span.slice(text) for m in mentions)
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))


@pytest.mark.parametrize("unit", ["一", "1,", "“", "《", "十年", "天津市", "·王", "\n", "第十届"])
def test_long_monotonous_text_is_no_trouble(unit: str) -> None:
    mentions = find_mentions(unit * 5_000, EMPTY)
    assert all(isinstance(m.type, EntityType) for m in mentions)


def test_lone_surrogates_are_no_trouble() -> None:
    assert found("\ud800北京市\udfff") == {"北京市": "LOC"}
