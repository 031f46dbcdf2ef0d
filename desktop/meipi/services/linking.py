"""Links: labelled relations from one annotation to another."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.annotation import Link
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.lines import one_line
from meipi.library import coding_queries, queries
from meipi.library.coding_rows import link_row
from meipi.library.rows import storable
from meipi.library.times import now
from meipi.services.labels import short
from meipi.services.passages import found

if TYPE_CHECKING:
    from concurrent.futures import Future

    from meipi.core.annotation import Annotation
    from meipi.core.changes import Changes
    from meipi.library import Library
    from meipi.library.transaction import Transaction


class Linking:
    """The links of a library. Every change is one entry of the history."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def of(self, document: str) -> list[tuple[Link, Annotation, Annotation]]:
        """Return the links that begin or end in a document, each with both its ends."""
        with self._library.reading() as connection:
            links = coding_queries.links_of(connection, document)
            there = {one.id: one for one in queries.annotations_of(connection, document)}
            ends = {key for link in links for key in (link.source, link.target)}
            for key in ends - there.keys():
                other = queries.annotation(connection, key)
                if other is not None:
                    there[key] = other
        return [
            (link, there[link.source], there[link.target])
            for link in links
            if link.source in there and link.target in there
        ]

    def all(self) -> list[Link]:
        """Return the links of all documents."""
        with self._library.reading() as connection:
            return coding_queries.links_of(connection)

    def labels(self) -> list[str]:
        """Return the labels in use, the one used last first."""
        with self._library.reading() as connection:
            return coding_queries.link_labels(connection)

    def add(self, source: str, target: str, label: str) -> Future[Changes]:
        """Link ``source`` to ``target``; `Changes.links` holds the new id.

        Fails with ``LINK_EXISTS`` where they are linked so already.
        """

        def work(transaction: Transaction) -> None:
            link = self.put(transaction, source, target, label)
            fields = {"quote": short(found(transaction, source).anchor.quote)}
            fields["target"] = short(found(transaction, target).anchor.quote)
            transaction.name("link_add", relation=short(link.label), **fields)

        return self._library.submit(work)

    def put(self, transaction: Transaction, source: str, target: str, label: str) -> Link:
        """Write a new link inside ``transaction``."""
        moment, words = now(), storable(one_line(label).strip())
        link = Link(uuid.uuid4().hex, source, target, words, transaction.coder, moment, moment)
        _insert(transaction, link)
        return link

    def relabel(self, link: str, label: str) -> Future[Changes]:
        """Give a link another label."""
        words = storable(one_line(label).strip())

        def work(transaction: Transaction) -> None:
            old = _link(transaction, link)
            if old.label == words:
                return
            _refuse_second(transaction, replace(old, label=words))
            transaction.update("links", link, label=words, modified=now())
            transaction.name("link_relabel", relation=short(words), before=short(old.label))

        return self._library.submit(work)

    def turn(self, link: str) -> Future[Changes]:
        """Let a link lead the other way."""

        def work(transaction: Transaction) -> None:
            old = _link(transaction, link)
            new = replace(old, source=old.target, target=old.source, modified=now())
            _refuse_second(transaction, new)
            ends = found(transaction, new.source), found(transaction, new.target)
            transaction.update("links", link, **link_row(new, *ends))
            transaction.name("link_turn", relation=short(old.label))

        return self._library.submit(work)

    def delete(self, link: str) -> Future[Changes]:
        """Delete a link; its annotations stay."""

        def work(transaction: Transaction) -> None:
            old = _link(transaction, link)
            transaction.delete("links", link)
            transaction.name("link_delete", relation=short(old.label))

        return self._library.submit(work)


def _insert(transaction: Transaction, link: Link) -> None:
    if link.source == link.target:
        raise MeipiError(ErrorCode.LINK_ITSELF)
    ends = found(transaction, link.source), found(transaction, link.target)
    _refuse_second(transaction, link)
    transaction.insert("links", link_row(link, *ends))


def _refuse_second(transaction: Transaction, link: Link) -> None:
    same = coding_queries.same_link(transaction.connection, link.source, link.target, link.label)
    if same not in {None, link.id}:
        raise MeipiError(ErrorCode.LINK_EXISTS, label=link.label)


def _link(transaction: Transaction, key: str) -> Link:
    link = coding_queries.link(transaction.connection, key)
    if link is None:
        raise MeipiError(ErrorCode.LINK_UNKNOWN)
    return link
