"""The log holds what went wrong and stays small."""

from __future__ import annotations

import logging
import shutil
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from meipi.services.log import keep_log, log_file, log_files, stop_log

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def kept() -> Iterator[None]:
    """Keep a log while a test runs."""
    keep_log()
    yield
    stop_log()


def fail(why: str) -> None:
    """Fail."""
    raise RuntimeError(why)


def text() -> str:
    """Return what the log says."""
    return log_file().read_text("utf-8")


def test_no_file_is_made_before_there_is_something_to_say() -> None:
    assert log_files() == []


def test_warnings_of_the_program_are_in_it_and_lesser_things_are_not() -> None:
    logging.getLogger("meipi.somewhere").warning("the disk is slow")
    logging.getLogger("meipi.somewhere").info("all is well")
    assert "the disk is slow" in text()
    assert "all is well" not in text()


def test_an_error_that_nobody_caught_is_in_it_with_its_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(RuntimeError) as failed:
        fail("unheard of")
    sys.excepthook(RuntimeError, failed.value, failed.tb)
    assert "RuntimeError: unheard of" in text()
    assert "test_log.py" in text()
    assert "unheard of" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_so_is_one_in_a_thread() -> None:
    thread = threading.Thread(target=fail, args=["in a thread"])
    thread.start()
    thread.join()
    assert "RuntimeError: in a thread" in text()


def test_it_is_begun_once_however_often_it_is_asked_for() -> None:
    keep_log()
    logging.getLogger("meipi.somewhere").warning("once")
    assert text().count("once") == 1


def test_it_stays_small() -> None:
    speaker = logging.getLogger("meipi.somewhere")
    for at in range(3_000):
        speaker.warning("%d %s", at, "x" * 400)
    assert len(log_files()) == 3
    assert sum(path.stat().st_size for path in log_files()) < 1_000_000
    assert "2999 xxx" in text()


def test_where_it_cannot_be_written_the_program_goes_on() -> None:
    stop_log()
    place = log_file().parent
    shutil.rmtree(place, ignore_errors=True)
    place.write_text("a file where a folder should be")
    keep_log()
    logging.getLogger("meipi.somewhere").warning("lost")
    assert place.read_text() == "a file where a folder should be"
