"""The piecewise monotone map between two texts: the only way an offset goes from one to another.

Decoding, repair, hiding and script conversion each produce a `TextMap`; maps compose and invert.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Piece(NamedTuple):
    """A range of the source and the range of the target it became.

    A ``linear`` piece has equal lengths and maps character to character; any other maps as a whole.
    """

    source_start: int
    source_end: int
    target_start: int
    target_end: int
    linear: bool


@dataclass(frozen=True, slots=True)
class Replacement:
    """``[start, end)`` of the source became ``length`` characters of the target."""

    start: int
    end: int
    length: int


class TextMap:
    """A monotone map from a source text to a target text, both measured in code points.

    >>> aligned = TextMap.from_replacements(len("協(xié)同發(fā)展"), [Replacement(1, 6, 0)])
    >>> aligned.target_length, aligned.to_target(6), aligned.to_source_span(Span(0, 2))
    (8, 1, Span(start=0, end=7))
    """

    __slots__ = (
        "_inverse",
        "_source_ends",
        "_source_starts",
        "pieces",
        "source_length",
        "target_length",
    )

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces: tuple[Piece, ...] = _normalised(pieces)
        self.source_length = self.pieces[-1].source_end if self.pieces else 0
        self.target_length = self.pieces[-1].target_end if self.pieces else 0
        self._source_starts = [piece.source_start for piece in self.pieces]
        self._source_ends = [piece.source_end for piece in self.pieces]
        self._inverse: TextMap | None = None

    @classmethod
    def identity(cls, length: int) -> TextMap:
        """Return the map of a text of ``length`` code points onto itself."""
        return cls([Piece(0, length, 0, length, linear=True)] if length else [])

    @classmethod
    def from_replacements(cls, length: int, replacements: Iterable[Replacement]) -> TextMap:
        """Build the map of a text of ``length`` whose ``replacements`` are sorted and disjoint.

        Raises ``ValueError`` where they overlap, are unsorted or reach past the end.
        """
        pieces: list[Piece] = []
        source = target = 0
        for replacement in replacements:
            if not source <= replacement.start <= replacement.end <= length:
                raise ValueError(f"replacements out of order at {replacement.start}")
            kept = replacement.start - source
            pieces.append(Piece(source, replacement.start, target, target + kept, linear=True))
            source, target = replacement.end, target + kept + replacement.length
            pieces.append(
                Piece(replacement.start, source, target - replacement.length, target, linear=False)
            )
        pieces.append(Piece(source, length, target, target + length - source, linear=True))
        return cls(pieces)

    @property
    def is_identity(self) -> bool:
        """Say whether every offset stays where it is."""
        return all(piece.linear for piece in self.pieces)

    def invert(self) -> TextMap:
        """Return the map from the target back to the source."""
        if self._inverse is None:
            self._inverse = TextMap(Piece(c, d, a, b, linear) for a, b, c, d, linear in self.pieces)
            self._inverse._inverse = self  # noqa: SLF001 - the same class
        return self._inverse

    def compose(self, after: TextMap) -> TextMap:
        """Return the map that goes through this one and then through ``after``.

        Raises ``ValueError`` where this target is not as long as the source of ``after``.
        """
        if self.target_length != after.source_length:
            raise ValueError(f"maps do not meet: {self.target_length} and {after.source_length}")
        return TextMap(_composed(self.pieces, after.pieces))

    def to_target(self, offset: int) -> int:
        """Return where the source character at ``offset`` begins in the target.

        Inside a piece that maps as a whole this is where the piece begins.
        """
        at = bisect_right(self._source_starts, offset) - 1
        if at < 0:
            return 0
        piece = self.pieces[at]
        if offset >= piece.source_end:
            return piece.target_end
        return piece.target_start + (offset - piece.source_start if piece.linear else 0)

    def end_to_target(self, offset: int) -> int:
        """Return where the source characters before ``offset`` end in the target.

        Inside a piece that maps as a whole this is where the piece ends.
        """
        at = bisect_left(self._source_ends, offset)
        if at == len(self.pieces):
            return self.target_length
        piece = self.pieces[at]
        if offset <= piece.source_start:
            return piece.target_start
        return (
            piece.target_start + offset - piece.source_start if piece.linear else piece.target_end
        )

    def to_target_span(self, span: Span) -> Span:
        """Return the smallest target span that covers what became of ``span``."""
        start = self.to_target(span.start)
        return Span(start, max(start, self.end_to_target(span.end)))

    def to_source(self, offset: int) -> int:
        """Return where the target character at ``offset`` begins in the source."""
        return self.invert().to_target(offset)

    def to_source_span(self, span: Span) -> Span:
        """Return the smallest source span that covers what ``span`` came from."""
        return self.invert().to_target_span(span)

    def touches_change(self, span: Span) -> bool:
        """Say whether any part of the source ``span`` lies in a piece that is not linear."""
        first = max(0, bisect_right(self._source_starts, span.start) - 1)
        for piece in self.pieces[first:]:
            if piece.source_start >= span.end:
                break
            if not piece.linear and piece.source_end > span.start:
                return True
        return False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TextMap) and self.pieces == other.pieces

    def __hash__(self) -> int:
        return hash(self.pieces)

    def __repr__(self) -> str:
        return f"TextMap({self.source_length} -> {self.target_length}, {len(self.pieces)} pieces)"


def _normalised(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Drop empty pieces and join linear neighbours."""
    joined: list[Piece] = []
    for piece in pieces:
        if piece.source_start == piece.source_end and piece.target_start == piece.target_end:
            continue
        if piece.linear and joined and joined[-1].linear:
            before = joined.pop()
            piece = Piece(  # noqa: PLW2901 - the joined piece takes the place of both
                before.source_start,
                piece.source_end,
                before.target_start,
                piece.target_end,
                linear=True,
            )
        joined.append(piece)
    return tuple(joined)


