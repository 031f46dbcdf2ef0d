"""Half-open ranges of code points, the coordinate everything else is expressed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A half-open range ``[start, end)`` of code points.

    Raises ``ValueError`` where ``start`` is negative or after ``end``.

    >>> Span(2, 5).slice("天津市宝坻区")
    '市宝坻'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """Say whether anything lies inside; an empty span is a caret."""
        return self.end > self.start

    def slice(self, text: str) -> str:
        """Return the characters of ``text`` inside the span."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Say whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Say whether at least one character is shared."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """Return the span moved by ``by`` code points."""
        return Span(self.start + by, self.end + by)

    def clip(self, other: Span) -> Span | None:
        """Return the part inside ``other``, or nothing where they do not overlap."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None


def merge_spans(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the union of ``spans`` as disjoint spans in order; touching ones join.

    >>> list(merge_spans([Span(4, 6), Span(0, 2), Span(2, 3)]))
    [Span(start=0, end=3), Span(start=4, end=6)]
    """
    current: Span | None = None
    for span in sorted(spans):
        if current is None:
            current = span
        elif span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current is not None:
        yield current
