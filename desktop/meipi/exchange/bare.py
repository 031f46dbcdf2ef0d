"""Documents as formats without bytes and texts bring them: an identity and what lies on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.annotated_set import AnnotatedDocument
from meipi.core.document import Document, Structure
from meipi.core.repairs import Repaired
from meipi.core.textmap import TextMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meipi.core.annotation import Annotation
    from meipi.core.entity import Mention
    from meipi.core.repairs import Lost, RepairEdit


def bare_document(
    *,
    id: str,  # noqa: A002 - the field's name
    sha256: str,
    name: str = "",
    title: str = "",
    date: str | None = None,
    source: str | None = None,
) -> Document:
    """Return a document of which no more than this is known."""
    return Document(
        id=id,
        sha256=sha256,
        name=name,
        added="",
        encoding="",
        format="",
        title=title,
        date=date,
        source=source,
        authors=(),
        region=None,
        length=0,
    )


def bare(
    document: Document,
    annotations: Iterable[Annotation],
    *,
    mentions: tuple[Mention, ...] | None = None,
    edits: Sequence[RepairEdit] = (),
    lost: tuple[Lost, ...] = (),
) -> AnnotatedDocument:
    """Return ``document`` with its marks and without its texts."""
    return AnnotatedDocument(
        document=document,
        data=b"",
        source_text="",
        repaired=Repaired("", edits, TextMap.identity(0), lost),
        structure=Structure(()),
        annotations=tuple(annotations),
        mentions=mentions,
    )
