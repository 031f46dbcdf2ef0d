"""Markdown: headings, quotes, lists, fences, bold lines that stand for run-in headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.core.spans import Span
from meipi.structure.patterns import (
    BULLET,
    DASHED,
    FENCE,
    MARKDOWN_CLOSE,
    MARKDOWN_HEADING,
    QUOTE,
    RUN_IN,
    SEPARATOR,
    SETEXT,
)

if TYPE_CHECKING:
    from meipi.structure.lines import Draft, Line

LONGEST_RUN_IN = 80
# □ 本报记者 is a byline in some papers.
_REPORTER = re.compile("记者|通讯员")


def mark_markup(draft: Draft) -> None:
    """Give a role to the lines whose markers say what they are."""
    fenced = False
    for at, line in draft.free():
        if FENCE.match(line.key):
            fenced = not fenced
        if fenced or FENCE.match(line.key):
            draft.give(at, Role.PARAGRAPH)
        else:
            _mark(draft, at, line)


def _mark(draft: Draft, at: int, line: Line) -> None:
    first = line.key[0]
    if first == "#":
        _mark_heading(draft, at, line)
    elif first in "=-" and at and SETEXT.match(line.key):
        _mark_underlined(draft, at, line)
    elif first in "*_—-•·" and _mark_run_in(draft, at, line):
        return
    elif SEPARATOR.match(line.key):
        draft.give(at, Role.PARAGRAPH)
    elif first == ">":
        _mark_quote(draft, at, line)
    elif BULLET.match(line.key) and not _REPORTER.search(line.key[:16]):
        draft.give(at, Role.LIST_ITEM)


def _mark_heading(draft: Draft, at: int, line: Line) -> None:
    found = MARKDOWN_HEADING.match(line.key)
    if not found or line.length > 200:
        return
    hidden = [Span(line.start, line.start + found.end())]
    closing = MARKDOWN_CLOSE.search(line.key)
    if closing:
        hidden.append(Span(line.start + closing.start(), line.end))
    draft.give(at, Role.HEADING, len(found[1]))
    draft.marks[at] = tuple(hidden)


def _mark_underlined(draft: Draft, at: int, line: Line) -> None:
    """Take a short line with === or --- right under it for a heading."""
    above = draft.lines[at - 1]
    if line.gap or above.length > 80 or above.ends or draft.roles[at - 1] is not None:
        return
    if line.length < min(above.length, 3):
        return
    draft.give(at - 1, Role.HEADING, 1 if line.key[0] == "=" else 2)
    draft.give(at, Role.HEADING)
    draft.joined.add(at)
    draft.marks[at] = (Span(line.start, line.end),)


def _mark_run_in(draft: Draft, at: int, line: Line) -> bool:
    """Mark a line all in bold, or one that begins with a dash and ends no sentence."""
    if line.length > LONGEST_RUN_IN:
        return False
    bold = RUN_IN.match(line.key)
    if bold and "**" not in bold["words"]:
        spans = (bold.span("open"), bold.span("close"))
        draft.marks[at] = tuple(Span(line.start + a, line.start + b) for a, b in spans)
    else:
        dashed = DASHED.match(line.key)
        if not dashed or line.ends or line.key[-1] in ",;:、" or not _leads(draft, at):
            return False
        draft.marks[at] = (Span(line.start, line.start + dashed.end()),)
    draft.give(at, Role.RUN_IN_HEADING)
    return True


def _leads(draft: Draft, at: int) -> bool:
    """Say whether prose follows, so that a dashed line is its heading and no signature."""
    return at + 1 < len(draft) and draft.is_prose(at + 1) and draft.lines[at].length >= 6


def _mark_quote(draft: Draft, at: int, line: Line) -> None:
    found = QUOTE.match(line.key)
    if found and found.end() < line.length:
        draft.give(at, Role.PARAGRAPH)
        draft.marks[at] = (Span(line.start, line.start + found.end()),)
