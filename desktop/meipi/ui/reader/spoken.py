"""What a screen reader is told of the text: a part of it, and what lies on a place. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.core.repairs import Proof
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.core.document import Block
    from meipi.core.offsets import Utf16Map
    from meipi.ui.i18n import Words
    from meipi.ui.reader.layers import Layers
    from meipi.ui.reader.reading import Reading

SIZE = 65_536
"""Characters told at a time. The bridge copies all that is told for every unit it is asked for:
20 MB take it a third of a second, this much less than a millisecond."""
_LEVELS = {Role.TITLE: 1, Role.HEADING: 2, Role.RUN_IN_HEADING: 3}


@dataclass(frozen=True, slots=True)
class Part:
    """The part of the reading text that is told now; most documents are one part."""

    start: int
    text: str
    units: Utf16Map

    @property
    def end(self) -> int:
        """Where it ends in the reading text."""
        return self.start + len(self.text)

    def at(self, offset: int) -> int:
        """Return the UTF-16 place of reading ``offset``; what lies outside is at the nearer end."""
        return self.units.to_utf16(min(max(offset, self.start), self.end) - self.start)

    def offset(self, at: int) -> int:
        """Return the reading offset of UTF-16 place ``at``; -1 stands for the end."""
        length = self.units.length
        return self.start + self.units.to_code_point(length if at < 0 else min(at, length))


def part_around(text: str, offset: int) -> Span:
    """Return the part of ``text`` that holds ``offset``: always the same, cut between paragraphs.

    >>> part_around("一段。", 2)
    Span(start=0, end=3)
    """
    number = min(offset, len(text)) // SIZE
    start, end = _cut(text, number), _cut(text, number + 1)
    if offset >= end < len(text):
        return Span(end, _cut(text, number + 2))
    return Span(start, end)


def _cut(text: str, number: int) -> int:
    """Return where part ``number`` begins: at a paragraph, in one without end anywhere."""
    at = number * SIZE
    if number == 0 or at >= len(text):
        return min(at, len(text))
    paragraph = text.rfind("\n", at - SIZE // 2, at)
    return at if paragraph < 0 else paragraph + 1


def attributes_at(reading: Reading, offset: int) -> tuple[dict[str, str], Span]:
    """Return what lies on the character at ``offset``, and the range all of that holds for."""
    length = len(reading.sheet.text)
    if offset >= length:
        return {}, Span(length, length)
    around = _row(reading, offset)
    found: dict[str, str] = {}
    edges = [around.start, around.end]
    for name, value, span in _marks(reading, around):
        edges += [edge for edge in (span.start, span.end) if around.start < edge < around.end]
        if span.start <= offset < max(span.end, span.start + 1):
            found[name] = f"{found[name]}，{value}" if name in found else value
    start = max(edge for edge in edges if edge <= offset)
    return found, Span(start, min(edge for edge in edges if edge > offset))


def described(found: dict[str, str], quote: str, words: Words) -> str:
    """Word what lies on a place; ``quote`` are the characters all of it holds for.

    >>> from meipi.ui.i18n import Words
    >>> described({"level": "2", "entity": "LOC"}, "越秀区", Words("zh"))
    '2 级标题，地点“越秀区”'
    """
    said = []
    for name, value in found.items():
        shown = words(f"type.{value}") if name == "entity" else value
        key = f"spoken.{name.replace('-', '_')}" + (f"_{value}" if name == "repair" else "")
        said.append(words(key, value=shown, quote=quote))
    return "，".join(said)


def _row(reading: Reading, offset: int) -> Span:
    """Return the row around ``offset``, up to the next one."""
    table = reading.sheet.table
    index = table.at(offset)
    following = table.row(index + 1).span.start if table.has_row(index + 1) else None
    end = len(reading.sheet.text) if following is None else following
    return Span(0 if index == 0 else table.row(index).span.start, max(end, offset + 1))


def _marks(reading: Reading, around: Span) -> Iterator[tuple[str, str, Span]]:
    """Yield name, value and place of everything that touches ``around``."""
    layers = reading.layers
    for block in _blocks(reading, around):
        level = _level(block)
        if level:
            yield "level", str(level), block.span
        if block.role is Role.BOILERPLATE:
            yield "boilerplate", "true", block.span
    yield from _own_marks(layers, around)
    for at in layers.entities_in(around):
        mention = layers.entities[at]
        yield "entity", str(mention.type), mention.span
    for at in layers.repairs_in(around):
        edit = layers.repairs[at]
        yield "repair", "inferred" if edit.proof is Proof.INFERRED else "proved", edit.span
        yield "repair-before", edit.before, edit.span
    for at in layers.lost_in(around):
        yield "lost", "true", layers.lost[at].span


def _own_marks(layers: Layers, around: Span) -> Iterator[tuple[str, str, Span]]:
    for at in layers.annotations_in(around):
        mark = layers.annotations.marks[at]
        yield "annotation", mark.title, mark.span
        if mark.note:
            yield "annotation-note", mark.note, mark.span


def _blocks(reading: Reading, around: Span) -> Iterator[Block]:
    blocks = reading.sheet.table.blocks
    at = max(0, bisect_right(blocks, around.start, key=attrgetter("span.start")) - 1)
    while at < len(blocks) and blocks[at].span.start < around.end:
        yield blocks[at]
        at += 1


def _level(block: Block) -> int:
    return block.level or _LEVELS[block.role] if block.role in _LEVELS else 0
