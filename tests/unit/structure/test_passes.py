from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from meipi.core.document import Role, hide
from meipi.structure import analyse

MODULES = ("analysis", "bylines", "chrome", "dates", "headings", "lines", "metadata", "names")
PROSE = "运河在这里转了一个弯,两岸的人家便顺着水势住成一个半圆,早市也跟着弯过去,一直弯到桥头。"


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    result = doctest.testmod(import_module(f"meipi.structure.{name}"))
    assert result.attempted > 0
    assert result.failed == 0


def roles(text: str) -> list[Role]:
    return [block.role for block in analyse(text).blocks]


def shown(text: str) -> list[str]:
    return [hide(text, block.span, block.hidden).text for block in analyse(text).blocks]


@pytest.mark.parametrize("text", ["", " ", "\n\n\u3000\n", "\r\n"])
def test_a_text_of_blanks_has_no_blocks(text: str) -> None:
    found = analyse(text)
    assert (found.blocks, found.title, found.date) == ((), None, None)


@pytest.mark.parametrize(
    "heading",
    ["关注民生", "打开国门看世界", "下载量突破百万的背后", "查看账本的老人", "分享经济的下半场"],
)
def test_a_heading_that_begins_like_a_prompt_is_none(heading: str) -> None:
    assert roles(f"运河边的人\n{PROSE}\n{heading}\n{PROSE}")[2] is Role.HEADING


@pytest.mark.parametrize(
    "prompt",
    [
        "打开某某客户端 查看高清大图",
        "點擊查看更多圖片",
        "扫描二维码下载APP",
        "点击“阅读原文”查看更多",
        "展开全文",
        "分享到朋友圈",
    ],
)
def test_a_prompt_is_boilerplate_wherever_it_stands(prompt: str) -> None:
    assert roles(f"{PROSE}\n{prompt}\n{PROSE}")[1] is Role.BOILERPLATE


def test_an_article_on_copyright_is_no_boilerplate() -> None:
    text = f"版权之争\n{PROSE}\n未经著作权人许可复制其作品的,应当承担责任。\n{PROSE}"
    assert Role.BOILERPLATE not in roles(text)


def test_prose_after_a_statement_of_rights_stays() -> None:
    text = f"{PROSE}\n版权声明:本文由作者授权发布。\n{PROSE}\n{PROSE}"
    assert roles(text) == [Role.PARAGRAPH, Role.BOILERPLATE, Role.PARAGRAPH, Role.PARAGRAPH]


def test_a_paragraph_broken_inside_quotation_marks_is_joined() -> None:
    broken = "老人说:“那一年的水一直涨到第三级台阶,我父亲把船系在"
    text = f"{broken}\n\n门环上,我们就从窗户上下船。”后来水退了。"
    assert shown(text) == [text.replace("\n\n", "")]


def test_a_paragraph_broken_before_punctuation_is_joined() -> None:
    text = "运河在这里转了一个弯,两岸的人家便顺着水势住成一个半圆\n,早市也跟着弯过去。"
    assert shown(text) == [text.replace("\n", "")]


def test_verse_is_never_joined() -> None:
    text = "运河在这里转了一个弯,\n两岸的人家住成一个半圆,\n早市也跟着弯过去,\n一直弯到桥头。\n"
    assert len(roles(text)) == 4


def test_english_words_keep_a_blank_where_lines_are_joined() -> None:
    text = (
        "The shop on Harbour Street had been losing money for eleven years\n"
        "when its owner put a single armchair in the window and a sign on\n"
        "which she had written, in her small and slanting hand, only two\n"
        "words. By the end of the month there were four more armchairs.\n"
    )
    assert roles(text) == [Role.PARAGRAPH]
    assert shown(text) == [text.rstrip()]


def test_indentation_is_hidden() -> None:
    assert shown(f"\u3000\u3000{PROSE}") == [PROSE]


def test_combining_marks_do_not_hide_a_byline() -> None:
    text = f"Un cafe\u0301 a\u0300 Tianjin\nBy Rene\u0301e Dupont\n{PROSE}"
    assert roles(text)[0] is Role.TITLE


def test_what_the_file_declares_fills_what_the_text_leaves_open() -> None:
    declared = {"title": "水边", "date": "2024-01-05T08:00:00+08:00", "author": "林小满"}
    found = analyse(PROSE, declared=declared)
    assert (found.title, found.date, found.authors) == ("水边", "2024-01-05", ("林小满",))


def test_a_declared_title_is_known_again_in_the_text() -> None:
    found = analyse(f"水边\n短句\n{PROSE}", declared={"title": "水边"})
    assert found.blocks[0].role is Role.TITLE


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("发布时间:2024/7/1 9:05", "2024-07-01"),
        ("二〇二四年十一月二十日", "2024-11-20"),
        ("發布日期:民國113年5月6日", "2024-05-06"),
        ("Published: March 3, 2022", "2022-03-03"),
        ("3 March 2022", "2022-03-03"),
        ("时间:2024年5月", "2024-05"),
        ("2024-02-30", None),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_given(line: str, date: str | None) -> None:
    assert analyse(f"水边的人家\n{line}\n{PROSE}").date == date


@pytest.mark.parametrize(
    ("dateline", "source", "region", "authors"),
    [
        ("新华社北京3月5日电 (记者 张三)", "新华社", "北京", ("张三",)),
        ("中新网广州5月6日电", "中新网", "广州", ()),
        ("本报讯 (记者 王浩 通讯员 李小明)", None, None, ("王浩", "李小明")),
        ("(中央社記者王小明台北17日電)", "中央社", "台北", ("王小明",)),
        ("記者李華/高雄報導", None, "高雄", ("李華",)),
    ],
)
def test_datelines_say_who_sent_it_and_from_where(
    dateline: str, source: str | None, region: str | None, authors: tuple[str, ...]
) -> None:
    found = analyse(f"水边的人家\n{dateline} {PROSE}")
    assert (found.source, found.region, found.authors) == (source, region, authors)


def test_a_long_paragraph_of_many_lines_takes_linear_time() -> None:
    # A million characters without any punctuation, where each line could go on in the next.
    found = analyse(
        "\n".join(["运河两岸的人家顺着水势住成一个半圆早市也跟着弯过去一直弯到桥头"] * 30_000)
    )
    assert found.blocks
