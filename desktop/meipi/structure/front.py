"""The head of a text: title, subtitle, the title said twice, bylines; and those at its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.core.fold import fold
from meipi.structure.bylines import Place, is_byline
from meipi.structure.headings import numbering
from meipi.structure.patterns import BULLET, CAPTION, SENTENCE_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.structure.lines import Draft, Line

_LONGEST_TITLE = 60
_LONGEST_LATIN_TITLE = 160
_HEAD = 24
"""Lines among which the head of a document ends."""
_TAIL = 6
_NEAR = 9
_SHORTEST_PROSE = 26
"""No verse, no item and hardly a remark in a conversation is as long."""
_QUESTION = re.compile(r"[问答qa]\d{0,3}\s*[:.、]")
_BARE = re.compile(r"[\W_]+")
_SITE = re.compile(r"^\s*[_|–—-]+.{1,30}$")


def mark_front(draft: Draft, *, declared_title: str | None = None) -> None:
    """Find the title and the bylines in the head of a text."""
    wanted = _bare(fold(declared_title)) if declared_title else None
    title = None
    for at in _head(draft):
        line = draft.lines[at]
        if is_byline(line.key, Place.HEAD if title is None else Place.UNDER_TITLE):
            draft.give(at, Role.BYLINE)
        elif title is None and _is_title(draft, at, wanted):
            title = at
            draft.give(at, Role.TITLE, 1)
        elif title is not None and _repeats(line.key, draft.lines[title].key):
            draft.give(at, Role.BOILERPLATE)
        elif title is not None and _is_subtitle(draft, at, title):
            draft.give(at, Role.TITLE, 2)
        elif title is not None and _goes_on(draft, at, title):
            draft.give(at, Role.TITLE, 1)
            draft.joined.add(at)
        elif not draft.roles[at]:
            break


def _head(draft: Draft) -> Iterator[int]:
    """Yield the lines up to the first that is body for certain."""
    for at in range(min(len(draft), _HEAD)):
        role = draft.roles[at]
        if role is Role.BOILERPLATE:
            continue
        if role is not None and not _is_first_heading(draft, at):
            return
        yield at


def _is_first_heading(draft: Draft, at: int) -> bool:
    """Say whether a marked heading of the first level may be the title."""
    if draft.roles[at] is not Role.HEADING or draft.levels[at] != 1:
        return False
    return Role.TITLE not in draft.roles[:at]


def _is_title(draft: Draft, at: int, wanted: str | None) -> bool:
    line = draft.lines[at]
    if draft.roles[at] is Role.HEADING or (wanted and _bare(line.key) == wanted):
        return True
    if not _could_be_title(line) or _is_wrapped(draft, at) or _is_one_of_many(draft, at):
        return False
    if _leads_to_prose(draft, at):
        return True
    if at + 1 == len(draft):
        return False
    after = draft.lines[at + 1]
    return after.gap > draft.typical_gap or is_byline(after.key, Place.UNDER_TITLE)


def _leads_to_prose(draft: Draft, at: int) -> bool:
    """Say whether prose follows soon; verse, lists and conversations have none."""
    least = max(_SHORTEST_PROSE, draft.lines[at].length)
    near = range(at + 1, min(len(draft), at + _NEAR))
    return any(draft.is_prose(after) and draft.lines[after].length >= least for after in near)


def _is_wrapped(draft: Draft, at: int) -> bool:
    """Say whether the line is the first of a paragraph in a text of fixed width."""
    if draft.width is None or at + 1 == len(draft) or draft.lines[at + 1].gap:
        return False
    return draft.columns(at) >= draft.width * 0.8


def _is_one_of_many(draft: Draft, at: int) -> bool:
    """Say whether the line is a chapter's heading and other chapters follow."""
    number = numbering(draft.lines[at].key)
    if number is None:
        return False
    alike = (numbering(line.key) for line in draft.lines[at + 1 :] if line.length <= _LONGEST_TITLE)
    return any(other is not None and other[0] == number[0] for other in alike)


def _could_be_title(line: Line) -> bool:
    key = line.key
    longest = _LONGEST_LATIN_TITLE if key.isascii() else _LONGEST_TITLE
    if line.length > longest or key[-1] in "。,;:、…." or re.search(r"[。;]", key[:-1]):
        return False
    if BULLET.match(key) or CAPTION.match(key) or _QUESTION.match(key):
        return False
    found = numbering(key)
    return found is None or found[0] <= 2


def _is_subtitle(draft: Draft, at: int, title: int) -> bool:
    """Say whether a second line of the kind stands under the title, with prose after it."""
    between = draft.roles[title + 1 : at]
    if any(role is not Role.BOILERPLATE for role in between) or draft.roles[at] is not None:
        return False
    if draft.is_prose(at):
        return False
    line = draft.lines[at]
    if not _could_be_title(line) or numbering(line.key):
        return False
    if line.key.startswith(("—", "--", "(")):
        return True
    after = draft.following(at, past=frozenset({Role.BOILERPLATE}))
    if after is None or line.key.startswith("关于") or not _leads_to_prose(draft, title):
        return False
    return draft.is_prose(after) or is_byline(draft.lines[after].key, Place.UNDER_TITLE)


def _goes_on(draft: Draft, at: int, title: int) -> bool:
    """Notices break a long title: the authority, then 关于…的通知."""
    line = draft.lines[at]
    return (
        at == title + 1
        and line.gap == 0
        and draft.roles[at] is None
        and line.key.startswith("关于")
        and line.length <= _LONGEST_TITLE
        and not SENTENCE_MARKS.search(line.key)
    )


def _repeats(key: str, title: str) -> bool:
    """Say whether a line is the title once more, alone or with the site's name."""
    if _bare(key) == _bare(title):
        return True
    return key.startswith(title) and _SITE.match(key[len(title) :]) is not None


def _bare(key: str) -> str:
    return _BARE.sub("", key)


def mark_tail_bylines(draft: Draft) -> None:
    """Find credits anywhere, and dates and signatures where the text ends."""
    for at, line in draft.free():
        if is_byline(line.key, Place.ANYWHERE):
            draft.give(at, Role.BYLINE)
    body = [at for at, role in enumerate(draft.roles) if role is not Role.BOILERPLATE]
    for at in body[-_TAIL:]:
        if draft.roles[at] is None and is_byline(draft.lines[at].key, Place.TAIL):
            draft.give(at, Role.BYLINE)
    _mark_signature(draft)


_SIGNATORY = re.compile(
    r"(?:政府|委员会|办公[厅室]|[局厅部院处会社]|公司|大学|学院|中心|总队|支队|银行|集团|书记处)$"
)


def _mark_signature(draft: Draft) -> None:
    """Find the authority above the date that ends a notice."""
    for at in range(1, len(draft)):
        line = draft.lines[at - 1]
        if (
            draft.roles[at] is not Role.BYLINE
            or draft.roles[at - 1] is not None
            or at < len(draft) // 2
        ):
            continue
        if (
            line.length <= 40
            and not SENTENCE_MARKS.search(line.key)
            and _SIGNATORY.search(line.key)
        ):
            draft.give(at - 1, Role.BYLINE)
