"""Attributes: their definitions, and what they say of documents and annotations."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.attributes import (
    GIVEN,
    Attribute,
    AttributeValue,
    Kind,
    Status,
    Subject,
    checked_value,
    fits,
)
from meipi.core.errors import ErrorCode, MeipiError
from meipi.library import attributes as rows
from meipi.library.rows import storable
from meipi.library.times import now
from meipi.services.labels import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.library import Library
    from meipi.library.transaction import Row, Transaction

_DATE = Attribute("date", Subject.DOCUMENT, "date", Kind.DATE)


class Attributes:
    """The attributes of a library. Every change is one entry of the history."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def definitions(self, subject: Subject | None = None) -> list[Attribute]:
        """Return the attributes there are, those of documents first."""
        with self._library.reading() as connection:
            found = rows.attributes(connection)
        return [one for one in found if subject in (None, one.subject)]

    def values_on(self, document: str) -> list[AttributeValue]:
        """Return the values of a document and of the annotations on it."""
        with self._library.reading() as connection:
            return rows.values_on(connection, document)

    def values_of(self, attribute: str) -> list[AttributeValue]:
        """Return every value of an attribute."""
        with self._library.reading() as connection:
            return rows.values_of(connection, attribute)

    def counts(self) -> dict[str, int]:
        """Return how many documents or annotations have a value of each attribute in use."""
        with self._library.reading() as connection:
            return rows.value_counts(connection)

    def define(
        self,
        name: str,
        subject: Subject,
        *,
        kind: Kind = Kind.TEXT,
        choices: Iterable[str] = (),
    ) -> Future[Changes]:
        """Add an attribute; `Changes.attributes` holds its id."""

        def work(transaction: Transaction) -> None:
            new = self.put(transaction, name, subject, kind=kind, choices=choices)
            transaction.name("attribute_add", name=new.name)

        return self._library.submit(work)

    def put(
        self,
        transaction: Transaction,
        name: str,
        subject: Subject,
        *,
        kind: Kind = Kind.TEXT,
        choices: Iterable[str] = (),
    ) -> Attribute:
        """Write a new attribute inside ``transaction``."""
        known = rows.attributes(transaction.connection)
        new = Attribute(
            uuid.uuid4().hex,
            subject,
            name.strip(),
            kind,
            tuple(one.strip() for one in choices),
            1 + max((one.position for one in known), default=-1),
        )
        _check(new, known)
        transaction.insert("attributes", rows.attribute_row(new))
        return new

    def change(
        self,
        attribute: str,
        *,
        name: str | None = None,
        kind: Kind | None = None,
        choices: Sequence[str] | None = None,
    ) -> Future[Changes]:
        """Change a definition. Of as many choices as before, one renamed is renamed in use too.

        Fails with ``ATTRIBUTE_IN_USE`` where values would fit no longer.
        """

        def work(transaction: Transaction) -> None:
            known = rows.attributes(transaction.connection)
            old = find_attribute(attribute, known)
            new = replace(
                old,
                name=old.name if name is None else name.strip(),
                kind=kind or old.kind,
                choices=old.choices if choices is None else tuple(c.strip() for c in choices),
            )
            _check(new, [one for one in known if one.id != attribute])
            transaction.update("attributes", attribute, **rows.attribute_row(new))
            _refit(transaction, old, new)
            transaction.name("attribute_update", name=old.name)

        return self._library.submit(work)

    def delete(self, attribute: str) -> Future[Changes]:
        """Delete an attribute with all its values."""

        def work(transaction: Transaction) -> None:
            gone = find_attribute(attribute, rows.attributes(transaction.connection))
            count = len(rows.values_of(transaction.connection, attribute))
            transaction.delete("attributes", attribute)
            transaction.name("attribute_delete", name=gone.name, count=count)

        return self._library.submit(work)

    def set_on_documents(
        self, attribute: str, documents: Iterable[str], value: str
    ) -> Future[Changes]:
        """Give documents a value; empty text takes it away."""
        return self._set(attribute, Subject.DOCUMENT, documents, value)

    def set_on_annotations(
        self, attribute: str, annotations: Iterable[str], value: str
    ) -> Future[Changes]:
        """Give annotations a value; empty text takes it away."""
        return self._set(attribute, Subject.ANNOTATION, annotations, value)

    def set_given(self, documents: Iterable[str], field: str, value: str) -> Future[Changes]:
        """Write one of `GIVEN` over; reading a document anew leaves it. Authors are set apart by ;.

        Empty text says that the document has none; of a title it is refused.
        """
        keys = list(dict.fromkeys(documents))
        column = _given_column(field, value)

        def work(transaction: Transaction) -> None:
            for key in keys:
                row = _find_document(transaction, key)
                edited = set(str(row["edited"]).split()) | {field}
                if row[field] != column:
                    marks = " ".join(sorted(edited))
                    transaction.update("documents", key, **{field: column, "edited": marks})
            transaction.name("given_set", field=field, value=short(value), count=len(keys))

        return self._library.submit(work)

    def set_status(self, annotations: Iterable[str], status: str) -> Future[Changes]:
        """Say of annotations how far they are looked at: one of `Status`."""
        if status not in set(Status):
            known = ", ".join(one for one in Status if one)
            raise MeipiError(ErrorCode.STATUS_UNKNOWN, status=status, known=known)
        keys = list(dict.fromkeys(annotations))

        def work(transaction: Transaction) -> None:
            for key in keys:
                row = _find_annotation(transaction, key)
                if row["status"] != status:
                    transaction.update("annotations", key, status=str(status), modified=now())
            transaction.name("status_set", status=str(status), count=len(keys))

        return self._library.submit(work)

    def _set(
        self, attribute: str, subject: Subject, keys: Iterable[str], value: str
    ) -> Future[Changes]:
        wanted = list(dict.fromkeys(keys))

        def work(transaction: Transaction) -> None:
            known = find_attribute(attribute, rows.attributes(transaction.connection))
            if known.subject is not subject:
                raise MeipiError(ErrorCode.ATTRIBUTE_OTHER_SUBJECT, name=known.name)
            text = checked_value(known, storable(value))
            for key in wanted:
                put_value(transaction, _value(transaction, known, key, text))
            transaction.name(
                "attribute_set" if text else "attribute_clear",
                name=known.name,
                value=short(text),
                count=len(wanted),
                subject=str(subject),
            )

        return self._library.submit(work)


