"""Merges another library by identities that do not change: bytes, ids, and what each one knew.

Where both have an annotation and they differ, the histories tell who went on from where: what the
other library changed since comes over, what this one changed stays, and what both changed is a
conflict, in which this library's own stays.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from meipi.core.errors import ErrorCode, LibraryError, Phrase
from meipi.library import backup, opening
from meipi.library.failures import explained
from meipi.library.merging import add_dependents, annotation_states
from meipi.services.importing import ImportReport, Merge
from meipi.services.matching import Known, essence_of, outcome
from meipi.services.selecting import LibrarySet

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from concurrent.futures import Future

    from meipi.core.annotated_set import AnnotatedSet
    from meipi.core.annotation import Annotation
    from meipi.library import Library
    from meipi.library.transaction import Transaction
    from meipi.services.jobs import Jobs

_SAME = Phrase("这就是当前文库", "it is this very library")


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did, or would do: the set's own report, and rows of all else that came over."""

    merged: ImportReport
    others: int = 0
    """Coders, attributes with their values, tags of documents, and the like."""

    @property
    def added(self) -> int:
        """How much would be another in this library."""
        return self.merged.added + self.merged.annotations_changed + self.others


class Merging:
    """Merges other libraries into this one."""

    def __init__(self, library: Library, jobs: Jobs) -> None:
        self._library = library
        self._jobs = jobs

    def merge(
        self,
        other: Path,
        *,
        dry_run: bool = False,
        watch: Callable[[float], None] = lambda _: None,
    ) -> Future[MergeReport]:
        """Merge the library ``other`` as one act; a dry run only says what that would do.

        The other file is read, never written. Fails with ``LibraryError`` where it is none.
        """
        return self._jobs.later(self._merge, other, dry_run, watch)

    def _merge(self, other: Path, dry_run: bool, watch: Callable[[float], None]) -> MergeReport:
        if opening.inspect_header(other) is None:
            reason = Phrase("没有这个文件", "there is no such file")
            raise LibraryError(ErrorCode.LIBRARY_UNUSABLE, path=other, reason=reason)
        if other.samefile(self._library.path):
            raise LibraryError(ErrorCode.LIBRARY_UNUSABLE, path=other, reason=_SAME)
        with tempfile.TemporaryDirectory(prefix="meipi-merge-") as folder:
            copy = Path(folder) / "other.meipi"
            with explained(other):
                backup.copy(other, copy)
            opening.prepare_file(copy)
            with explained(other), closing(opening.connect(copy, read_only=True)) as theirs:
                return self._run(theirs, other.name, dry_run, watch)

    def _run(
        self,
        theirs: sqlite3.Connection,
        name: str,
        dry_run: bool,
        watch: Callable[[float], None],
    ) -> MergeReport:
        incoming = cast("AnnotatedSet", LibrarySet(theirs))
        merge = Merge(incoming, watch, decide=_Judge(theirs).decide)
        others = 0

        def work(transaction: Transaction) -> None:
            nonlocal others
            merge.run(transaction)
            others = add_dependents(transaction, theirs)
            if dry_run:
                raise _OnlyTried
            report = merge.report
            transaction.name(
                "merge",
                name=name,
                documents=report.documents_added,
                annotations=report.annotations_added + report.annotations_changed,
            )

        try:
            self._library.submit(work).result()
        except _OnlyTried:
            return MergeReport(merge.report, others)
        self._library.index_later()
        return MergeReport(merge.report, others)


class _Judge:
    """Decides what becomes of an annotation of the other library."""

    def __init__(self, theirs: sqlite3.Connection) -> None:
        self._theirs = theirs

    def decide(
        self, transaction: Transaction, wanted: Annotation, known: Known, *, same_text: bool
    ) -> str:
        """Return ``added``, ``matched``, ``changed``, ``deleted`` (here) or ``conflict``."""
        ours = annotation_states(transaction.connection, wanted.id)
        if transaction.find("annotations", wanted.id) is None:
            if essence_of(wanted) in ours.past:
                return "deleted"
            return "matched" if known.has_exactly(wanted) else "added"
        found = outcome(transaction, wanted, known, same_text=same_text)
        if found != "conflict":
            return found
        theirs = annotation_states(self._theirs, wanted.id)
        if ours.present is not None and ours.present in theirs.past:
            return "changed"
        return "matched" if essence_of(wanted) in ours.past else "conflict"


class _OnlyTried(Exception):  # noqa: N818 - not an error: it takes a rehearsal back
    """Rolls the transaction of a dry run back."""
