"""The codebook: the reader's tags in their tree; each act is one entry of the history."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict

from meipi.core.annotation import Tag
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.tag_tree import below, topmost
from meipi.library import attributes, queries
from meipi.library.rows import tag_row
from meipi.library.times import now
from meipi.services.tag_merging import merge_tag, retag
from meipi.services.tag_rules import (
    COLORS,
    check_tag,
    find_tag,
    free_key,
    next_color,
    next_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Future
    from typing import Unpack

    from meipi.core.annotation import Annotation
    from meipi.core.changes import Changes
    from meipi.library import Library
    from meipi.library.transaction import Transaction

__all__ = ["COLORS", "Codebook", "TagFields"]


class TagFields(TypedDict, total=False):
    """What can be changed of a tag."""

    name: str
    color: int
    shortcut: str
    definition: str
    parent: str | None
    position: int
    examples: str
    include: str
    exclude: str


@dataclass(frozen=True, slots=True)
class Passage:
    """An annotation with a tag, and the title of the document it stands in."""

    annotation: Annotation
    title: str


class Codebook:
    """The tags of a library. Every change is one entry of the history."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def tags(self) -> list[Tag]:
        """Return the tags as their tree reads from the top."""
        with self._library.reading() as connection:
            return queries.tags(connection)

    def counts(self) -> dict[str, int]:
        """Return how many annotations carry each tag that is in use."""
        with self._library.reading() as connection:
            return queries.tag_counts(connection)

    def document_counts(self) -> dict[str, int]:
        """Return how many documents bear each tag on the whole of them."""
        with self._library.reading() as connection:
            return attributes.document_tag_counts(connection)

    def passages(self, tag: str) -> list[Passage]:
        """Return what bears ``tag``, by document and place; nothing of removed documents."""
        with self._library.reading() as connection:
            titles = {one.id: one.title or one.name for one in queries.documents(connection)}
            found = queries.tagged(connection, tag)
        order = {key: at for at, key in enumerate(titles)}
        there = [one for one in found if one.document in order]
        there.sort(key=lambda one: (order[one.document], one.span.start, one.span.end))
        return [Passage(one, titles[one.document]) for one in there]

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
            color=next_color(known) if color is None else color,
            shortcut=next_key(known) if shortcut is None else shortcut,
            definition=definition,
            parent=parent,
            position=1 + max((tag.position for tag in known), default=-1),
        )
        check_tag(tag, known)
        free_key(transaction, tag, known)
        transaction.insert("tags", tag_row(tag))
        return tag

    def update(self, tag: str, **fields: Unpack[TagFields]) -> Future[Changes]:
        """Change a tag. A key that another tag has goes over to this one."""

        def work(transaction: Transaction) -> None:
            known = queries.tags(transaction.connection)
            old = find_tag(tag, known)
            new = replace(old, **fields)
            new = replace(new, name=new.name.strip())
            check_tag(new, known)
            free_key(transaction, new, known)
            transaction.update("tags", tag, **tag_row(new))
            if new.name != old.name:
                transaction.name("tag_rename", name=old.name, to=new.name)
            else:
                transaction.name("tag_update", name=old.name)

        return self._library.submit(work)

    def recolor(self, tags: Iterable[str], color: int) -> Future[Changes]:
        """Give tags one colour."""
        keys = list(dict.fromkeys(tags))

        def work(transaction: Transaction) -> None:
            known = queries.tags(transaction.connection)
            found = [find_tag(key, known) for key in keys]
            for tag in found:
                transaction.update("tags", tag.id, color=color)
            _name(transaction, "tag_update", "tags_update", found)

        return self._library.submit(work)

    def move(
        self, tags: Iterable[str], parent: str | None, *, before: str | None = None
    ) -> Future[Changes]:
        """Place tags below ``parent``, before one of its children or at the end.

        What stands below them comes along. Fails with ``TAG_CYCLE`` or ``TAG_EXISTS``.
        """
        keys = list(dict.fromkeys(tags))

        def work(transaction: Transaction) -> None:
            known = queries.tags(transaction.connection)
            moved = [find_tag(key, known) for key in topmost(keys, known)]
            for tag in moved:
                new = replace(tag, parent=parent)
                check_tag(new, queries.tags(transaction.connection))
                transaction.update("tags", tag.id, parent=parent)
            _line_up(transaction, [tag.id for tag in moved], parent, before)
            _name(transaction, "tag_move", "tags_move", moved)

        return self._library.submit(work)

    def merge(self, tags: Iterable[str], into: str) -> Future[Changes]:
        """Give every use of ``tags`` to ``into``; the others go, what is below them comes along."""
        keys = list(dict.fromkeys(tags))

        def work(transaction: Transaction) -> None:
            known = queries.tags(transaction.connection)
            kept = find_tag(into, known)
            gone = [find_tag(key, known) for key in keys]
            if into in keys:
                raise MeipiError(ErrorCode.TAG_ITSELF, name=kept.name)
            count = 0
            for tag in gone:
                if transaction.find("tags", tag.id) is not None:  # merged with one above it
                    count += merge_tag(transaction, tag.id, into)
            _name(transaction, "tag_merge", "tags_merge", gone, into=kept.name, uses=count)

        return self._library.submit(work)

    def split(self, tag: str, annotations: Iterable[str], name: str) -> Future[Changes]:
        """Give ``annotations`` of ``tag`` to a new tag called ``name``, beside it."""
        keys = list(dict.fromkeys(annotations))

        def work(transaction: Transaction) -> None:
            old = find_tag(tag, queries.tags(transaction.connection))
            uses = {one.id: one for one in queries.tagged(transaction.connection, tag)}
            for key in keys:
                if key not in uses:
                    raise MeipiError(ErrorCode.ANNOTATION_UNKNOWN, annotation=key)
            new = self.put(transaction, name, parent=old.parent)
            retag(transaction, [uses[key] for key in keys], new.id)
            transaction.name("tag_split", name=old.name, to=new.name, count=len(keys))

        return self._library.submit(work)

    def delete(self, tag: str) -> Future[Changes]:
        """Delete a tag. Annotations with a note keep it, others go; its children move up."""
        return self.delete_all([tag])

    def delete_all(self, tags: Iterable[str], *, with_below: bool = False) -> Future[Changes]:
        """Delete tags as one act, ``with_below`` all that stands below them too."""
        keys = list(dict.fromkeys(tags))

        def work(transaction: Transaction) -> None:
            known = queries.tags(transaction.connection)
            wanted = set(keys)
            for key in keys if with_below else ():
                wanted |= below(key, known)
            found = [find_tag(key, known) for key in keys]
            # From below upwards, so that children of a tag that goes move up only once.
            order = [tag.id for tag in reversed(known) if tag.id in wanted]
            count = sum(_delete(transaction, key) for key in order)
            _name(transaction, "tag_delete", "tags_delete", found, uses=count)

        return self._library.submit(work)


