"""Merges a codebook: tags by identity or place; what is empty in the library is filled in."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.library import queries
from meipi.library.rows import tag_row
from meipi.services.matching import IDENTITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meipi.core.annotation import Tag
    from meipi.library.transaction import Transaction
    from meipi.services.importing_attributes import Count

_TEXTS = ("definition", "examples", "include", "exclude")


class TagMerge:
    """Maps the tags of a set to those of the library."""

    def __init__(self, incoming: Sequence[Tag], count: Count) -> None:
        self._incoming = {tag.id: tag for tag in incoming}
        self._count = count
        self.ids: dict[str, str] = {}
        """The tag of the library by that of the set."""

    def run(self, transaction: Transaction) -> None:
        """Merge every tag, those above before those below."""
        known = queries.tags(transaction.connection)
        for tag in self._incoming.values():
            for one in self._line(tag):
                if one.id not in self.ids:
                    self._merge(transaction, one, known)

    def _line(self, tag: Tag) -> list[Tag]:
        """Return the tags from the top down to ``tag`` that are not merged yet."""
        line = [tag]
        while line[-1].parent is not None and line[-1].parent not in self.ids:
            line.append(self._incoming[line[-1].parent])
        return line[::-1]

    def _merge(self, transaction: Transaction, tag: Tag, known: list[Tag]) -> None:
        parent = None if tag.parent is None else self.ids[tag.parent]
        wanted = replace(tag, parent=parent)
        found = _same(wanted, known)
        if found is None:
            added = _add(transaction, wanted, known)
            known.append(added)
            self.ids[tag.id] = added.id
            self._count("tags", "added", None)
            return
        self.ids[tag.id] = found.id
        filled = {name: getattr(wanted, name) for name in _TEXTS if not getattr(found, name)}
        new = replace(found, **filled)
        transaction.update("tags", found.id, **tag_row(new))
        known[known.index(found)] = new
        self._tell(found, new, wanted)

    def _tell(self, found: Tag, new: Tag, wanted: Tag) -> None:
        differing = [
            name
            for name in ("name", *_TEXTS)
            if getattr(wanted, name) and getattr(wanted, name) != getattr(new, name)
        ]
        if "name" in differing:
            self._count("tags", "conflict", f"{found.name} ≠ {wanted.name}")
        elif differing:
            self._count("tags", "conflict", found.name)
        elif new != found:
            self._count("tags", "merged", found.name)
        else:
            self._count("tags", "matched", None)


def _same(wanted: Tag, known: Iterable[Tag]) -> Tag | None:
    tags = list(known)
    for tag in tags:
        if tag.id == wanted.id:
            return tag
    return next(
        (tag for tag in tags if (tag.name, tag.parent) == (wanted.name, wanted.parent)), None
    )


def _add(transaction: Transaction, tag: Tag, known: Sequence[Tag]) -> Tag:
    taken = {one.shortcut for one in known}
    new = replace(
        tag,
        id=tag.id if IDENTITY.fullmatch(tag.id) else uuid.uuid4().hex,
        shortcut="" if tag.shortcut in taken else tag.shortcut,
    )
    transaction.insert("tags", tag_row(new))
    return new
