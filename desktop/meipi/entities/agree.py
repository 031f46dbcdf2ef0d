"""Keep the pattern finds that agree with the tagger's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType as T
from meipi.entities.numerals import CHARACTERS
from meipi.entities.titles import is_known_policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meipi.entities.draft import Draft
    from meipi.entities.words import Words

_COUNTING_TAGS = frozenset({"m", "q", "TIME", "mq", "t"})
_LONG_NUMBER = re.compile(
    rf"[上数几][十百千万亿]|[百千万亿]|[一二两三四五六七八九十][{CHARACTERS}几]{{1,}}(?!分)|俩"
    r"|[两三四五六七八九](?:天|周(?![岁年])|个月|小时|分钟|家|名|所|位(?!一体)|辆|艘|架|公里|米)"
)
_PREDICATES = frozenset({"v", "vd", "p", "d", "u", "r", "c", "xc", "ad"})
# What begins or runs so is no clause: 全国…大赛, …三年行动.
_WHOLE = re.compile(r"全国|首届|.*[一二三四五]年[一-龥]{0,2}行动")
_SHORTEST_TITLE = 4


def agreeing_figures(text: str, words: Words, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield the figures written in digits, and of the others those that cut no word.

    三分 is no quantity in 三分球, nor 十分 where it means very.
    """
    for draft in drafts:
        first = text[draft.start]
        if first.isascii() or first in "“¥" or _long_number(text, draft) or _counts(words, draft):
            yield draft


def _long_number(text: str, draft: Draft) -> bool:
    """Say whether the figure is too long to be part of a word: 十五日, 上万人, 民国114年."""
    written = text[draft.start : draft.end]
    if draft.type is T.TIME:
        return any(c.isdigit() for c in written)
    return draft.type is T.QUANTITY and bool(_LONG_NUMBER.match(written))


def _counts(words: Words, draft: Draft) -> bool:
    token = next(words.following(draft.start), None)
    if token is None:
        return draft.type in {T.MONEY, T.PERCENT}
    if draft.type is not T.QUANTITY:
        # 今天津 is no 今天.
        return draft.type is not T.TIME or (
            not _cuts_word(words, draft.end) and (words.starts(draft.start) or draft.length > 3)
        )
    return token.tag in _COUNTING_TAGS


def _cuts_word(words: Words, end: int) -> bool:
    """Say whether a word other than a date goes on behind ``end``: 今天|津, but 中秋|前."""
    return words.cuts_word(end, end) and words.tag_around(end) not in _COUNTING_TAGS


def trimmed_titles(words: Words, drafts: Iterable[Draft], text: str) -> Iterator[Draft]:
    """Yield events and policies without the clause the pattern took in before them.

    中国队备战亚运会 is about the 亚运会.
    """
    for draft in drafts:
        if (
            draft.type is T.WORK
            or _WHOLE.match(text, draft.start, draft.end)
            or text[draft.start] in "“第"
            or is_known_policy(text[draft.start : draft.end])
            or text[draft.start - 1 : draft.start] == "“"
        ):
            yield draft
            continue
        start = draft.start
        for token in words.inside(draft.start, draft.end):
            if token.tag in _PREDICATES and token.end < draft.end:
                start = token.end
        long = draft.end - start >= _SHORTEST_TITLE
        if start == draft.start or (draft.type is T.EVENT and long):
            yield draft._replace(start=start)
