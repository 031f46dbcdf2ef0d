"""Links and memos of a set that comes in: merged once all annotations have their places."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.core.memo import MemoKind
from meipi.library import coding_queries, queries
from meipi.library.coding_rows import link_row, memo_row
from meipi.services.matching import IDENTITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from meipi.core.annotation import Link
    from meipi.core.memo import Memo
    from meipi.library.transaction import Transaction

    Count = Callable[[str, str, str | None], None]


def merge_links(
    transaction: Transaction, links: Iterable[Link], names: Mapping[str, str], count: Count
) -> None:
    """Add the links that are not there; ``names`` leads from ids of the set to the library's."""
    for link in links:
        ends = [names.get(key, "") for key in (link.source, link.target)]
        found = [queries.annotation(transaction.connection, key) for key in ends if key]
        source, target = (*found, None, None)[:2]
        if source is None or target is None or source.id == target.id:
            count("links", "missing", link.label)
            continue
        same = coding_queries.same_link(transaction.connection, source.id, target.id, link.label)
        if same is not None or coding_queries.link(transaction.connection, link.id) is not None:
            count("links", "matched", None)
            continue
        key = link.id if IDENTITY.fullmatch(link.id) else uuid.uuid4().hex
        made = replace(link, id=key, source=source.id, target=target.id)
        transaction.insert("links", link_row(made, source, target))
        count("links", "added", None)


class MemoMerge:
    """Adds memos that are not there; one of the same identity with other words stays."""

    def __init__(self, count: Count) -> None:
        self._count = count

    def run(
        self, transaction: Transaction, memos: Iterable[Memo], subjects: Mapping[str, str]
    ) -> None:
        """Merge ``memos``; ``subjects`` leads from ids of the set to the library's."""
        for memo in memos:
            subject = memo.subject
            if memo.kind in {MemoKind.DOCUMENT, MemoKind.TAG}:
                subject = subjects.get(memo.subject, "")
            wanted = replace(memo, subject=subject)
            if not subject and memo.kind is not MemoKind.LIBRARY:
                self._count("memos", "missing", memo.title or memo.text)
            else:
                self._merge(transaction, wanted)

    def _merge(self, transaction: Transaction, wanted: Memo) -> None:
        found = coding_queries.memo(transaction.connection, wanted.id)
        if found is None:
            key = wanted.id if IDENTITY.fullmatch(wanted.id) else uuid.uuid4().hex
            transaction.insert("memos", memo_row(replace(wanted, id=key)))
            self._count("memos", "added", None)
        elif (found.title, found.text) == (wanted.title, wanted.text):
            self._count("memos", "matched", None)
        else:
            self._count("memos", "conflict", wanted.title or wanted.text)
