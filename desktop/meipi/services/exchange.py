"""Annotated sets between the library and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.annotated_set import AnnotatedSet
from meipi.library import queries
from meipi.services.importing import ImportReport, Merge
from meipi.services.selecting import ALL, Choice, Entities, LibrarySet

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from meipi.exchange import Format, LossReport
    from meipi.exchange.progress import Watch
    from meipi.library import Library
    from meipi.library.transaction import Transaction
    from meipi.services.jobs import Jobs

__all__ = ["Choice", "Entities", "Exchange", "ImportReport", "formats"]


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
        choice: Choice = ALL,
        watch: Watch | None = None,
    ) -> Future[LossReport]:
        """Write the chosen documents, tags and so on to ``path``, all of them by default.

        The library is exported as it is at the start, whatever is annotated meanwhile. ``watch`` is
        told, in the thread that works, which share is done; a `MeipiError` it raises stops the
        export.
        """
        return self._jobs.later(self._export, path, format, documents, tags, choice, watch)

    def losses(
        self,
        *,
        format: str,  # noqa: A002 - the word users know
        documents: Collection[str] | None = None,
        tags: Collection[str] | None = None,
        choice: Choice = ALL,
    ) -> Future[LossReport]:
        """Say what an export could not carry, before it is made."""
        return self._jobs.later(self._losses, format, documents, tags, choice)

    def import_set(
        self,
        path: Path,
        *,
        format: str | None = None,  # noqa: A002 - the word users know
        dry_run: bool = False,
        watch: Watch | None = None,
    ) -> Future[ImportReport]:
        """Merge a set into the library, as one act; with ``dry_run`` only say what it would do.

        ``watch`` is told, in the threads that work, which share is done; a `MeipiError` it raises
        stops the import and leaves the library as it was.
        """
        return self._jobs.later(self._import, path, format, dry_run=dry_run, watch=watch)

    def annotated_set(
        self, *, documents: Collection[str] | None = None, tags: Collection[str] | None = None
    ) -> AnnotatedSet:
        """Return what an export would hold, all in memory."""
        with self._library.snapshot() as connection:
            chosen = LibrarySet(connection, documents=documents, tags=tags)
            return AnnotatedSet(
                tuple(chosen.documents),
                tuple(chosen.tags),
                attributes=tuple(chosen.attributes),
                memos=tuple(chosen.memos),
            )

    def coders(self) -> list[str]:
        """Return the names of all who made annotations; empty for those without."""
        with self._library.snapshot() as connection:
            return queries.coders(connection)

    def _export(
        self,
        path: Path,
        name: str,
        documents: Collection[str] | None,
        tags: Collection[str] | None,
        choice: Choice,
        watch: Watch | None,
    ) -> LossReport:
        from meipi.exchange import write_set

        with self._library.snapshot() as connection:
            chosen = LibrarySet(connection, documents=documents, tags=tags, choice=choice)
            return write_set(chosen, path, format=name, watch=watch)

    def _losses(
        self,
        name: str,
        documents: Collection[str] | None,
        tags: Collection[str] | None,
        choice: Choice,
    ) -> LossReport:
        from meipi.exchange import losses

        with self._library.snapshot() as connection:
            chosen = LibrarySet(connection, documents=documents, tags=tags, choice=choice)
            return losses(chosen, format=name)

    def _import(
        self, path: Path, name: str | None, *, dry_run: bool, watch: Watch | None
    ) -> ImportReport:
        from meipi.exchange.progress import Telling, stage

        telling = Telling(watch)
        merge = Merge(_read(path, name, stage(telling, 0, 2)), stage(telling, 1, 2))

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


def _read(path: Path, name: str | None, watch: Watch) -> AnnotatedSet:
    from meipi.exchange import read_set
    from meipi.services.qualcoder import QUALCODER, is_database, read_qualcoder

    if name == QUALCODER or (name is None and is_database(path)):
        return read_qualcoder(path)
    return read_set(path, format=name, watch=watch)


class _OnlyTried(Exception):  # noqa: N818 - not an error: it takes a rehearsal back
    """Rolls the transaction of a dry run back."""
