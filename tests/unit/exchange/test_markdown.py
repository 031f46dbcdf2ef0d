"""The Markdown report: a renderer shows the very words that were marked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from meipi.core.annotated_set import AnnotatedSet
from meipi.core.errors import ErrorCode, MeipiError
from meipi.exchange import losses, markdown, read_set, write_set
from meipi.exchange.loss import Facet
from meipi.exchange.markdown_text import clean, escape, unescape


def rendered(inline) -> str:
    """Return the text of an inline token as a browser shows it."""
    parts = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(parts.get(child.type, child.content) for child in inline.children)


def quotes(report: str, *, flavour: str = "commonmark") -> list[str]:
    tokens = MarkdownIt(flavour).parse(report)
    found, inside = [], False
    for token in tokens:
        if token.type in ("blockquote_open", "blockquote_close"):
            inside = token.type == "blockquote_open"
            found += [""] * inside
        elif inside and token.type == "inline":
            found[-1] += rendered(token)
        elif inside:
            assert token.type in ("paragraph_open", "paragraph_close"), token
    return found


def report(annotated) -> str:
    return "".join(markdown.chunks(annotated))


@pytest.mark.parametrize("flavour", ["commonmark", "js-default"])
def test_the_renderer_shows_every_quote_as_it_was_marked(small_set, flavour):
    wanted = [a.anchor.quote for d in small_set.documents for a in d.annotations]
    assert sorted(quotes(report(small_set), flavour=flavour)) == sorted(wanted)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_renderer_shows_the_quotes_of_any_set(annotated_sets, data):
    annotated = data.draw(annotated_sets)
    wanted = [clean(a.anchor.quote) for d in annotated.documents for a in d.annotations]
    assert sorted(quotes(report(annotated))) == sorted(wanted)


TRICKY = st.text(st.sampled_from("+-=#>*_`~|:.)(1a中&;<!\\[] \t\r\n\u3000\u2028\ufeff𠮷\x85"))


@settings(max_examples=300)
@given(TRICKY)
def test_any_text_is_shown_as_it_is(text):
    assert "".join(rendered(t) for t in MarkdownIt().parse(f"> {quoted(text)}") if t.children) == (
        clean(text)
    )


def quoted(text: str) -> str:
    return escape(text).replace("\n", "\n> ")


@given(TRICKY)
def test_what_was_escaped_can_be_read_again(text):
    assert unescape(escape(text)) == clean(text)


def test_passages_stand_under_their_tag_with_note_and_place(small_set):
    text = report(small_set)
    assert "## 标题1\n" in text
    assert "### 区域 \\> 发展 \\> 协同 (1)\n" in text
    assert "> 協同發展\n\n上下文：…天津市【…】推動京津冀建設。…\n\n缺字 1 处：第 7 字" in text
    assert "\n\n笔记：协同发展\n" in text
    assert "第 4–7 字 · 晓 · 2026-03-01T08:00:00.000Z" in text


def test_a_document_without_annotations_is_named(small_set):
    assert "文件 003.txt · 来源 新华社 · 日期 2026-02-28 · 批注 无" in report(small_set)


def test_notes_keep_their_lines_and_make_no_lists(small_set):
    tokens = MarkdownIt().parse(report(small_set))
    assert not [t for t in tokens if t.type.endswith("list_open")]
    assert [t for t in tokens if t.type == "inline" and "不是标题" in t.content]
    assert [t.tag for t in tokens if t.type == "heading_open"].count("h1") == 1


def test_it_is_not_read_back(small_set, tmp_path):
    path = tmp_path / "report.md"
    result = write_set(small_set, path, format="markdown")
    assert not result.lossless
    with pytest.raises(MeipiError) as caught:
        read_set(path, format="markdown")
    assert caught.value.code is ErrorCode.IMPORT_INVALID


def test_control_characters_are_reported(probe_document):
    annotated = AnnotatedSet((probe_document("甲\x1b乙\x85", 1, [(0, 4, None, "")]),), ())
    items = losses(annotated, format="markdown").items
    assert [item.count for item in items if item.what is Facet.CONTROLS] == [2]
