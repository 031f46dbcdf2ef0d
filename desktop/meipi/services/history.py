"""Undo and redo over the history that lies in the library."""

from __future__ import annotations

from dataclasses import dataclass
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
    "jump": Phrase("已经在这一步", "this is where you are"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """An act in the list of what can be undone, in words."""

    id: int
    label: str
    coder: str
    made: str
    undone: bool


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
            transaction.touch(entries.undo(transaction, entry))
            transaction.name("undo", act=self._word(entry))

        return self._library.submit(work)

    def redo(self) -> Future[Changes]:
        """Do the act again that was taken back last. Fails with ``NOTHING_TO_DO`` at the end."""

        def work(transaction: Transaction) -> None:
            entry = self._found(entries.redoable(transaction.connection), "redo")
            transaction.touch(entries.redo(transaction, entry))
            transaction.name("redo", act=self._word(entry))

        return self._library.submit(work)

    def listed(self, *, limit: int = 1_000) -> list[Listed]:
        """Return the acts that can be gone back to, the latest first, those undone too."""
        with self._library.reading() as connection:
            found = entries.listed(connection, limit=limit)
        return [
            Listed(one.id, self._word(one), one.coder, one.made, undone=one.undone) for one in found
        ]

    def jump(self, entry: int) -> Future[Changes]:
        """Undo or redo until ``entry`` is the last act done; 0 is the very beginning.

        Fails with ``NOTHING_TO_DO`` where it is that already, or is not listed any more.
        """

        def work(transaction: Transaction) -> None:
            steps = 0
            while self._step(transaction, entry):
                steps += 1
            if not steps:
                raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_NOTHING["jump"])
            transaction.name("jump", count=steps)

        return self._library.submit(work)

    def _step(self, transaction: Transaction, target: int) -> bool:
        """Come one act nearer to ``target``."""
        done = entries.undoable(transaction.connection)
        if done is not None and done.id > target:
            transaction.touch(entries.undo(transaction, done))
            return True
        undone = entries.redoable(transaction.connection)
        if undone is not None and undone.id <= target:
            transaction.touch(entries.redo(transaction, undone))
            return True
        return False

    def _found(self, entry: Entry | None, act: str) -> Entry:
        if entry is None:
            raise MeipiError(ErrorCode.NOTHING_TO_DO, reason=_NOTHING[act])
        return entry
