"""Documents with everything on them: what is exported, imported and compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meipi.core.annotation import Annotation, Link, Tag
    from meipi.core.attributes import Attribute, AttributeValue, DocumentTag
    from meipi.core.document import Document, Structure
    from meipi.core.entity import Mention
    from meipi.core.memo import Memo
    from meipi.core.repairs import Repaired


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """One document whole.

    ``data`` are the bytes as they came, ``source_text`` what they decode to, ``repaired`` the
    reading text. ``mentions`` is ``None`` where entities were never looked for. Formats that carry
    no bytes or no source read them back as empty.
    """

    document: Document
    data: bytes
    source_text: str
    repaired: Repaired
    structure: Structure
    annotations: tuple[Annotation, ...] = ()
    mentions: tuple[Mention, ...] | None = None
    values: tuple[AttributeValue, ...] = ()
    """What attributes say of the document and of the annotations on it."""
    tags: tuple[DocumentTag, ...] = ()
    links: tuple[Link, ...] = ()
    """Those that begin on it; they may end on another document."""
    memos: tuple[Memo, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedSet:
    """Documents, and the codebook their annotations refer to.

    ``passed_over`` says what else the file held that Meipi has no place for: kinds (``relation``,
    ``event`` …) with their counts, in the order of the kinds.
    """

    documents: tuple[AnnotatedDocument, ...]
    tags: tuple[Tag, ...]
    passed_over: tuple[tuple[str, int], ...] = ()
    attributes: tuple[Attribute, ...] = ()
    memos: tuple[Memo, ...] = ()
    """Those on tags, entities and the whole."""
