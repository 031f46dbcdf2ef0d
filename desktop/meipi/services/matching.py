"""Finds what a library already has of a set that comes in, whatever the tools in between lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.anchors import AnchorState, find_anchor, make_anchor
from meipi.library import queries, readings

if TYPE_CHECKING:
    import sqlite3

    from meipi.core.anchors import Anchor
    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.annotation import Annotation
    from meipi.core.reading import Prepared
    from meipi.library.transaction import Row, Transaction

IDENTITY = re.compile(r"[0-9A-Za-z_-]{8,64}")
"""Identities taken over as they are; others, such as a tag's path, get a new one."""

_BLANKS = re.compile(r"[\s\ufeff\ufffd\x00-\x1f\x7f-\x9f]+")


def alike(text: str, other: str) -> bool:
    r"""Say whether two texts differ at most in blanks and control characters, place by place.

    Formats that cannot hold a character write a blank or U+FFFD for it; offsets stay.

    >>> alike("甲\r\n乙", "甲 \n乙"), alike("甲乙", "甲丙")
    (True, False)
    """
    if text == other:
        return True
    if len(text) != len(other):
        return False
    return all(
        one == two or (_BLANKS.fullmatch(one) and _BLANKS.fullmatch(two))
        for one, two in zip(text, other, strict=True)
    )


def find_document(
    transaction: Transaction, incoming: AnnotatedDocument, whole: AnnotatedDocument
) -> Row | None:
    """Find a document by its bytes; one that came without them, by its id or its text too."""
    connection = transaction.connection
    row = queries.document_of_bytes(connection, incoming.document.sha256)
    if row is None and not incoming.data:
        row = queries.document_of_bytes(connection, whole.document.sha256)
        row = row or transaction.find("documents", incoming.document.id)
        row = row or _by_text(connection, incoming)
    return row


def _by_text(connection: sqlite3.Connection, incoming: AnnotatedDocument) -> Row | None:
    """Find a document that reads alike; of another length, one of the same name and words."""
    text, name = incoming.repaired.text, incoming.document.name
    if not text:
        return None
    bare = _BLANKS.sub("", text)
    for row in queries.documents_like(connection, length=len(text), name=name):
        known = readings.load(connection, int(str(row["reading"]))).repaired.text
        if alike(known, text) or (row["name"] == name and _BLANKS.sub("", known) == bare):
            return row
    return None


def placed(anchor: Anchor, incoming: AnnotatedDocument, prepared: Prepared) -> Anchor:
    """Return ``anchor``, made in the text of ``incoming``, in the text of the library."""
    here, there = prepared.repaired, incoming.repaired
    if here.text == there.text and here.map == there.map:
        return anchor
    if not there.text or not alike(here.text, there.text):
        return find_anchor(anchor, here.text, here.map)
    if anchor.state is AnchorState.NEEDS_REVIEW:
        return replace(anchor, source=here.map.to_source_span(anchor.span))
    return replace(make_anchor(here.text, anchor.span, here.map), state=anchor.state)


class Known:
    """The annotations of a document, looked up by place and tag."""

    def __init__(self, connection: sqlite3.Connection, document: str) -> None:
        self._found: dict[tuple[object, ...], list[Annotation]] = {}
        for one in queries.annotations_of(connection, document):
            self.add(one)

    def add(self, annotation: Annotation) -> None:
        """Take in an annotation that was added."""
        self._found.setdefault(_place(annotation), []).append(annotation)

    def has(self, wanted: Annotation) -> bool:
        """Say whether there is one that says all that ``wanted`` says."""
        return self.find(wanted) is not None

    def find(self, wanted: Annotation) -> Annotation | None:
        """Return one that says all that ``wanted`` says.

        Formats that hold no notes or coders bring annotations without.
        """
        return next(
            (
                one
                for one in self._found.get(_place(wanted), ())
                if [anchor.quote for anchor in one.anchors]
                == [anchor.quote for anchor in wanted.anchors]
                and wanted.note in ("", one.note)
                and wanted.coder in ("", one.coder)
            ),
            None,
        )

    def has_exactly(self, wanted: Annotation) -> bool:
        """Say whether there is one on the same words that says the same, of the same coder."""
        return any(
            essence_of(one) == essence_of(wanted) for one in self._found.get(_place(wanted), ())
        )


def essence_of(annotation: Annotation) -> tuple[str, str | None, str, str]:
    """Return what an annotation says, wherever its words stand."""
    return (annotation.anchor.quote, annotation.tag, annotation.note, annotation.coder)


def _place(annotation: Annotation) -> tuple[object, ...]:
    return (annotation.spans, annotation.tag)


def outcome(transaction: Transaction, wanted: Annotation, known: Known, *, same_text: bool) -> str:
    """Say whether the library has an annotation, has it otherwise, or has it not."""
    found = queries.annotation(transaction.connection, wanted.id)
    if found is not None:
        there = _essence(found, placed=same_text)
        return "matched" if there == _essence(wanted, placed=same_text) else "conflict"
    if IDENTITY.fullmatch(wanted.id):
        return "added"
    return "matched" if known.has(wanted) else "added"


def _essence(annotation: Annotation, *, placed: bool) -> tuple[object, ...]:
    """Return what two annotations must share to be the same, whoever moved them and when."""
    quotes = tuple(anchor.quote for anchor in annotation.anchors)
    words = (quotes, annotation.tag, annotation.note, annotation.coder)
    return (annotation.document, annotation.spans if placed else None, *words)
