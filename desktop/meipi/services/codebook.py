"""The codebook: the reader's tags, their colours, keys and order."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

from meipi.core.annotation import Tag
from meipi.core.errors import ErrorCode, MeipiError
from meipi.library import queries
from meipi.library.rows import tag_row
from meipi.library.times import now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Future
    from typing import Unpack

    from meipi.core.changes import Changes
    from meipi.library import Library
    from meipi.library.transaction import Transaction

COLORS = 10
"""How many colours the themes have for tags."""

_KEYS = "123456789"


class TagFields(TypedDict, total=False):
    """What can be changed of a tag."""

    name: str
    color: int
    shortcut: str
    definition: str
    parent: str | None
    position: int


class Codebook:
    """The tags of a library. Every change is one entry of the history."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def tags(self) -> list[Tag]:
        """Return the tags in their order."""
        with self._library.reading() as connection:
            return queries.tags(connection)

    def counts(self) -> dict[str, int]:
        """Return how many annotations carry each tag that is in use."""
        with self._library.reading() as connection:
            return queries.tag_counts(connection)

    def add(
        self,
        name: str,
        *,
        color: int | None = None,
        shortcut: str | None = None,
        parent: str | None = None,
        definition: str = "",
    ) -> Future[Changes]:
        """Add a tag at the end, by default with the next free colour and key 1–9."""

        def work(transaction: Transaction) -> None:
            tag = self.put(
                transaction,
                name,
                color=color,
                shortcut=shortcut,
                parent=parent,
                definition=definition,
            )
            transaction.name("tag_add", name=tag.name)

        return self._library.submit(work)

    def put(
        self,
        transaction: Transaction,
        name: str,
        *,
        color: int | None = None,
        shortcut: str | None = None,
        parent: str | None = None,
        definition: str = "",
    ) -> Tag:
        """Write a new tag inside ``transaction``."""
        known = queries.tags(transaction.connection)
        tag = Tag(
            id=uuid.uuid4().hex,
            name=name.strip(),
            color=_next_color(known) if color is None else color,
            shortcut=_next_key(known) if shortcut is None else shortcut,
            definition=definition,
            parent=parent,
            position=1 + max((tag.position for tag in known), default=-1),
        )
        _check(tag, known)
        _free_key(transaction, tag, known)
        transaction.insert("tags", tag_row(tag))
        return tag

    def update(self, tag: str, **fields: Unpack[TagFields]) -> Future[Changes]:
        """Change a tag. A key that another tag has goes over to this one."""

        def work(transaction: Transaction) -> None:
            known = queries.tags(transaction.connection)
            old = _find(tag, known)
            new = replace(old, **fields)
            new = replace(new, name=new.name.strip())
            _check(new, known)
            _free_key(transaction, new, known)
            transaction.update("tags", tag, **tag_row(new))
            transaction.name("tag_update", name=old.name)

        return self._library.submit(work)

    def delete(self, tag: str) -> Future[Changes]:
        """Delete a tag. Annotations with a note keep it, others go; its children move up."""

        def work(transaction: Transaction) -> None:
            known = queries.tags(transaction.connection)
            gone = _find(tag, known)
            tagged = queries.tagged(transaction.connection, tag)
            for item in tagged:
                if item.note:
                    transaction.update("annotations", item.id, tag=None, modified=now())
                else:
                    transaction.delete("annotations", item.id)
            for child in known:
                if child.parent == tag:
                    transaction.update("tags", child.id, parent=gone.parent)
            for suggestion in queries.suggested_with(transaction.connection, tag):
                transaction.delete("suggestions", suggestion)
            transaction.delete("tags", tag)
            transaction.name("tag_delete", name=gone.name, count=len(tagged))

        return self._library.submit(work)


def _find(tag: str, known: Iterable[Tag]) -> Tag:
    for item in known:
        if item.id == tag:
            return item
    raise MeipiError(ErrorCode.TAG_UNKNOWN, tag=tag)


def _check(tag: Tag, known: list[Tag]) -> None:
    if not tag.name:
        raise MeipiError(ErrorCode.TAG_NAMELESS)
    others = [item for item in known if item.id != tag.id]
    if any((item.name, item.parent) == (tag.name, tag.parent) for item in others):
        raise MeipiError(ErrorCode.TAG_EXISTS, name=tag.name)
    if tag.parent is not None:
        _check_parents(tag, others)


def _check_parents(tag: Tag, others: list[Tag]) -> None:
    parent = tag.parent
    while parent is not None:
        if parent == tag.id:
            raise MeipiError(ErrorCode.TAG_CYCLE, name=tag.name)
        parent = _find(parent, others).parent if parent != tag.id else None


def _next_color(known: list[Tag]) -> int:
    uses = Counter(tag.color for tag in known)
    return min(range(COLORS), key=lambda color: (uses[color], color))


def _next_key(known: list[Tag]) -> str:
    taken = {tag.shortcut for tag in known}
    return next((key for key in _KEYS if key not in taken), "")


def _free_key(transaction: Transaction, tag: Tag, known: list[Tag]) -> None:
    for other in known:
        if tag.shortcut and other.shortcut == tag.shortcut and other.id != tag.id:
            transaction.update("tags", other.id, shortcut="")
