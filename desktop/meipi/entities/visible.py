"""The text a reader sees: boilerplate and hidden ranges left out, with the way back."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.document import Role
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.core.document import Block, Structure


@dataclass(frozen=True, slots=True)
class Visible:
    """``text``, and for each of its pieces where it begins here and in the reading text."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def to_reading(self, start: int, end: int) -> Span:
        """Return the span of the reading text from which ``start:end``, not empty, came."""
        return Span(self._origin(start), self._origin(end - 1) + 1)

    def _origin(self, offset: int) -> int:
        piece = bisect_right(self.starts, offset) - 1
        return self.origins[piece] + offset - self.starts[piece]


def see(text: str, structure: Structure) -> Visible:
    r"""Return what ``structure`` shows of ``text``, a line a block; all of it without blocks.

    >>> from meipi.core.document import Block, Structure
    >>> block = Block(Span(0, 7), Role.PARAGRAPH, hidden=(Span(3, 4),))
    >>> seen = see("南京市\n鼓楼区", Structure((block,)))
    >>> seen.text.rstrip(), seen.to_reading(0, 6)
    ('南京市鼓楼区', Span(start=0, end=7))
    """
    if not structure.blocks:
        return Visible(text, (0,), (0,))
    parts: list[str] = []
    starts: list[int] = [0]
    origins: list[int] = [0]
    length = 0
    for block in structure.blocks:
        if block.role is Role.BOILERPLATE:
            continue
        for span in _shown(block, len(text)):
            starts.append(length)
            origins.append(span.start)
            parts.append(span.slice(text))
            length += len(span)
        parts.append("\n")
        length += 1
    return Visible("".join(parts), tuple(starts), tuple(origins))


def _shown(block: Block, length: int) -> Iterator[Span]:
    """Yield the parts of ``block`` between its hidden ranges."""
    at = block.span.start
    end = min(block.span.end, length)
    for hidden in sorted(block.hidden):
        if at < min(hidden.start, end):
            yield Span(at, min(hidden.start, end))
        at = max(at, hidden.end)
    if at < end:
        yield Span(at, end)
