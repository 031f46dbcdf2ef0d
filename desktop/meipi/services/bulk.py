"""Changing many annotations at once, each time as one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError
from meipi.library.rows import storable
from meipi.library.times import now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.library import Library
    from meipi.library.transaction import Row, Transaction


class Bulk:
    """Acts on annotations by their ids; what is gone meanwhile fails the whole act."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def retag(self, annotations: Iterable[str], tag: str | None) -> Future[Changes]:
        """Give annotations another tag, or none."""
        keys = list(dict.fromkeys(annotations))

        def work(transaction: Transaction) -> None:
            name = "" if tag is None else _tag_name(transaction, tag)
            for key in keys:
                if _found(transaction, key)["tag"] != tag:
                    transaction.update("annotations", key, tag=tag, modified=now())
            label = "annotations_untag" if tag is None else "annotations_retag"
            transaction.name(label, count=len(keys), tag=name)

        return self._library.submit(work)

    def append_note(self, annotations: Iterable[str], text: str) -> Future[Changes]:
        """Write ``text`` below the note of each; one that ends so already stays as it is."""
        keys, more = list(dict.fromkeys(annotations)), storable(text.strip())

        def work(transaction: Transaction) -> None:
            for key in keys:
                note = str(_found(transaction, key)["note"])
                if more and not f"\n\n{note}".endswith(f"\n\n{more}"):
                    joined = f"{note}\n\n{more}" if note else more
                    transaction.update("annotations", key, note=joined, modified=now())
            transaction.name("annotations_note", count=len(keys))

        return self._library.submit(work)


def _found(transaction: Transaction, key: str) -> Row:
    row = transaction.find("annotations", key)
    if row is None:
        raise MeipiError(ErrorCode.ANNOTATION_UNKNOWN, annotation=key)
    return row


def _tag_name(transaction: Transaction, tag: str) -> str:
    row = transaction.find("tags", tag)
    if row is None:
        raise MeipiError(ErrorCode.TAG_UNKNOWN, tag=tag)
    return str(row["name"])
