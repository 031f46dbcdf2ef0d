"""An entity across the library: every mention in its context, its names, its company, its time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.corrections import NameRules
from meipi.core.entity import EntityName
from meipi.library import naming, naming_queries, queries
from meipi.library.readings import load_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from meipi.core.spans import Span
    from meipi.library.naming_queries import Counted, Place

_CONTEXT = 40
"""Characters kept on each side; a window shows no more."""
_COMPANY = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One mention with the words around it, on one line."""

    document: str
    title: str
    date: str | None
    span: Span
    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True)
class EntityPage:
    """All there is to say of an entity.

    ``dates`` counts mentions by the date of their document, ISO 8601 as precise as it is known;
    ``waiting`` is how many documents are yet to be counted or searched.
    """

    entity: EntityName
    lines: tuple[Line, ...] = ()
    variants: tuple[tuple[str, int], ...] = ()
    same_sentence: tuple[Counted, ...] = ()
    same_paragraph: tuple[Counted, ...] = ()
    dates: Mapping[str | None, int] | None = None
    waiting: int = 0

    @property
    def documents(self) -> int:
        """In how many documents it is named."""
        return len({line.document for line in self.lines})


def describe_entity(connection: sqlite3.Connection, entity: EntityName) -> EntityPage:
    """Gather what the library says of ``entity``, or of what it was merged into."""
    rules = NameRules(queries.name_corrections(connection))
    entity = EntityName(*rules.followed(entity.type, entity.name))
    waiting = len(naming.stale_documents(connection)) + len(naming_queries.unsearched(connection))
    number = naming_queries.entity_id(connection, entity)
    if number is None:
        return EntityPage(entity, waiting=waiting)

    def company(within: str) -> tuple[Counted, ...]:
        found = naming_queries.company(connection, number, within=within, limit=_COMPANY)
        return tuple(found)

    return EntityPage(
        entity,
        lines=tuple(_lines(connection, number)),
        variants=tuple(naming_queries.variants(connection, number).items()),
        same_sentence=company("sentence"),
        same_paragraph=company("paragraph"),
        dates=naming_queries.dates(connection, number),
        waiting=waiting,
    )


def _lines(connection: sqlite3.Connection, number: int) -> Iterator[Line]:
    text, of = "", -1
    for place in naming_queries.places(connection, number):
        if place.reading != of:
            text, of = load_text(connection, place.reading), place.reading
        yield _line(place, text)


def _line(place: Place, text: str) -> Line:
    span = place.span
    before = text[max(0, span.start - _CONTEXT) : span.start]
    after = text[span.end : span.end + _CONTEXT]
    return Line(
        place.document,
        place.title,
        place.date,
        span,
        " ".join(before.split("\n")),
        " ".join(span.slice(text).split("\n")),
        " ".join(after.split("\n")),
    )
