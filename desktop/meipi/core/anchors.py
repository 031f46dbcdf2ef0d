"""Anchors hold an annotation to its words when the text around it changes.

An anchor is offsets in the reading text, the quote, a little context on both sides and offsets in
the source text. It is never dropped and never silently put somewhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meipi.core.textmap import TextMap

CONTEXT = 32
"""Characters of prefix and suffix kept beside a quote, as many as Web Annotation tools keep."""

_TELLING = 8
"""Characters from which a quote is unlikely to stand in a text twice by chance."""


class AnchorState(StrEnum):
    """How sure an anchor is of its place."""

    EXACT = "exact"
    MOVED = "moved"
    NEEDS_REVIEW = "needs review"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a reading text that can be found again."""

    span: Span
    quote: str
    prefix: str
    suffix: str
    source: Span
    state: AnchorState = AnchorState.EXACT


_WORST = (AnchorState.NEEDS_REVIEW, AnchorState.MOVED, AnchorState.EXACT)


def worst(anchors: Iterable[Anchor]) -> AnchorState:
    """Return the state of the least sure of ``anchors``."""
    states = {anchor.state for anchor in anchors}
    return next((state for state in _WORST if state in states), AnchorState.EXACT)


def make_anchor(text: str, span: Span, source_to_reading: TextMap) -> Anchor:
    """Anchor ``span`` of the reading ``text``."""
    return Anchor(
        span=span,
        quote=span.slice(text),
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
        source=source_to_reading.to_source_span(span),
    )


def move_anchor(anchor: Anchor, text: str, source_to_reading: TextMap) -> Anchor:
    """Carry ``anchor`` to a new reading ``text`` of the same source text.

    The source offsets lead; the quote decides: the same words at the same offsets stay ``exact``,
    the same words elsewhere in what their source became are ``moved``, other words ``needs
    review``. Equal words outside of it came from another place of the source.
    """
    span = source_to_reading.to_target_span(anchor.source)
    return place_anchor(anchor, text, span, source_to_reading)


_HALVES = 2
"""One character cut in two at each end of a passage."""


def place_anchor(anchor: Anchor, text: str, span: Span, source_to_reading: TextMap) -> Anchor:
    """Put ``anchor`` on ``span``, which came of its source, or on its quote inside of that.

    One that is to be reviewed is sure again only on just its words. Without a source it stands
    where it does for want of a better place: whatever is there is not known to be its own.
    """
    doubtful = anchor.state is AnchorState.NEEDS_REVIEW
    if doubtful and not anchor.source:
        return replace(anchor, span=span)
    if span.slice(text) != anchor.quote:
        inner = _quote_within(anchor, text, span)
        # Halves of characters beside it, read as others for a while, are all that may come off.
        if inner is not None and (not doubtful or len(span) - len(inner) <= _HALVES):
            span = inner
    found = put_anchor(anchor, text, span, source_to_reading)
    if anchor.source and found.source.contains(anchor.source):
        # Else each repair around it would widen its source, until another's words lie inside.
        return replace(found, source=anchor.source)
    return found


def _quote_within(anchor: Anchor, text: str, span: Span) -> Span | None:
    """Return the one place of the quote inside ``span`` that its context supports best."""
    places = _occurrences(anchor.quote, span.slice(text)) if anchor.quote else []
    scored = sorted(
        ((_agreement(anchor, text, span.start + at), span.start + at) for at in places),
        reverse=True,
    )
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return Span(scored[0][1], scored[0][1] + len(anchor.quote))


def find_anchor(anchor: Anchor, text: str, source_to_reading: TextMap) -> Anchor:
    """Find ``anchor`` in another ``text`` by its quote and context alone (import, re-decoding)."""
    length = len(text)
    span = Span(min(anchor.span.start, length), min(anchor.span.end, length))
    if span.slice(text) != anchor.quote or not _context_fits(anchor, text, span.start):
        span = find_quote(anchor, text, near=span.start) or span
    found = put_anchor(anchor, text, span, source_to_reading)
    if found.state is AnchorState.NEEDS_REVIEW:  # its old source is a place in another text
        return replace(found, source=source_to_reading.to_source_span(span))
    return found


def find_quote(anchor: Anchor, text: str, *, near: int) -> Span | None:
    """Return the one place of the quote that its context supports; none where it is ambiguous.

    A quote that stands once is found wherever it is, if it is long enough or some of its context
    came along: a short one in other surroundings is a look-alike. Of several, only a place whose
    context agrees better than any other's counts, and the nearest to ``near`` of full agreements.
    """
    if not anchor.quote:
        return None
    places = _occurrences(anchor.quote, text)
    if not places:
        return None
    if len(places) == 1:
        return _sole_place(anchor, text, places[0])
    scored = sorted(
        ((_agreement(anchor, text, at), -abs(at - near), at) for at in places), reverse=True
    )
    best, second = scored[0], scored[1]
    full = best[0] == len(anchor.prefix) + len(anchor.suffix)
    if best[0] > second[0] or full:
        return Span(best[2], best[2] + len(anchor.quote))
    return None


def _sole_place(anchor: Anchor, text: str, start: int) -> Span | None:
    context = len(anchor.prefix) + len(anchor.suffix)
    if len(anchor.quote) < _TELLING and _agreement(anchor, text, start) < min(2, context):
        return None
    return Span(start, start + len(anchor.quote))


def put_anchor(anchor: Anchor, text: str, span: Span, source_to_reading: TextMap) -> Anchor:
    """Put ``anchor`` on ``span``: sure where its words stand there, else to be reviewed."""
    if span.slice(text) != anchor.quote:
        return replace(anchor, span=span, state=AnchorState.NEEDS_REVIEW)
    state = AnchorState.EXACT if span == anchor.span else AnchorState.MOVED
    return replace(make_anchor(text, span, source_to_reading), state=state)


def _occurrences(quote: str, text: str) -> list[int]:
    places, at = [], text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    return places


def _context_fits(anchor: Anchor, text: str, start: int) -> bool:
    return _agreement(anchor, text, start) == len(anchor.prefix) + len(anchor.suffix)


def _agreement(anchor: Anchor, text: str, start: int) -> int:
    """Count the context characters that agree, outward from the quote."""
    before = text[max(0, start - len(anchor.prefix)) : start]
    end = start + len(anchor.quote)
    after = text[end : end + len(anchor.suffix)]
    return _common(reversed(before), reversed(anchor.prefix)) + _common(after, anchor.suffix)


def _common(left: Iterable[str], right: Iterable[str]) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count
