"""One library: its file, the connections that read it and the one writer."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from meipi.core.changes import Changes
from meipi.core.errors import LibraryError
from meipi.library import naming, readings, search
from meipi.library.failures import CLOSED, UNPACKABLE, Damage, explained, unusable
from meipi.library.opening import PATIENCE, connect, prepare_file
from meipi.library.others import Others
from meipi.library.writer import Writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from meipi.core.reading import Prepared
    from meipi.library.transaction import Transaction, Value
    from meipi.library.writer import Work

    Listener = Callable[[Changes], None]

_log = logging.getLogger(__name__)

_COUNTING_S = 0.05
"""How long the writer counts entities anew before the next act has its turn."""

_KEPT = 4
"""Readings kept unpacked: the one on screen and its neighbours."""


def _label_as_it_is(label: str, _fields: Mapping[str, Value]) -> str:
    return label


class Library:
    """The SQLite file behind a workspace.

    ``wording`` words the labels of acts for `Changes.label`. Any thread may read and submit work.
    Raises ``LibraryError`` where the file cannot be used.
    """

    def __init__(
        self,
        path: Path,
        *,
        wording: Callable[[str, Mapping[str, Value]], str] = _label_as_it_is,
        patience: float = PATIENCE,
    ) -> None:
        prepare_file(path, patience=patience)
        self.path = path
        self._patience = patience
        self._listeners: list[Listener] = []
        self._connections: dict[int, sqlite3.Connection] = {}
        self._lock = threading.Lock()
        self._unpacking = threading.Lock()
        self._unpacked: OrderedDict[int, Prepared] = OrderedDict()
        self._closed = False
        self._writer = Writer(path, wording=wording, committed=self._tell, patience=patience)
        self._looking = threading.Lock()
        try:
            with self.reading() as connection:
                self._others = Others(connection, self._writer.origin)
            self._catch_up()
        except BaseException:
            self._closed = True
            self._close_readers()
            self._writer.close()
            raise

    @property
    def pending(self) -> int:
        """How many acts are not yet on the disk."""
        return self._writer.pending

    @property
    def coder(self) -> str:
        """Who does what is submitted; empty where nobody said."""
        return self._writer.coder

    @coder.setter
    def coder(self, name: str) -> None:
        self._writer.coder = name

    @property
    def origin(self) -> str:
        """Which opening of the library this is, as the journal knows it."""
        return self._writer.origin

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after each commit, in the writer's thread; return how to stop it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def submit(self, work: Work) -> Future[Changes]:
        """Do ``work`` in a transaction of the writer; the future is done once it is on the disk."""
        return self._writer.submit(work)

    def flush(self) -> None:
        """Wait until everything submitted so far is on the disk, the index too."""
        self._index_all()
        with self.reading() as connection:
            while naming.is_stale(connection):
                self._writer.submit(self._count_next, background=True).result()

    def _index_all(self) -> None:
        with self.reading() as connection:
            self._writer.submit(lambda _: None).result()
            while search.waiting(connection):
                self._writer.submit(self._index_next, background=True).result()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's own connection for reading."""
        with explained(self.path):
            yield self._connection()

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to the library as it is now, whatever is written meanwhile."""
        with (
            explained(self.path),
            closing(connect(self.path, patience=self._patience, read_only=True)) as connection,
        ):
            connection.execute("BEGIN")
            yield connection
            connection.execute("ROLLBACK")

    def load_reading(self, number: int) -> Prepared:
        """Return a reading; those used last are kept unpacked.

        After an act the window, the index and the search for entities all ask for it at once: one
        of them unpacks it, the others wait.
        """
        kept = self._kept(number)
        if kept is not None:
            return kept
        with self._unpacking:
            return self._kept(number) or self._unpack(number)

    def _kept(self, number: int) -> Prepared | None:
        with self._lock:
            if number in self._unpacked:
                self._unpacked.move_to_end(number)
            return self._unpacked.get(number)

    def _unpack(self, number: int) -> Prepared:
        with self.reading() as connection:
            try:
                reading = readings.load(connection, number)
            except readings.UNREADABLE as error:
                raise Damage(UNPACKABLE) from error
        self.keep_reading(number, reading)
        return reading

    def keep_reading(self, number: int, reading: Prepared) -> None:
        """Keep a reading unpacked: one that was just stored is about to be read."""
        with self._lock:
            self._unpacked[number] = reading
            while len(self._unpacked) > _KEPT:
                self._unpacked.popitem(last=False)

    def forget_readings(self) -> None:
        """Keep no reading unpacked: the file holds others under the same numbers now."""
        with self._lock:
            self._unpacked.clear()

    def news(self) -> Changes:
        """Return what other programs changed since this was asked last."""
        with self.reading() as connection, self._looking:
            changes, replaced = self._others.news(connection)
        if replaced:
            self.forget_readings()
        return changes

    def index_later(self) -> None:
        """Index what waits for it, a slice an act, behind the acts already submitted."""
        self._writer.submit(self._index_next, background=True)

    def count_later(self) -> None:
        """Count the entities of stale readings anew, a few an act, behind the acts submitted."""
        self._writer.submit(self._count_next, background=True)

    def close(self) -> None:
        """Finish what was submitted and close every connection."""
        if self._closed:
            return
        self._drain()
        self._closed = True
        self._close_readers()
        self._writer.close()

    def _close_readers(self) -> None:
        with self._lock:
            for connection in self._connections.values():
                connection.close()
            self._connections.clear()

    def _drain(self) -> None:
        try:
            self._index_all()
        except LibraryError:  # closing must go on; the index catches up at the next opening
            _log.debug("the index of %s is not complete", self.path)

    def _connection(self) -> sqlite3.Connection:
        thread = threading.get_ident()
        with self._lock:
            if self._closed:
                raise unusable(self.path, CLOSED)
            if thread not in self._connections:
                self._connections[thread] = connect(
                    self.path, patience=self._patience, read_only=True
                )
            return self._connections[thread]

    def _catch_up(self) -> None:
        with self.reading() as connection:
            if not search.is_current(connection):
                self._writer.submit(self._rebuild_index, background=True)
            elif search.waiting(connection):
                self.index_later()
            if naming.is_stale(connection):
                self.count_later()

    def _rebuild_index(self, transaction: Transaction) -> None:
        search.rebuild(transaction.connection)
        self.index_later()

    def _index_next(self, transaction: Transaction) -> None:
        if search.index_next(transaction.connection, self.load_reading) and not self._closed:
            self.index_later()

    def _count_next(self, transaction: Transaction) -> None:
        counted = naming.catch_up(transaction.connection, seconds=_COUNTING_S)
        transaction.touch(Changes(counted=counted))

    def _is_stale(self) -> bool:
        with self.reading() as connection:
            return naming.is_stale(connection)

    def _tell(self, changes: Changes) -> None:
        # In the writer's thread, after the commit: what is stale now nobody else makes less.
        if not self._closed and self._is_stale():
            self.count_later()
        for listener in list(self._listeners):
            try:
                listener(changes)
            except Exception:  # the change is on the disk: a view that fails must not undo that
                _log.exception("a listener failed")
