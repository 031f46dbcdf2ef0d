"""Long work gives way to the thread that goes first."""

from __future__ import annotations

import threading

from meipi.core.turns import Gate, give_way, go_first, going_first, in_turns


def test_work_waits_while_the_thread_that_goes_first_is_at_work(monkeypatch) -> None:
    monkeypatch.setattr("meipi.core.turns._PATIENCE_S", 30)
    passed = threading.Event()

    def work() -> None:
        give_way()
        passed.set()

    with going_first(Gate()) as gate:
        go_first()
        thread = threading.Thread(target=work)
        thread.start()
        assert not passed.wait(0.05)
        gate.end()
        assert passed.wait(30)
    thread.join()


def test_work_goes_on_though_the_window_draws_without_end() -> None:
    done = threading.Event()

    def work() -> None:
        list(in_turns(range(10), piece=1))
        done.set()

    with going_first(Gate()):
        go_first()
        thread = threading.Thread(target=work)
        thread.start()
        assert done.wait(30)
    thread.join()


def test_the_thread_that_goes_first_never_waits_for_itself(monkeypatch) -> None:
    monkeypatch.setattr("meipi.core.turns._PATIENCE_S", 30)
    with going_first(Gate()):
        go_first()
        assert list(in_turns("眉批", piece=1)) == ["眉", "批"]


def test_other_threads_cannot_close_the_gate(monkeypatch) -> None:
    monkeypatch.setattr("meipi.core.turns._PATIENCE_S", 30)
    with going_first(Gate()):
        thread = threading.Thread(target=lambda: (go_first(), give_way()))
        thread.start()
        thread.join(20)
        assert not thread.is_alive()
