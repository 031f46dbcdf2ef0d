"""Cuts texts into sentences and tokens: no token is blank, no sentence ends inside a mark."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from meipi.core.spans import Span, merge_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_END = re.compile(r"[。！？!?][”’」』）)]*\s*|\s*\n\s*")


def sentences(text: str, marks: Iterable[Span]) -> Iterator[Span]:
    """Yield sentences that tile ``text``.

    >>> [s.slice("甲。乙！丙") for s in sentences("甲。乙！丙", [Span(2, 5)])]
    ['甲。', '乙！丙']
    """
    covered = list(merge_spans(mark for mark in marks if mark))
    at = begun = 0
    for end in (match.end() for match in _END.finditer(text)):
        while at < len(covered) and covered[at].end <= end:
            at += 1
        inside = at < len(covered) and covered[at].start < end
        if not inside and end > begun:
            yield Span(begun, end)
            begun = end
    if begun < len(text):
        yield Span(begun, len(text))


def cut_characters(text: str) -> Iterator[Span]:
    """Yield every character that is not blank."""
    return (Span(at, at + 1) for at, character in enumerate(text) if not character.isspace())


def cut_words(text: str) -> Iterator[Span]:
    """Yield every word, as jieba has it, without blanks."""
    at = 0
    for word in _cutter().cut(text, HMM=False):
        for part in re.finditer(r"\S+", word):
            yield Span(at + part.start(), at + part.end())
        at += len(word)


@cache
def _cutter() -> Any:
    from meipi.words import tokenizer

    return tokenizer()
