"""Lets one thread, the window's, go first: others ask before each small piece of long work.

Python runs one thread at a time and lets the next have a turn only every five milliseconds. A
window that draws asks for hundreds of turns, so that a thread which computes meanwhile makes a
page of three milliseconds one of fifty. It is one rule for the whole process, as there is one
interpreter.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

_PATIENCE_S = 0.008
"""Who draws without end must not stop all else: a piece of work is done at least so often."""
_PIECE = 256
"""Items of which a millisecond is made, about."""


class Gate:
    """Says whether the thread that goes first is at work."""

    def __init__(self) -> None:
        self.owner = threading.get_ident()
        self._idle = threading.Event()
        self._idle.set()

    def begin(self) -> None:
        """Note that the owner has something to do; others have no say in it."""
        if threading.get_ident() == self.owner:
            self._idle.clear()

    def end(self) -> None:
        """Note that the owner waits for something to do."""
        self._idle.set()

    def pass_through(self) -> None:
        """Wait while the owner is at work, yet not for ever."""
        if threading.get_ident() != self.owner:
            self._idle.wait(_PATIENCE_S)


_gates: list[Gate] = []


@contextmanager
def going_first(gate: Gate) -> Iterator[Gate]:
    """Let the owner of ``gate`` go first."""
    _gates.append(gate)
    try:
        yield gate
    finally:
        gate.end()
        _gates.remove(gate)


def go_first() -> None:
    """Begin what a frame waits for; called in the thread that goes first."""
    for gate in _gates:
        gate.begin()


def give_way() -> None:
    """Wait while the thread that goes first is at work."""
    for gate in _gates:
        gate.pass_through()


def in_turns(items: Iterable[T], *, piece: int = _PIECE) -> Iterator[T]:
    """Yield ``items``, giving way before every ``piece`` of them.

    >>> list(in_turns("眉批", piece=1))
    ['眉', '批']
    """
    left = 0
    for item in items:
        if not left:
            give_way()
            left = piece
        left -= 1
        yield item
