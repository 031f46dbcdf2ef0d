from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meipi.core.document import hide
from meipi.core.spans import Span
from meipi.structure import analyse

LINES = (
    "京唐高铁开通",
    "来源:人民网    2025-03-01 13:56",
    "打开某某新闻 查看精彩图片",
    "一、产业升级",
    "(记者 杨成)",
    "——**促进产业提质增效**",
    "# 标题 #",
    "> 引文",
    "- 一项",
    "```",
    "====",
    "1. 第一",
    "版权声明:凡注明来源的作品,未经授权不得转载。",
    "杨村街则积极打造科技助老项目,依托智慧平台,搭建起家庭、社区网",
    "格、街道三级响应机制。",
    "A line of plain English that goes on and on until it is wrapped here",
    "　　首行缩进两个字的一段话,说得很长很长,一直说到句号才停下来。",
    "",
    "",
)
breaks = st.sampled_from(
    ["\n", "\r\n", "\r", "\u2028", "\u2029", "\n\n", "\n\u3000\n", "\x0c", "\x85"]
)
line = (
    st.sampled_from(LINES)
    | st.text(max_size=30)
    | st.text(alphabet="一、。(2025年1月)*#->:：\u3000 a", max_size=20)
)
texts = st.lists(st.tuples(line, breaks), max_size=25).map(lambda ls: "".join(a + b for a, b in ls))


@given(texts)
def test_blocks_are_disjoint_in_order_and_cover_all_that_is_not_blank(text: str) -> None:
    blocks = analyse(text).blocks
    at = 0
    for block in blocks:
        assert block.span.start >= at
        assert not text[at : block.span.start].strip()
        assert block.span
        at = block.span.end
    assert not text[at:].strip()


@given(texts)
def test_what_is_hidden_lies_inside_its_block_in_order(text: str) -> None:
    for block in analyse(text).blocks:
        at = block.span.start
        for gap in block.hidden:
            assert gap
            assert at <= gap.start
            at = gap.end
        assert at <= block.span.end
        assert hide(text, block.span, block.hidden).map.source_length == len(block.span)


@given(texts)
def test_nothing_but_blanks_and_marks_is_hidden(text: str) -> None:
    for block in analyse(text).blocks:
        for gap in block.hidden:
            assert not any(char.isalnum() for char in gap.slice(text))


@given(texts)
def test_a_block_ends_with_no_line_break(text: str) -> None:
    for block in analyse(text).blocks:
        assert block.span.slice(text).rstrip() == block.span.slice(text)


@given(texts, st.dictionaries(st.sampled_from(["title", "date", "source", "author"]), st.text()))
def test_what_a_file_declares_breaks_nothing(text: str, declared: dict[str, str]) -> None:
    assert analyse(text, declared=declared).blocks == analyse(text, declared=declared).blocks


def test_only_the_last_line_of_a_text_may_lack_its_break() -> None:
    with_break, without = analyse("一行。\n二行。\n"), analyse("一行。\n二行。")
    assert with_break.blocks == without.blocks
    assert [block.span for block in without.blocks] == [Span(0, 3), Span(4, 7)]
