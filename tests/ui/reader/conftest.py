"""A reader view on a small article, without jieba, so that words are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from meipi.core.document import Block, Role, Structure
from meipi.core.spans import Span
from meipi.ui.reader.content import ReaderContent
from meipi.ui.reader.view import ReaderView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

WORDS = ("天津市", "召开", "宝坻区", "新闻", "发布会", "高质量", "发展")


def cut(text: str) -> list[str]:
    """Cut ``text`` into the words of the article and single characters."""
    found, at = [], 0
    while at < len(text):
        word = next((w for w in WORDS if text.startswith(w, at)), text[at])
        found.append(word)
        at += len(word)
    return found


@dataclass(frozen=True)
class Article:
    """A text made of parts with roles; ``at`` finds words in it."""

    content: ReaderContent

    def at(self, words: str) -> Span:
        start = self.content.text.index(words)
        return Span(start, start + len(words))


def article_of(*parts: tuple[str, Role], hidden: tuple[Span, ...] = ()) -> Article:
    """Join ``parts`` by line breaks; ``hidden`` lie wherever they fall."""
    text, blocks = "", []
    for part, role in parts:
        span = Span(len(text), len(text) + len(part))
        inside = tuple(gap for gap in hidden if span.contains(gap))
        blocks.append(Block(span, role, int(role is Role.HEADING), inside))
        text += part + "\n"
    return Article(ReaderContent(text, Structure(tuple(blocks))))


BODY = "天津市召开宝坻区新闻发布会,介绍高质量发展情况。区长回答提问。" * 4


@pytest.fixture
def make_article() -> Callable[..., Article]:
    return article_of


@pytest.fixture
def article() -> Article:
    return article_of(
        ("天津宝坻:聚焦四个“圈”", Role.TITLE),
        ("人民网 8月17日", Role.BYLINE),
        (BODY, Role.PARAGRAPH),
        ("分享到微信", Role.BOILERPLATE),
        ("版权所有,不得转载", Role.BOILERPLATE),
        ("聚焦产业圈", Role.HEADING),
        *((f"第{n}段。" + BODY, Role.PARAGRAPH) for n in range(30)),
    )


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ReaderView]:
    shown = ReaderView(cut=cut)
    qtbot.addWidget(shown)
    shown.resize(900, 700)
    shown.show()
    qtbot.waitExposed(shown)
    shown.setFocus()
    yield shown
    shown.close()


@pytest.fixture
def reader(view: ReaderView, article: Article) -> ReaderView:
    view.set_document(article.content)
    return view
