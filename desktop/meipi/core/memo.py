"""Memos: what the reader writes about a document, a tag, an entity or the whole library."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from meipi.core.entity import EntityName, EntityType


class MemoKind(StrEnum):
    """What a memo is about."""

    LIBRARY = "library"
    DOCUMENT = "document"
    TAG = "tag"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True)
class Memo:
    """A text in Markdown; ``subject`` is an id, of an entity `entity_subject`, else empty."""

    id: str
    kind: MemoKind
    subject: str
    title: str
    text: str
    coder: str
    created: str
    modified: str


def entity_subject(entity: EntityName) -> str:
    """Return the subject of memos on an entity.

    >>> entity_subject(EntityName(EntityType.LOC, "宝坻区"))
    'LOC 宝坻区'
    """
    return f"{entity.type} {entity.name}"


def entity_of(subject: str) -> EntityName:
    """Return the entity whose subject `entity_subject` made; raise ``ValueError`` for others."""
    kind, _, name = subject.partition(" ")
    if not name:
        raise ValueError(subject)
    return EntityName(EntityType(kind), name)
