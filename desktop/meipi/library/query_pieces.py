"""Pieces of SQL with their values, and how two places of a document lie to each other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.query import Relation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Values = tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and the values of its question marks, in order."""

    text: str
    values: Values = ()


TRUE = Sql("1")


def joined(word: str, parts: Iterable[Sql]) -> Sql:
    """Return ``parts`` in brackets with ``word`` between them."""
    pieces = list(parts)
    text = f" {word} ".join(piece.text for piece in pieces)
    return Sql(f"({text})", tuple(value for piece in pieces for value in piece.values))


def around(before: str, inner: Sql, after: str = "") -> Sql:
    """Return ``inner`` between two texts without values."""
    return Sql(f"{before}{inner.text}{after}", inner.values)


OVERLAP = '{c}.start < {a}."end" AND {c}."end" > {a}.start'
_RELATIONS: dict[Relation, str] = {
    Relation.OVERLAP: '{b}.start < {a}."end" AND {b}."end" > {a}.start',
    Relation.INSIDE: '{b}.start <= {a}.start AND {b}."end" >= {a}."end"',
    Relation.CONTAINS: '{b}.start >= {a}.start AND {b}."end" <= {a}."end"',
    Relation.NEAR: '{b}.start <= {a}."end" + {n} AND {b}."end" >= {a}.start - {n}',
    Relation.BEFORE: '{b}.start BETWEEN {a}."end" AND {a}."end" + {n}',
    Relation.PARAGRAPH: "{first_b} <= {last_a} AND {last_b} >= {first_a}",
    Relation.DOCUMENT: "1",
    Relation.SAME: "{b}.id = {a}.id",
}
_PARAGRAPH = (
    "coalesce((SELECT max(p.start) FROM paragraphs p "
    "WHERE p.reading = d.reading AND p.start <= {at}), -1)"
)


def paragraph_of(at: str) -> str:
    """Return SQL for where the paragraph of offset ``at`` begins."""
    return _PARAGRAPH.format(at=at)


def related(relation: Relation, a: str, b: str, distance: int = 0) -> str:
    """Return SQL that says whether ``b`` lies to ``a`` like this, in one document."""
    last = 'max({x}.start, {x}."end" - 1)'
    return _RELATIONS[relation].format(
        a=a,
        b=b,
        n=int(distance),
        first_a=paragraph_of(f"{a}.start"),
        last_a=paragraph_of(last.format(x=a)),
        first_b=paragraph_of(f"{b}.start"),
        last_b=paragraph_of(last.format(x=b)),
    )


_LISTED = 200
"""Values listed one by one; more are handed over in one piece."""


def among(column: str, values: Collection[str | int]) -> Sql:
    """Return SQL that says whether ``column`` is one of ``values``."""
    if len(values) <= _LISTED:
        return Sql(f"{column} IN ({', '.join('?' * len(values))})", tuple(values))
    packed = json.dumps(list(values))
    return Sql(f"{column} IN (SELECT value FROM json_each(?))", (packed,))  # noqa: S608 - a column


def of_document(attribute: str, said: tuple[str, Values], row: str) -> Sql:
    """Return SQL that says whether the document of ``row`` has such a value."""
    return _valued(attribute, said, f"v.document = {row}.document AND v.annotation IS NULL")


def of_annotation(attribute: str, said: tuple[str, Values], row: str) -> Sql:
    """Return SQL that says whether the annotation ``row`` has such a value."""
    return _valued(attribute, said, f"v.annotation = {row}.id")


def _valued(attribute: str, said: tuple[str, Values], whose: str) -> Sql:
    text, values = said
    return Sql(
        f"EXISTS (SELECT 1 FROM attribute_values v WHERE v.attribute = ? AND {whose} AND {text})",  # noqa: S608 - made of constants
        (attribute, *values),
    )
