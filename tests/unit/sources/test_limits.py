"""A document that takes for ever, or all memory, is given up with an error that names it."""

from __future__ import annotations

import signal
import threading

import pytest

from meipi.core.errors import ErrorCode, FileError
from meipi.sources.limits import limited


def for_ever() -> None:
    while True:
        pass


def test_what_does_not_end_is_stopped() -> None:
    with pytest.raises(FileError) as stopped, limited("a.pdf", seconds=0.05):
        for_ever()
    assert stopped.value.code is ErrorCode.FILE_TAKES_LONG
    assert stopped.value.fields["path"] == "a.pdf"


def test_even_where_a_library_catches_every_exception() -> None:
    def library() -> None:
        while True:
            try:
                while True:
                    pass
            except Exception:  # noqa: S112 - as libraries do
                continue

    with pytest.raises(FileError), limited("a.pdf", seconds=0.05):
        library()


def test_what_takes_all_memory_is_stopped() -> None:
    with pytest.raises(FileError), limited("a.docx", memory=64 << 20):
        bytearray(512 << 20)


def test_afterwards_nothing_is_limited() -> None:
    with limited("a.pdf", seconds=30):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert len(bytearray(300 << 20)) == 300 << 20


def test_in_another_thread_it_lets_the_work_be_done() -> None:
    done = []

    def work() -> None:
        with limited("a.pdf", seconds=0.001):
            done.append(sum(range(10_000)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done
