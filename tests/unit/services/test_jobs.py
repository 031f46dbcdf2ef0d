"""The worker process: lazily started, survived when it crashes, ended when closed."""

from __future__ import annotations

import os
from concurrent.futures import Future
from typing import TYPE_CHECKING

import pytest

from meipi.core.errors import ErrorCode, MeipiError
from meipi.services.jobs import Here, Jobs, Worker
from meipi.services.pipeline import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


def test_work_runs_in_one_other_process(worker: Worker) -> None:
    first = worker.call("a.txt", os.getpid)
    assert first != os.getpid()
    assert worker.call("b.txt", os.getpid) == first


@pytest.mark.skipif(not hasattr(os, "nice"), reason="the system knows no niceness")
def test_the_worker_steps_back_for_the_window(worker: Worker) -> None:
    assert worker.call("a.txt", os.nice, 0) == min(19, os.nice(0) + 10)


def test_a_crash_is_an_error_and_the_next_job_gets_a_fresh_process(worker: Worker) -> None:
    first = worker.call("a.txt", os.getpid)
    with pytest.raises(MeipiError) as caught:
        worker.call("bad.txt", os._exit, 3)
    assert caught.value.code is ErrorCode.WORKER_FAILED
    assert caught.value.fields["path"] == "bad.txt"
    assert worker.call("c.txt", os.getpid) not in {first, os.getpid()}


def test_an_exception_is_told_by_its_name(worker: Worker) -> None:
    with pytest.raises(MeipiError) as caught:
        worker.call("a.txt", int, "眉批")
    assert caught.value.code is ErrorCode.WORKER_FAILED
    assert "ValueError" in str(caught.value.fields["reason"])


def test_an_error_meipi_can_explain_comes_through_whole(worker: Worker) -> None:
    with pytest.raises(MeipiError) as caught:
        worker.call("a.txt", prepare, b"   ", name="a.txt")
    assert caught.value.code is ErrorCode.FILE_EMPTY
    assert caught.value.fields["path"] == "a.txt"


def test_a_result_comes_through_equal(worker: Worker) -> None:
    data = "水质达到Ш类水平。".encode()
    assert worker.call("a.txt", prepare, data, name="a.txt") == prepare(data, name="a.txt")


def test_a_worker_never_used_never_starts_and_closes() -> None:
    made = Worker()
    made.close()
    with pytest.raises(MeipiError):
        made.call("a.txt", os.getpid)


def test_the_engine_in_this_process_explains_the_same_way() -> None:
    with pytest.raises(MeipiError) as caught:
        Here().call("a.txt", int, "眉批")
    assert caught.value.code is ErrorCode.WORKER_FAILED


def test_closed_jobs_take_no_more_work() -> None:
    jobs = Jobs(Here())
    future = jobs.later(os.getpid)
    assert isinstance(future, Future)
    future.result()
    jobs.close()
    with pytest.raises(MeipiError):
        jobs.later(os.getpid)
