"""Bounds on time and memory for formats that libraries take apart."""

from __future__ import annotations

import contextlib
import signal
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, FileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

SECONDS = 120
BYTES = 2 << 30
"""What reading one document may take beyond what the process has."""


class _TooLongError(BaseException):
    """Passes through a library that catches every ``Exception``."""


@contextmanager
def limited(name: str, *, seconds: float = SECONDS, memory: int = BYTES) -> Iterator[None]:
    """Stop what takes too long or too much, with a ``FileError`` that names the document.

    On Unix, in the main thread, which is where the worker process computes; elsewhere nothing is
    bounded.
    """
    try:
        with _clock(seconds), _room(memory):
            yield
    except (_TooLongError, MemoryError) as error:
        raise FileError(ErrorCode.FILE_TAKES_LONG, path=name) from error


@contextmanager
def _clock(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _room(memory: int) -> Iterator[None]:
    try:
        import resource
    except ImportError:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _mapped() + memory
    if threading.current_thread() is threading.main_thread() and (
        hard == resource.RLIM_INFINITY or limit < hard
    ):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _mapped() -> int:
    """Return how much address space the process has; much where that cannot be told."""
    try:
        pages = Path("/proc/self/statm").read_bytes().split()[0]
        return int(pages) * 4096
    except (OSError, ValueError):
        return 8 << 30
