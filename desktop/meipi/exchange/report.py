"""What the reports in HTML and DOCX share: passages by tag, and texts cut where marks begin or end.

So cut, marks which overlap can be drawn.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.anchors import CONTEXT
from meipi.exchange.tag_paths import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meipi.exchange.flat import FlatDocument, Mark

UNTAGGED = "无标签"


@dataclass(frozen=True, slots=True)
class Group:
    """The passages under one tag."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text over which the same marks lie."""

    text: str
    marks: tuple[int, ...]


def groups(flat: FlatDocument, order: Mapping[str, int]) -> Iterator[Group]:
    """Yield the annotations of a document by tag, in the order of the codebook."""
    found: dict[str, list[Mark]] = {}
    for mark in flat.marks:
        if not mark.entity:
            found.setdefault(mark.label, []).append(mark)
    for label in sorted(found, key=lambda one: order.get(one, len(order))):
        marks = sorted(found[label], key=lambda mark: mark.span)
        yield Group(shown(label) if label else UNTAGGED, tuple(marks))


def context(flat: FlatDocument, mark: Mark) -> tuple[str, str, str]:
    """Return what stands before, at and after a mark."""
    start, end = mark.span.start, mark.span.end
    words = mark.quote if mark.quote is not None else mark.span.slice(flat.text)
    return flat.text[max(0, start - CONTEXT) : start], words, flat.text[end : end + CONTEXT]


def pieces(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Yield ``text`` in pieces, each with the numbers of the marks on it.

    The work grows with the number of marks and of pieces, not with their product.
    """
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number, mark in enumerate(marks):
        if mark.span and mark.fits(text):
            starts.setdefault(mark.span.start, []).append(number)
            ends.setdefault(mark.span.end, []).append(number)
    cuts = sorted({0, len(text), *starts, *ends})
    active: dict[int, None] = {}
    for start, end in itertools.pairwise(cuts):
        for number in ends.get(start, ()):
            active.pop(number, None)
        active |= dict.fromkeys(starts.get(start, ()))
        yield Piece(text[start:end], tuple(active))
