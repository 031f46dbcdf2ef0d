"""Headings by number and by form, list items, captions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.structure.patterns import (
    CAPTION,
    CAPTION_END,
    CLOCK,
    NUMBER_STARTS,
    NUMBERINGS,
    ORDINAL,
    SENTENCE_END,
    SPEAKER,
)

if TYPE_CHECKING:
    from meipi.structure.lines import Draft, Line

_LONGEST_NUMBERED = 50
_LONGEST_PLAIN = 40
_LONGEST_LATIN = 90
_LONGEST_CAPTION = 90
_LONG_PARAGRAPHS = 40
_MOST_HEADINGS = 0.45
"""A text with a larger share of heading-like lines is verse, a conversation or a list."""
_PASSED = frozenset({Role.BOILERPLATE, Role.CAPTION, Role.BYLINE})
_QUOTED = re.compile(r"^(?:[“\"「『].*[”\"」』]|[(〔].*[)〕])$")
# A heading may ask or exclaim, but what has clauses or quotes somebody is a sentence.
_EXCLAIMS = re.compile(r"^[^,:“”\"、]{2,24}[!?]{1,2}$")
_WORD = re.compile(r"\w")
_LATIN = re.compile(r"^[\x00-\xff‘’“”–—…]+$")


def numbering(key: str) -> tuple[int, int, bool] | None:
    """Return the depth of a line's number, the number's length and whether it is always a heading.

    >>> [numbering(key) for key in ("第一章 总则", "二、城市更新", "3.2 方法", "3.5%的增长")]
    [(2, 3, True), (4, 2, False), (7, 4, False), None]
    """
    if key[0] not in NUMBER_STARTS:
        return None
    for pattern, depth, always in NUMBERINGS:
        found = pattern.match(key)
        if found:
            return depth, found.end(), always
    return None


def mark_captions(draft: Draft) -> None:
    """Find what stands under pictures: by its words, or alone where a picture was taken out."""
    for at, line in draft.free():
        if line.length <= _LONGEST_CAPTION and (
            CAPTION.match(line.key) or CAPTION_END.search(line.key) or _fills_a_gap(draft, at)
        ):
            draft.give(at, Role.CAPTION)


def _fills_a_gap(draft: Draft, at: int) -> bool:
    """One sentence after more blank lines than anywhere else, and followed as usual."""
    line = draft.lines[at]
    if not (0 < at < len(draft) - 1 and line.gap >= 3 and line.gap >= draft.typical_gap + 2):
        return False
    one = line.ends and not re.search(r"[。!?…;:]", line.key.rstrip("。!?"))
    return one and line.length >= 12 and not line.indent and line.key[0] not in '“"「『'


def mark_headings(draft: Draft) -> None:
    """Find numbered headings and list items, then headings without a number."""
    _mark_numbered(draft)
    plain = [at for at, line in draft.free() if _is_plain_heading(draft, at, line)]
    if len(plain) <= max(3, _MOST_HEADINGS * len(draft)):
        for at in plain:
            draft.give(at, Role.HEADING, _PLAIN)
    _rank_levels(draft)


_PLAIN = 100
"""Stands for the level of headings without number until the levels are ranked."""
_NUMBERED = 200


def _mark_numbered(draft: Draft) -> None:
    found = {at: n for at, line in draft.free() if (n := numbering(line.key)) is not None}
    for at, (depth, _, always) in found.items():
        line = draft.lines[at]
        if _closes(line) and (always or not _is_one_of_a_list(draft, at, found)):
            draft.give(at, Role.HEADING, _NUMBERED + depth)
        elif depth >= 6 and _is_one_of_a_list(draft, at, found):
            draft.give(at, Role.LIST_ITEM)
    for at, line in draft.free():
        if ORDINAL.match(line.key) and line.length <= 160 and _has_ordinal_beside(draft, at):
            draft.give(at, Role.LIST_ITEM)


def _closes(line: Line) -> bool:
    """Say whether a numbered line is short and ends like a heading."""
    if line.length > _LONGEST_NUMBERED * (2 if _LATIN.match(line.key) else 1):
        return False
    return (
        line.key[-1] not in "。,;:、…"
        and not SENTENCE_END.search(line.key, 0, len(line.key) - 1)
        and not (line.key[-1] == "." and len(line.key) > 12)
    )


def _is_one_of_a_list(draft: Draft, at: int, found: dict[int, tuple[int, int, bool]]) -> bool:
    """Say whether a numbered line has a neighbour with a number of its kind."""
    depth = found[at][0]
    return any(beside in found and found[beside][0] == depth for beside in (at - 1, at + 1))


def _has_ordinal_beside(draft: Draft, at: int) -> bool:
    beside = [n for n in (at - 1, at + 1) if 0 <= n < len(draft)]
    return any(
        draft.roles[n] in (None, Role.LIST_ITEM) and ORDINAL.match(draft.lines[n].key)
        for n in beside
    )


def _is_plain_heading(draft: Draft, at: int, line: Line) -> bool:
    """Say whether a short line ends no sentence and stands between finished text and prose."""
    if not _has_heading_form(line):
        return False
    after = draft.following(at, past=_PASSED)
    if after is None or not _is_body(draft, after, line):
        return False
    before = at - 1
    while before >= 0 and draft.roles[before] in _PASSED:
        before -= 1
    if before < 0 or draft.roles[before] is not None or line.gap > draft.typical_gap:
        return True
    return _is_finished(draft, before)


def _has_heading_form(line: Line) -> bool:
    key = line.key
    latin = _LATIN.match(key) is not None
    if line.length > (_LONGEST_LATIN if latin else _LONGEST_PLAIN) or line.length < 2:
        return False
    if key[-1] in "。,;:、….~" or SENTENCE_END.search(key) or not _WORD.search(key):
        return False
    if latin and (len(key.split()) > 14 or not re.search("[a-z]{3}", key)):
        return False
    if key[-1] in "!?" and not _EXCLAIMS.match(key):
        return False
    return not (_QUOTED.match(key) or CLOCK.search(key) or SPEAKER.match(key))


def _is_body(draft: Draft, after: int, line: Line) -> bool:
    role = draft.roles[after]
    if role is not None:
        return role in (Role.HEADING, Role.RUN_IN_HEADING, Role.LIST_ITEM)
    length = draft.lines[after].length
    if not draft.is_prose(after):
        return False
    # Among long paragraphs a single short one may open a section.
    return length >= max(30, 1.5 * line.length) or (
        draft.typical_length >= _LONG_PARAGRAPHS and length > line.length
    )


def _is_finished(draft: Draft, before: int) -> bool:
    line = draft.lines[before]
    if line.ends or line.length >= 60 or line.key[-1] in ":;":
        return True
    # A number alone in its line goes with the heading under it.
    return line.length <= 3 and line.key.isdigit()


def _rank_levels(draft: Draft) -> None:
    """Give the levels numbers from 1, in the order of their depth."""
    marked = [
        at for at, role in enumerate(draft.roles) if role is Role.HEADING and at not in draft.joined
    ]
    depths = sorted({draft.levels[at] for at in marked})
    ranks = {depth: rank for rank, depth in enumerate(depths, 1)}
    for at in marked:
        draft.levels[at] = ranks[draft.levels[at]]
