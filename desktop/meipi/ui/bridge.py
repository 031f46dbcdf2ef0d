"""Between the window's thread and the others: futures and commits come back as signals."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.turns import go_first

if TYPE_CHECKING:
    from collections.abc import Callable

    from meipi.services.workspace import Workspace

Result = TypeVar("Result")

_RECHECK_MS = 40


@dataclass(frozen=True, slots=True)
class _Answer:
    """What became of a future, on its way to the window's thread."""

    future: Future[Any]
    done: Callable[[Any], None] | None
    failed: Callable[[MeipiError], None] | None
    writing: bool
    key: str
    turn: int


class Bridge(QObject):
    """Follows work done elsewhere. All its signals and callbacks come in the window's thread."""

    changed = Signal(object)
    """`Changes`, after they are on the disk."""
    failed = Signal(object)
    """A `MeipiError` that nobody else answers for."""
    saving = Signal()
    saved = Signal()
    """Everything written so far is on the disk."""

    _answered = Signal(object)
    _reported = Signal(object)
    _committed = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="meipi-window")
        self._turns: dict[str, int] = {}
        self._writing = 0
        self._closed = False
        self._answered.connect(self._deliver)
        self._reported.connect(self._hand_on)
        self._committed.connect(self.changed)
        self._recheck = QTimer(self)
        self._recheck.setSingleShot(True)
        self._recheck.setInterval(_RECHECK_MS)
        self._recheck.timeout.connect(self._check_saved)
        self._unsubscribe = workspace.subscribe(self._on_commit)

    def follow(
        self,
        future: Future[Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[MeipiError], None] | None = None,
    ) -> None:
        """Call ``done`` with the result of ``future``, or ``failed`` with its error."""
        self._follow(_Answer(future, done, failed, writing=False, key="", turn=0))

    def write(
        self,
        future: Future[Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[MeipiError], None] | None = None,
    ) -> None:
        """Follow a change on its way to the disk; nothing counts as saved before it is there."""
        self._writing += 1
        self.saving.emit()
        self._follow(_Answer(future, done, failed, writing=True, key="", turn=0))

    def read(
        self,
        key: str,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[MeipiError], None] | None = None,
    ) -> None:
        """Run ``work`` beside the window; of several with one ``key`` only the last answers."""
        if self._closed:
            return
        turn = self._turns[key] = self._turns.get(key, 0) + 1
        future = self._threads.submit(work)
        self._follow(_Answer(future, done, failed, writing=False, key=key, turn=turn))

    def reporter(self, take: Callable[[Result], None]) -> Callable[[Result], None]:
        """Return what calls ``take`` in the window's thread, whatever thread it is called in."""

        def report(value: Result) -> None:
            if not self._closed:
                self._reported.emit(lambda: take(value))

        return report

    def forget(self, key: str) -> None:
        """Let no answer come any more to what was read under ``key``."""
        self._turns[key] = self._turns.get(key, 0) + 1

    def close(self) -> None:
        """Answer nothing more, and wait for what is being read."""
        self._closed = True
        self._recheck.stop()
        self._unsubscribe()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _follow(self, answer: _Answer) -> None:
        answer.future.add_done_callback(lambda _: self._send(answer))

    def _send(self, answer: _Answer) -> None:
        if not self._closed:
            self._answered.emit(answer)

    def _hand_on(self, call: Callable[[], None]) -> None:
        if not self._closed:
            go_first()
            call()

    def _on_commit(self, changes: object) -> None:
        if not self._closed:
            self._committed.emit(changes)

    def _deliver(self, answer: _Answer) -> None:
        go_first()
        if answer.writing:
            self._writing -= 1
            self._check_saved()
        if self._closed or (answer.key and self._turns[answer.key] != answer.turn):
            return
        try:
            result = answer.future.result()
        except CancelledError:
            return
        except Exception as error:
            (answer.failed or self.failed.emit)(explained(error))
        else:
            if answer.done is not None:
                answer.done(result)

    def _check_saved(self) -> None:
        if self._closed or self._writing:
            return
        if self._workspace.pending:
            self._recheck.start()
        else:
            self.saved.emit()


def explained(error: Exception) -> MeipiError:
    """Return ``error`` as one that can be worded."""
    if isinstance(error, MeipiError):
        return error
    return MeipiError(ErrorCode.WORKER_FAILED, path="", reason=f"{type(error).__name__}: {error}")
