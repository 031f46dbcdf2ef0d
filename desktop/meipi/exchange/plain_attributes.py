"""Attributes, their values and tags of documents as plain JSON values and back, and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.attributes import Attribute, AttributeValue, DocumentTag, Kind, Subject, fits
from meipi.exchange.integrity import Unique
from meipi.exchange.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.exchange.plain_text import Plain
    from meipi.exchange.records import Record


def attribute_to_plain(attribute: Attribute) -> Plain:
    """Return a definition as JSON values."""
    return {
        "id": attribute.id,
        "subject": attribute.subject,
        "name": attribute.name,
        "kind": attribute.kind,
        "choices": attribute.choices,
        "position": attribute.position,
    }


def attribute_from_plain(record: Record) -> Attribute:
    """Read a definition."""
    attribute = Attribute(
        id=record.name("id"),
        subject=record.one_of("subject", Subject),
        name=record.name("name"),
        kind=record.one_of("kind", Kind),
        choices=record.texts("choices"),
        position=record.integer("position"),
    )
    record.done()
    return attribute


def described_to_plain(annotated: AnnotatedDocument) -> Plain:
    """Return the values and tags of a document as JSON values; nothing where it has none."""
    plain: Plain = {}
    if annotated.values:
        plain["values"] = [
            {"attribute": one.attribute, "annotation": one.annotation, "value": one.value}
            for one in annotated.values
        ]
    if annotated.tags:
        plain["tags"] = [
            {"tag": one.tag, "coder": one.coder, "created": one.created} for one in annotated.tags
        ]
    return plain


def values_from_plain(record: Record, document: str) -> tuple[AttributeValue, ...]:
    """Read the values of a document and of its annotations."""
    if "values" not in record:
        return ()
    return tuple(_value(one, document) for one in record.records("values"))


def _value(record: Record, document: str) -> AttributeValue:
    value = AttributeValue(
        record.name("attribute"),
        document,
        record.name("value"),
        record.optional_text("annotation"),
    )
    record.done()
    return value


def document_tags_from_plain(record: Record, document: str) -> tuple[DocumentTag, ...]:
    """Read the tags of a whole document."""
    if "tags" not in record:
        return ()
    return tuple(_document_tag(one, document) for one in record.records("tags"))


def _document_tag(record: Record, document: str) -> DocumentTag:
    tag = DocumentTag(document, record.name("tag"), record.text("coder"), record.text("created"))
    record.done()
    return tag


def check_attributes(attributes: Sequence[Attribute]) -> None:
    """Refuse definitions with repeated ids or choices."""
    Unique().add_all(one.id for one in attributes)
    for one in attributes:
        Unique().add_all(one.choices)


def check_described(
    annotated: AnnotatedDocument, tags: Collection[str], attributes: Mapping[str, Attribute]
) -> None:
    """Refuse values of nothing, or that do not fit, and tags the codebook does not have."""
    Unique().add_all(one.id for one in annotated.values)
    Unique().add_all(one.id for one in annotated.tags)
    annotations = {one.id for one in annotated.annotations}
    for value in annotated.values:
        known = attributes.get(value.attribute)
        if known is None or not fits(known, value.value):
            raise Refused("value", where=value.attribute, value=value.value)
        of_document = known.subject is Subject.DOCUMENT
        if of_document != (value.annotation is None):
            raise Refused("value", where="annotation", value=str(value.annotation))
        if value.annotation is not None and value.annotation not in annotations:
            raise Refused("value", where="annotation", value=value.annotation)
    for one in annotated.tags:
        if one.tag not in tags:
            raise Refused("unknown_tag", id=annotated.document.id, tag=one.tag)
