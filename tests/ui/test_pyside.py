"""The bindings themselves: 6.12.0 lost a reference on every emit and aborted the process."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Sender(QObject):
    fired = Signal(bool)


def test_emitting_does_not_lose_references() -> None:
    sender = Sender()
    seen: list[bool] = []
    sender.fired.connect(seen.append)
    before = sys.getrefcount(True)
    for _ in range(100):
        sender.fired.emit(True)
        sender.blockSignals(False)
    assert sys.getrefcount(True) >= before
