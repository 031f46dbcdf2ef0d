"""A query cut into tokens: brackets, joining words, relations and terms, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.errors import Phrase
from meipi.core.query import Compare, Field, Relation, Term, wrong
from meipi.core.query_words import (
    COMPARED,
    COMPARISONS,
    FIELD_NAMES,
    JOINER_NAMES,
    RELATION_NAMES,
    SHOW,
)
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTES = {'"': '"', "“": "”", "「": "」", "”": "”"}
OPENING, CLOSING = "(（", ")）"
_STOPS = "".join((*QUOTES, *QUOTES.values(), OPENING, CLOSING))
_RUN = re.compile(rf"[^\s{re.escape(_STOPS)}]+")
_SIGN = "<=|>=|＜＝|＞＝|[:=<>：＝＜＞≤≥]"
_FIELD = re.compile(rf"(\w+)({_SIGN})")
_TAG = re.compile(rf"[#＃]({_SIGN})?")
_ATTRIBUTE = re.compile(
    rf'[@＠](?:"([^"]*)"|“([^”]*)”|([^\s{re.escape(_STOPS)}:=<>：＝＜＞≤≥]*))({_SIGN})?'
)
_RELATION = re.compile(r"(\w+)(?:[/／](\d*))?")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query. ``kind`` is ``(``, ``)``, and, or, not, relation, term or show."""

    kind: str
    span: Span
    term: Term | None = None
    relation: Relation | None = None
    distance: int | None = None
    value: str = ""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of ``text``. Raises ``MeipiError`` at an open quotation mark."""
    at = 0
    while at < len(text):
        character = text[at]
        if character.isspace():
            at += 1
        elif character in OPENING or character in CLOSING:
            yield Token("(" if character in OPENING else ")", Span(at, at + 1))
            at += 1
        else:
            token = _token(text, at)
            yield token
            at = token.span.end


def _token(text: str, at: int) -> Token:
    if text[at] in "-－" and at + 1 < len(text) and not text[at + 1].isspace():
        return Token("not", Span(at, at + 1))
    if text[at] in QUOTES:
        value, end = _quoted(text, at)
        return _word(value, Span(at, end))
    return _tag(text, at) or _attribute(text, at) or _fielded(text, at) or _bare(text, at)


def _tag(text: str, at: int) -> Token | None:
    found = _TAG.match(text, at)
    if found is None:
        return None
    value, end = _value(text, found.end())
    compare = COMPARISONS[found[1]] if found[1] else Compare.HAS
    return _term(text, Field.TAG, compare, value, Span(at, end))


def _attribute(text: str, at: int) -> Token | None:
    found = _ATTRIBUTE.match(text, at)
    if found is None:
        return None
    name = next((group for group in found.groups()[:3] if group is not None), "")
    span = Span(at, found.end())
    if not name:
        wrong(Phrase("@ 后面要写属性名", "the name of an attribute belongs after @"), text, span)
    if found[4] is None:
        term = Term(Field.ATTRIBUTE, "*", Compare.HAS, name, span)
        return Token("term", span, term=term)
    value, end = _value(text, found.end())
    return _term(text, Field.ATTRIBUTE, COMPARISONS[found[4]], value, Span(at, end), name=name)


def _fielded(text: str, at: int) -> Token | None:
    found = _FIELD.match(text, at)
    if found is None:
        return None
    value, end = _value(text, found.end())
    span = Span(at, end)
    name = found[1].lower()
    if name in SHOW:
        return Token("show", span, value=value)
    if name not in FIELD_NAMES or FIELD_NAMES[name] is Field.ATTRIBUTE:
        if found[2] in {":", "："}:
            reason = Phrase(
                f"没有“{found[1]}”这个条件；要查找这几个字，请加引号",
                f"there is no condition “{found[1]}”; to find these words, put them in quotes",
            )
            wrong(reason, text, Span(at, found.end()))
        return None
    return _term(text, FIELD_NAMES[name], COMPARISONS[found[2]], value, span)


def _bare(text: str, at: int) -> Token:
    found = _RUN.match(text, at)
    if found is None:  # a closing quotation mark that was never opened
        reason = Phrase("引号没有开头", "a quotation mark is closed that was never opened")
        wrong(reason, text, Span(at, at + 1))
    word, span = found[0], Span(*found.span())
    kind = JOINER_NAMES.get(word) or JOINER_NAMES.get(word.lower())
    if kind:
        return Token(kind, span)
    related = _RELATION.fullmatch(word)
    if related and related[1] in RELATION_NAMES:
        distance = int(related[2]) if related[2] else None
        return Token("relation", span, relation=RELATION_NAMES[related[1]], distance=distance)
    return _word(word, span)


def _word(value: str, span: Span) -> Token:
    return Token("term", span, term=Term(Field.WORDS, value, span=span))


def _term(
    text: str, field: Field, compare: Compare, value: str, span: Span, *, name: str = ""
) -> Token:
    if not value and (field is not Field.CODER or span.slice(text)[-1] not in _STOPS):
        reason = Phrase("这里少了要找的内容", "what to look for is missing here")
        wrong(reason, text, span)
    if compare not in {Compare.HAS, Compare.IS} and field not in COMPARED:
        reason = Phrase("只有日期和属性能比大小", "only dates and attributes can be compared so")
        wrong(reason, text, span)
    return Token("term", span, term=Term(field, value, compare, name, span))


def _value(text: str, at: int) -> tuple[str, int]:
    """Return the value that begins at ``at``, in quotation marks or not, and where it ends."""
    if at < len(text) and text[at] in QUOTES:
        return _quoted(text, at)
    found = _RUN.match(text, at)
    return (found[0], found.end()) if found else ("", at)


def _quoted(text: str, at: int) -> tuple[str, int]:
    """Return what stands in quotation marks; a straight one inside is doubled."""
    closing, start, parts = QUOTES[text[at]], at + 1, []
    while True:
        end = text.find(closing, start)
        if end < 0:
            reason = Phrase("引号没有结尾", "a quotation mark is never closed")
            wrong(reason, text, Span(at, len(text)))
        parts.append(text[start:end])
        if closing != '"' or text[end + 1 : end + 2] != '"':
            return '"'.join(parts), end + 1
        start = end + 2
