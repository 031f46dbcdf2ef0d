"""Paragraphs broken over several lines: by a page, inside a word, or by a fixed line width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.structure.headings import numbering
from meipi.structure.patterns import BULLET, ORDINAL, SPEAKER

if TYPE_CHECKING:
    from meipi.structure.lines import Draft, Line

_SHORTEST_BROKEN = 24
"""A verse or a heading is shorter than a paragraph's part before the break."""
_CANNOT_BEGIN = re.compile(r"^(?:[,。、;:!?)\]}”》」』】%‰℃…]|’(?!\d))")
# Particles stand before any word; that one follows here says nothing.
_PARTICLES = frozenset("的了着过是在和与及为不也都就这那有")
# A clause of one character, or a word list's item of two, is the rest of a word before the break.
_REST = re.compile(r"^[\u3400-\u9fff](?:、|,)|^[\u3400-\u9fff]{2}、")
# A paragraph is over where a name in brackets follows its last sentence.
_SIGNED = re.compile(r"[。!?”][(〔【][^()〔〕【】]{1,30}[)〕】]$")
_HAN_OR_LETTER = re.compile(r"[\u3400-\u9fffa-z0-9]$")
_OPENERS = {"“": "”", "《": "》", "(": ")", "「": "」", "『": "』", "【": "】"}
_BEFORE_CLAUSES = (",", "。", "、", ":", "“", ";")
_WINDOW = 20_000
"""How far around a break the same word is looked for."""
_LOOKUPS = 4_000
"""No text has more broken words than that; each look-up costs a scan of the window."""


def join_broken(draft: Draft) -> None:
    """Mark the lines that continue the paragraph of the line before."""
    width = draft.width
    lookups = _LOOKUPS
    for at in range(1, len(draft)):
        if draft.roles[at] is not None or draft.roles[at - 1] not in (None, Role.PARAGRAPH):
            continue
        if draft.roles[at - 1] is Role.PARAGRAPH and at - 1 not in draft.joined:
            continue
        joined = width is not None and _wraps(draft, at, width)
        if not joined and _could_be_broken(draft, at):
            lookups -= 1
            joined = _is_broken(draft, at, look=lookups > 0)
        if joined:
            draft.give(at - 1, Role.PARAGRAPH)
            draft.give(at, Role.PARAGRAPH)
            draft.joined.add(at)


def _could_be_broken(draft: Draft, at: int) -> bool:
    before, line = draft.lines[at - 1], draft.lines[at]
    if before.ends or before.length < _SHORTEST_BROKEN or line.indent > before.indent:
        return False
    if _SIGNED.search(draft.folded, max(before.start, before.end - 40), before.end):
        return False
    return not _begins_anew(line)


def _begins_anew(line: Line) -> bool:
    return (
        numbering(line.key) is not None
        or BULLET.match(line.key) is not None
        or ORDINAL.match(line.key) is not None
    )


def _is_broken(draft: Draft, at: int, *, look: bool) -> bool:
    before, line = draft.lines[at - 1], draft.lines[at]
    tail = draft.folded[max(before.start, before.end - 200) : before.end]
    if _CANNOT_BEGIN.match(line.key) or tail[-1] in ",、":
        return True
    if not _HAN_OR_LETTER.search(tail):
        return False
    if _REST.match(line.key) or _has_open_bracket(tail):
        return True
    return look and before.length >= 36 and _is_one_word(draft, at)


def _has_open_bracket(tail: str) -> bool:
    return any(tail.rfind(opener) > tail.rfind(closer) for opener, closer in _OPENERS.items())


def _is_one_word(draft: Draft, at: int) -> bool:
    """Say whether the characters around the break stand together elsewhere in the text."""
    before, line = draft.lines[at - 1], draft.lines[at]
    left, right = draft.folded[before.end - 2 : before.end], line.key[:2]
    if left[-1:] in _PARTICLES or right[:1] in _PARTICLES:
        return False
    low, high = max(0, before.start - _WINDOW), line.end + _WINDOW
    if any(draft.folded.find(mark + right, low, high) >= 0 for mark in _BEFORE_CLAUSES):
        return False
    return any(
        draft.folded.find(word, low, high) >= 0
        for word in (left + right[:1], left[-1:] + right)
        if len(word) == 3 and word.isalpha()
    )


def _wraps(draft: Draft, at: int, width: int) -> bool:
    before, line = draft.lines[at - 1], draft.lines[at]
    if line.gap or _begins_anew(line) or line.indent > before.indent:
        return False
    if SPEAKER.match(line.key) and before.ends:
        return False
    reach = draft.columns(at - 1)
    return reach >= width * 0.8 or (reach >= width * 0.6 and not before.ends)
