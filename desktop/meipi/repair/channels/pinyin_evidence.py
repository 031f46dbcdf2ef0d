"""Whether a page was annotated by a script or by its author.

A script knows no context: it annotates common characters and each one everywhere. An author
explains the rare ones, once, mostly in simplified text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.repair.model import language_model
from meipi.repair.tables import only_traditional, reading_counts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meipi.repair.plan import Change

_COMMON = 9.6
"""Unigram cost under which a character is too common to be explained to a reader."""
_VERY_COMMON = 7.1
_ENOUGH = 2
_TEACHES = (
    "拼音",
    "读音",
    "讀音",
    "读作",
    "讀作",
    "声调",
    "聲調",
    "多音字",
    "音节",
    "音節",
    "注音",
)
_ENOUGH_WHERE_TAUGHT = 8


@dataclass(frozen=True, slots=True)
class Group:
    """A change; the one character it frees of its reading, where it is that simple; what it joins.

    ``holes`` counts the characters that a reading had cut in two.
    """

    change: Change
    annotated: str = ""
    holes: int = 0


def is_annotated_page(text: str, groups: Iterable[Group]) -> bool:
    """Weigh the ``groups`` found in ``text``: enough points, and blindly given."""
    groups = list(groups)
    annotated = Counter(group.annotated for group in groups if group.annotated)
    needless = sum(_is_needless(text, group) for group in groups if group.annotated)
    holes = sum(group.holes for group in groups)
    points = needless + 3 * holes
    points += sum(_points(character, n) for character, n in annotated.items())
    taught = any(word in text for word in _TEACHES)
    if points < (_ENOUGH_WHERE_TAUGHT if taught else _ENOUGH):
        return False
    return _is_blind(text, annotated) and not _tells_apart(text, groups)


def _tells_apart(text: str, groups: Iterable[Group]) -> bool:
    """Say whether a character is read in two ways: a script gives it the same each time."""
    seen: dict[str, str] = {}
    shown = (text[g.change.start : g.change.end] for g in groups if g.annotated)
    return any(seen.setdefault(one[0], one) != one for one in shown)


def _is_needless(text: str, group: Group) -> bool:
    """Say whether nobody would explain this: a very common character, read as it usually is."""
    from pypinyin.constants import PINYIN_DICT

    character = group.annotated
    shown = text[group.change.start : group.change.end]
    usual = PINYIN_DICT.get(ord(character), "").split(",")[0]
    return (
        character in only_traditional()
        and shown == f"{character}({usual})"
        and language_model().unigram(character) < _VERY_COMMON
    )


def _points(character: str, occurrences: int) -> int:
    """Weigh one annotated character; again and again counts once more each time."""
    if character not in only_traditional() or language_model().unigram(character) > _COMMON:
        return 0
    return (2 if reading_counts().get(character, 0) == 1 else 1) + occurrences - 1


def _is_blind(text: str, annotated: Counter[str]) -> bool:
    """Say whether nearly all annotated characters are traditional and most of each annotated."""
    if not annotated:
        return True
    traditional = sum(character in only_traditional() for character in annotated)
    everywhere = sum(text.count(character) for character in annotated)
    return traditional >= 0.7 * len(annotated) and 2 * annotated.total() >= everywhere
