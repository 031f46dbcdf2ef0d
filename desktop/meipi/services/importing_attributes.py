"""Merges attributes, their values and tags of documents; what the library says stays."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.attributes import Attribute, Kind, checked_value, fits
from meipi.library import attributes as rows
from meipi.services.attributes import put_value
from meipi.services.labels import short
from meipi.services.matching import IDENTITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from meipi.core.annotated_set import AnnotatedDocument
    from meipi.core.attributes import AttributeValue
    from meipi.library.transaction import Transaction

    Count = Callable[[str, str, str | None], None]


class AttributeMerge:
    """Maps the attributes of a set to those of the library, and brings their values in."""

    def __init__(self, count: Count) -> None:
        self._count = count
        self._known: dict[str, Attribute] = {}

    def define(self, transaction: Transaction, incoming: Iterable[Attribute]) -> None:
        """Find each definition by its identity, or by its name and subject, or add it."""
        for wanted in incoming:
            known = rows.attributes(transaction.connection)
            found = _same(wanted, known)
            if found is None:
                free = IDENTITY.fullmatch(wanted.id) is not None
                found = replace(
                    wanted,
                    id=wanted.id if free else uuid.uuid4().hex,
                    position=1 + max((one.position for one in known), default=-1),
                )
                transaction.insert("attributes", rows.attribute_row(found))
                self._count("attributes", "added", None)
            else:
                found = _widened(transaction, found, wanted)
                differs = found.kind is not wanted.kind
                outcome = "conflict" if differs else "matched"
                words = f"{found.name}: {found.kind} ≠ {wanted.kind}" if differs else None
                self._count("attributes", outcome, words)
            self._known[wanted.id] = found

    def describe(
        self,
        transaction: Transaction,
        incoming: AnnotatedDocument,
        document: str,
        annotations: Mapping[str, str],
    ) -> None:
        """Bring the values in; ``annotations`` maps those of the set to those of the library."""
        for value in incoming.values:
            annotation = None
            if value.annotation is not None:
                annotation = annotations.get(value.annotation)
                if annotation is None:
                    continue
            attribute = self._known[value.attribute]
            wanted = replace(
                value, attribute=attribute.id, document=document, annotation=annotation
            )
            self._put(transaction, attribute, wanted)

    def _put(self, transaction: Transaction, attribute: Attribute, wanted: AttributeValue) -> None:
        row = transaction.find("attribute_values", wanted.id)
        words = f"{attribute.name}: {short(wanted.value)}"
        if not fits(attribute, wanted.value):
            self._count("values", "conflict", words)
            return
        text = checked_value(attribute, wanted.value)
        if row is None:
            put_value(transaction, replace(wanted, value=text))
            self._count("values", "added", None)
        elif row["value"] == text:
            self._count("values", "matched", None)
        else:
            self._count("values", "conflict", words)


def merge_document_tags(
    transaction: Transaction,
    incoming: AnnotatedDocument,
    document: str,
    tags: Mapping[str, str],
    count: Count,
) -> None:
    """Put the tags of a whole document on the one of the library."""
    for one in incoming.tags:
        wanted = replace(one, document=document, tag=tags[one.tag])
        if transaction.find("document_tags", wanted.id) is None:
            transaction.insert("document_tags", rows.document_tag_row(wanted))
            count("values", "added", None)
        else:
            count("values", "matched", None)


def _same(wanted: Attribute, known: Iterable[Attribute]) -> Attribute | None:
    found = [one for one in known if one.subject is wanted.subject]
    by_id = [one for one in found if one.id == wanted.id]
    return next(iter([*by_id, *(one for one in found if one.name == wanted.name)]), None)


def _widened(transaction: Transaction, found: Attribute, wanted: Attribute) -> Attribute:
    """Take choices in that the library's own definition does not have."""
    more = [one for one in wanted.choices if one not in found.choices]
    if not more or not found.kind is wanted.kind is Kind.CHOICE:
        return found
    widened = replace(found, choices=(*found.choices, *more))
    transaction.update("attributes", found.id, **rows.attribute_row(widened))
    return widened
