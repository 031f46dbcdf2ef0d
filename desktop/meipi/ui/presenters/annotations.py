"""The annotations of a document by place, with their tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.anchors import AnchorState
from meipi.core.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meipi.core.annotation import Annotation, Suggestion, Tag

_QUOTE = 80
"""Characters of a quote a list shows at most."""


@dataclass(frozen=True, slots=True)
class AnnotationRow:
    """An annotation in words; ``color`` is an index into the tag colours, none without a tag."""

    id: str
    span: Span
    color: int | None
    tag: str
    shortcut: str
    quote: str
    note: str
    needs_review: bool = False
    moved: bool = False
    """Whether it went to another place with its words."""

    @property
    def text(self) -> str:
        """Everything that can be filtered for and is read aloud."""
        return " ".join(filter(None, (self.tag, self.quote, self.note)))

    @property
    def is_settled(self) -> bool:
        """Say whether there is nothing to confirm about its place."""
        return not (self.needs_review or self.moved)


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """A suggestion in words."""

    id: str
    span: Span
    color: int
    tag: str
    quote: str


def suggestion_rows(suggestions: Iterable[Suggestion], tags: Iterable[Tag]) -> list[SuggestionRow]:
    """Word ``suggestions`` by place."""
    by_id = {tag.id: tag for tag in tags}
    rows = [
        SuggestionRow(one.id, one.span, tag.color, tag.name, _shortened(one.anchor.quote))
        for one in suggestions
        if (tag := by_id.get(one.tag)) is not None
    ]
    return sorted(rows, key=lambda row: (row.span, row.id))


def annotation_rows(annotations: Iterable[Annotation], tags: Iterable[Tag]) -> list[AnnotationRow]:
    """Word ``annotations`` by place."""
    by_id = {tag.id: tag for tag in tags}
    rows = [_row(annotation, by_id.get(annotation.tag or "")) for annotation in annotations]
    return sorted(rows, key=lambda row: (row.span, row.id))


def annotation_at(rows: Iterable[AnnotationRow], offset: int) -> AnnotationRow | None:
    """Return the innermost annotation that ``offset`` lies in or touches."""
    touching = [row for row in rows if row.span.start <= offset <= row.span.end]
    return min(touching, key=lambda row: (len(row.span), row.span), default=None)


def move_start(span: Span, by: int) -> Span:
    """Move the start by ``by`` characters; a span never becomes empty or leaves the text."""
    return Span(min(max(0, span.start + by), span.end - 1), span.end)


def move_end(span: Span, by: int, length: int) -> Span:
    """Move the end by ``by`` characters; a span never becomes empty or leaves the text."""
    return Span(span.start, min(max(span.start + 1, span.end + by), length))


def _row(annotation: Annotation, tag: Tag | None) -> AnnotationRow:
    return AnnotationRow(
        id=annotation.id,
        span=annotation.span,
        color=tag.color if tag else None,
        tag=tag.name if tag else "",
        shortcut=tag.shortcut if tag else "",
        quote=_shortened(annotation.anchor.quote),
        note=annotation.note,
        needs_review=annotation.anchor.state is AnchorState.NEEDS_REVIEW,
        moved=annotation.anchor.state is AnchorState.MOVED,
    )


def _shortened(quote: str) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= _QUOTE else f"{quote[: _QUOTE - 1]}…"
