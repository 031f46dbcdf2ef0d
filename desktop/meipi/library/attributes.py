"""Rows and queries of attributes, their values and the tags of whole documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from meipi.core.attributes import Attribute, AttributeValue, DocumentTag, Kind, Subject
from meipi.library.rows import storable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from meipi.library.transaction import Row

_THERE = "document IN (SELECT id FROM documents WHERE NOT removed)"


def attribute_row(attribute: Attribute) -> Row:
    """Return the row of a definition."""
    return {
        "id": attribute.id,
        "subject": str(attribute.subject),
        "name": storable(attribute.name),
        "kind": str(attribute.kind),
        "choices": json.dumps([storable(one) for one in attribute.choices], ensure_ascii=False),
        "position": attribute.position,
    }


def to_attribute(row: Mapping[str, Any]) -> Attribute:
    """Return the definition in ``row``."""
    return Attribute(
        row["id"],
        Subject(row["subject"]),
        row["name"],
        Kind(row["kind"]),
        tuple(json.loads(row["choices"])),
        row["position"],
    )


def value_row(value: AttributeValue) -> Row:
    """Return the row of a value."""
    return {
        "id": value.id,
        "attribute": value.attribute,
        "document": value.document,
        "annotation": value.annotation,
        "value": storable(value.value),
    }


def to_value(row: Mapping[str, Any]) -> AttributeValue:
    """Return the value in ``row``."""
    return AttributeValue(row["attribute"], row["document"], row["value"], row["annotation"])


def document_tag_row(item: DocumentTag) -> Row:
    """Return the row of a tag on a document."""
    return {
        "id": item.id,
        "document": item.document,
        "tag": item.tag,
        "coder": item.coder,
        "created": item.created,
    }


def to_document_tag(row: Mapping[str, Any]) -> DocumentTag:
    """Return the tag on a document in ``row``."""
    return DocumentTag(row["document"], row["tag"], row["coder"], row["created"])


def attributes(connection: sqlite3.Connection) -> list[Attribute]:
    """Return the definitions in their order, those of documents first."""
    rows = connection.execute("SELECT * FROM attributes ORDER BY subject DESC, position, id")
    return [to_attribute(row) for row in rows]


def values_on(connection: sqlite3.Connection, document: str) -> list[AttributeValue]:
    """Return the values of a document and of the annotations on it."""
    rows = connection.execute(
        "SELECT v.* FROM attribute_values v JOIN attributes a ON a.id = v.attribute "
        "WHERE v.document = ? ORDER BY v.annotation IS NOT NULL, v.annotation, a.position, v.id",
        (document,),
    )
    return [to_value(row) for row in rows]


def values_of(connection: sqlite3.Connection, attribute: str) -> list[AttributeValue]:
    """Return every value of an attribute, those of removed documents too."""
    rows = connection.execute(
        "SELECT * FROM attribute_values WHERE attribute = ? ORDER BY id", (attribute,)
    )
    return [to_value(row) for row in rows]


def value_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many documents or annotations have a value of each attribute."""
    rows = connection.execute(
        f"SELECT attribute, count(*) FROM attribute_values WHERE {_THERE} GROUP BY attribute"  # noqa: S608 - a constant
    )
    return {row[0]: row[1] for row in rows}


def document_tags(connection: sqlite3.Connection, document: str | None = None) -> list[DocumentTag]:
    """Return the tags on a document as they were put on, or those on all documents."""
    where, values = ("document = ?", (document,)) if document is not None else (_THERE, ())
    rows = connection.execute(
        f"SELECT * FROM document_tags WHERE {where} ORDER BY document, created, rowid",  # noqa: S608 - one of two constants
        values,
    )
    return [to_document_tag(row) for row in rows]


def documents_tagged(connection: sqlite3.Connection, tag: str) -> list[DocumentTag]:
    """Return every document with ``tag`` on the whole of it, the removed ones too."""
    rows = connection.execute("SELECT * FROM document_tags WHERE tag = ? ORDER BY id", (tag,))
    return [to_document_tag(row) for row in rows]


def document_tag_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many documents bear each tag on the whole."""
    rows = connection.execute(
        f"SELECT tag, count(*) FROM document_tags WHERE {_THERE} GROUP BY tag"  # noqa: S608 - a constant
    )
    return {row[0]: row[1] for row in rows}


def tags_by_document(connection: sqlite3.Connection) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return the names and colours of the tags on whole documents, as they were put on."""
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    rows = connection.execute(
        "SELECT d.document, t.name, t.color FROM document_tags d JOIN tags t ON t.id = d.tag "
        "ORDER BY d.created, d.rowid"
    )
    for row in rows:
        found[row[0]] = (*found.get(row[0], ()), (row[1], row[2]))
    return found
