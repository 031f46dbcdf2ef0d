"""A saved page gives its main text with its structure, in its real encoding, without a network."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, FileError
from meipi.sources import head, read_source
from meipi.sources.formats.html_main import main_blocks
from meipi.sources.formats.html_text import Block, Kind

if TYPE_CHECKING:
    from meipi.core.document import Decoded

BODY = """
<nav><ul><li><a href="/">首页</a></li><li><a href="/news">新闻</a></li></ul></nav>
<article>
<h1>图书馆门前的玉兰开了</h1>
<p>　　春分刚过,图书馆门前的<b>玉兰</b>开了,读者<a href="/x">陆续</a>多起来。管理员说,今年的花
比往年早了一个星期。</p>
<h2>一、借阅</h2>
<p>周末借书的人从服务台排到了门口。<br>儿童阅览室里座无虚席。</p>
<ul><li>小说</li><li>诗歌<ul><li>唐诗</li></ul></li></ul>
<p>借阅人次如下:</p>
<table><tr><th>月份</th><th>人次</th></tr><tr><td>三月</td><td>1200</td></tr></table>
<blockquote><p>读书破万卷,下笔如有神。</p></blockquote>
<pre>一行
    缩进的一行</pre>
<figure><img src="https://images.invalid/a.png" alt="花">
<figcaption>图为盛开的玉兰。</figcaption></figure>
<p>下周起,图书馆延长开放时间一小时。</p>
</article>
<footer>版权所有 读书网</footer>
<script>var text = "脚本里的字";</script>
"""
HEAD = """<title>图书馆门前的玉兰开了_读书网</title>
<meta name="author" content="王小明"><meta property="og:site_name" content="读书网">
<meta property="article:published_time" content="2024-03-21T08:00:00+08:00">"""


def page(*, head: str = HEAD, body: str = BODY, charset: str | None = None) -> str:
    declared = f'<meta charset="{charset}">' if charset else ""
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head>{declared}{head}</head><body>{body}</body></html>'
    )


def read(text: str, encoding: str = "utf-8", name: str = "页.html") -> Decoded:
    return read_source(text.encode(encoding), name=name)


@pytest.fixture
def blocks() -> list[str]:
    return read(page()).text.split("\n\n")


def test_a_heading_is_a_block_of_its_own(blocks: list[str]) -> None:
    assert "图书馆门前的玉兰开了" in blocks
    assert "一、借阅" in blocks


def test_inline_elements_leave_no_trace_in_the_line(blocks: list[str]) -> None:
    line = "春分刚过,图书馆门前的玉兰开了,读者陆续多起来。管理员说,今年的花比往年早了一个星期。"
    assert line in blocks


def test_a_line_break_element_is_a_line_break(blocks: list[str]) -> None:
    assert "周末借书的人从服务台排到了门口。\n儿童阅览室里座无虚席。" in blocks


def test_list_items_stand_one_to_a_line(blocks: list[str]) -> None:
    assert "- 小说\n- 诗歌\n- 唐诗" in blocks


def test_table_cells_stand_between_tabs(blocks: list[str]) -> None:
    assert "月份\t人次\n三月\t1200" in blocks


def test_preformatted_text_keeps_its_lines(blocks: list[str]) -> None:
    assert "一行\n    缩进的一行" in blocks


def test_a_caption_is_kept(blocks: list[str]) -> None:
    assert "图为盛开的玉兰。" in blocks


def test_scripts_are_no_text(blocks: list[str]) -> None:
    assert not any("脚本" in block for block in blocks)


def test_the_page_declares_title_date_author_and_site() -> None:
    assert read(page()).declared == {
        "title": "图书馆门前的玉兰开了",
        "date": "2024-03-21",
        "author": "王小明",
        "source": "读书网",
    }


def test_private_use_and_zero_width_characters_survive() -> None:
    # They carry needed bytes of damaged text; only `repair` may drop them.
    odd = "鐢ㄦ\ue5e5埛\u200b零宽"
    assert odd in read(page(body=BODY.replace("下周起", odd))).text


def test_character_references_are_read() -> None:
    assert "玉兰®&" in read(page(body=BODY.replace("下周起", "&#29577;&#x5170;&reg;&amp;"))).text


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        pytest.param("gb18030", "gb2312", id="declared"),
        pytest.param("gb18030", None, id="undeclared"),
        pytest.param("gb18030", "utf-8", id="falsely declared utf-8"),
        pytest.param("gb18030", "iso-8859-1", id="falsely declared western"),
        pytest.param("gb18030", "no-such-thing", id="unknown name"),
        pytest.param("utf-8", "gb2312", id="falsely declared gb2312"),
        pytest.param("utf-8-sig", "gb2312", id="mark before declaration"),
        pytest.param("utf-16", "utf-8", id="utf-16 with a mark"),
    ],
)
def test_the_encoding_is_the_real_one(encoding: str, charset: str | None) -> None:
    decoded = read(page(charset=charset), encoding)
    assert "图书馆门前的玉兰开了" in decoded.text
    assert decoded.replaced == 0


def test_a_declaration_decides_where_bytes_alone_cannot() -> None:
    body = "<p>太郎</p>"
    assert read(page(head="", body=body, charset="euc-jp"), "euc_jp").encoding == "euc_jp"


def test_an_old_declaration_of_content_type_is_understood() -> None:
    old = '<meta http-equiv="Content-Type" content="text/html; charset=big5">'
    text = page(head=old, body="<p>圖書館星期一休館,請於星期二再來。</p>")
    assert read(text, "big5").encoding == "big5hkscs"


def test_the_declaration_of_xhtml_is_understood() -> None:
    text = '<?xml version="1.0" encoding="gb2312"?>\n' + page(head="<title>页</title>")
    decoded = read(text, "gb18030", name="a.xhtml")
    assert decoded.encoding == "gb18030"
    assert "图书馆门前的玉兰开了" in decoded.text


def test_a_chosen_encoding_is_obeyed_against_the_declaration() -> None:
    data = page(charset="big5").encode("gb18030")
    decoded = read_source(data, name="a.html", encoding="gbk")
    assert decoded.encoding == "gb18030"
    assert "图书馆门前的玉兰开了" in decoded.text


def test_a_page_without_a_suffix_is_known_by_its_first_element() -> None:
    assert read(page(), name="download").format == "html"


def test_a_text_file_that_holds_markup_is_left_as_it_is() -> None:
    decoded = read(page(), name="a.txt")
    assert (decoded.text, decoded.format) == (page(), "text")


def test_nothing_remote_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    remote = (
        '<!DOCTYPE html PUBLIC "-//X//DTD" "http://dtd.invalid/x.dtd" [<!ENTITY far SYSTEM '
        '"http://far.invalid/x">]><html><head><base href="http://base.invalid/">'
        '<link rel="stylesheet" href="http://css.invalid/a.css"><script src="http://js.invalid/a">'
        '</script><meta http-equiv="refresh" content="0;url=http://next.invalid/">'
        f'<link rel="canonical" href="http://here.invalid/a"></head><body>{BODY}&far;'
        '<iframe src="http://frame.invalid/"></iframe></body></html>'
    )
    for name in ("a.html", "a.xhtml"):
        assert "图书馆门前的玉兰开了" in read(remote, name=name).text


def test_a_local_file_named_in_a_page_is_not_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("secret") / "secret.txt"
    secret.write_text("机密内容", encoding="utf-8")
    entity = f'<!DOCTYPE html [<!ENTITY near SYSTEM "{secret.as_uri()}">]>'
    text = entity + page().removeprefix("<!DOCTYPE html>").replace("下周起", "&near;")
    assert "机密内容" not in read(text, name="a.xhtml").text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("短", "短"),
        ("<div>第一段</div><div>第二段</div>", "第一段\n\n第二段"),
        ("<p>只有一句。</p>", "只有一句。"),
    ],
)
def test_a_page_with_hardly_any_text_gives_what_is_visible(body: str, text: str) -> None:
    assert read(page(head="", body=body)).text == text


def test_where_extraction_fails_all_visible_text_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    blocks = read(page()).text.split("\n\n")
    assert blocks[0] == "- 首页\n- 新闻"
    assert "- 小说\n- 诗歌\n- 唐诗" in blocks
    assert "月份\t人次\n三月\t1200" in blocks
    assert "一行\n    缩进的一行" in blocks
    assert blocks[-1] == "版权所有 读书网"


SENTENCES = [
    "春分刚过,图书馆门前的玉兰开了,读者陆续多起来,今年的花比往年早了一个星期。",
    "周末借书的人从服务台排到了门口,儿童阅览室里座无虚席,不少家长陪孩子看书。",
    "下周起,图书馆延长开放时间一小时,晚间另设自习区,需要提前一天预约座位。",
    "馆长介绍,去年全馆共接待读者四十二万人次,借出图书三十一万册。",
]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "<table><tr><td><a href=/>首页</a></td></tr></table><table><tr><td>"
            + "<br><br>\n　　".join(SENTENCES)
            + "</td></tr></table>",
            id="line breaks in a table that lays out the page",
        ),
        pytest.param(
            "".join(f"<section><section><span>{s}</span></section></section>" for s in SENTENCES),
            id="nested sections",
        ),
        pytest.param("".join(f"<div>{s}</div>" for s in SENTENCES), id="divisions"),
    ],
)
def test_paragraphs_stay_apart_however_a_page_parts_them(body: str) -> None:
    assert read(page(body=body)).text.split("\n\n")[-len(SENTENCES) :] == SENTENCES


def chosen(texts: list[str], main: str, *, title: str = "") -> list[str]:
    blocks = [Block(text, Kind.BLOCK, 0) for text in texts]
    return [block.text for block in main_blocks(blocks, main, title=title)]


def test_what_stands_before_and_after_the_main_text_is_left_out() -> None:
    assert chosen(["首页", *SENTENCES, "版权所有"], "".join(SENTENCES)) == SENTENCES


def test_the_title_before_the_main_text_is_kept_with_what_is_between() -> None:
    before = ["首页", "图书馆门前的玉兰开了", "2024-03-21"]
    found = chosen(before + SENTENCES, "".join(SENTENCES), title="图书馆门前的玉兰开了_读书网")
    assert found == before[1:] + SENTENCES


def test_a_caption_inside_the_main_text_is_kept() -> None:
    texts = [*SENTENCES[:2], "图为玉兰", *SENTENCES[2:]]
    assert chosen(texts, "".join(SENTENCES)) == texts


def test_a_long_stretch_inside_that_is_not_main_text_is_left_out() -> None:
    aside = "广告" * 300
    assert chosen([*SENTENCES[:2], aside, *SENTENCES[2:]], "".join(SENTENCES)) == SENTENCES


@pytest.mark.parametrize("body", ["", "<script>1</script>", "<img src=a.png>", "<!-- 注释 -->"])
def test_a_page_without_text_is_empty(body: str) -> None:
    with pytest.raises(FileError) as caught:
        read(page(head="", body=body))
    assert caught.value.code is ErrorCode.FILE_EMPTY


def test_thousands_of_open_elements_do_no_harm() -> None:
    assert read(page(head="", body="<div>" * 5000 + "深处的字")).text == "深处的字"


def test_unclosed_elements_by_the_thousand_lose_no_text() -> None:
    body = "".join(f"<font color=red>第{number}行<p>" for number in range(3000))
    assert read(page(head="", body=body)).text.split("\n\n")[-1] == "第2999行"


def test_references_to_half_a_surrogate_do_not_get_into_the_text() -> None:
    text = read(page(body=BODY.replace("下周起", "&#xD800;&#0;下周起"))).text
    assert "下周起" in text
    assert text.encode()


def test_reading_a_page_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    read(page(head="", body="<p>短</p>"))
    assert not caplog.records


def test_the_head_of_a_short_page_is_the_beginning_of_its_main_text() -> None:
    assert head(page().encode(), characters=10, name="a.html").text == "图书馆门前的玉兰开了"


def test_the_head_of_a_long_page_is_its_first_visible_text() -> None:
    body = "<nav>首页</nav>" + "".join(f"<p>第{number}段。</p>" for number in range(20_000))
    start = head(page(head="", body=body).encode(), characters=100, name="a.html")
    assert start.text.startswith("首页\n\n第0段。\n\n第1段。")
    assert len(start.text) == 100
