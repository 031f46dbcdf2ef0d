"""The reader's own marks: tags, their codebook, and annotations that put them on words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.anchors import worst

if TYPE_CHECKING:
    from meipi.core.anchors import Anchor, AnchorState
    from meipi.core.spans import Span


@dataclass(frozen=True, slots=True)
class Tag:
    """An entry of the codebook.

    ``color`` is an index into the theme's tag colours, ``shortcut`` one of ``1`` … ``9`` or empty.
    """

    id: str
    name: str
    color: int = 0
    shortcut: str = ""
    definition: str = ""
    parent: str | None = None
    position: int = 0
    examples: str = ""
    include: str = ""
    """When the tag is to be given, in words."""
    exclude: str = ""
    """When it is not, though it might seem so."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A passage with one tag, a note, or both; several may lie on the same words.

    ``parts`` are the further passages of one that is not in one piece, by place.
    """

    id: str
    document: str
    anchor: Anchor
    tag: str | None
    note: str
    coder: str
    created: str
    modified: str
    status: str = ""
    """One of `meipi.core.attributes.Status`, or what a newer program wrote."""
    parts: tuple[Anchor, ...] = ()

    @property
    def span(self) -> Span:
        """The place in the reading text, of its first passage where there are several."""
        return self.anchor.span

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """Every passage, the first first."""
        return (self.anchor, *self.parts)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The place of every passage."""
        return tuple(anchor.span for anchor in self.anchors)

    @property
    def state(self) -> AnchorState:
        """How sure the least sure of its passages is."""
        return worst(self.anchors)


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled relation from one annotation to another, in whatever document that is."""

    id: str
    source: str
    target: str
    label: str
    coder: str
    created: str
    modified: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag that words may deserve; what was rejected is kept, so that it is not offered again."""

    id: str
    document: str
    anchor: Anchor
    tag: str
    rejected: bool
    created: str

    @property
    def span(self) -> Span:
        """The place in the reading text."""
        return self.anchor.span
