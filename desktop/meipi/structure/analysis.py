"""Take a reading text apart: one pass after another gives its lines roles, then blocks are made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.document import Block, Role, Structure
from meipi.core.fold import fold
from meipi.core.spans import Span, merge_spans
from meipi.structure.chrome import mark_chrome
from meipi.structure.front import mark_front, mark_tail_bylines
from meipi.structure.headings import mark_captions, mark_headings
from meipi.structure.joining import join_broken
from meipi.structure.lines import Draft, split_lines
from meipi.structure.markup import mark_markup
from meipi.structure.metadata import find_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BLANKS = re.compile(r"(?<=[ \t\u00a0])[ \t\u00a0]+")
_SEARCHED = 4_000
"""Doubled blanks are layout in bylines and headings; a longer block is prose and stays."""


def analyse(text: str, *, declared: Mapping[str, str] | None = None) -> Structure:
    r"""Return the blocks and the metadata of the reading text.

    ``declared`` holds what the file itself says: ``title``, ``date``, ``source``, ``author``.

    >>> head = "宝坻站通车\n来源:人民网 2025-03-01\n"
    >>> found = analyse(head + "京唐高铁今天经停宝坻站，旅客为此等了多年，车站上人山人海。")
    >>> [str(block.role) for block in found.blocks], found.title, found.date, found.source
    (['title', 'byline', 'paragraph'], '宝坻站通车', '2025-03-01', '人民网')
    """
    draft = Draft(text, folded := fold(text), split_lines(text, folded))
    declared = declared or {}
    mark_markup(draft)
    mark_chrome(draft)
    mark_front(draft, declared_title=declared.get("title"))
    mark_tail_bylines(draft)
    join_broken(draft)
    mark_captions(draft)
    mark_headings(draft)
    found = find_metadata(draft, declared)
    return Structure(
        tuple(_blocks(draft)), found.title, found.date, found.source, found.authors, found.region
    )


def _blocks(draft: Draft) -> Iterator[Block]:
    at = 0
    while at < len(draft):
        last = at
        while last + 1 in draft.joined:
            last += 1
        span = Span(draft.lines[at].begin, draft.lines[last].end)
        role = draft.roles[at] or Role.PARAGRAPH
        hidden = list(_hidden(draft, at, last))
        yield Block(span, role, draft.levels[at], tuple(merge_spans(hidden)) if hidden else ())
        at = last + 1


def _hidden(draft: Draft, first: int, last: int) -> Iterator[Span]:
    for at in range(first, last + 1):
        line = draft.lines[at]
        if at > first:
            yield from _break(draft, at)
        if line.indent:
            yield Span(line.begin, line.start)
        yield from draft.marks.get(at, ())
        if line.length <= _SEARCHED:
            for blanks in _BLANKS.finditer(draft.text, line.start, line.end):
                yield Span(*blanks.span())


def _break(draft: Draft, at: int) -> Iterator[Span]:
    """Yield what is not drawn between two lines of a paragraph: all, but a blank between words."""
    start, stop = draft.lines[at - 1].end, draft.lines[at].begin
    before, after = draft.text[start - 1], draft.text[draft.lines[at].start]
    between = draft.text[start:stop]
    if at in draft.marks or not (_is_narrow(before) and _is_narrow(after)):
        yield Span(start, stop)
        return
    blank = between.find(" ")
    kept = start + (blank if blank >= 0 else len(between) - 1)
    yield Span(start, kept)
    yield Span(kept + 1, stop)


def _is_narrow(char: str) -> bool:
    return char < "\u2e80"
