"""What is said of documents and annotations, as fields to be filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.attributes import CERTAINTIES, CERTAINTY, GIVEN, NO, YES, Kind, Status, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meipi.core.annotation import Annotation
    from meipi.core.attributes import Attribute, AttributeValue
    from meipi.core.document import Document
    from meipi.ui.i18n import Words

STATUS = "status"
"""The key of the field of an annotation's status."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is said: its key, its words, and what may be said.

    ``choices`` are values with their words, none where anything may be written. ``mixed`` says that
    not all of several things say the same.
    """

    key: str
    label: str
    kind: Kind
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    mixed: bool = False

    @property
    def shown(self) -> str:
        """The value in words."""
        return dict(self.choices).get(self.value, self.value)


def attribute_name(attribute: Attribute, words: Words) -> str:
    """Return the name of an attribute; of the one every library has, in the window's language."""
    own = attribute.id == attribute.name == CERTAINTY
    return words(f"attributes.{CERTAINTY}") if own else attribute.name


def choices_of(attribute: Attribute, words: Words) -> tuple[tuple[str, str], ...]:
    """Return what may be chosen, each with its words."""
    if attribute.kind is Kind.YES_NO:
        return tuple((one, words(f"attributes.{one}")) for one in (YES, NO))
    known = CERTAINTIES if attribute.id == CERTAINTY else ()
    return tuple(
        (one, words(f"attributes.{one}") if one in known else one) for one in attribute.choices
    )


def document_fields(
    documents: Sequence[Document],
    attributes: Iterable[Attribute],
    values: Iterable[AttributeValue],
    words: Words,
) -> list[Field]:
    """Return the fields of one document, or of several together."""
    fields = [_given(name, documents, words) for name in GIVEN]
    said = {(one.attribute, one.document): one.value for one in values if one.annotation is None}
    keys = [one.id for one in documents]
    return fields + _own(attributes, Subject.DOCUMENT, keys, said, words)


def annotation_fields(
    annotations: Sequence[Annotation],
    attributes: Iterable[Attribute],
    values: Iterable[AttributeValue],
    words: Words,
) -> list[Field]:
    """Return the fields of one annotation, or of several together."""
    statuses = tuple((str(one), words(f"attributes.status_{one}")) for one in Status if one)
    value, mixed = _common([one.status for one in annotations])
    fields = [Field(STATUS, words("attributes.status"), Kind.CHOICE, value, statuses, mixed)]
    said = {(one.attribute, one.annotation or ""): one.value for one in values}
    keys = [one.id for one in annotations]
    return fields + _own(attributes, Subject.ANNOTATION, keys, said, words)


def summary(fields: Iterable[Field]) -> str:
    """Return what is said, in one line."""
    return " · ".join(f"{one.label} {one.shown}" for one in fields if one.value)


def _own(
    attributes: Iterable[Attribute],
    subject: Subject,
    keys: Sequence[str],
    said: Mapping[tuple[str, str], str],
    words: Words,
) -> list[Field]:
    fields = []
    for attribute in attributes:
        if attribute.subject is subject:
            value, mixed = _common([said.get((attribute.id, key), "") for key in keys])
            name, choices = attribute_name(attribute, words), choices_of(attribute, words)
            fields.append(Field(attribute.id, name, attribute.kind, value, choices, mixed))
    return fields


def _given(name: str, documents: Sequence[Document], words: Words) -> Field:
    found = []
    for one in documents:
        value = getattr(one, name)
        found.append("；".join(value) if name == "authors" else value or "")
    value, mixed = _common(found)
    kind = Kind.DATE if name == "date" else Kind.TEXT
    label = words(f"attributes.{'heading' if name == 'title' else name}")
    return Field(name, label, kind, value, (), mixed)


def _common(values: Sequence[str]) -> tuple[str, bool]:
    """Return what all say, and whether they differ."""
    distinct = set(values)
    return (values[0], False) if len(distinct) == 1 else ("", len(distinct) > 1)
