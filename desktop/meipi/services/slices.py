"""A long reading text in slices: each with its blocks, as if it were a text of its own."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.core.document import Block, Structure

_ENDS = ("\n", "。")
"""Where a slice may end inside a block."""


def slices(text: str, structure: Structure, *, size: int) -> Iterator[Span]:
    r"""Yield spans that cover ``text``, at most ``size`` long, cut between blocks where possible.

    >>> from meipi.core.document import Structure
    >>> list(slices("甲说好。\n乙走了。", Structure(()), size=6))
    [Span(start=0, end=5), Span(start=5, end=9)]
    """
    starts = [block.span.start for block in structure.blocks]
    at = 0
    while len(text) - at > size:
        end = _cut(text, starts, at, at + size)
        yield Span(at, end)
        at = end
    yield Span(at, len(text))


def around(text: str, structure: Structure, offset: int, *, before: int, after: int) -> Span:
    """Return a span about ``offset``, cut like a slice."""
    starts = [block.span.start for block in structure.blocks]
    low, high = max(0, offset - before), min(len(text), offset + after)
    return Span(
        _begin(text, starts, low), high if high == len(text) else _cut(text, starts, low, high)
    )


def part(text: str, structure: Structure, span: Span) -> tuple[str, Structure]:
    """Return what lies in ``span`` of ``text`` and its blocks, counted from its beginning."""
    starts = [block.span.start for block in structure.blocks]
    first = max(0, bisect_right(starts, span.start) - 1)
    last = bisect_right(starts, span.end)
    clipped = (_clipped(block, span) for block in structure.blocks[first:last])
    return span.slice(text), replace(structure, blocks=tuple(b for b in clipped if b is not None))


def _begin(text: str, starts: list[int], at: int) -> int:
    """Return the beginning of the block or line that ``at`` lies in."""
    if starts:
        return starts[max(0, bisect_right(starts, at) - 1)] if at else 0
    return text.rfind("\n", 0, at) + 1


def _cut(text: str, starts: list[int], at: int, limit: int) -> int:
    """Return where a slice from ``at`` ends: at a block's beginning, else at a sentence's end."""
    middle = (at + limit) // 2
    block = starts[bisect_right(starts, limit) - 1] if starts else 0
    if block > middle:
        return block
    ends = (text.rfind(mark, middle, limit) + 1 for mark in _ENDS)
    return next((end for end in ends if end), limit)


def _clipped(block: Block, span: Span) -> Block | None:
    own = block.span.clip(span)
    if own is None:
        return None
    hidden = (part.clip(own) for part in block.hidden)
    inside = tuple(part.shift(-span.start) for part in hidden if part is not None)
    return replace(block, span=own.shift(-span.start), hidden=inside)
