"""Marks without the blanks at their ends, for formats whose marks lie on tokens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.spans import Span
from meipi.exchange.loss import Facet, LossItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.exchange.flat import FlatDocument, FlatSet


def trimmed(text: str, span: Span) -> Span:
    """Return ``span`` without the blanks at its ends.

    >>> trimmed(" 甲 乙 ", Span(0, 5))
    Span(start=1, end=4)
    """
    words = span.slice(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def blank(text: str, span: Span) -> bool:
    """Say whether nothing stands there."""
    return not span.slice(text).strip()


def trim(flat: FlatDocument) -> FlatDocument:
    """Return ``flat`` with marks that begin and end with a token."""
    marks = (replace(mark, span=trimmed(flat.text, mark.span)) for mark in flat.marks)
    return replace(flat, marks=tuple(marks))


def trims(chosen: FlatSet) -> Iterator[LossItem]:
    """Yield the marks that `trim` makes shorter."""
    for flat in chosen.documents:
        for mark in flat.marks:
            span = trimmed(flat.text, mark.span)
            if span and mark.fits(flat.text) and span != mark.span:
                subject, key = ("entity", flat.id) if mark.entity else ("annotation", mark.id)
                lost = len(mark.span) - len(span)
                yield LossItem(
                    Facet.TRIMMED,
                    "entity" if subject == "entity" else "annotation",
                    key,
                    mark.span.slice(flat.text),
                    lost,
                )
