"""How a page of placed letters is read: columns, lines, paragraphs, headings, running heads.

A page is cut where white runs through it from edge to edge, first between columns, then between
rows, until nothing parts what is left (the recursive X-Y cut of Nagy and Seth, 1984).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_EDGE = 0.09
"""Share of the page's height, above and below, in which running heads stand."""
_SAME_LINE = 0.5
"""How far the middles of two letters of a line lie apart at most, in sizes."""
_GUTTER = 1.6
"""White between columns, in sizes of the text."""
_WORD_GAP = 0.25
_BLOCK_GAP = 0.9
"""White between two lines that parts paragraphs, in sizes, beyond what is usual there."""
_INDENT = 0.9
_LARGER = 1.18
"""How much larger than the text a heading is set."""
_LONGEST_HEADING = 60
_FULL = 24
"""Characters from which the last paragraph of a page may go on; a shorter one is a line."""
_NUMBERS = re.compile(r"\d+")
_ENDS = frozenset("。！？!?.…”」』：:；;")
_WIDE_FROM = "\u2e80"
_LIST = re.compile(r"(?:[•●▪◆■·]\s*|[-–]\s+)(?=\S)")


class Letter(NamedTuple):
    """A letter and its box, in points from the lower left corner of the page."""

    character: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size in points and its letters in the order of the file."""

    width: float
    height: float
    letters: tuple[Letter, ...]


@dataclass(slots=True)
class Line:
    """Letters side by side."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        """The height of the letters."""
        return max(self.top - self.bottom, 0.1)

    @property
    def middle(self) -> float:
        """The middle of the height."""
        return (self.top + self.bottom) / 2


def paragraphs_of(pages: Sequence[Page]) -> list[list[str]]:
    """Return the paragraphs of each page, headings with a mark; running heads are left out."""
    lines = [lines_of(page.letters) for page in pages]
    running = _running(pages, lines)
    sizes = [line.size for of_page in lines for line in of_page for _ in line.text]
    usual = median(sizes) if sizes else 1.0
    return [
        _paragraphs([line for line in of_page if id(line) not in running], usual)
        for of_page in lines
    ]


def lines_of(letters: Iterable[Letter]) -> list[Line]:
    """Put letters together that stand side by side, as they follow each other in the file."""
    lines: list[Line] = []
    for letter in letters:
        line = lines[-1] if lines else None
        if line is not None and _continues(line, letter):
            _append(line, letter)
        elif not letter.character.isspace():
            lines.append(Line(*letter))
    for line in lines:
        line.text = line.text.rstrip()
    return lines


def _continues(line: Line, letter: Letter) -> bool:
    if letter.character.isspace():
        return True
    size = max(line.size, letter.top - letter.bottom)
    level = abs((letter.top + letter.bottom) / 2 - line.middle) < _SAME_LINE * size
    return level and -size < letter.left - line.right < _GUTTER * size


def _append(line: Line, letter: Letter) -> None:
    if letter.character.isspace():
        if not line.text.endswith(" "):
            line.text += " "
        return
    gap = letter.left - line.right
    narrow = letter.character < _WIDE_FROM and line.text[-1] < _WIDE_FROM
    if narrow and gap > _WORD_GAP * line.size and not line.text.endswith(" "):
        line.text += " "
    line.text += letter.character
    line.left, line.right = min(line.left, letter.left), max(line.right, letter.right)
    line.bottom, line.top = min(line.bottom, letter.bottom), max(line.top, letter.top)


def _running(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[int]:
    """Return which lines are running heads: at an edge, and on more pages but for their numbers."""
    seen: Counter[tuple[str, bool]] = Counter()
    at_edge: list[tuple[tuple[str, bool], Line]] = []
    for page, of_page in zip(pages, lines, strict=True):
        edge = _EDGE * page.height
        found = set()
        for line in of_page:
            above = line.bottom > page.height - edge
            if above or line.top < edge:
                key = (_NUMBERS.sub("0", line.text), above)
                at_edge.append((key, line))
                found.add(key)
        seen.update(found)
    return {
        id(line)
        for key, line in at_edge
        if seen[key] > 1 or not _NUMBERS.sub("", line.text).strip(" -—·.")
    }


def _paragraphs(lines: list[Line], usual: float) -> list[str]:
    found: list[str] = []
    for block in _blocks(lines, usual):
        found += _joined(block, usual)
    return found


def _blocks(lines: list[Line], usual: float) -> list[list[Line]]:
    """Cut until nothing parts the lines; return them block by block in the order of reading."""
    if len(lines) < 2:
        return [lines] if lines else []
    columns = _cut(lines, lambda line: (line.left, line.right), _GUTTER * usual)
    if len(columns) > 1 and min(len(column) for column in columns) > 1:
        return [block for column in columns for block in _blocks(column, usual)]
    rows = _cut(lines, lambda line: (-line.top, -line.bottom), _row_gap(lines, usual))
    if len(rows) > 1:
        return [block for row in rows for block in _blocks(row, usual)]
    return [sorted(lines, key=lambda line: (-round(line.middle / usual * 2), line.left))]


def _row_gap(lines: list[Line], usual: float) -> float:
    """Return the white that parts rows: more than lies between the lines of a paragraph."""
    tops = sorted({round(line.middle, 1) for line in lines}, reverse=True)
    steps = [above - below for above, below in pairwise(tops)]
    pitch = median(steps) if steps else usual
    return max(0.35 * usual, pitch - usual + 0.35 * usual)


def _cut(lines, ends, gap: float) -> list[list[Line]]:  # type: ignore[no-untyped-def]
    """Part lines where nothing lies for longer than ``gap`` along one direction."""
    ordered = sorted(lines, key=lambda line: ends(line)[0])
    parts: list[list[Line]] = [[ordered[0]]]
    reach = ends(ordered[0])[1]
    for line in ordered[1:]:
        begin, end = ends(line)
        if begin - reach > gap:
            parts.append([])
        parts[-1].append(line)
        reach = max(reach, end)
    return parts


def _joined(lines: list[Line], usual: float) -> list[str]:
    """Join the lines of a block into paragraphs."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    found: list[str] = []
    before: Line | None = None
    for line in lines:
        heading = _is_heading(line, usual)
        if before is not None and not heading and _goes_on(before, line, left, right, usual):
            found[-1] = _together(found[-1], line.text)
        else:
            found.append(f"## {line.text}" if heading else _LIST.sub("- ", line.text, count=1))
        before = line
    return found


