"""Long work beside the window: threads that wait, and one worker process that computes."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from meipi.core.errors import ErrorCode, MeipiError, Phrase
from meipi.services.piping import receive, send

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

_WAITING = 2
"""Threads that wait for the worker: a preview must not stand behind a folder being added."""

_ENDED = Phrase("处理进程意外结束", "the worker process ended")

_POLITE = 10
"""How far the worker steps back for the window (Unix niceness)."""


class Engine(Protocol):
    """Runs a function of the pipeline and returns what it returns."""

    def call(self, subject: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run ``function``; ``subject`` names the document should it fail."""

    def close(self) -> None:
        """Stop, whatever is being done."""


class Here:
    """Runs the pipeline in the calling thread, for programs that have no window to keep alive."""

    def call(self, subject: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run ``function``."""
        try:
            return function(*args, **kwargs)
        except MeipiError:
            raise
        except Exception as error:
            raise _failure(subject, error) from error

    def close(self) -> None:
        """Have nothing to stop."""


class Worker:
    """Runs the pipeline in one process, started when first needed.

    A crash costs the job that caused it; the next job starts a fresh process.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._closed = False

    def call(self, subject: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run ``function`` in the worker and wait for it."""
        with self._turn:
            try:
                answer = self._ask((function, args, kwargs))
            except (EOFError, OSError) as error:
                self._stop()
                raise _failure(subject, _ENDED) from error
        if isinstance(answer, MeipiError):
            raise answer
        if isinstance(answer, _Failed):
            raise _failure(subject, answer.reason)
        result: R = answer
        return result

    def close(self) -> None:
        """End the process, in the middle of a job if need be."""
        self._closed = True
        process = self._process
        if process is not None:
            process.terminate()
        with self._turn:
            self._stop()

    def _ask(self, job: tuple[Any, ...]) -> Any:
        if self._closed:
            raise EOFError
        if self._pipe is None:
            self._start()
        assert self._pipe is not None  # noqa: S101 - just started
        send(self._pipe, job)
        return receive(self._pipe)

    def _start(self) -> None:
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        self._pipe, far_end = context.Pipe()
        process = context.Process(target=_work, args=(far_end,), name="meipi-worker", daemon=True)
        process.start()
        self._process = process
        far_end.close()

    def _stop(self) -> None:
        pipe, process = self._pipe, self._process
        self._pipe = self._process = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.terminate()
            process.join()
            process.close()


class Jobs:
    """What services use: work later in a thread, the pipeline wherever its engine runs it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._threads = ThreadPoolExecutor(_WAITING, thread_name_prefix="meipi-jobs")

    def later(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Run ``function`` in a thread that may wait."""
        try:
            return self._threads.submit(function, *args, **kwargs)
        except RuntimeError as error:
            raise _failure("", Phrase("已经关闭", "it was closed")) from error

    def close(self) -> None:
        """Give up what has not begun and stop what has."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self.engine.close()
        self._threads.shutdown(wait=True)


class _Failed:
    """Says across the pipe that a job failed and why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def _failure(subject: str, reason: object) -> MeipiError:
    words = f"{type(reason).__name__}: {reason}" if isinstance(reason, Exception) else reason
    return MeipiError(ErrorCode.WORKER_FAILED, path=subject, reason=words)


def _work(pipe: Connection) -> None:
    """Answer jobs until the other end of the pipe is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_POLITE)
    with contextlib.suppress(EOFError, OSError):
        while True:
            function, args, kwargs = receive(pipe)
            send(pipe, _answer(function, args, kwargs))


def _answer(
    function: Callable[..., object], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> object:
    try:
        return function(*args, **kwargs)
    except MeipiError as error:
        return error
    except Exception as error:
        _log.debug("a job failed", exc_info=True)
        return _Failed(f"{type(error).__name__}: {error}")
