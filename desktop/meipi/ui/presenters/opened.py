"""An open document with all that is shown of it, worked out beside the window.

The window's thread only looks things up here: gathering the mentions or the repairs of a long
document takes longer than a frame.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from meipi.core.spans import Span
from meipi.ui.presenters.annotations import (
    AnnotationRow,
    SuggestionRow,
    annotation_rows,
    suggestion_rows,
)
from meipi.ui.presenters.entities import EntityIndex, EntityRow
from meipi.ui.presenters.outline import OutlineRow, outline_rows
from meipi.ui.presenters.repairs import RepairIndex, RepairRow
from meipi.ui.presenters.status import paragraph_starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meipi.core.annotation import Annotation, Suggestion, Tag
    from meipi.core.decisions import Decision
    from meipi.core.entity import Mention
    from meipi.services.documents import Reading
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.links import Linked
    from meipi.ui.presenters.repairs import Labels, Row
    from meipi.ui.presenters.targets import Target


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document with everything on it, as it is shown."""

    id: str
    reading: Reading
    outline: tuple[OutlineRow, ...]
    paragraphs: Sequence[int]
    """Where each paragraph begins."""
    repairs: RepairIndex
    repair_rows: tuple[Row, ...]
    """The repairs in words."""
    tags: tuple[Tag, ...] = ()
    rows: tuple[AnnotationRow, ...] = ()
    suggestions: tuple[SuggestionRow, ...] = ()
    """What waits to be accepted or rejected, by place."""
    entities: EntityIndex | None = None
    """Nothing while they are being looked for."""
    provisional: bool = False
    """Whether the entities are those of the reading before, until its own are found."""

    @property
    def text(self) -> str:
        """The reading text."""
        return self.reading.repaired.text

    @property
    def mentions(self) -> tuple[Mention, ...] | None:
        """The mentions by place; nothing while they are being looked for."""
        return None if self.entities is None else self.entities.mentions

    def decided(
        self, decisions: tuple[Decision, ...], words: Words, labels: Labels
    ) -> OpenDocument:
        """Return the document with other ``decisions`` on its repairs, which left its text."""
        reading = replace(self.reading, decisions=decisions)
        repairs = repairs_of(reading, self.repairs)
        return replace(
            self, reading=reading, repairs=repairs, repair_rows=repairs.rows(labels, words)
        )

    def row(self, annotation: str) -> AnnotationRow | None:
        """Return the annotation with that id."""
        return next((row for row in self.rows if row.id == annotation), None)

    def with_row(self, row: AnnotationRow) -> OpenDocument:
        """Return the document with ``row`` in the place of the one with its id."""
        rows = (row if one.id == row.id else one for one in self.rows)
        return replace(self, rows=tuple(sorted(rows, key=lambda one: (one.span, one.id))))

    def listed(self, target: Target) -> tuple[EntityRow | RepairRow, str]:
        """Return the row that ``target`` is part of, and the name of the panel that shows it."""
        if target.kind == "entity" and self.entities is not None:
            return self.entities.row(target.index), "entities"
        span, lost = target.span(self), target.kind == "lost"
        rows = (row for row in self.repair_rows if isinstance(row, RepairRow))
        return next(row for row in rows if row.lost is lost and span in row.spans), "repairs"

    def annotated(
        self,
        annotations: Iterable[Annotation],
        tags: Sequence[Tag],
        suggestions: Iterable[Suggestion] = (),
        links: Iterable[Linked] = (),
    ) -> OpenDocument:
        """Return the document with ``annotations``, their links and what is suggested."""
        return replace(
            self,
            tags=tuple(tags),
            rows=tuple(annotation_rows(annotations, tags, links)),
            suggestions=tuple(suggestion_rows(suggestions, tags)),
        )


def open_document(
    reading: Reading,
    mentions: tuple[Mention, ...] | None,
    *,
    labels: Labels,
    words: Words,
    before: OpenDocument | None = None,
) -> OpenDocument:
    """Work out what is shown of ``reading``; ``labels`` are the names of the channels.

    ``before`` is the document with another reading, of which some may be as it was.
    """
    repairs = repairs_of(reading, None if before is None else before.repairs)
    return OpenDocument(
        reading.document.id,
        reading,
        outline=tuple(outline_rows(reading.repaired.text, reading.structure)),
        paragraphs=paragraph_starts(reading.structure),
        repairs=repairs,
        repair_rows=repairs.rows(labels, words),
        entities=None if mentions is None else EntityIndex(mentions),
    )


def repairs_of(reading: Reading, before: RepairIndex | None) -> RepairIndex:
    """Gather the repairs of ``reading`` as they were decided on."""
    return RepairIndex(
        reading.repaired,
        reading.proposed,
        reading.decisions,
        decided=reading.decided,
        before=before,
    )


def carried(before: OpenDocument, after: OpenDocument, span: Span) -> Span:
    """Return what became of ``span`` in another reading of the same source text."""
    source = before.reading.repaired.map.to_source_span(span)
    found = after.reading.repaired.map.to_target_span(source)
    return found if span else Span(found.start, found.start)


def with_mentions_of(before: OpenDocument, after: OpenDocument) -> OpenDocument:
    """Return ``after`` with the mentions of ``before`` whose words came along, for the time being.

    Deciding on a repair changes a few words: all other underlines need not go and come.
    """
    if after.mentions is not None or not before.mentions:
        return after
    kept = []
    for mention in before.mentions:
        span = carried(before, after, mention.span)
        if span.slice(after.text) == mention.text:
            kept.append(replace(mention, span=span))
    return replace(after, entities=EntityIndex(tuple(kept)), provisional=True)