def _is_heading(line: Line, usual: float) -> bool:
    return line.size > _LARGER * usual and len(line.text) <= _LONGEST_HEADING


def _goes_on(before: Line, line: Line, left: float, right: float, usual: float) -> bool:
    """Say whether a line continues the one before: that was full, and this one is not set in."""
    if _is_heading(before, usual) or _LIST.match(line.text):
        return False
    beside = abs(before.middle - line.middle) < _SAME_LINE * usual
    if beside or _is_parted(before.text, line.text):
        return True
    full = right - before.right < 2.2 * before.size
    set_in = line.left - left > _INDENT * line.size and before.left - left < _INDENT * line.size
    ended = before.text[-1] in _ENDS and right - before.right > 1.2 * before.size
    return full and not set_in and not ended


def _together(before: str, after: str) -> str:
    """Put two lines together: Chinese without a blank, words with one, parted words as one."""
    if before[-1] >= _WIDE_FROM or after[0] >= _WIDE_FROM:
        return before + after
    return before[:-1] + after if _is_parted(before, after) else f"{before} {after}"


def _is_parted(before: str, after: str) -> bool:
    """Tell a word that a hyphen parts at the end of a line."""
    return before[-1] in "-\u00ad\u2010" and before[-2:-1].isalpha() and after[0].islower()


def goes_over(text: str, following: str) -> bool:
    """Say whether a page's text goes on in the next one's first paragraph."""
    last = text.rpartition("\n")[2]
    marked = last.startswith(("#", "- ")) or following.startswith(("#", "- "))
    return len(last) > _FULL and not marked and last[-1] not in _ENDS
