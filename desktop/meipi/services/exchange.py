"""Annotated sets between the library and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.annotated_set import AnnotatedSet
from meipi.services.importing import ImportReport, Merge
from meipi.services.selecting import LibrarySet

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from meipi.exchange import Format, LossReport
    from meipi.library import Library
    from meipi.library.transaction import Transaction
    from meipi.services.jobs import Jobs

__all__ = ["Exchange", "ImportReport", "formats"]


def formats() -> Mapping[str, Format]:
    """Return the known formats by name."""
    from meipi.exchange import FORMATS

    return FORMATS


class Exchange:
    """Export and import of a library."""

    def __init__(self, library: Library, jobs: Jobs) -> None:
        self._library = library
        self._jobs = jobs

    def export(
        self,
        path: Path,
        *,
        format: str,  # noqa: A002 - the word users know
        documents: Collection[str] | None = None,
        tags: Collection[str] | None = None,
    ) -> Future[LossReport]:
        """Write the chosen documents and tags to ``path``, all of them by default.

        The library is exported as it is at the start, whatever is annotated meanwhile.
        """
        return self._jobs.later(self._export, path, format, documents, tags)

    def losses(
        self,
        *,
        format: str,  # noqa: A002 - the word users know
        documents: Collection[str] | None = None,
        tags: Collection[str] | None = None,
    ) -> Future[LossReport]:
        """Say what an export could not carry, before it is made."""
        return self._jobs.later(self._losses, format, documents, tags)

    def import_set(
        self,
        path: Path,
        *,
        format: str | None = None,  # noqa: A002 - the word users know
        dry_run: bool = False,
    ) -> Future[ImportReport]:
        """Merge a set into the library, as one act; with ``dry_run`` only say what it would do."""
        return self._jobs.later(self._import, path, format, dry_run=dry_run)

    def annotated_set(
        self, *, documents: Collection[str] | None = None, tags: Collection[str] | None = None
    ) -> AnnotatedSet:
        """Return what an export would hold, all in memory."""
        with self._library.snapshot() as connection:
            chosen = LibrarySet(connection, documents=documents, tags=tags)
            return AnnotatedSet(tuple(chosen.documents), tuple(chosen.tags))

    def _export(
        self,
        path: Path,
        name: str,
        documents: Collection[str] | None,
        tags: Collection[str] | None,
    ) -> LossReport:
        from meipi.exchange import write_set

        with self._library.snapshot() as connection:
            chosen = LibrarySet(connection, documents=documents, tags=tags)
            return write_set(chosen, path, format=name)

    def _losses(
        self, name: str, documents: Collection[str] | None, tags: Collection[str] | None
    ) -> LossReport:
        from meipi.exchange import losses

        with self._library.snapshot() as connection:
            chosen = LibrarySet(connection, documents=documents, tags=tags)
            return losses(chosen, format=name)

    def _import(self, path: Path, name: str | None, *, dry_run: bool) -> ImportReport:
        from meipi.exchange import read_set

        merge = Merge(read_set(path, format=name))

        def work(transaction: Transaction) -> None:
            merge.run(transaction)
            if dry_run:
                raise _OnlyTried
            transaction.name("import", name=path.name)

        try:
            self._library.submit(work).result()
        except _OnlyTried:
            return merge.report
        self._library.index_later()
        return merge.report


class _OnlyTried(Exception):  # noqa: N818 - not an error: it takes a rehearsal back
    """Rolls the transaction of a dry run back."""
