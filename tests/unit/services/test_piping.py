"""What goes into the pipe comes out at its other end."""

from __future__ import annotations

import multiprocessing
import threading

import pytest

from meipi.core.spans import Span
from meipi.services.piping import receive, send

LONG = "批注𠮷\ud800" * 50_000


def through(value: object) -> object:
    near, far = multiprocessing.Pipe()
    sender = threading.Thread(target=send, args=(near, value))
    sender.start()
    with far:
        received = receive(far)
    sender.join()
    near.close()
    return received


@pytest.mark.parametrize(
    "value", ["", "短", LONG, (LONG, {"text": LONG, "spans": [Span(1, 2)]}, b"bytes")]
)
def test_values_come_out_as_they_went_in(value: object) -> None:
    assert through(value) == value


def test_one_text_in_two_places_is_one_text_still() -> None:
    first, second = through((LONG, LONG))  # type: ignore[misc]  # two of them
    assert first is second


def test_an_end_that_is_gone_is_said() -> None:
    near, far = multiprocessing.Pipe()
    far.close()
    with pytest.raises(EOFError), near:
        receive(near)
