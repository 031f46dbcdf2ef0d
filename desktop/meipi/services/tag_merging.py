"""Uses of a tag going over to another: merging tags, splitting one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.library import attributes, queries
from meipi.library.attributes import document_tag_row
from meipi.library.coding_queries import is_linked
from meipi.library.rows import tag_row
from meipi.library.times import now
from meipi.library.transaction import keys_with
from meipi.services.tag_rules import check_tag, find_tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meipi.core.annotation import Annotation, Tag
    from meipi.library.transaction import Transaction

_TEXTS = ("definition", "examples", "include", "exclude")


def merge_tag(transaction: Transaction, gone: str, into: str) -> int:
    """Give every use of ``gone`` to ``into`` and take it out; return how many passages moved.

    What stands below goes along; of two children with one name these are merged in their turn.
    """
    known = queries.tags(transaction.connection)
    old, kept = find_tag(gone, known), find_tag(into, known)
    count = retag(transaction, queries.tagged(transaction.connection, gone), into)
    _move_suggestions(transaction, gone, into)
    _move_document_tags(transaction, gone, into)
    _move_memos(transaction, gone, into)
    words = {name: _joined(getattr(kept, name), getattr(old, name)) for name in _TEXTS}
    shortcut = kept.shortcut or old.shortcut
    if _is_below(kept, gone, known):
        # The tag above goes away: the one that stays takes its place.
        kept = _lifted(transaction, kept, old.parent, known, apart=gone)
    for child in [one for one in known if one.parent == gone and one.id != into]:
        count += _bring_along(transaction, child, into)
    transaction.delete("tags", gone)
    transaction.update("tags", into, shortcut=shortcut, **words)
    return count


def retag(transaction: Transaction, items: Iterable[Annotation], tag: str) -> int:
    """Give annotations another tag; one that then only repeats another goes. Return how many."""
    count = 0
    for item in items:
        count += 1
        place = (item.document, item.span.start, item.span.end)
        same = queries.annotation_at(transaction.connection, *place, tag=tag, coder=item.coder)
        if same not in {None, item.id} and _is_bare(transaction, item):
            transaction.delete("annotations", item.id)
        else:
            transaction.update("annotations", item.id, tag=tag, modified=now())
    return count


def _is_bare(transaction: Transaction, item: Annotation) -> bool:
    """Say whether an annotation says no more than its tag and its one place."""
    said = item.note or item.status or item.parts
    return not said and not is_linked(transaction.connection, item.id)


def _bring_along(transaction: Transaction, child: Tag, into: str) -> int:
    known = queries.tags(transaction.connection)
    for one in known:
        if (one.parent, one.name) == (into, child.name):
            return merge_tag(transaction, child.id, one.id)
    transaction.update("tags", child.id, parent=into)
    return 0


def _lifted(
    transaction: Transaction, tag: Tag, parent: str | None, known: list[Tag], *, apart: str
) -> Tag:
    moved = replace(tag, parent=parent)
    check_tag(moved, [one for one in known if one.id != apart])
    transaction.update("tags", tag.id, **tag_row(moved))
    return moved


def _is_below(tag: Tag, above: str, known: list[Tag]) -> bool:
    by_id = {one.id: one for one in known}
    at = tag.parent
    while at is not None:
        if at == above:
            return True
        at = by_id[at].parent
    return False


def _joined(text: str, more: str) -> str:
    """Return both texts, each line once."""
    lines = [line for line in more.splitlines() if line not in text.splitlines()]
    return "\n".join([*([text] if text else []), *lines])


def _move_suggestions(transaction: Transaction, gone: str, into: str) -> None:
    for key in queries.suggested_with(transaction.connection, gone):
        transaction.update("suggestions", key, tag=into)


def _move_memos(transaction: Transaction, gone: str, into: str) -> None:
    for key in keys_with(transaction.connection, "memos", "subject", gone):
        transaction.update("memos", key, subject=into)


def _move_document_tags(transaction: Transaction, gone: str, into: str) -> None:
    for item in attributes.documents_tagged(transaction.connection, gone):
        moved = replace(item, tag=into)
        transaction.delete("document_tags", item.id)
        if transaction.find("document_tags", moved.id) is None:
            transaction.insert("document_tags", document_tag_row(moved))