class _Side:
    """One of two piece lists being composed, walked along the text in the middle.

    Its pieces are turned so that their source is the text in the middle, their target the outer.
    """

    def __init__(self, pieces: tuple[Piece, ...], *, middle_is_target: bool) -> None:
        self._pieces = TextMap(pieces).invert().pieces if middle_is_target else pieces
        self._at = 0
        self.outer = 0

    @property
    def done(self) -> bool:
        return self._at == len(self._pieces)

    @property
    def end(self) -> int:
        return self._pieces[self._at].source_end

    @property
    def linear(self) -> bool:
        return self._pieces[self._at].linear

    @property
    def is_point(self) -> bool:
        """Say whether the piece has no character of the middle text."""
        if self.done:
            return False
        piece = self._pieces[self._at]
        return piece.source_start == piece.source_end

    def grow(self, end: int) -> int:
        """Return ``end`` moved right until it cuts no piece that maps as a whole."""
        at = self._at
        while at < len(self._pieces) and self._pieces[at][0] < end:
            _, stop, _, _, linear = self._pieces[at]
            if not linear:
                end = max(end, stop)
            at += 1
        return end

    def pass_point(self) -> tuple[int, int]:
        """Step over a piece that has no middle text; return its range in the outer text."""
        _, _, start, self.outer, _ = self._pieces[self._at]
        self._at += 1
        return start, self.outer

    def advance(self, end: int) -> tuple[int, int]:
        """Step to ``end`` in the middle text; return the range passed in the outer one."""
        before = self.outer
        while not self.done:
            start, stop, outer_start, outer_stop, _ = self._pieces[self._at]
            if start >= end:
                break
            if stop > end:
                self.outer = outer_start + end - start
                break
            self.outer = outer_stop
            self._at += 1
        return before, self.outer


def _composed(first: tuple[Piece, ...], second: tuple[Piece, ...]) -> Iterator[Piece]:
    left = _Side(first, middle_is_target=True)
    right = _Side(second, middle_is_target=False)
    while not (left.done and right.done):
        if left.is_point:
            yield Piece(*left.pass_point(), right.outer, right.outer, linear=False)
            continue
        if right.is_point:
            yield Piece(left.outer, left.outer, *right.pass_point(), linear=False)
            continue
        linear = left.linear and right.linear
        middle = min(left.end, right.end) if linear else _common_end(left, right)
        yield Piece(*left.advance(middle), *right.advance(middle), linear=linear)


def _common_end(left: _Side, right: _Side) -> int:
    """Return the first place in the middle text that cuts a whole piece of neither side."""
    end = min(side.end for side in (left, right) if not side.linear)
    while True:
        grown = right.grow(left.grow(end))
        if grown == end:
            return end
        end = grown
