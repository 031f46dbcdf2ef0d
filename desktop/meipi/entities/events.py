"""EVENT by words: a run of nouns with a name or an ordinal in it that ends as events do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.entities.draft import Draft
from meipi.entities.suffixes import is_division
from meipi.entities.titles import ends_event, is_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meipi.entities.draft import Token
    from meipi.entities.words import Words

_PASSABLE = frozenset({"n", "nz", "vn", "an", "LOC", "ORG", "PER", "nw", "s", "f", "a"})
_TELLING = frozenset({"LOC", "ORG", "nz", "PER"})
_REACH = 24
_SHORTEST = 5


def find_events(text: str, words: Words) -> Iterator[Draft]:
    """Yield the named meetings, fairs and competitions among the words of the folded ``text``."""
    for token in words.tokens:
        if ends_event(text, token.start, token.end):
            start = _start(text, words, token)
            if token.end - start >= _SHORTEST:
                yield Draft(start, token.end, EntityType.EVENT, "pattern")


def _start(text: str, words: Words, last: Token) -> int:
    """Return where the run begins: at its leftmost ordinal, name or year."""
    start = last.end
    for token in words.preceding(last.end):
        if last.end - token.start > _REACH:
            break
        word = text[token.start : token.end]
        ordinal = word.startswith("第") and word.endswith(("届", "次", "回"))
        if ordinal:
            return _held_by(text, words, token.start)
        if token.tag not in _PASSABLE:
            break
        if token.tag in _TELLING:
            start = token.start
    return start


def _held_by(text: str, words: Words, start: int) -> int:
    """Return where the division before an ordinal begins: 江西省|第八届运动会."""
    before = next(words.preceding(start), None)
    if before is None or before.tag != "LOC" or not is_division(text[before.start : start]):
        return start
    return before.start


_MISTAKEN = frozenset({EntityType.ORG, EntityType.LOC, EntityType.FAC})
_LEAST = 4
"""Characters of the shortest event that was taken for something else."""


def renamed(text: str, drafts: Iterable[Draft]) -> list[Draft]:
    """Return ``drafts`` with those bodies and places that end as events do called events."""
    return [
        draft._replace(type=EntityType.EVENT, by="pattern")
        if draft.type in _MISTAKEN
        and draft.length >= _LEAST
        and is_event(text[draft.start : draft.end])
        else draft
        for draft in drafts
    ]
