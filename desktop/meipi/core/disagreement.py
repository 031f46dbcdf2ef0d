"""Where two coders' annotations of a text differ: place by place, in the order of reading."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from meipi.core.annotation import Annotation


class Kind(StrEnum):
    """In what two coders differ at a place."""

    FIRST_ONLY = "first_only"
    SECOND_ONLY = "second_only"
    ENDS = "ends"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place of a document and what each coder made of it."""

    document: str
    kind: Kind
    first: Annotation | None
    second: Annotation | None

    @property
    def id(self) -> str:
        """What a decision on it is known by."""
        return ":".join(one.id if one is not None else "-" for one in (self.first, self.second))

    @property
    def span(self) -> Span:
        """All the words that are in question."""
        spans = [one.span for one in (self.first, self.second) if one is not None]
        return Span(min(one.start for one in spans), max(one.end for one in spans))


def compare(
    first: Iterable[Annotation], second: Iterable[Annotation]
) -> tuple[list[Disagreement], list[tuple[Annotation, Annotation]]]:
    """Pair the annotations of two coders; return where they differ, and where they agree.

    Those with the same ends and tag agree. Of the rest, those that share the most characters are
    set against each other, with the same tag first; what is left stands alone.
    """
    ours, theirs = list(first), list(second)
    agreed = _take(ours, theirs, _agree)
    pairs = _take(ours, theirs, _same_tag) + _take(ours, theirs, _overlap)
    found = [
        Disagreement(one.document, Kind.ENDS if one.tag == two.tag else Kind.TAG, one, two)
        for one, two in pairs
    ]
    found += [Disagreement(one.document, Kind.FIRST_ONLY, one, None) for one in ours]
    found += [Disagreement(one.document, Kind.SECOND_ONLY, None, one) for one in theirs]
    return sorted(found, key=lambda one: (one.document, one.span, one.id)), agreed


def _take(
    ours: list[Annotation],
    theirs: list[Annotation],
    score: Callable[[Annotation, Annotation], int],
) -> list[tuple[Annotation, Annotation]]:
    """Take out pairs, the best first; ``score`` is 0 where two are none."""
    by_start = sorted(theirs, key=lambda one: one.span)
    rated = [
        (value, -at, -other, one, two)
        for at, one in enumerate(ours)
        for other, two in enumerate(by_start)
        if one.document == two.document and (value := score(one, two))
    ]
    pairs: list[tuple[Annotation, Annotation]] = []
    used: set[tuple[str, str]] = set()
    for _, _, _, one, two in sorted(rated, key=lambda row: row[:3], reverse=True):
        if not used & {("ours", one.id), ("theirs", two.id)}:
            used |= {("ours", one.id), ("theirs", two.id)}
            pairs.append((one, two))
    ours[:] = [one for one in ours if ("ours", one.id) not in used]
    theirs[:] = [one for one in theirs if ("theirs", one.id) not in used]
    return pairs


def _agree(one: Annotation, two: Annotation) -> int:
    return int(one.span == two.span and one.tag == two.tag)


def _same_tag(one: Annotation, two: Annotation) -> int:
    return _overlap(one, two) if one.tag == two.tag else 0


def _overlap(one: Annotation, two: Annotation) -> int:
    return max(0, min(one.span.end, two.span.end) - max(one.span.start, two.span.start))
