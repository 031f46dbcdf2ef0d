"""Where the end of a passage goes: by characters, words or sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.spans import Span
from meipi.ui.reader.selection import next_word, previous_word, sentence_at, word_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.ui.reader.selection import Cut

UNITS = ("", "word", "sentence")
"""Characters need no name."""
ENDS = ("start_left", "start_right", "end_left", "end_right")
MOVES = tuple("_".join(filter(None, (end, unit))) for unit in UNITS for end in ENDS)
"""``start_left``, ``end_right_word`` …: what moves, where to, by what."""

_REACH = 3_000
"""Characters looked at on either side: no sentence is longer."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move of an end, as its name says it."""

    start: bool
    by: int
    unit: str

    @classmethod
    def named(cls, name: str) -> Move:
        """Return the move called ``name``.

        >>> Move.named("end_left_word")
        Move(start=False, by=-1, unit='word')
        """
        end, side, *unit = name.split("_")
        return cls(end == "start", -1 if side == "left" else 1, "".join(unit))


def moved(text: str, span: Span, name: str, cut: Cut) -> Span:
    """Return ``span`` with an end moved; it never becomes empty or leaves the text.

    >>> moved("他来了。她走了。", Span(0, 2), "end_right_sentence", list)
    Span(start=0, end=4)
    """
    move = Move.named(name)
    at = span.start if move.start else span.end
    low, high = max(0, at - _REACH), min(len(text), at + _REACH)
    around = text[low:high]
    to = low + _STEPS[move.unit](around, at - low, move, cut)
    if move.start:
        return Span(min(max(0, to), span.end - 1), span.end)
    return Span(span.start, min(max(span.start + 1, to), len(text)))


def _by_character(_text: str, at: int, move: Move, _cut: Cut) -> int:
    return at + move.by


def _by_word(text: str, at: int, move: Move, cut: Cut) -> int:
    if move.by < 0:
        to = previous_word(text, at, cut)
        return to if move.start else _before_blanks(text, to)
    if move.start:
        return next_word(text, at, cut)
    at = _after_blanks(text, at)
    return word_at(text, at, cut).end if at < len(text) else at


def _by_sentence(text: str, at: int, move: Move, _cut: Cut) -> int:
    if move.by < 0:
        to = sentence_at(text, max(0, _before_blanks(text, at) - 1)).start
        return to if move.start else _before_blanks(text, to)
    at = _after_blanks(text, at)
    end = sentence_at(text, min(at, len(text) - 1)).end
    return _after_blanks(text, end) if move.start else end


def _before_blanks(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _after_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


_STEPS: dict[str, Callable[[str, int, Move, Cut], int]] = {
    "": _by_character,
    "word": _by_word,
    "sentence": _by_sentence,
}
