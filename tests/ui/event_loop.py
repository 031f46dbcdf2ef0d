"""Watches the window's event loop: how long its thread computes before it rests again.

Time of the processor, and of this thread alone: what else the machine does cannot fail a test.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractEventDispatcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIMIT_MS = 100


@dataclass(frozen=True)
class Turn:
    """A turn of the event loop, and what the reader was doing."""

    ms: float
    doing: str


class LoopWatch:
    """Keeps the turns of the event loop while it watches; all work between two rests is one."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.doing = ""
        self._since: float | None = None

    def rest(self) -> None:
        """Note that the thread waits, or is about to look for more to do."""
        now = time.thread_time()
        if self._since is not None:
            self.turns.append(Turn((now - self._since) * 1000, self.doing))
        self._since = now

    def longest(self) -> list[Turn]:
        """Return the longest turn of everything that was done, the longest first."""
        worst: dict[str, Turn] = {}
        for turn in sorted(self.turns, key=lambda turn: turn.ms):
            worst[turn.doing] = turn
        return sorted(worst.values(), key=lambda turn: -turn.ms)

    def check(self, limits: Mapping[str, int] = MappingProxyType({})) -> None:
        """Fail where a turn was too long; ``limits`` are those that differ, by what was done."""
        long = [t for t in self.longest() if t.ms > limits.get(t.doing, LIMIT_MS)]
        assert not long, "; ".join(f"{turn.doing}: {turn.ms:.0f} ms" for turn in long)


@contextmanager
def watching() -> Iterator[LoopWatch]:
    """Watch the event loop of this thread."""
    dispatcher, watch = QAbstractEventDispatcher.instance(), LoopWatch()
    assert dispatcher is not None
    for signal in (dispatcher.aboutToBlock, dispatcher.awake):
        signal.connect(watch.rest)
    try:
        yield watch
    finally:
        for signal in (dispatcher.aboutToBlock, dispatcher.awake):
            signal.disconnect(watch.rest)
