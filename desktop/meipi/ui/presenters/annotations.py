"""The annotations of a document by place, with their tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.anchors import AnchorState
from meipi.ui.presenters.links import LinkRow, link_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meipi.core.annotation import Annotation, Suggestion, Tag
    from meipi.core.spans import Span
    from meipi.ui.presenters.links import Linked

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
    spans: tuple[Span, ...] = ()
    """Every piece of one that is not in one piece, with its words."""
    quotes: tuple[str, ...] = ()
    status: str = ""
    links: tuple[LinkRow, ...] = ()
    coder: str = ""
    created: str = ""

    @property
    def pieces(self) -> tuple[Span, ...]:
        """The place of every piece."""
        return self.spans or (self.span,)

    @property
    def text(self) -> str:
        """Everything that can be filtered for and is read aloud."""
        links = (link.text for link in self.links)
        return " ".join(filter(None, (self.tag, self.quote, *self.quotes, self.note, *links)))

    def piece_at(self, offset: int) -> int:
        """Return the number of the piece that ``offset`` lies in or touches, else the first."""
        touching = (at for at, span in enumerate(self.pieces) if span.start <= offset <= span.end)
        return next(touching, 0)

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


def annotation_rows(
    annotations: Iterable[Annotation], tags: Iterable[Tag], links: Iterable[Linked] = ()
) -> list[AnnotationRow]:
    """Word ``annotations`` by place."""
    by_id, linked = {tag.id: tag for tag in tags}, link_rows(links)
    rows = [
        _row(annotation, by_id.get(annotation.tag or ""), linked.get(annotation.id, ()))
        for annotation in annotations
    ]
    return sorted(rows, key=lambda row: (row.span, row.id))


def annotation_at(rows: Iterable[AnnotationRow], offset: int) -> AnnotationRow | None:
    """Return the innermost annotation that ``offset`` lies in or touches."""
    touching = [
        (len(span), row.span, row)
        for row in rows
        for span in row.pieces
        if span.start <= offset <= span.end
    ]
    return min(touching, key=lambda found: found[:2])[2] if touching else None


def _row(annotation: Annotation, tag: Tag | None, links: tuple[LinkRow, ...]) -> AnnotationRow:
    several = annotation.anchors if annotation.parts else ()
    return AnnotationRow(
        id=annotation.id,
        span=annotation.span,
        color=tag.color if tag else None,
        tag=tag.name if tag else "",
        shortcut=tag.shortcut if tag else "",
        quote=_shortened(annotation.anchor.quote),
        note=annotation.note,
        needs_review=annotation.state is AnchorState.NEEDS_REVIEW,
        moved=annotation.state is AnchorState.MOVED,
        spans=tuple(anchor.span for anchor in several),
        quotes=tuple(_shortened(anchor.quote) for anchor in several),
        status=annotation.status,
        links=links,
        coder=annotation.coder,
        created=annotation.created,
    )


def _shortened(quote: str) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= _QUOTE else f"{quote[: _QUOTE - 1]}…"
