"""The lines of a text as structure sees them, and the roles given to them so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from meipi.core.document import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.core.spans import Span

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CLOSERS = "”’\"')]}」』】》〉*_ "
_ENDS = frozenset("。!?…")
_MEASURED = 2_000
"""Lines from which the width of a text is told."""
_LOOKED_AT = 400
"""Patterns see no more of a line's beginning: what is longer is prose."""


class Line(NamedTuple):
    """A line that is not blank, from its first to its last visible character.

    ``key`` is its folded text (simplified, half-width, lower case), at most 400 characters of it.
    """

    begin: int
    """Where the line with its indentation begins."""
    start: int
    end: int
    gap: int
    """Blank lines before it."""
    key: str
    ends: bool
    """Whether it ends a sentence."""

    @property
    def length(self) -> int:
        """How many characters it has."""
        return self.end - self.start

    @property
    def indent(self) -> int:
        """How many blanks it begins with."""
        return self.start - self.begin


def split_lines(text: str, folded: str) -> list[Line]:
    r"""Return the lines of ``text`` that are not blank.

    >>> text = "　　天津。\r\n\r\n宝坻 "
    >>> [(line.start, line.end, line.gap, line.ends) for line in split_lines(text, text)]
    [(2, 5, 0, True), (9, 11, 1, False)]
    """
    lines = []
    gap = 0
    for begin, stop in _bounds(text):
        raw = text[begin:stop]
        stripped = raw.lstrip()
        if not stripped:
            gap += 1
            continue
        start = stop - len(stripped)
        end = begin + len(raw.rstrip())
        key = folded[start : min(end, start + _LOOKED_AT)]
        lines.append(
            Line(begin, start, end, gap, key, _ends_sentence(folded[max(start, end - 8) : end]))
        )
        gap = 0
    return lines


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in _BREAK.finditer(text):
        yield at, found.start()
        at = found.end()
    yield at, len(text)


def _ends_sentence(tail: str) -> bool:
    bare = tail.rstrip(_CLOSERS)
    return bare[-1:] in _ENDS if bare else False


@dataclass
class Draft:
    """The lines of a text and what has been found out about each; filled by one pass after another.

    A line without a role is prose until a pass says otherwise.
    """

    text: str
    folded: str
    lines: list[Line]
    roles: list[Role | None] = field(init=False)
    levels: list[int] = field(init=False)
    marks: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    """Markers inside a line that are not drawn."""
    joined: set[int] = field(default_factory=set)
    """Lines that continue the one before."""

    def __post_init__(self) -> None:
        self.roles = [None] * len(self.lines)
        self.levels = [0] * len(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def give(self, at: int, role: Role, level: int = 0) -> None:
        """Give the line at ``at`` its role."""
        self.roles[at] = role
        self.levels[at] = level

    def free(self) -> Iterator[tuple[int, Line]]:
        """Yield the lines that have no role yet."""
        for at, line in enumerate(self.lines):
            if self.roles[at] is None:
                yield at, line

    def following(self, at: int, *, past: frozenset[Role] = frozenset()) -> int | None:
        """Return the next line whose role is not one of ``past``."""
        for after in range(at + 1, len(self.lines)):
            if self.roles[after] not in past:
                return after
        return None

    def is_prose(self, at: int) -> bool:
        """Say whether the line reads as part of a running text."""
        line = self.lines[at]
        return self.roles[at] is None and (line.length >= 60 or (line.ends and line.length >= 16))

    def is_body(self, at: int) -> bool:
        """Say whether the line belongs to the text proper."""
        return self.roles[at] not in (Role.TITLE, Role.BYLINE, Role.BOILERPLATE, Role.CAPTION)

    @cached_property
    def typical_length(self) -> float:
        """The median length of the lines that are neither prompts nor markup."""
        lengths = [line.length for _, line in self.free()]
        return median(lengths) if lengths else 0.0

    @cached_property
    def typical_gap(self) -> float:
        """The median number of blank lines between two lines."""
        return median(line.gap for line in self.lines[1:]) if len(self.lines) > 1 else 0

    @cached_property
    def width(self) -> int | None:
        """The width lines are wrapped at, in columns, where they are."""
        short = (at for at, line in self.free() if line.length <= 200)
        rows = list(islice(short, _MEASURED))
        if len(rows) < 4 or len(rows) * 2 < min(_MEASURED, len(self.lines)):
            return None
        widths = {at: self.columns(at) for at in rows}
        ranked = sorted(widths.values())
        # The longest few may overhang by a punctuation mark or a word.
        width = ranked[-1 - len(ranked) // 20]
        full = [at for at in rows if widths[at] >= width * 0.85]
        unfinished = sum(not self.lines[at].ends for at in full)
        wrapped = 40 <= width <= 160 and ranked[-1] <= width * 1.15
        return width if wrapped and len(full) * 2 >= len(rows) <= unfinished * 4 else None

    def columns(self, at: int) -> int:
        """Return the width of a line in columns, two for each full-width character."""
        line = self.lines[at]
        # One byte a narrow character, two a wide one.
        return len(self.text[line.begin : line.end].encode("gbk", "replace"))
