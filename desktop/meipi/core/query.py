"""Queries over the library as a tree: terms on tags, entities, dates and words, joined by logic.

`services.query_text` reads and writes them, `library.query_sql` asks them.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.core.spans import Span


class Field(StrEnum):
    """What a term is about."""

    TAG = "tag"
    ENTITY = "entity"
    TYPE = "type"
    WORDS = "words"
    BODY = "body"
    ATTRIBUTE = "attribute"
    DATE = "date"
    MADE = "made"
    CODER = "coder"
    NOTE = "note"
    STATUS = "status"
    DOCTAG = "doctag"
    DOCUMENT = "doc"
    SOURCE = "source"
    REGION = "region"
    AUTHOR = "author"


class Compare(StrEnum):
    """How a value is compared. ``HAS`` takes what lies below or within, ``IS`` only itself."""

    HAS = ":"
    IS = "="
    UNDER = "<"
    UPTO = "<="
    OVER = ">"
    FROM = ">="


class Relation(StrEnum):
    """How two passages of a document lie to each other; ``NEAR`` and ``BEFORE`` have a distance.

    ``SAME`` are those of the first that are of the second too.
    """

    OVERLAP = "overlap"
    INSIDE = "inside"
    CONTAINS = "contains"
    NEAR = "near"
    BEFORE = "before"
    PARAGRAPH = "paragraph"
    DOCUMENT = "document"
    SAME = "same"


MEASURED = frozenset({Relation.NEAR, Relation.BEFORE})
"""The relations with a distance in characters."""
ANY = "*"
"""The value that every value satisfies."""


class Unit(StrEnum):
    """What is found: annotated passages, paragraphs or documents."""

    PASSAGES = "passages"
    PARAGRAPHS = "paragraphs"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Term:
    """One condition; ``name`` is that of an attribute, ``span`` where it stands in the query."""

    field: Field
    value: str
    compare: Compare = Compare.HAS
    name: str = ""
    span: Span = dataclasses.field(default=Span(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What does not satisfy ``item``."""

    item: Node


@dataclass(frozen=True, slots=True)
class And:
    """What satisfies all of two or more."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What satisfies one of two or more."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Passages of ``left`` to which some (or, ``negated``, no) passage of ``right`` lies so."""

    left: Node
    relation: Relation
    right: Node
    distance: int = 0
    negated: bool = False


Node = Term | Not | And | Or | Related


@dataclass(frozen=True, slots=True)
class Query:
    """What to find; without a node, everything."""

    node: Node | None = None
    unit: Unit = Unit.PASSAGES
    text: str = dataclasses.field(default="", compare=False)
    """As it was typed, for errors."""


def terms(node: Node | None) -> tuple[Term, ...]:
    """Return the terms of a tree from left to right."""
    match node:
        case None:
            return ()
        case Term():
            return (node,)
        case Not(item):
            return terms(item)
        case Related(left, _, right):
            return (*terms(left), *terms(right))
        case _:
            return tuple(term for item in node.items for term in terms(item))


def leads(node: Node) -> bool:
    """Say whether only passages of tags satisfy ``node``: it says itself which ones are meant."""
    match node:
        case Term():
            return node.field is Field.TAG
        case Not():
            return False
        case And(items):
            return any(map(leads, items))
        case Or(items):
            return all(map(leads, items))
        case Related(left):
            return leads(left)


def wrong(reason: Phrase, text: str, span: Span) -> NoReturn:
    """Refuse a query, naming the place in ``text``. Raises ``MeipiError``."""
    raise MeipiError(
        ErrorCode.QUERY_INVALID,
        reason=reason,
        place=span.start + 1,
        near=span.slice(text) or text[-8:],
        start=span.start,
        end=span.end,
    )