def find_attribute(attribute: str, known: Iterable[Attribute]) -> Attribute:
    """Return the attribute with this id. Raises ``ATTRIBUTE_UNKNOWN``."""
    for one in known:
        if one.id == attribute:
            return one
    raise MeipiError(ErrorCode.ATTRIBUTE_UNKNOWN, attribute=attribute)


def put_value(transaction: Transaction, value: AttributeValue) -> None:
    """Write a value in the place of the one there is; an empty one takes it out."""
    row = transaction.find("attribute_values", value.id)
    if not value.value:
        if row is not None:
            transaction.delete("attribute_values", value.id)
    elif row is None:
        transaction.insert("attribute_values", rows.value_row(value))
    else:
        transaction.update("attribute_values", value.id, **rows.value_row(value))


def _value(transaction: Transaction, attribute: Attribute, key: str, text: str) -> AttributeValue:
    if attribute.subject is Subject.DOCUMENT:
        _find_document(transaction, key)
        return AttributeValue(attribute.id, key, text)
    document = str(_find_annotation(transaction, key)["document"])
    return AttributeValue(attribute.id, document, text, key)


def _find_document(transaction: Transaction, key: str) -> Row:
    row = transaction.find("documents", key)
    if row is None or row["removed"]:
        raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=key)
    return row


def _find_annotation(transaction: Transaction, key: str) -> Row:
    row = transaction.find("annotations", key)
    if row is None:
        raise MeipiError(ErrorCode.ANNOTATION_UNKNOWN, annotation=key)
    return row


def _check(new: Attribute, others: Iterable[Attribute]) -> None:
    if not new.name:
        raise MeipiError(ErrorCode.ATTRIBUTE_NAMELESS)
    if any((one.name, one.subject) == (new.name, new.subject) for one in others):
        raise MeipiError(ErrorCode.ATTRIBUTE_EXISTS, name=new.name)
    for at, choice in enumerate(new.choices):
        if not choice or choice in new.choices[:at]:
            raise MeipiError(ErrorCode.ATTRIBUTE_CHOICES, value=choice)


def _refit(transaction: Transaction, old: Attribute, new: Attribute) -> None:
    """Make the values fit the new definition, or refuse it."""
    renamed = dict(zip(old.choices, new.choices, strict=False))
    same_list = old.kind is new.kind is Kind.CHOICE and len(old.choices) == len(new.choices)
    reordered = set(old.choices) == set(new.choices)
    misfits = []
    for value in rows.values_of(transaction.connection, old.id):
        text = value.value
        if same_list and not reordered and text not in new.choices:
            text = renamed.get(text, text)
        if not fits(new, text):
            misfits.append(text)
            continue
        put_value(transaction, replace(value, value=checked_value(new, text)))
    if misfits:
        raise MeipiError(
            ErrorCode.ATTRIBUTE_IN_USE, name=old.name, count=len(misfits), value=short(misfits[0])
        )


def _given_column(field: str, value: str) -> str | None:
    """Return ``value`` as the column of a document holds it."""
    text = storable(value.strip())
    if field not in GIVEN:
        raise MeipiError(ErrorCode.ATTRIBUTE_UNKNOWN, attribute=field)
    if field == "authors":
        names = text.replace("；", ";").split(";")
        return json.dumps([name.strip() for name in names if name.strip()], ensure_ascii=False)
    if field == "title" and not text:
        raise MeipiError(ErrorCode.ATTRIBUTE_NAMELESS)
    if field == "date":
        return checked_value(_DATE, text) or None
    return text or ("" if field == "title" else None)
