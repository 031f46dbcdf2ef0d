"""The one door for changes: what an edit does, and what it tells the views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, by identity, and the name of the act ("删除标签 产业")."""

    label: str = ""
    documents: frozenset[str] = frozenset()
    """Documents whose text, structure or metadata changed."""
    annotations: frozenset[str] = frozenset()
    annotated: frozenset[str] = frozenset()
    """Documents whose annotations changed."""
    tags: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    """Documents whose entities changed."""
    suggested: frozenset[str] = frozenset()
    """Documents whose suggestions changed."""
    counted: frozenset[str] = frozenset()
    """Documents whose entities are counted anew in the index of the library."""
    decided: frozenset[str] = frozenset()
    """Documents whose repairs were decided on; empty words stand for every document."""
    queries: frozenset[str] = frozenset()
    """Saved queries."""
    attributes: frozenset[str] = frozenset()
    """Attributes whose definition changed."""
    described: frozenset[str] = frozenset()
    """Documents on which values of attributes, or tags of the whole, changed."""
    links: frozenset[str] = frozenset()
    memos: frozenset[str] = frozenset()
    coders: frozenset[str] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.label or other.label,
            self.documents | other.documents,
            self.annotations | other.annotations,
            self.annotated | other.annotated,
            self.tags | other.tags,
            self.entities | other.entities,
            self.suggested | other.suggested,
            self.counted | other.counted,
            self.decided | other.decided,
            self.queries | other.queries,
            self.attributes | other.attributes,
            self.described | other.described,
            self.links | other.links,
            self.memos | other.memos,
            self.coders | other.coders,
        )

    def __bool__(self) -> bool:
        return any(
            (
                *(self.documents, self.annotations, self.annotated, self.tags),
                *(self.entities, self.suggested, self.counted, self.decided, self.queries),
                *(self.attributes, self.described),
                *(self.links, self.memos, self.coders),
            )
        )


class Edit(Protocol):
    """A change that can be made and taken back."""

    def apply(self) -> Changes:
        """Make the change."""

    def revert(self) -> Changes:
        """Take it back."""
