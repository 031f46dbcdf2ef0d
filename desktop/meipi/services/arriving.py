"""Many files on their way in: a few at a time, stopped and gone on with, what failed by reason.

What is left is kept in the library, so that another session goes on with it; files that came in
already cost no more than a look at their bytes.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meipi.core.errors import ErrorCode, FileError, MeipiError, Phrase
from meipi.library import arrivals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from meipi.library import Library
    from meipi.services.documents import Added, Documents

_AT_ONCE = 2
"""Files in work: one in the worker process, one being read or written."""
_KEPT_EVERY = 500


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that did not come in, and why."""

    path: Path
    error: MeipiError


class Arriving:
    """Takes files in one after the other; tells ``arrived`` of each, in a thread of its own."""

    def __init__(self, library: Library, documents: Documents) -> None:
        self._library = library
        self._documents = documents
        self._lock = threading.Lock()
        self._waiting: deque[Path] = deque()
        self._working: set[Path] = set()
        self._refused: dict[Path, MeipiError] = {}
        self._since_kept = 0
        self._running = False
        self._listener: Callable[[Path, Added | MeipiError], object] = lambda _path, _came: None

    def listen(self, arrived: Callable[[Path, Added | MeipiError], object]) -> None:
        """Call ``arrived`` with each file and what became of it."""
        self._listener = arrived

    def put(self, paths: Iterable[Path]) -> int:
        """Take these files in behind those that are coming; return how many are to come."""
        with self._lock:
            known = {*self._waiting, *self._working}
            new = [path for path in dict.fromkeys(paths) if path not in known]
            for path in new:
                self._refused.pop(path, None)
            self._waiting.extend(new)
            self._running = True
            self._since_kept = _KEPT_EVERY
        self._go_on()
        return len(new)

    def stop(self) -> int:
        """Begin no more files; return how many are left. `resume` goes on with them."""
        with self._lock:
            self._running = False
            left = len(self._waiting)
        self._keep()
        return left

    def resume(self) -> int:
        """Go on with what an earlier session left, and what was stopped; return how many."""
        return self.put([*self.left()])

    def left(self) -> list[Path]:
        """Return the files that are still to come in."""
        with self._lock:
            here = [*self._working, *self._waiting]
        if here:
            return here
        with self._library.reading() as connection:
            return [Path(path) for path in arrivals.load(connection)["waiting"]]

    def refused(self) -> list[Refused]:
        """Return the files that could not come in, each with its reason."""
        with self._library.reading() as connection:
            kept = arrivals.load(connection)["refused"]
        with self._lock:
            found = {Path(one["path"]): _error(one) for one in kept} | self._refused
            known = {*self._waiting, *self._working}
        return [Refused(path, error) for path, error in found.items() if path not in known]

    def retry(self) -> int:
        """Try again what was refused; return how many files."""
        again = [one.path for one in self.refused()]
        self._forget_refused()
        return self.put(again)

    def forget(self) -> Future[Any]:
        """Expect no more files and forget which were refused."""
        with self._lock:
            self._waiting.clear()
            self._refused.clear()
            self._running = False
        return self._library.submit(
            lambda transaction: arrivals.keep(
                transaction.connection, {"waiting": [], "refused": []}
            )
        )

    def _forget_refused(self) -> None:
        with self._lock:
            self._refused.clear()
            waiting = [str(path) for path in (*self._working, *self._waiting)]
        self._write({"waiting": waiting, "refused": []})

    def _go_on(self) -> None:
        """Begin as many files as may be in work."""
        while (path := self._next()) is not None:
            future = self._documents.add_file(path)
            future.add_done_callback(partial(self._came, path))
        with self._lock:
            due = self._since_kept >= _KEPT_EVERY
        if due:
            self._keep()

    def _next(self) -> Path | None:
        with self._lock:
            if not (self._running and self._waiting and len(self._working) < _AT_ONCE):
                return None
            path = self._waiting.popleft()
            self._working.add(path)
            return path

    def _came(self, path: Path, done: Future[Added]) -> None:
        if done.cancelled():
            return  # the library is being closed; the file is still among those to come
        error = done.exception()
        came: Added | MeipiError
        if error is None:
            came = done.result()
        elif isinstance(error, MeipiError):
            came = error
        else:
            reason = f"{type(error).__name__}: {error}"
            came = MeipiError(ErrorCode.WORKER_FAILED, path=path, reason=reason)
        with self._lock:
            self._working.discard(path)
            self._since_kept += 1
            if isinstance(came, MeipiError):
                self._refused[path] = came
            ended = not self._waiting and not self._working
        if ended:
            self._keep()
        self._listener(path, came)
        self._go_on()

    def _keep(self) -> None:
        with self._lock:
            self._since_kept = 0
            waiting = [str(path) for path in (*self._working, *self._waiting)]
            refused = [_row(path, error) for path, error in self._refused.items()]
        self._write({"waiting": waiting, "refused": refused})

    def _write(self, kept: dict[str, list[Any]]) -> None:
        self._library.submit(lambda transaction: arrivals.keep(transaction.connection, kept))


def _row(path: Path, error: MeipiError) -> dict[str, Any]:
    fields = {name: _plain(value) for name, value in error.fields.items()}
    return {"path": str(path), "code": error.code.value, "fields": fields}


def _plain(value: object) -> object:
    return [value.zh, value.en] if isinstance(value, Phrase) else str(value)


def _error(row: dict[str, Any]) -> MeipiError:
    fields = {
        name: Phrase(*value) if isinstance(value, list) else value
        for name, value in row["fields"].items()
    }
    try:
        return FileError(ErrorCode(row["code"]), **fields)
    except ValueError:  # of a later version
        return FileError(ErrorCode.FILE_UNREADABLE, path=row["path"], reason=row["code"])
