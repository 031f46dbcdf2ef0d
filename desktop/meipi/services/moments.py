"""The annotations of a document as they were at a moment: shown first, then restored as one act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from meipi.core.anchors import find_anchor
from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.library import journal, queries
from meipi.library.moments import annotations_at, dependents_at
from meipi.library.rows import annotation_row, to_annotation
from meipi.services.labels import short

if TYPE_CHECKING:
    from concurrent.futures import Future

    from meipi.core.annotation import Annotation
    from meipi.core.changes import Changes
    from meipi.core.repairs import Repaired
    from meipi.library import Library
    from meipi.library.transaction import Row, Transaction

_SAME = Phrase("那时的批注与现在相同", "the annotations were then what they are now")


@dataclass(frozen=True, slots=True)
class Difference:
    """What restoring a moment would do: what comes back, changes (was, is) and goes."""

    added: tuple[Annotation, ...]
    changed: tuple[tuple[Annotation, Annotation], ...]
    removed: tuple[Annotation, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class Moments:
    """Restores the annotations of documents."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def at(self, made: str) -> int:
        """Return the line of the journal that was the latest at a time (UTC, ISO 8601)."""
        with self._library.reading() as connection:
            return journal.moment(connection, made)

    def difference(self, document: str, moment: int) -> Difference:
        """Say what restoring ``document`` as of line ``moment`` of the journal would do."""
        repaired = self._repaired(document)
        with self._library.reading() as connection:
            was = annotations_at(connection, document, moment)
            here = {one.id: one for one in queries.annotations_of(connection, document)}
            tags = {tag.id for tag in queries.tags(connection)}
        then = {key: _carried(row, repaired, tags) for key, row in was.items() if row is not None}
        return Difference(
            tuple(one for key, one in then.items() if key not in here),
            tuple((one, here[key]) for key, one in then.items() if here.get(key, one) != one),
            tuple(here[key] for key, row in was.items() if row is None and key in here),
        )

    def restore(self, document: str, moment: int, *, when: str) -> Future[Changes]:
        """Make the annotations of ``document`` what they were; ``when`` is for the act's name.

        Fails with ``NOTHING_TO_DO`` where they are that already.
        """

        def work(transaction: Transaction) -> None:
            found = self.difference(document, moment)
            if not found and not dependents_at(transaction.connection, document, moment):
                raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_SAME)
            for one in found.removed:
                transaction.delete("annotations", one.id)
            for one in found.added:
                transaction.insert("annotations", annotation_row(one))
            for one, _ in found.changed:
                transaction.update("annotations", one.id, **annotation_row(one))
            _restore_dependents(transaction, document, moment)
            row = transaction.find("documents", document) or {}
            transaction.name(
                "moment",
                title=short(str(row.get("title", ""))),
                when=when,
                added=len(found.added),
                changed=len(found.changed),
                removed=len(found.removed),
            )

        return self._library.submit(work)

    def _repaired(self, document: str) -> Repaired:
        with self._library.reading() as connection:
            found = queries.document(connection, document)
        if found is None:
            raise MeipiError(ErrorCode.DOCUMENT_UNKNOWN, document=document)
        return self._library.load_reading(found[1]).repaired


def _carried(row: Row, repaired: Repaired, tags: set[str]) -> Annotation:
    """Return an annotation as it was, in the text as it is: its tag or words may have gone."""
    one = to_annotation(row)
    if one.tag is not None and one.tag not in tags:
        one = replace(one, tag=None)
    if one.span.slice(repaired.text) == one.anchor.quote:
        return one
    return replace(one, anchor=find_anchor(one.anchor, repaired.text, repaired.map))


def _restore_dependents(transaction: Transaction, document: str, moment: int) -> None:
    """Give the annotations the values and further passages they had; others go."""
    # Once more: with annotations that went, theirs went too.
    for (kind, key), row in dependents_at(transaction.connection, document, moment).items():
        if row is None:
            if transaction.find(kind, key) is not None:
                transaction.delete(kind, key)
        elif not _has_ends(transaction, row):
            continue
        elif transaction.find(kind, key) is None:
            transaction.insert(kind, row)
        else:
            transaction.update(kind, key, **row)


def _has_ends(transaction: Transaction, row: Row) -> bool:
    """Say whether a row is about annotations, and all of them are there."""
    ends = [row[name] for name in ("annotation", "source", "target") if row.get(name) is not None]
    return bool(ends) and all(transaction.find("annotations", str(one)) for one in ends)
