"""What must hold inside a set beyond the types of its values: offsets, identities, sums, replay."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from meipi.core.anchors import AnchorState
from meipi.core.repairs import apply_edits
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.annotation import Annotation, Tag
    from meipi.core.document import Structure
    from meipi.core.repairs import Repaired, RepairEdit
    from meipi.core.spans import Span


def check_tags(tags: Sequence[Tag]) -> None:
    """Refuse a codebook with repeated ids, unknown parents or circles."""
    Unique().add_all(tag.id for tag in tags)
    parents = {tag.id: tag.parent for tag in tags}
    for tag in tags:
        if tag.parent is not None and tag.parent not in parents:
            raise Refused("unknown_parent", id=tag.id, parent=tag.parent)
        if tag.shortcut and tag.shortcut not in set("123456789"):
            raise Refused("value", where="shortcut", value=tag.shortcut)
    _check_circles(parents)


def _check_circles(parents: dict[str, str | None]) -> None:
    sound: set[str] = set()
    for start in parents:
        path: list[str] = []
        seen: set[str] = set()
        at: str | None = start
        while at is not None and at not in sound:
            if at in seen:
                raise Refused("cycle", id=at)
            seen.add(at)
            path.append(at)
            at = parents[at]
        sound.update(path)


class Unique:
    """Refuses an identity the second time it comes."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def add(self, identity: str) -> None:
        """Take note of ``identity``."""
        if identity in self._seen:
            raise Refused("repeated_id", id=identity)
        self._seen.add(identity)

    def add_all(self, identities: Iterable[str]) -> None:
        """Take note of all ``identities``."""
        for identity in identities:
            self.add(identity)


def check_document(annotated: AnnotatedDocument, tags: Collection[str]) -> None:
    """Refuse a document whose layers do not fit its text, its bytes or the codebook."""
    document, repaired = annotated.document, annotated.repaired
    if annotated.data and hashlib.sha256(annotated.data).hexdigest() != document.sha256:
        raise Refused("sha256")
    if document.length != len(repaired.text):
        raise Refused("length", length=document.length)
    _check_reading(repaired, annotated.source_text)
    _check_structure(annotated.structure, len(repaired.text))
    for mention in annotated.mentions or ():
        check_inside(mention.span, len(repaired.text), "mentions")
    for annotation in annotated.annotations:
        _check_annotation(annotation, annotated, tags)
    there = {annotation.id for annotation in annotated.annotations}
    for link in annotated.links:
        if link.source not in there or link.source == link.target:
            raise Refused("value", where=f"links.{link.id}", value=link.source)


def check_inside(span: Span, length: int, where: str) -> None:
    """Refuse a ``span`` that reaches past a text of ``length``."""
    if span.end > length:
        raise Refused("outside", where=where, start=span.start, end=span.end, length=length)


def _check_reading(repaired: Repaired, source_text: str) -> None:
    try:
        text, _ = apply_edits(source_text, repaired.edits)
    except ValueError as error:
        raise Refused("edits", detail=str(error)) from None
    if text != repaired.text:
        raise Refused("edits", detail="other text")
    _check_edit_places(repaired.edits)
    _check_map(repaired, len(source_text))
    for lost in repaired.lost:
        check_inside(lost.span, len(text), "lost")
        check_inside(lost.source, len(source_text), "lost")


def _check_edit_places(edits: Sequence[RepairEdit]) -> None:
    shift = 0
    for edit in edits:
        start = edit.source_start + shift
        if (edit.start, edit.end) != (start, start + len(edit.after)):
            raise Refused("edits", detail=f"place {edit.start}-{edit.end}")
        shift += len(edit.after) - len(edit.before)


def _check_map(repaired: Repaired, source_length: int) -> None:
    """Refuse a map with gaps, overlaps or other lengths than the two texts have."""
    source = target = 0
    for piece in repaired.map.pieces:
        starts_right = (piece.source_start, piece.target_start) == (source, target)
        source_size, target_size = piece.source_end - source, piece.target_end - target
        fits = source_size >= 0 and target_size >= 0
        if not starts_right or not fits or (piece.linear and source_size != target_size):
            raise Refused("map")
        source, target = piece.source_end, piece.target_end
    if (source, target) != (source_length, len(repaired.text)):
        raise Refused("map")


def _check_structure(structure: Structure, length: int) -> None:
    at = 0
    for block in structure.blocks:
        check_inside(block.span, length, "blocks")
        if block.span.start < at:
            raise Refused("not_span", where="blocks")
        at = block.span.end
        for hidden in block.hidden:
            if not block.span.contains(hidden):
                raise Refused("not_span", where="hidden")


def _check_annotation(
    annotation: Annotation, annotated: AnnotatedDocument, tags: Collection[str]
) -> None:
    text = annotated.repaired.text
    if annotation.tag is not None and annotation.tag not in tags:
        raise Refused("unknown_tag", id=annotation.id, tag=annotation.tag)
    for anchor in annotation.anchors:
        check_inside(anchor.span, len(text), annotation.id)
        check_inside(anchor.source, len(annotated.source_text), annotation.id)
        settled = anchor.state is not AnchorState.NEEDS_REVIEW
        if settled and anchor.span.slice(text) != anchor.quote:
            raise Refused("quote", id=annotation.id)