def _delete(transaction: Transaction, tag: str) -> int:
    """Take one tag out; return on how many passages it was."""
    known = queries.tags(transaction.connection)
    gone = find_tag(tag, known)
    tagged = queries.tagged(transaction.connection, tag)
    for item in tagged:
        if item.note:
            transaction.update("annotations", item.id, tag=None, modified=now())
        else:
            transaction.delete("annotations", item.id)
    rest = [one for one in known if one.id != tag]
    for child in [one for one in known if one.parent == tag]:
        check_tag(replace(child, parent=gone.parent), rest)
        transaction.update("tags", child.id, parent=gone.parent)
    for suggestion in queries.suggested_with(transaction.connection, tag):
        transaction.delete("suggestions", suggestion)
    transaction.delete("tags", tag)
    return len(tagged)


def _line_up(
    transaction: Transaction, moved: Sequence[str], parent: str | None, before: str | None
) -> None:
    """Give the children of ``parent`` the numbers of their new order."""
    known = queries.tags(transaction.connection)
    row = [tag.id for tag in known if tag.parent == parent and tag.id not in moved]
    at = row.index(before) if before in row else len(row)
    for position, key in enumerate([*row[:at], *moved, *row[at:]]):
        transaction.update("tags", key, position=position)


def _name(
    transaction: Transaction, one: str, many: str, tags: Sequence[Tag], **fields: str | int
) -> None:
    if len(tags) == 1:
        transaction.name(one, name=tags[0].name, **_counted(fields))
    else:
        transaction.name(many, count=len(tags), **fields)


def _counted(fields: dict[str, str | int]) -> dict[str, str | int]:
    return {("count" if name == "uses" else name): value for name, value in fields.items()}
