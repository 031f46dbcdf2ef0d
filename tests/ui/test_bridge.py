"""The bridge brings answers to the window's thread, in order, once, and none after closing."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import pytest

from meipi.core.changes import Changes
from meipi.core.errors import ErrorCode, MeipiError
from meipi.services.workspace import Workspace
from meipi.ui.bridge import Bridge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "library.meipi", in_process=True) as opened:
        yield opened


@pytest.fixture
def bridge(workspace: Workspace) -> Iterator[Bridge]:
    made = Bridge(workspace)
    yield made
    made.close()


def test_an_answer_comes_in_the_windows_thread(bridge: Bridge, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    bridge.read(
        "key", threading.current_thread, lambda _: threads.append(threading.current_thread())
    )
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]


def test_of_several_reads_with_one_key_only_the_last_answers(bridge: Bridge, qtbot: QtBot) -> None:
    answers: list[int] = []
    gate = threading.Event()
    bridge.read("key", lambda: (gate.wait(5), 1)[1], answers.append)
    bridge.read("key", lambda: 2, answers.append)
    qtbot.waitUntil(lambda: answers == [2])
    gate.set()
    done: list[int] = []
    bridge.read("other", lambda: 3, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert answers == [2]


def test_an_error_nobody_answers_for_is_said_once(bridge: Bridge, qtbot: QtBot) -> None:
    future: Future[Any] = Future()
    with qtbot.waitSignal(bridge.failed) as failed:
        bridge.follow(future)
        future.set_exception(ValueError("出错"))
    assert failed.args is not None
    error = failed.args[0]
    assert isinstance(error, MeipiError)
    assert error.code is ErrorCode.WORKER_FAILED


def test_nothing_counts_as_saved_before_it_is_on_the_disk(
    bridge: Bridge, workspace: Workspace, qtbot: QtBot
) -> None:
    states: list[str] = []
    bridge.saving.connect(lambda: states.append("saving"))
    bridge.saved.connect(lambda: states.append(f"saved with {workspace.pending} pending"))
    bridge.write(workspace.codebook.add("产业"))
    qtbot.waitUntil(lambda: len(states) == 2)
    assert states == ["saving", "saved with 0 pending"]


def test_a_commit_is_told_with_what_changed(
    bridge: Bridge, workspace: Workspace, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bridge.changed) as changed:
        workspace.codebook.add("产业")
    assert changed.args is not None
    changes = changed.args[0]
    assert isinstance(changes, Changes)
    assert changes.tags


def test_nothing_is_answered_after_closing(workspace: Workspace, qtbot: QtBot) -> None:
    bridge = Bridge(workspace)
    answers: list[object] = []
    future: Future[int] = Future()
    bridge.follow(future, answers.append)
    bridge.close()
    future.set_result(1)
    qtbot.wait(1)
    assert answers == []
