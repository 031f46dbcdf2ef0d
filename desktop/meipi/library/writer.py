"""The one writer: every change of the library goes through one thread, a transaction an act."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from meipi.library import history
from meipi.library.failures import CLOSED, explained, unusable
from meipi.library.opening import connect
from meipi.library.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from meipi.core.changes import Changes
    from meipi.library.transaction import Value

    Work = Callable[[Transaction], None]
    Wording = Callable[[str, Mapping[str, Value]], str]


class Writer:
    """Runs work in the order it comes; a future is done once its commit is on the disk."""

    def __init__(
        self, path: Path, *, wording: Wording, committed: Callable[[Changes], None], patience: float
    ) -> None:
        self._path = path
        self._wording = wording
        self._committed = committed
        self._patience = patience
        self._lock = threading.Lock()
        self._pending = 0
        self._connection: sqlite3.Connection | None = None
        self.coder = ""
        """Who does what is submitted from here on."""
        self.origin = uuid.uuid4().hex
        """Which opening of the library this is, for the journal."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="meipi-writer")

    @property
    def pending(self) -> int:
        """How many acts are not yet on the disk."""
        return self._pending

    def submit(self, work: Work, *, background: bool = False) -> Future[Changes]:
        """Do ``work`` in a transaction; its changes are told after the commit.

        Work in the ``background`` can be done again and does not count as pending.
        """
        count = 0 if background else 1
        self._count(count)
        try:
            return self._thread.submit(self._run, work, count, self.coder)
        except RuntimeError as error:
            self._count(-count)
            raise unusable(self._path, CLOSED) from error

    def close(self) -> None:
        """Wait for what was submitted and leave one file, without a journal beside it."""
        self._thread.submit(self._finish)
        self._thread.shutdown(wait=True)

    def _run(self, work: Work, count: int, coder: str) -> Changes:
        try:
            with explained(self._path):
                changes = self._commit(work, coder)
        finally:
            self._count(-count)
        if changes:
            self._committed(changes)
        return changes

    def _count(self, by: int) -> None:
        with self._lock:
            self._pending += by

    def _commit(self, work: Work, coder: str) -> Changes:
        if self._connection is None:
            self._connection = connect(self._path, patience=self._patience)
        connection = self._connection
        transaction = Transaction(connection, coder=coder, origin=self.origin)
        connection.execute("BEGIN IMMEDIATE")
        try:
            work(transaction)
            history.record(connection, transaction)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        for call in transaction.afterwards:
            call()
        changes = transaction.changes()
        if changes and transaction.label is not None:
            return replace(changes, label=self._wording(transaction.label, transaction.fields))
        return changes

    def _finish(self) -> None:
        if self._connection is None:
            return
        try:
            self._connection.execute("PRAGMA optimize")
        except sqlite3.Error:
            pass  # only statistics: everything is committed
        finally:
            self._connection.close()
