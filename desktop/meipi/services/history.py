"""Undo and redo over the history that lies in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.library import history as entries

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from meipi.core.changes import Changes
    from meipi.library import Library
    from meipi.library.history import Entry
    from meipi.library.transaction import Transaction

_NOTHING = {
    "undo": Phrase("没有可撤销的操作", "there is nothing to undo"),
    "redo": Phrase("没有可重做的操作", "there is nothing to redo"),
}


class History:
    """Takes the last act back, and does it again."""

    def __init__(self, library: Library, word: Callable[[Entry], str]) -> None:
        self._library = library
        self._word = word

    def undo_label(self) -> str | None:
        """Word the act that `undo` would take back."""
        with self._library.reading() as connection:
            entry = entries.undoable(connection)
        return None if entry is None else self._word(entry)

    def redo_label(self) -> str | None:
        """Word the act that `redo` would do again."""
        with self._library.reading() as connection:
            entry = entries.redoable(connection)
        return None if entry is None else self._word(entry)

    def undo(self) -> Future[Changes]:
        """Take the last act back. Fails with ``NOTHING_TO_DO`` at the beginning."""

        def work(transaction: Transaction) -> None:
            entry = self._found(entries.undoable(transaction.connection), "undo")
            transaction.touch(entries.undo(transaction.connection, entry))
            transaction.name("undo", act=self._word(entry))

        return self._library.submit(work)

    def redo(self) -> Future[Changes]:
        """Do the act again that was taken back last. Fails with ``NOTHING_TO_DO`` at the end."""

        def work(transaction: Transaction) -> None:
            entry = self._found(entries.redoable(transaction.connection), "redo")
            transaction.touch(entries.redo(transaction.connection, entry))
            transaction.name("redo", act=self._word(entry))

        return self._library.submit(work)

    def _found(self, entry: Entry | None, act: str) -> Entry:
        if entry is None:
            raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_NOTHING[act])
        return entry
