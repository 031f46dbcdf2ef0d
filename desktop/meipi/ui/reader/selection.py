"""The units a reader selects by: word, sentence, paragraph; all pure functions of a text. No Qt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from meipi.core.spans import Span

Cut = Callable[[str], Iterable[str]]
"""Cuts a text into words that join up to it again."""

_SENTENCE = re.compile(r"[^。！？!?…；;\n]*(?:[。！？!?…；;]+[”’」』）)》】]*|\n|$)")
_CLAUSE = re.compile(r"(?:[^。！？!?…；;，,：:、\n“”‘’「」『』（）()《》—]|(?<=\d)[,.:](?=\d))+")
_WINDOW = 60
"""Characters looked at around a place: no word reaches across a mark of punctuation or so far."""
_WORD_BREAK = re.compile(r"(?:[^\w%.,‰°℃+-]|(?<!\d),|,(?!\d))+")
_CLASSES = re.compile(
    r"[0-9０-９]+(?:[.,．，:：][0-9０-９]+)*[%％‰]?|[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*(?:['’.-][A-Za-zÀ-ɏ0-9]+)*|[\u3040-\u30ff]+"
    r"|\s+|.",
    re.DOTALL,
)


def cut_by_class(text: str) -> list[str]:
    """Cut figures, foreign words and single characters apart: what needs no dictionary.

    >>> cut_by_class("增长62.8%以上 OK")
    ['增', '长', '62.8%', '以', '上', ' ', 'OK']
    """
    return _CLASSES.findall(text)


def word_at(text: str, at: int, cut: Cut) -> Span:
    """Return the word that holds the character at ``at``; one mark of punctuation by itself.

    >>> word_at("天津市召开发布会", 1, lambda text: ["天津市", "召开", "发布会"])
    Span(start=0, end=3)
    """
    if not text:
        return Span(0, 0)
    at = min(max(at, 0), len(text) - 1)
    window = _window(text, at)
    start = window.start
    for word in cut(window.slice(text)):
        if start <= at < start + len(word):
            return Span(start, start + len(word))
        start += len(word)
    return Span(at, at + 1)


def _window(text: str, at: int) -> Span:
    """Return the unbroken run of word characters around ``at``, not too far either way."""
    if _WORD_BREAK.match(text, at):
        return Span(at, at + 1)
    start, end = max(0, at - _WINDOW), min(len(text), at + _WINDOW)
    for match in _WORD_BREAK.finditer(text, start, at):
        start = match.end()
    after = _WORD_BREAK.search(text, at, end)
    return Span(start, after.start() if after else end)


def next_word(text: str, at: int, cut: Cut) -> int:
    """Return where the word after ``at`` begins, blanks skipped; the end after the last."""
    if at >= len(text):
        return len(text)
    end = word_at(text, at, cut).end
    while end < len(text) and text[end].isspace():
        end += 1
    return end


def previous_word(text: str, at: int, cut: Cut) -> int:
    """Return where the word before ``at`` begins."""
    at = min(at, len(text))
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return word_at(text, at - 1, cut).start if at > 0 else 0


def sentence_at(text: str, at: int) -> Span:
    """Return the sentence that holds ``at``, with its closing marks and without outer blanks.

    >>> sentence_at("他说:“好。”她走了。", 8)
    Span(start=7, end=11)
    """
    found = Span(0, len(text))
    for match in _SENTENCE.finditer(text):
        if match.start() <= at < match.end() or match.end() == len(text):
            found = Span(*match.span())
            break
    return trim(text, found)


def clause_at(text: str, at: int) -> Span:
    """Return the clause that holds ``at``: what stands between marks, without them.

    >>> clause_at("增长1,234元，好。", 3)
    Span(start=0, end=8)
    """
    for match in _CLAUSE.finditer(text):
        if match.start() <= at < match.end():
            return trim(text, Span(*match.span()))
    return Span(at, min(at + 1, len(text)))


def trim(text: str, span: Span) -> Span:
    """Return ``span`` without blanks at its ends, unless it is nothing but blanks."""
    inside = span.slice(text)
    if not inside.strip():
        return span
    start = span.start + len(inside) - len(inside.lstrip())
    return Span(start, span.end - (len(inside) - len(inside.rstrip())))


def character_at(text: str, at: int) -> Span:
    """Return the character at ``at`` with the marks that combine with it."""
    if not text:
        return Span(0, 0)
    at = min(max(at, 0), len(text) - 1)
    start, end = at, at + 1
    while start > 0 and _joins(text[start]):
        start -= 1
    while end < len(text) and _joins(text[end]):
        end += 1
    return Span(start, end)


def _joins(character: str) -> bool:
    return unicodedata.combining(character) > 0 or unicodedata.category(character) in ("Mn", "Me")
