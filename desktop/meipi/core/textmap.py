"""The piecewise monotone map between two texts: the only way an offset goes from one to another.

Decoding, repair, hiding and script conversion each produce a `TextMap`; maps compose and invert.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple, overload

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


class Replacement(NamedTuple):
    """``[start, end)`` of the source became ``length`` characters of the target."""

    start: int
    end: int
    length: int


class _Columns(NamedTuple):
    """Pieces in columns: a repaired text can have as many as it has words."""

    source_starts: array[int]
    source_ends: array[int]
    target_starts: array[int]
    target_ends: array[int]
    linear: bytearray

    @classmethod
    def empty(cls) -> _Columns:
        """Return columns without a piece."""
        return cls(array("I"), array("I"), array("I"), array("I"), bytearray())

    def turned(self) -> _Columns:
        """Return the same pieces from the target to the source."""
        return _Columns(*self[2:4], *self[:2], self.linear)


class _Pieces(Sequence[Piece]):
    """The pieces of a map, each made when asked for."""

    __slots__ = ("columns",)

    def __init__(self, columns: _Columns) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns.linear)

    @overload
    def __getitem__(self, at: int) -> Piece: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Piece]: ...
    def __getitem__(self, at: int | slice) -> Piece | Sequence[Piece]:
        if isinstance(at, slice):
            return tuple(map(self.__getitem__, range(*at.indices(len(self)))))
        a, b, c, d, linear = (column[at] for column in self.columns)
        return Piece(a, b, c, d, bool(linear))

    def values(self) -> Iterator[tuple[int, int, int, int, bool]]:
        """Yield what each piece holds."""
        columns = self.columns
        return zip(*columns[:4], map(bool, columns.linear), strict=True)

    def __iter__(self) -> Iterator[Piece]:
        return starmap(Piece, self.values())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, _Pieces):
            return self.columns == other.columns
        return isinstance(other, tuple) and tuple(self) == other

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class TextMap:
    """A monotone map from a source text to a target text, both measured in code points.

    >>> aligned = TextMap.from_replacements(len("協(xié)同發(fā)展"), [Replacement(1, 6, 0)])
    >>> aligned.target_length, aligned.to_target(6), aligned.to_source_span(Span(0, 2))
    (8, 1, Span(start=0, end=7))
    """

    __slots__ = ("_inverse", "_source_ends", "_source_starts", "pieces")

    def __init__(self, pieces: Iterable[Piece | _Ends]) -> None:
        self._set(_normalised(pieces), None)

    def _set(self, columns: _Columns, inverse: TextMap | None) -> None:
        self.pieces = _Pieces(columns)
        self._source_starts, self._source_ends = columns.source_starts, columns.source_ends
        self._inverse = inverse

    @classmethod
    def identity(cls, length: int) -> TextMap:
        """Return the map of a text of ``length`` code points onto itself."""
        return cls([Piece(0, length, 0, length, linear=True)] if length else [])

    @classmethod
    def from_replacements(cls, length: int, replacements: Iterable[Replacement]) -> TextMap:
        """Build the map of a text of ``length`` whose ``replacements`` are sorted and disjoint.

        Raises ``ValueError`` where they overlap, are unsorted or reach past the end.
        """
        return cls(_replaced(length, replacements))

    @classmethod
    def from_offsets(cls, length: int, offsets: Iterable[int]) -> TextMap:
        """Build the same from four offsets an edit: its range in the target, then in the source.

        They are taken to be in order.
        """
        made = cls.__new__(cls)
        made._set(_from_offsets(length, offsets), None)  # noqa: SLF001 - the same class
        return made

    @property
    def source_length(self) -> int:
        """The length of the source."""
        return self.pieces[-1].source_end if self.pieces else 0

    @property
    def target_length(self) -> int:
        """The length of the target."""
        return self.pieces[-1].target_end if self.pieces else 0

    @property
    def is_identity(self) -> bool:
        """Say whether every offset stays where it is."""
        return all(piece.linear for piece in self.pieces)

    def invert(self) -> TextMap:
        """Return the map from the target back to the source.

        It does not know this one: the window collects no cycles among a document's objects.
        """
        if self._inverse is None:
            self._inverse = TextMap.__new__(TextMap)
            self._inverse._set(self.pieces.columns.turned(), None)  # noqa: SLF001 - the same class
        return self._inverse

    def compose(self, after: TextMap) -> TextMap:
        """Return the map that goes through this one and then through ``after``.

        Raises ``ValueError`` where this target is not as long as the source of ``after``.
        """
        if self.target_length != after.source_length:
            raise ValueError(f"maps do not meet: {self.target_length} and {after.source_length}")
        return TextMap(_composed(self, after))

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


_Ends = tuple[int, int, int, int, bool]
"""What a piece holds; to make no `Piece` of it takes a third of the time."""


def _replaced(length: int, replacements: Iterable[Replacement]) -> Iterator[_Ends]:
    source = target = 0
    for start, end, size in replacements:
        if not source <= start <= end <= length:
            raise ValueError(f"replacements out of order at {start}")
        kept = target + start - source
        yield source, start, target, kept, True
        source, target = end, kept + size
        yield start, end, kept, target, False
    yield source, length, target, target + length - source, True


def _from_offsets(length: int, offsets: Iterable[int]) -> _Columns:
    flat, linear = array("I"), bytearray()
    source = target = 0
    each = iter(offsets)
    for start, end, first, last in zip(each, each, each, each, strict=True):
        if first == last and start == end:
            continue
        if first > source:
            flat.extend((source, first, target, start))
            linear.append(1)
        flat.extend((first, last, start, end))
        linear.append(0)
        source, target = last, end
    if length > source:
        flat.extend((source, length, target, target + length - source))
        linear.append(1)
    return _Columns(flat[0::4], flat[1::4], flat[2::4], flat[3::4], linear)


def _normalised(pieces: Iterable[Piece | _Ends]) -> _Columns:
    """Drop empty pieces and join linear neighbours."""
    columns = _Columns.empty()
    source_starts, source_ends, target_starts, target_ends, kinds = columns
    joins = False
    for a, b, c, d, linear in pieces:
        if a == b and c == d:
            continue
        if linear and joins:
            source_ends[-1], target_ends[-1] = b, d
            continue
        source_starts.append(a)
        source_ends.append(b)
        target_starts.append(c)
        target_ends.append(d)
        kinds.append(linear)
        joins = linear
    return columns


class _Side:
    """One of two piece lists being composed, walked along the text in the middle.

    Its pieces are turned so that their source is the text in the middle, their target the outer.
    """

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = tuple(pieces)
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


def _composed(first: TextMap, second: TextMap) -> Iterator[Piece]:
    left, right = _Side(first.invert().pieces), _Side(second.pieces)
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
